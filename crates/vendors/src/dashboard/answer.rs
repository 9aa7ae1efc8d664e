//! From an instance's good answer to what it means.

use crate::{
    Detail, SecretSigns, VendorError,
    http::{Answer, page},
    redact,
};
use license::{TokenFields, Usage};
use serde_json::{Map, Value};

/// The answer of `check`: a bare `true` or `false`.
pub(super) fn yes_or_no(answer: &Answer) -> Result<bool, VendorError> {
    let what = "whether there is a license";
    json(answer, what)?.as_bool().ok_or_else(|| unreadable(what, "it is neither true nor false"))
}

/// A token; nothing where the answer names none.
pub(super) fn token(signs: &SecretSigns, answer: &Answer) -> Result<Option<TokenFields>, VendorError> {
    let what = "a license token";
    match json(answer, what)? {
        Value::Object(object) => Ok(Some(fields(&object, signs)).filter(TokenFields::is_there)),
        Value::Null => Ok(None),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(unreadable(what, "it is not an object"))
        }
    }
}

/// The documented answer of a removal: 202 with an empty object.
pub(super) fn accepted(answer: &Answer) -> Result<(), VendorError> {
    let what = "a confirmation of the removal";
    let is_empty = json(answer, what)?.as_object().is_some_and(Map::is_empty);
    if is_empty && answer.status == 202 {
        return Ok(());
    }
    Err(unreadable(
        what,
        Detail::own(format!("its status is {}, and it is not the documented one", answer.status)),
    ))
}

/// The numbers of `refresh-stats`. An answer without any of them is not the documented one.
pub(super) fn usage(answer: &Answer) -> Result<Usage, VendorError> {
    let what = "numbers of users";
    match json(answer, what)? {
        Value::Object(object) => Some(Usage::from_json(&object))
            .filter(|usage| *usage != Usage::default())
            .ok_or_else(|| unreadable(what, "it has none of the documented numbers")),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Null => {
            Err(unreadable(what, "it is not an object"))
        }
    }
}

/// What is known of a token, and of the rest what does not look like a secret.
fn fields(object: &Map<String, Value>, signs: &SecretSigns) -> TokenFields {
    let mut fields = TokenFields::from_json(object);
    fields.other.retain(|name, value| !redact::names_a_secret(name) && signs.is_plain(&value.to_string()));
    fields
}

fn json(answer: &Answer, what: &'static str) -> Result<Value, VendorError> {
    if let Some(what) = page(answer) {
        return Err(VendorError::NotAPortal { what });
    }
    // The words of this error quote at most one character.
    serde_json::from_slice(&answer.body).map_err(|error| unreadable(what, Detail::own(error.to_string())))
}

pub(super) fn unreadable(what: &'static str, why: impl Into<Detail>) -> VendorError {
    VendorError::Unreadable { what, detail: why.into() }
}
