//! What was begun and not finished, such as the setup wizard's answers. Never a secret.

use crate::library::{
    Library, LibraryError,
    database::{
        codec::{from_json, json},
        rev::next_rev,
    },
};
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

impl Library {
    /// Keeps a draft in place of an earlier one of its name.
    pub fn save_draft(&self, name: &str, draft: &Value) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            next_rev(transaction)?;
            transaction
                .execute("INSERT OR REPLACE INTO drafts VALUES (?1, ?2)", params![name, json(draft)])?;
            Ok(())
        })
    }

    /// The draft of a name.
    pub fn draft(&self, name: &str) -> Result<Option<Value>, LibraryError> {
        let sql = "SELECT draft FROM drafts WHERE name = ?1";
        let draft: Option<String> = self
            .store
            .read(|view| Ok::<_, LibraryError>(view.query_row(sql, [name], |row| row.get(0)).optional()?))?;
        draft.map(|text| from_json(&text, "draft")).transpose()
    }

    /// Drops a draft, where there is one.
    pub fn clear_draft(&self, name: &str) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            next_rev(transaction)?;
            transaction.execute("DELETE FROM drafts WHERE name = ?1", [name])?;
            Ok(())
        })
    }
}
