//! What is recorded with a create or delete, beside the ids, so that it can be settled.

use license::same_name;
use serde::{Deserialize, Serialize};
use vault::Intent;

/// What an intent needs to be settled, besides the ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// The license's label.
    pub label: String,
    /// The vendor's id of what is to be deleted.
    pub vendor_id: Option<String>,
}

impl Payload {
    /// Whether it tells of the same license: to be deleted by the vendor's id, to be created by its name.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        match (&self.vendor_id, &other.vendor_id) {
            (Some(one), Some(other)) => one == other,
            (None, None) => same_name(&self.label, &other.label),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Reads what was recorded with an intent. One of another version of the program says at least which kind it is.
    pub(crate) fn of(intent: &Intent) -> Self {
        serde_json::from_value(intent.record.payload.clone())
            .unwrap_or_else(|_| Self { label: intent.record.verb.word().to_owned(), vendor_id: None })
    }
}
