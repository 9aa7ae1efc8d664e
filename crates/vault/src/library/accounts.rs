//! Accounts: one login at one vendor each, and the account that imported keys belong to.

use crate::library::{
    FILES_PROVIDER, Library, LibraryError, SecretError,
    database::{
        codec::{self, fold, from_json, instant, json, to_optional_instant},
        rev::next_rev,
    },
    secrets::owner::{SecretKind, SecretOwner},
};
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::collections::{BTreeMap, HashSet};

/// A login to keep. What is secret of it is put with [`Library::put_secret`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The vendor's word.
    pub provider: String,
    /// What the user calls it; unique without regard to case.
    pub name: String,
    /// Where the vendor answers. The local portal's stays `local`, since its port may change.
    pub address: String,
    /// Further fields that are not secret, by the vendor's names for them.
    pub fields: BTreeMap<String, String>,
}

/// A kept login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Licet's own id, never used again.
    pub id: AccountId,
    /// The vendor's word.
    pub provider: String,
    /// What the user calls it.
    pub name: String,
    /// Where the vendor answers, or `local`.
    pub address: String,
    /// Further fields that are not secret.
    pub fields: BTreeMap<String, String>,
    /// What the vendor calls what the login gives access to, such as a project.
    pub subject: Option<String>,
    /// What the vendor said that it can do.
    pub capabilities: Vec<String>,
    /// What the vendor wants to be asked with to answer "unchanged".
    pub validator: Option<String>,
    /// When a refresh last ended, well or not.
    pub refreshed: Option<Timestamp>,
    /// How it ended, in the caller's word.
    pub refresh_outcome: Option<String>,
}

/// How a refresh ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refresh {
    /// When.
    pub at: Timestamp,
    /// How, in the caller's word.
    pub outcome: String,
    /// What to ask with next time; `None` forgets an earlier one.
    pub validator: Option<String>,
    /// What the login gives access to; `None` keeps what is known.
    pub subject: Option<String>,
    /// What the vendor said that it can do; `None` keeps what is known.
    pub capabilities: Option<Vec<String>>,
}

const SELECT: &str = "SELECT id, provider, name, address, fields, subject, capabilities, validator, refreshed, \
                      refresh_outcome FROM accounts";

impl Library {
    /// Keeps a new login.
    ///
    /// Fails with [`LibraryError::NameTaken`] where another account has its name, or where it would take the name
    /// of the account for imported keys.
    pub fn add_account(&self, account: &NewAccount) -> Result<AccountId, LibraryError> {
        if account.provider != FILES_PROVIDER {
            refuse_reserved(&account.name)?;
        }
        self.store.write(|transaction| insert(transaction, account))
    }

    /// Keeps a new login with its secrets, by their fields, and with what its first test returned: wholly or not at all, so
    /// that there is never an account without its login.
    ///
    /// Fails with [`LibraryError::NameTaken`] as [`Library::add_account`] does, and with [`SecretError::Locked`] while the
    /// secrets are locked, unless there are none.
    pub fn connect<'a>(
        &self,
        account: &NewAccount,
        secrets: impl IntoIterator<Item = (&'static str, &'a str)>,
        first: &Refresh,
    ) -> Result<AccountId, SecretError> {
        refuse_reserved(&account.name)?;
        self.store.write_secrets(|transaction, sealer| {
            let id = insert(transaction, account)?;
            for (field, secret) in secrets {
                sealer.put(transaction, SecretOwner::Account(id), SecretKind::Login(field), secret)?;
            }
            note_refresh(transaction, id, first)?;
            Ok(id)
        })
    }

    /// Every account, by name.
    pub fn accounts(&self) -> Result<Vec<Account>, LibraryError> {
        self.store.read(|view| {
            let mut statement = view.prepare_cached(&format!("{SELECT} ORDER BY folded_name"))?;
            let mut rows = statement.query([])?;
            let mut accounts = Vec::new();
            while let Some(row) = rows.next()? {
                accounts.push(account(row)?);
            }
            Ok(accounts)
        })
    }

    /// One account, where it is still there.
    pub fn account(&self, id: AccountId) -> Result<Option<Account>, LibraryError> {
        self.store.read(|view| one(view, "id = ?1", params![id.0]))
    }

    /// The account of a name, without regard to case.
    pub fn account_by_name(&self, name: &str) -> Result<Option<Account>, LibraryError> {
        self.store.read(|view| one(view, "folded_name = ?1", params![fold(name.trim())]))
    }

    /// Gives an account another name. Fails with [`LibraryError::NameTaken`] as [`Library::add_account`] does.
    pub fn rename_account(&self, id: AccountId, name: &str) -> Result<(), LibraryError> {
        refuse_reserved(name)?;
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            let name = codec::name_key(name);
            let renamed = transaction
                .execute(
                    "UPDATE accounts SET name = ?2, folded_name = ?3, rev = ?4 WHERE id = ?1",
                    params![id.0, name, fold(&name), rev],
                )
                .map_err(|error| taken(error, &name))?;
            some(renamed)
        })
    }

    /// Gives an account another login: secrets by their fields, and the fields that are not secret in place of those
    /// that it has. Wholly or not at all, since a session's token and its id are of no use apart. Secrets that stay are
    /// sealed again, since they are bound to the fields. Fails with [`SecretError::Locked`] while any of them is locked.
    pub fn set_login<'a>(
        &self,
        id: AccountId,
        secrets: impl IntoIterator<Item = (&'static str, &'a str)>,
        fields: &BTreeMap<String, String>,
    ) -> Result<(), SecretError> {
        let secrets: Vec<_> = secrets.into_iter().collect();
        let replaced: Vec<_> = secrets.iter().map(|(field, _)| *field).collect();
        self.store.write_secrets(|transaction, sealer| {
            let kept = match has_fields(transaction, id, fields)? {
                true => Vec::new(),
                false => sealer.login(transaction, id, &replaced)?,
            };
            let rev = next_rev(transaction)?;
            let changed = transaction.execute(
                "UPDATE accounts SET fields = ?2, rev = ?3 WHERE id = ?1",
                params![id.0, json(fields), rev],
            )?;
            some(changed)?;
            for (field, secret) in &kept {
                sealer.put_login(transaction, id, field, secret)?;
            }
            for (field, secret) in secrets {
                sealer.put(transaction, SecretOwner::Account(id), SecretKind::Login(field), secret)?;
            }
            Ok(())
        })
    }

    /// Takes an account away with its secrets; its licenses leave tombstones. Licenses whose keys were imported stay, as imported ones.
    pub fn remove_account(&self, id: AccountId) -> Result<(), LibraryError> {
        let licenses = self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            release_imported(transaction, id, rev)?;
            let licenses = transaction
                .prepare("SELECT id FROM licenses WHERE account = ?1")?
                .query_map([id.0], |row| Ok(LicenseId(row.get(0)?)))?
                .collect::<Result<HashSet<_>, _>>()?;
            transaction.execute(
                "INSERT INTO tombstones SELECT 'license', id, ?2 FROM licenses WHERE account = ?1",
                params![id.0, rev],
            )?;
            transaction.execute(
                "DELETE FROM secrets WHERE (owner_kind = 'account' AND owner = ?1) OR (owner_kind = 'license' \
                 AND owner IN (SELECT id FROM licenses WHERE account = ?1))",
                params![id.0],
            )?;
            let removed = transaction.execute("DELETE FROM accounts WHERE id = ?1", params![id.0])?;
            some(removed)?;
            transaction.execute("INSERT INTO tombstones VALUES ('account', ?1, ?2)", params![id.0, rev])?;
            Ok::<_, LibraryError>(licenses)
        })?;
        self.store.forget_session_secrets(|owner, _| match owner {
            SecretOwner::Account(account) => account == id,
            SecretOwner::License(license) => licenses.contains(&license),
        });
        Ok(())
    }

    /// Notes how a refresh of an account ended.
    pub fn note_refresh(&self, id: AccountId, refresh: &Refresh) -> Result<(), LibraryError> {
        self.store.write(|transaction| note_refresh(transaction, id, refresh))
    }
}

/// Whether an account has exactly these fields that are not secret, so that what is bound to them stays as it is.
fn has_fields(
    transaction: &Transaction<'_>,
    id: AccountId,
    fields: &BTreeMap<String, String>,
) -> Result<bool, LibraryError> {
    let same = "SELECT EXISTS (SELECT 1 FROM accounts WHERE id = ?1 AND fields = ?2)";
    Ok(transaction.query_row(same, params![id.0, json(fields)], |row| row.get(0))?)
}

fn note_refresh(transaction: &Transaction<'_>, id: AccountId, refresh: &Refresh) -> Result<(), LibraryError> {
    let rev = next_rev(transaction)?;
    let noted = transaction.execute(
        "UPDATE accounts SET refreshed = ?2, refresh_outcome = ?3, validator = ?4, \
         subject = ifnull(?5, subject), capabilities = ifnull(?6, capabilities), rev = ?7 WHERE id = ?1",
        params![
            id.0,
            instant(refresh.at),
            refresh.outcome,
            refresh.validator,
            refresh.subject,
            refresh.capabilities.as_ref().map(json),
            rev
        ],
    )?;
    some(noted)
}

/// Makes the imported licenses of an account that is removed imported ones again. One whose key was imported once more since is left to
/// go with the account.
fn release_imported(transaction: &Transaction<'_>, account: AccountId, rev: i64) -> Result<(), LibraryError> {
    let has_any = "SELECT EXISTS (SELECT 1 FROM licenses WHERE account = ?1 AND imported_as IS NOT NULL)";
    if !transaction.query_row(has_any, [account.0], |row| row.get::<_, bool>(0))? {
        return Ok(());
    }
    let files = files_account(transaction)?;
    transaction.execute(
        "UPDATE OR IGNORE licenses SET account = ?2, vendor_id = imported_as, imported_as = NULL, gone_since = NULL, \
         key_is_stale = 0, rev = ?3 WHERE account = ?1 AND imported_as IS NOT NULL",
        params![account.0, files.0, rev],
    )?;
    Ok(())
}

/// The account that imported keys belong to, made on demand.
pub(super) fn files_account(transaction: &Transaction<'_>) -> Result<AccountId, LibraryError> {
    let known: Option<i64> = transaction
        .query_row("SELECT id FROM accounts WHERE provider = ?1", [FILES_PROVIDER], |row| row.get(0))
        .optional()?;
    match known {
        Some(id) => Ok(AccountId(id)),
        None => insert(
            transaction,
            &NewAccount {
                provider: FILES_PROVIDER.to_owned(),
                name: FILES_PROVIDER.to_owned(),
                address: String::new(),
                fields: BTreeMap::new(),
            },
        ),
    }
}

fn insert(transaction: &Transaction<'_>, account: &NewAccount) -> Result<AccountId, LibraryError> {
    let rev = next_rev(transaction)?;
    let name = codec::name_key(&account.name);
    transaction
        .execute(
            "INSERT INTO accounts (provider, name, folded_name, address, fields, rev) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![account.provider, name, fold(&name), account.address, json(&account.fields), rev],
        )
        .map_err(|error| taken(error, &name))?;
    Ok(AccountId(transaction.last_insert_rowid()))
}

fn one(
    view: &Connection,
    condition: &str,
    params: impl rusqlite::Params,
) -> Result<Option<Account>, LibraryError> {
    let mut statement = view.prepare_cached(&format!("{SELECT} WHERE {condition}"))?;
    let mut rows = statement.query(params)?;
    rows.next()?.map(account).transpose()
}

fn account(row: &Row<'_>) -> Result<Account, LibraryError> {
    Ok(Account {
        id: AccountId(row.get(0)?),
        provider: row.get(1)?,
        name: row.get(2)?,
        address: row.get(3)?,
        fields: from_json(row.get_ref(4)?.as_str().unwrap_or_default(), "account's fields")?,
        subject: row.get(5)?,
        capabilities: from_json(row.get_ref(6)?.as_str().unwrap_or_default(), "account's capabilities")?,
        validator: row.get(7)?,
        refreshed: to_optional_instant(row.get(8)?)?,
        refresh_outcome: row.get(9)?,
    })
}

/// Keeps the name of the account for imported keys free for it, also before there is one.
fn refuse_reserved(name: &str) -> Result<(), LibraryError> {
    match fold(name.trim()) == FILES_PROVIDER {
        true => Err(LibraryError::NameTaken { name: name.to_owned() }),
        false => Ok(()),
    }
}

fn some(changed: usize) -> Result<(), LibraryError> {
    if changed == 0 { Err(LibraryError::NoSuchAccount) } else { Ok(()) }
}

/// The one constraint that a name can break is that it is unique.
fn taken(error: rusqlite::Error, name: &str) -> LibraryError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => LibraryError::NameTaken { name: name.to_owned() },
        _ => error.into(),
    }
}
