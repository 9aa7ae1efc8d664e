//! A secret on its way between page and program: it can be sent, and not be printed.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A key that a person asked to see, or a token or passphrase that a person typed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct SecretText(String);

impl SecretText {
    /// A secret that a person asked to see.
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the desk's own type of it.
    pub(crate) fn expose(self) -> String {
        self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_sent_as_it_is_and_printed_as_nothing() {
        let secret = SecretText::new("s3cret".to_owned());
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"s3cret\"");
        assert_eq!(format!("{secret:?}"), "SecretText(<redacted>)");
    }
}
