//! What was done, when, and how it went.

use crate::library::{
    Library, LibraryError,
    database::{
        codec::{instant, to_instant},
        rev::next_rev,
    },
};
use jiff::Timestamp;
use license::LicenseId;
use rusqlite::{Row, params};

/// Something that was done. It outlives the account and the license that it names, and never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// When.
    pub at: Timestamp,
    /// What, such as `exported`.
    pub verb: String,
    /// The account's name at the time.
    pub account: Option<String>,
    /// The license, where it was about one.
    pub license: Option<LicenseId>,
    /// What the license was called at the time.
    pub label: Option<String>,
    /// How it went, such as `done`.
    pub outcome: String,
    /// Further words, such as the path that was written.
    pub detail: Option<String>,
}

/// Something that was done, with its place in the order of things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedActivity {
    /// Greater for what was recorded later.
    pub id: i64,
    /// What was done.
    pub activity: Activity,
}

const SELECT: &str = "SELECT id, at, verb, account, license, label, outcome, detail FROM activity";

impl Library {
    /// Records something that was done.
    pub fn record(&self, activity: &Activity) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            let rev = next_rev(transaction)?;
            transaction.execute(
                "INSERT INTO activity (at, verb, account, license, label, outcome, detail, rev) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    instant(activity.at),
                    activity.verb,
                    activity.account,
                    activity.license.map(|id| id.0),
                    activity.label,
                    activity.outcome,
                    activity.detail,
                    rev
                ],
            )?;
            Ok(())
        })
    }

    /// The latest records first; with `before`, those older than that record.
    pub fn recent_activity(
        &self,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<RecordedActivity>, LibraryError> {
        self.records(
            &format!("{SELECT} WHERE id < ?1 ORDER BY id DESC LIMIT ?2"),
            params![before.unwrap_or(i64::MAX), limit],
        )
    }

    /// The latest records about one license first.
    pub fn recent_of(&self, license: LicenseId, limit: u32) -> Result<Vec<RecordedActivity>, LibraryError> {
        self.records(
            &format!("{SELECT} WHERE license = ?1 ORDER BY id DESC LIMIT ?2"),
            params![license.0, limit],
        )
    }

    fn records(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<RecordedActivity>, LibraryError> {
        self.store.read(|view| {
            let mut statement = view.prepare_cached(sql)?;
            let mut rows = statement.query(params)?;
            let mut records = Vec::new();
            while let Some(row) = rows.next()? {
                records.push(record(row)?);
            }
            Ok(records)
        })
    }
}

fn record(row: &Row<'_>) -> Result<RecordedActivity, LibraryError> {
    Ok(RecordedActivity {
        id: row.get(0)?,
        activity: Activity {
            at: to_instant(row.get(1)?)?,
            verb: row.get(2)?,
            account: row.get(3)?,
            license: row.get::<_, Option<i64>>(4)?.map(LicenseId),
            label: row.get(5)?,
            outcome: row.get(6)?,
            detail: row.get(7)?,
        },
    })
}
