//! What the AICA Core endpoint tells.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, Row, params};

use super::Storage;
use crate::Result;
use crate::core::CoreState;

impl Storage {
    /// Keeps the state to tell; nothing stands for "not determined yet".
    #[expect(clippy::expect_used, reason = "plain data always has a JSON form")]
    pub(crate) fn set_core(&self, state: Option<&CoreState>) -> Result<()> {
        self.write(|transaction| {
            let Some(state) = state else {
                transaction.execute("DELETE FROM core", [])?;
                return Ok(());
            };
            // Invariant: maps and lists of strings always serialize.
            let packages = serde_json::to_string(&state.packages).expect("strings serialize");
            let entitlements = serde_json::to_string(&state.entitlements).expect("strings serialize");
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO core (one, online, packages, entitlements) VALUES (1, ?, ?, ?)",
                )?
                .execute(params![state.online, packages, entitlements])?;
            Ok(())
        })
    }

    pub(crate) fn core(&self) -> Result<Option<CoreState>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT online, packages, entitlements FROM core")?;
            Ok(select.query_row([], read).optional()?)
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<CoreState> {
    Ok(CoreState {
        online: row.get(0)?,
        packages: json::<BTreeMap<String, String>>(row, 1)?,
        entitlements: json::<Vec<String>>(row, 2)?,
    })
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}
