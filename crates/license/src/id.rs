//! The names that Licet gives to what it keeps.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Licet's own id of a license: unique across accounts, never used again, written `L42`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LicenseId(pub i64);

/// Licet's own id of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub i64);

/// A text that is not of the form `L42`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a license id of the form L42")]
pub struct NotALicenseId;

impl fmt::Display for LicenseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L{}", self.0)
    }
}

impl FromStr for LicenseId {
    type Err = NotALicenseId;

    fn from_str(text: &str) -> Result<Self, NotALicenseId> {
        let digits = text.strip_prefix('L').ok_or(NotALicenseId)?;
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with('0') {
            return Err(NotALicenseId);
        }
        digits.parse().map(LicenseId).map_err(|_| NotALicenseId)
    }
}

impl Serialize for LicenseId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LicenseId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_is_written() {
        assert_eq!("L42".parse(), Ok(LicenseId(42)));
        assert_eq!(LicenseId(42).to_string(), "L42");
    }

    #[test]
    fn what_only_resembles_an_id_is_refused() {
        for text in ["", "L", "42", "l42", "L042", "L-1", "L+1", "L 1", "L99999999999999999999"] {
            assert_eq!(text.parse::<LicenseId>(), Err(NotALicenseId), "{text:?}");
        }
    }
}
