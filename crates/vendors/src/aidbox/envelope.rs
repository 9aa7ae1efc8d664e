//! Where in an answer stands what was asked for.

use super::{
    refusal::{self, About},
    wire::{Fields, Node},
};
use crate::{VendorError, redact::Redactor};

/// What is read where a list was asked for.
pub(super) const LIST: &str = "a list of licenses";

/// The entries of a list, wherever in the document it stands.
pub(super) fn entries<'d, 'a>(
    document: &'d Node<'a>,
    redactor: &Redactor<'_>,
) -> Result<&'d [Node<'a>], VendorError> {
    let result = result(document, About::Project, redactor)?;
    let inside = |fields: &'d Fields<'a>| {
        ["licenses", "items", "data"].iter().find_map(|name| fields.get(name)?.entries())
    };
    result.entries().or_else(|| result.fields().and_then(inside)).ok_or_else(|| VendorError::Unreadable {
        what: LIST,
        detail: redactor.clean("there is no list in it", false),
    })
}

/// What stands under `result`, or the whole document where there is no such envelope.
pub(super) fn result<'d, 'a>(
    document: &'d Node<'a>,
    about: About,
    redactor: &Redactor<'_>,
) -> Result<&'d Node<'a>, VendorError> {
    let Some(fields) = document.fields() else { return Ok(document) };
    match refusal::in_success(fields, about, redactor) {
        Some(error) => Err(error),
        None => Ok(fields.get("result").unwrap_or(document)),
    }
}
