//! A license as a Keygen-compatible system writes it, in an answer and in a certificate alike: a JSON:API resource
//! whose attributes are in camel case (`docs/protocols.md`, "Keygen license").

use crate::{Entitlement, Expiry, License, LicenseKey, Product, VendorStatus, dates, key};
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The longest text that is kept as a further fact.
const LONGEST_FACT: usize = 200;
/// The most further facts that are kept of one license.
const MOST_FACTS: usize = 48;
/// What has a place of its own in a license.
const PLACED: [&str; 6] = ["name", "key", "expiry", "status", "created", "suspended"];

/// The license of a resource, with its key where it has one. Nothing where the resource has no id.
pub fn license(resource: &Value) -> Option<(License, Option<LicenseKey>)> {
    let nothing = Map::new();
    let attributes = resource.get("attributes").and_then(Value::as_object).unwrap_or(&nothing);
    let license = License {
        name: text_of(attributes, "name"),
        vendor_status: vendor_status(attributes),
        created: attributes.get("created").and_then(instant),
        expiry: attributes.get("expiry").and_then(expiry),
        limits: limits(resource, attributes),
        ..License::untold(text(resource, "id")?, Product::Aica)
    };
    Some((license, text_of(attributes, "key").map(LicenseKey::new)))
}

/// What the entitlements among resources entitle to, sorted by code.
pub fn entitlements<'a>(resources: impl IntoIterator<Item = &'a Value>) -> Vec<Entitlement> {
    let mut read: Vec<Entitlement> = resources.into_iter().filter_map(entitlement).collect();
    read.sort();
    read.dedup_by(|one, other| one.code == other.code);
    read
}

/// An instant, as a text or a number; nothing where it cannot be read.
pub fn instant(value: &Value) -> Option<Timestamp> {
    dates::instant(&date(value)?)
}

/// A text or number that may be a date.
fn date(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The text of a field, without white space at its ends; an empty one counts as missing.
pub fn text(fields: &Value, name: &str) -> Option<String> {
    text_of(fields.as_object()?, name)
}

fn text_of(fields: &Map<String, Value>, name: &str) -> Option<String> {
    match fields.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A license that says of itself that it has no end has none; one whose end cannot be read has an unknown one.
fn expiry(value: &Value) -> Option<Expiry> {
    if value.is_null() { Some(Expiry::Never) } else { dates::expiry(&date(value)?) }
}

fn vendor_status(attributes: &Map<String, Value>) -> Option<VendorStatus> {
    let told = text_of(attributes, "status").map(|word| VendorStatus::from_word(&word));
    let is_suspended = attributes.get("suspended").and_then(Value::as_bool) == Some(true);
    told.or_else(|| is_suspended.then_some(VendorStatus::Suspended))
}

fn entitlement(resource: &Value) -> Option<Entitlement> {
    if text(resource, "type").is_some_and(|kind| kind != "entitlements") {
        return None;
    }
    let attributes = resource.get("attributes")?;
    let code = text(attributes, "code")?;
    Some(Entitlement { name: text(attributes, "name").unwrap_or_else(|| code.clone()), code })
}

/// Whatever else is said in single values that hold no secret, and on how many machines it is in use.
fn limits(resource: &Value, attributes: &Map<String, Value>) -> BTreeMap<String, Value> {
    let further =
        attributes.iter().filter(|(name, value)| !PLACED.contains(&name.as_str()) && is_fact(value));
    let mut limits: BTreeMap<String, Value> =
        further.take(MOST_FACTS).map(|(name, value)| (kebab(name), value.clone())).collect();
    if let Some(count) = resource.pointer("/relationships/machines/meta/count").and_then(Value::as_u64) {
        limits.insert("machines".to_owned(), count.into());
    }
    if let Some(end) = attributes.get("expiry").filter(|value| expiry(value).is_none() && is_fact(value)) {
        limits.insert("expiry".to_owned(), end.clone());
    }
    limits
}

/// A single value that can be shown to anyone.
fn is_fact(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => {
            let is_open_address = text.contains("://") && text.contains(['?', '#', '@']);
            let is_short = !text.trim().is_empty() && text.len() <= LONGEST_FACT;
            is_short && !is_open_address && key::mask_keys(text) == *text
        }
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

/// `maxMachines` as `max-machines`.
fn kebab(camel: &str) -> String {
    let mut name = String::with_capacity(camel.len() + 4);
    for (at, c) in camel.char_indices() {
        if c.is_ascii_uppercase() {
            if at > 0 && !name.ends_with('-') {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        } else {
            name.push(if c == '_' { '-' } else { c });
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_attribute_finds_its_place() {
        let (license, key) = license(&json!({
            "type": "licenses", "id": "1a",
            "attributes": {"name": "Cell 7", "key": "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3", "expiry": "2026-12-31T00:00:00.000Z",
                "status": "EXPIRING", "created": "2026-01-02T03:04:05Z", "maxMachines": 1, "floating": false, "scheme": null,
                "metadata": {"a": 1}, "last_validated": "2026-06-01T00:00:00Z", "newField": "kept"},
            "relationships": {"machines": {"meta": {"count": 1}}},
        }))
        .unwrap();
        assert_eq!(key.unwrap().expose(), "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3");
        assert_eq!(
            (license.name.as_deref(), license.vendor_status),
            (Some("Cell 7"), Some(VendorStatus::Active))
        );
        assert_eq!(license.expiry, Some(Expiry::On("2026-12-31T00:00:00Z".parse().unwrap())));
        let expected = json!({"max-machines": 1, "floating": false, "machines": 1, "last-validated": "2026-06-01T00:00:00Z",
            "new-field": "kept"});
        assert_eq!(serde_json::to_value(license.limits).unwrap(), expected);
    }

    #[test]
    fn what_is_not_told_is_not_invented() {
        let (bare, key) = license(&json!({"id": "1a"})).unwrap();
        assert_eq!((bare.name, bare.vendor_status, bare.expiry, key), (None, None, None, None));
        assert_eq!(license(&json!({"attributes": {"name": "no id"}})), None);
        let of = |attributes: Value| license(&json!({"id": "1a", "attributes": attributes})).unwrap().0;
        assert_eq!(of(json!({"expiry": null})).expiry, Some(Expiry::Never));
        assert_eq!(of(json!({"expiry": "9999-12-31T23:59:59Z"})).expiry, Some(Expiry::Never));
        let day = Some(Expiry::On("2026-12-31T00:00:00Z".parse().unwrap()));
        assert_eq!(of(json!({"expiry": "2026-12-31"})).expiry, day);
        assert_eq!(of(json!({"expiry": "some day"})).expiry, None);
        assert_eq!(of(json!({"expiry": "some day"})).limits["expiry"], json!("some day"));
        assert_eq!(
            of(json!({"status": "Frozen"})).vendor_status,
            Some(VendorStatus::Other("Frozen".to_owned()))
        );
        assert_eq!(of(json!({"suspended": true})).vendor_status, Some(VendorStatus::Suspended));
    }

    #[test]
    fn no_further_fact_holds_a_key() {
        let old = "0A1B2C-3D4E5F-60718A-9BACBD-CEDFE0-V3";
        let (license, _) =
            license(&json!({"id": "1a", "attributes": {"note": format!("was {old}")}})).unwrap();
        assert!(license.limits.is_empty(), "{:?}", license.limits);
    }

    #[test]
    fn entitlements_are_told_from_whatever_else_is_included() {
        let read = entitlements(&[
            json!({"type": "entitlements", "id": "2", "attributes": {"code": "B", "name": null}}),
            json!({"type": "products", "id": "3", "attributes": {"code": "X"}}),
            json!({"type": "entitlements", "id": "1", "attributes": {"code": "A", "name": "Alpha"}}),
            json!({"type": "entitlements", "id": "1", "attributes": {"code": "A", "name": "Alpha"}}),
        ]);
        let read: Vec<_> = read.iter().map(|one| (one.code.as_str(), one.name.as_str())).collect();
        assert_eq!(read, [("A", "Alpha"), ("B", "B")]);
    }
}
