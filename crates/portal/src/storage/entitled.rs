//! The licenses of Keygen-compatible accounts, and what each is entitled to.

use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, Transaction, params};

use super::{Account, Storage, User};
use crate::Result;

const SELECT: &str = "SELECT entitled.*, user.uid AS owner_uid, user.banned AS owner_banned,
                             (SELECT count(*) FROM machine WHERE machine.license = entitled.id) AS machines
                      FROM entitled JOIN user ON user.id = entitled.owner";

/// A license of an account, as it is stored: with its key, so it is not for printing.
#[derive(Clone)]
pub(crate) struct Entitled {
    pub row: i64,
    pub uid: String,
    pub owner: i64,
    pub owner_uid: String,
    pub owner_banned: bool,
    pub name: Option<String>,
    pub key: String,
    pub expires: Option<i64>,
    pub suspended: bool,
    pub max_machines: Option<u32>,
    pub machines: u32,
    pub validated: Option<i64>,
    pub checked_out: Option<i64>,
    pub created: i64,
    pub updated: i64,
}

impl Entitled {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: row.get("id")?,
            uid: row.get("uid")?,
            owner: row.get("owner")?,
            owner_uid: row.get("owner_uid")?,
            owner_banned: row.get::<_, Option<i64>>("owner_banned")?.is_some(),
            name: row.get("name")?,
            key: row.get("key")?,
            expires: row.get("expires")?,
            suspended: row.get("suspended")?,
            max_machines: row.get("max_machines")?,
            machines: row.get("machines")?,
            validated: row.get("validated")?,
            checked_out: row.get("checked_out")?,
            created: row.get("created")?,
            updated: row.get("updated")?,
        })
    }
}

/// A license that is about to be stored.
pub(crate) struct EntitledDraft {
    pub uid: String,
    pub name: Option<String>,
    pub key: String,
    pub expires: Option<i64>,
    pub max_machines: Option<u32>,
    /// Codes and names, with an id for each that is new to the account.
    pub entitlements: Vec<Entitlement>,
    pub created: i64,
}

/// What a license may be entitled to.
#[derive(Debug, Clone)]
pub(crate) struct Entitlement {
    pub uid: String,
    pub code: String,
    pub name: String,
    pub created: i64,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part<'a> {
    Skip(u32),
    /// What comes after the item of that id.
    After(&'a str),
}

impl Storage {
    /// Stores licenses of a user, all or none.
    pub(crate) fn add_entitled(
        &self,
        account: &Account,
        owner: &User,
        drafts: impl IntoIterator<Item = Result<EntitledDraft>>,
    ) -> Result<()> {
        self.write(|transaction| {
            drafts.into_iter().try_for_each(|draft| add(transaction, account, owner, &draft?))
        })
    }

    /// How many licenses a user has.
    pub(crate) fn count_entitled(&self, owner: &User) -> Result<u32> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT count(*) FROM entitled WHERE owner = ?")?;
            Ok(select.query_row([owner.row], |row| row.get(0))?)
        })
    }

    /// A part of a user's licenses, newest first; nothing where it comes after a license that is not there.
    pub(crate) fn entitled_of(
        &self,
        owner: &User,
        part: Part<'_>,
        most: u32,
    ) -> Result<Option<Vec<Entitled>>> {
        let order = "ORDER BY entitled.created DESC, entitled.id DESC LIMIT";
        self.read(|connection| match part {
            Part::Skip(skip) => {
                let sql = format!("{SELECT} WHERE entitled.owner = ? {order} ? OFFSET ?");
                all(connection, &sql, params![owner.row, most, skip]).map(Some)
            }
            Part::After(uid) => {
                let place = connection
                    .prepare_cached("SELECT created, id FROM entitled WHERE owner = ? AND uid = ?")?
                    .query_row(params![owner.row, uid], |row| {
                        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
                    })
                    .optional()?;
                let Some((created, row)) = place else { return Ok(None) };
                let sql = format!(
                    "{SELECT} WHERE entitled.owner = ? AND (entitled.created, entitled.id) < (?, ?) {order} ?"
                );
                all(connection, &sql, params![owner.row, created, row, most]).map(Some)
            }
        })
    }

    /// The account's license of that id or key.
    pub(crate) fn entitled(&self, account: &Account, named: &str) -> Result<Option<Entitled>> {
        self.read(|connection| {
            let sql =
                format!("{SELECT} WHERE entitled.account = ?1 AND (entitled.uid = ?2 OR entitled.key = ?2)");
            let mut select = connection.prepare_cached(&sql)?;
            Ok(select.query_row(params![account.row, named], Entitled::read).optional()?)
        })
    }

    /// The license of that key, whichever account's.
    pub(crate) fn entitled_by_key(&self, key: &str) -> Result<Option<Entitled>> {
        self.read(|connection| {
            let sql = format!("{SELECT} WHERE entitled.key = ?");
            let mut select = connection.prepare_cached(&sql)?;
            Ok(select.query_row([key], Entitled::read).optional()?)
        })
    }

    /// The license of that row.
    pub(crate) fn entitled_of_row(&self, row: i64) -> Result<Option<Entitled>> {
        self.read(|connection| {
            let sql = format!("{SELECT} WHERE entitled.id = ?");
            let mut select = connection.prepare_cached(&sql)?;
            Ok(select.query_row([row], Entitled::read).optional()?)
        })
    }

    /// What a license is entitled to, newest first.
    pub(crate) fn entitlements_of(&self, license: &Entitled) -> Result<Vec<Entitlement>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT uid, code, name, created FROM entitlement
                 JOIN entitled_to ON entitled_to.entitlement = entitlement.id
                 WHERE entitled_to.license = ? ORDER BY entitlement.id DESC",
            )?;
            let rows = select.query_map([license.row], |row| {
                let (uid, code) = (row.get(0)?, row.get(1)?);
                Ok(Entitlement { uid, code, name: row.get(2)?, created: row.get(3)? })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The codes of everything that a user's licenses are entitled to.
    pub(crate) fn codes_of_owner(&self, owner: &User) -> Result<Vec<String>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT DISTINCT code FROM entitlement JOIN entitled_to ON entitled_to.entitlement = entitlement.id
                 JOIN entitled ON entitled.id = entitled_to.license WHERE entitled.owner = ?",
            )?;
            let rows = select.query_map([owner.row], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    pub(crate) fn set_suspended(&self, license: &Entitled, suspended: bool, now: i64) -> Result<()> {
        self.update("suspended = ?, updated = ?", params![suspended, now, license.row])
    }

    pub(crate) fn set_key(&self, license: &Entitled, key: &str, now: i64) -> Result<()> {
        self.update("key = ?, updated = ?", params![key, now, license.row])
    }

    pub(crate) fn note_validated(&self, license: &Entitled, now: i64) -> Result<()> {
        self.update("validated = ?", params![now, license.row])
    }

    pub(crate) fn note_checked_out(&self, license: &Entitled, now: i64) -> Result<()> {
        self.update("checked_out = ?", params![now, license.row])
    }

    pub(crate) fn remove_entitled(&self, license: &Entitled) -> Result<()> {
        self.write(|transaction| {
            transaction.prepare_cached("DELETE FROM entitled WHERE id = ?")?.execute([license.row])?;
            Ok(())
        })
    }

    fn update(&self, set: &str, values: &[&dyn ToSql]) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached(&format!("UPDATE entitled SET {set} WHERE id = ?"))?
                .execute(values)?;
            Ok(())
        })
    }
}

fn all(connection: &Connection, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<Entitled>> {
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(values, Entitled::read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn add(transaction: &Transaction<'_>, account: &Account, owner: &User, draft: &EntitledDraft) -> Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO entitled (uid, account, owner, name, key, expires, max_machines, created, updated)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
        )?
        .execute(params![
            draft.uid,
            account.row,
            owner.row,
            draft.name,
            draft.key,
            draft.expires,
            draft.max_machines,
            draft.created,
        ])?;
    let license = transaction.last_insert_rowid();
    for entitlement in &draft.entitlements {
        transaction
            .prepare_cached(
                "INSERT INTO entitlement (uid, account, code, name, created) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (account, code) DO NOTHING",
            )?
            .execute(params![
                entitlement.uid,
                account.row,
                entitlement.code,
                entitlement.name,
                entitlement.created
            ])?;
        transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO entitled_to (license, entitlement)
                 SELECT ?, id FROM entitlement WHERE account = ? AND code = ?",
            )?
            .execute(params![license, account.row, entitlement.code])?;
    }
    Ok(())
}
