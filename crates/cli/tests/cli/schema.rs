//! JSON against the schemas in `docs/schemas`: the part of JSON Schema that they use.

use serde_json::Value;
use std::path::PathBuf;

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas")
}

/// Asserts that a document is of a schema's shape.
#[track_caller]
pub(crate) fn check(name: &str, document: &Value) {
    let mut problems = Vec::new();
    compare(&read(&format!("{name}.json")), document, "", &mut problems);
    assert!(problems.is_empty(), "not of {name}.json: {problems:#?}\n{document:#}");
}

pub(crate) fn read(file: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn compare(schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$ref" => compare(&read(rule.as_str().unwrap()), value, at, problems),
            "allOf" => rule.as_array().unwrap().iter().for_each(|one| compare(one, value, at, problems)),
            "type" if !is_of(rule, value) => problems.push(format!("{at}: {value} is no {rule}")),
            "enum" if !rule.as_array().unwrap().contains(value) => {
                problems.push(format!("{at}: {value} is none of {rule}"));
            }
            "pattern" if value.is_string() && !is_like(rule, value) => {
                problems.push(format!("{at}: {value} is not like {rule}"));
            }
            "format" if value.is_string() => {
                assert_eq!(rule, "date-time");
                if value.as_str().unwrap().parse::<jiff::Timestamp>().is_err() {
                    problems.push(format!("{at}: {value} is no time"));
                }
            }
            "required" => {
                let missing = rule
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|name| value.get(name.as_str().unwrap()).is_none());
                problems.extend(missing.map(|name| format!("{at}: {name} is missing")));
            }
            "properties" => members(schema, value, at, problems),
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    compare(rule, item, &format!("{at}/{n}"), problems);
                }
            }
            "type"
            | "enum"
            | "pattern"
            | "format"
            | "additionalProperties"
            | "$schema"
            | "title"
            | "description" => {}
            other => panic!("this check does not know {other:?}"),
        }
    }
}

fn members(schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
    for (name, member) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(rule) => compare(rule, member, &format!("{at}/{name}"), problems),
            None if schema["additionalProperties"] == false => {
                problems.push(format!("{at}: {name} is unknown"))
            }
            None => {}
        }
    }
}

fn is_of(rule: &Value, value: &Value) -> bool {
    let is = |word: &Value| match word.as_str().unwrap() {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("this check does not know the type {other:?}"),
    };
    rule.as_array().map_or_else(|| is(rule), |words| words.iter().any(is))
}

/// The one pattern there is: Licet's own ids.
fn is_like(rule: &Value, value: &Value) -> bool {
    assert_eq!(rule, "^L[1-9][0-9]*$");
    value.as_str().unwrap().parse::<license::LicenseId>().is_ok()
}

#[test]
fn a_document_of_another_shape_is_noticed() {
    let good = serde_json::json!({"error": {"code": "x", "message": "y", "hint": null}});
    check("error", &good);
    for bad in [
        r#"{}"#,
        r#"{"error": {"code": 1, "message": "y", "hint": null}}"#,
        r#"{"error": {"code": "x", "message": "y", "hint": null, "key": 1}}"#,
    ] {
        let bad: Value = serde_json::from_str(bad).unwrap();
        assert!(std::panic::catch_unwind(|| check("error", &bad)).is_err(), "{bad}");
    }
}
