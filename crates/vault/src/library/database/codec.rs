//! Converts between the domain's types and the library's columns.

use crate::library::LibraryError;
use jiff::Timestamp;
use license::{Entitlement, Expiry, License};
use serde_json::Value;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The `expires` of a license that does not end: later than any instant, so that it sorts last.
pub(in crate::library) const NEVER: i64 = i64::MAX;

/// An instant as it is stored: microseconds since 1970.
pub(in crate::library) fn instant(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// Reads an instant back.
pub(in crate::library) fn to_instant(stored: i64) -> Result<Timestamp, LibraryError> {
    Timestamp::from_microsecond(stored).map_err(|_| LibraryError::Unreadable { what: "time" })
}

/// Reads an instant back where there is one.
pub(in crate::library) fn to_optional_instant(
    stored: Option<i64>,
) -> Result<Option<Timestamp>, LibraryError> {
    stored.map(to_instant).transpose()
}

/// An end as it is stored.
pub(in crate::library) fn expiry(expiry: Expiry) -> i64 {
    expiry.instant().map_or(NEVER, instant)
}

/// Reads an end back.
pub(in crate::library) fn to_expiry(stored: i64) -> Result<Expiry, LibraryError> {
    match stored {
        NEVER => Ok(Expiry::Never),
        end => to_instant(end).map(Expiry::On),
    }
}

/// A JSON text of what always has one: no map here has keys other than strings.
#[expect(clippy::expect_used, reason = "plain data always has a JSON form")]
pub(in crate::library) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("strings, numbers, lists and string-keyed maps have a JSON form")
}

/// Reads a JSON text back.
pub(in crate::library) fn from_json<T: serde::de::DeserializeOwned>(
    text: &str,
    what: &'static str,
) -> Result<T, LibraryError> {
    serde_json::from_str(text).map_err(|_| LibraryError::Unreadable { what })
}

/// A text as it is searched for and sorted by: in NFC, without case.
pub(in crate::library) fn fold(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}

/// A name as it is looked up by, in line with [`license::same_name`].
pub(in crate::library) fn name_key(name: &str) -> String {
    name.trim().nfc().collect()
}

/// A license's facts as the columns hold them. Two that are equal need no new `rev`.
#[derive(Debug, PartialEq)]
pub(in crate::library) struct Columns {
    pub name: Option<String>,
    pub product: String,
    pub tier: Option<&'static str>,
    pub hosting: Option<&'static str>,
    pub goal: Option<&'static str>,
    pub status: Option<String>,
    pub created: Option<i64>,
    pub expires: Option<i64>,
    pub entitlements: Option<String>,
    pub limits: String,
    pub instance_origin: Option<String>,
    pub in_use: Option<i64>,
}

impl Columns {
    /// The columns of what a vendor told.
    pub(in crate::library) fn of(license: &License) -> Self {
        Self {
            name: license.name.clone(),
            product: license.product.word().to_owned(),
            tier: license.tier.map(license::Tier::word),
            hosting: license.hosting.map(license::Hosting::word),
            goal: license.goal.map(license::Goal::word),
            status: license.vendor_status.as_ref().map(|status| status.word().to_owned()),
            created: license.created.map(instant),
            expires: license.expiry.map(expiry),
            entitlements: license.entitlements.as_ref().map(json),
            limits: limits(&license.limits),
            instance_origin: license.instance_origin.clone(),
            in_use: license.in_use().and_then(|counted| i64::try_from(counted.used?).ok()),
        }
    }

    /// What a search looks into besides entitlements and account: folded, one part a line.
    pub(in crate::library) fn folded_text(&self, vendor_id: &str) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        fold(&format!("{name}\n{}\n{vendor_id}", self.product))
    }
}

/// The codes and names of entitlements: folded, each on a line that begins and ends with a line break.
pub(in crate::library) fn folded_entitlements(entitlements: &[Entitlement]) -> String {
    let mut text = String::new();
    for part in entitlements.iter().flat_map(|entitlement| [&entitlement.code, &entitlement.name]) {
        text.push('\n');
        text.push_str(&fold(part));
        text.push('\n');
    }
    text
}

fn limits(limits: &BTreeMap<String, Value>) -> String {
    if limits.is_empty() { "{}".to_owned() } else { json(limits) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_reads_back_as_it_is_stored() {
        let end = Expiry::On("2026-12-02T12:00:00.123456Z".parse().unwrap());
        assert_eq!(to_expiry(expiry(end)).unwrap(), end);
        assert_eq!(to_expiry(expiry(Expiry::Never)).unwrap(), Expiry::Never);
        assert!(expiry(Expiry::On(Timestamp::MAX)) < NEVER);
    }

    #[test]
    fn a_search_knows_neither_case_nor_the_way_an_accent_was_typed() {
        assert_eq!(fold("CAFE\u{301}"), fold("caf\u{e9}"));
    }
}
