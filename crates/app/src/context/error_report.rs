//! An error as programs read it: a stable code with arguments; and its sentence with those of its causes.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, error::Error};

/// An error as the page branches on it, and as a refresh's end is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorReport {
    /// A stable code such as `vendor-unauthorized`.
    pub code: String,
    /// Typed arguments as text. Never a secret.
    pub args: BTreeMap<String, String>,
    /// The vendor's or the system's own words, redacted.
    pub detail: Option<String>,
}

/// An error's sentence, with those of its causes that it does not repeat itself.
pub fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        cause = inner.source();
    }
    text
}
