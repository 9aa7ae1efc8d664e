//! Where in an answer stands what was asked for.

use super::{
    refusal::{self, About},
    wire::Node,
};
use crate::{VendorError, redact::Redactor};

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
