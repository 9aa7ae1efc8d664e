//! A secret on its way between page and program: it can be sent, and not be printed.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use zeroize::Zeroizing;

/// A key that a user asked to see, or a token or passphrase that a user typed. Wiped from memory when it is dropped.
#[derive(Clone, PartialEq)]
pub(crate) struct SecretText(Zeroizing<String>);

impl SecretText {
    /// A secret that a user asked to see.
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// The text, for a type that wipes it.
    pub(crate) fn into_text(mut self) -> String {
        std::mem::take(&mut *self.0)
    }
}

impl Serialize for SecretText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
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
        let secret: SecretText = serde_json::from_str("\"s3cret\"").unwrap();
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"s3cret\"");
        assert_eq!(format!("{secret:?}"), "SecretText(<redacted>)");
        assert_eq!((secret.expose(), secret.clone().into_text()), ("s3cret", "s3cret".to_owned()));
    }
}
