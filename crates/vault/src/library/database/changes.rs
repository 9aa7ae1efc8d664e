//! What changed since a `rev`.

use crate::library::{Library, LibraryError};
use license::{AccountId, LicenseId};
use rusqlite::{Connection, ToSql};

/// What changed since a `rev`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The `rev` to ask with next time.
    pub rev: i64,
    /// Licenses that are new or have other facts, another status, key or files.
    pub licenses: Vec<LicenseId>,
    /// Licenses that are no longer in the library.
    pub removed_licenses: Vec<LicenseId>,
    /// Accounts that are new, renamed or refreshed.
    pub accounts: Vec<AccountId>,
    /// Accounts that are no longer in the library.
    pub removed_accounts: Vec<AccountId>,
    /// Whether something was recorded as done.
    pub has_activity: bool,
    /// Whether intents were begun, updated or settled.
    pub has_intents: bool,
}

impl Changes {
    /// Whether nothing changed that any of these name, as after a draft was saved.
    pub fn is_empty(&self) -> bool {
        *self == Self { rev: self.rev, ..Self::default() }
    }

    /// Whether nothing but what is known of accounts changed: as after a refresh that found every license as it was.
    pub fn is_of_accounts_alone(&self) -> bool {
        let is_more = self.has_activity || self.has_intents;
        let ids = [&self.licenses, &self.removed_licenses];
        !self.accounts.is_empty()
            && ids.iter().all(|ids| ids.is_empty())
            && self.removed_accounts.is_empty()
            && !is_more
    }
}

impl Library {
    /// The greatest `rev`: what to ask [`Library::changed_since`] with later.
    pub fn rev(&self) -> Result<i64, LibraryError> {
        self.store.read(|view| Ok(rev(view)?))
    }

    /// What any process changed after `since`.
    pub fn changed_since(&self, since: i64) -> Result<Changes, LibraryError> {
        self.store.read(|view| {
            let ids = |sql: &str| ids(view, sql, since);
            let any = |sql: &str| view.query_row(sql, [since], |row| row.get::<_, bool>(0));
            let tombstones = |kind| {
                ids(&format!("SELECT id FROM tombstones WHERE rev > ?1 AND kind = '{kind}' ORDER BY id"))
            };
            Ok(Changes {
                rev: rev(view)?,
                licenses: ids("SELECT id FROM licenses WHERE rev > ?1 ORDER BY id")?
                    .into_iter()
                    .map(LicenseId)
                    .collect(),
                removed_licenses: tombstones("license")?.into_iter().map(LicenseId).collect(),
                accounts: ids("SELECT id FROM accounts WHERE rev > ?1 ORDER BY id")?
                    .into_iter()
                    .map(AccountId)
                    .collect(),
                removed_accounts: tombstones("account")?.into_iter().map(AccountId).collect(),
                has_activity: any("SELECT EXISTS (SELECT 1 FROM activity WHERE rev > ?1)")?,
                has_intents: any("SELECT EXISTS (SELECT 1 FROM intents WHERE rev > ?1) OR EXISTS \
                                  (SELECT 1 FROM tombstones WHERE rev > ?1 AND kind = 'intent')")?,
            })
        })
    }
}

pub(in crate::library) fn rev(view: &Connection) -> rusqlite::Result<i64> {
    view.prepare_cached("SELECT rev FROM meta")?.query_row([], |row| row.get(0))
}

fn ids(view: &Connection, sql: &str, since: impl ToSql) -> rusqlite::Result<Vec<i64>> {
    view.prepare_cached(sql)?.query_map([since], |row| row.get(0))?.collect()
}
