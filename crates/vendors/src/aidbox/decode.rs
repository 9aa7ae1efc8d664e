//! From the bytes of an answer to its content, by its media type and, where that is missing, by its look.

use super::wire::Node;
use crate::{
    Instead, VendorError,
    http::{Answer, bounds::yaml as bound, page},
    redact::Redactor,
};
use serde::Deserialize;
use serde_saphyr::options::DuplicateKeyPolicy;

/// What an answer turned out to hold.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// A JSON or YAML document.
    Document(Node<'a>),
    /// Something else.
    Other(Instead),
    /// It calls itself JSON or YAML, and is not.
    Broken(String),
}

/// How an answer is written, before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON.
    Json,
    /// YAML, which may be JSON as well.
    Yaml,
    /// It does not say; what reads as a YAML map or list is one.
    Unnamed,
}

/// How the body of an answer is written; otherwise what came instead.
pub(super) fn form(answer: &Answer) -> Result<Form, Instead> {
    if let Some(page) = page(answer) {
        return Err(page);
    }
    Ok(match answer.content_type.as_deref() {
        Some(kind) if is_json(kind) => Form::Json,
        Some(kind) if is_yaml(kind) => Form::Yaml,
        Some(_) | None => Form::Unnamed,
    })
}

/// The content of an answer of another media type.
pub(super) fn other(answer: &Answer) -> Instead {
    Instead::OtherContent(answer.content_type.clone().unwrap_or_else(|| "unknown".to_owned()))
}

/// Reads the body of an answer.
pub(super) fn content(answer: &Answer) -> Content<'_> {
    let form = match form(answer) {
        Ok(form) => form,
        Err(instead) => return Content::Other(instead),
    };
    let read = match form {
        Form::Json => json(&answer.body),
        Form::Yaml | Form::Unnamed => json(&answer.body).or_else(|_| yaml(&answer.body)),
    };
    match (read, form) {
        (Ok(Node::Scalar(_)) | Err(_), Form::Unnamed) => Content::Other(other(answer)),
        (Ok(node), Form::Json | Form::Yaml | Form::Unnamed) => Content::Document(node),
        (Err(detail), Form::Json | Form::Yaml) => Content::Broken(detail),
    }
}

/// Reads a good answer, or says what it is instead.
pub(super) fn document<'a>(
    answer: &'a Answer,
    what: &'static str,
    redactor: &Redactor<'_>,
) -> Result<Node<'a>, VendorError> {
    match content(answer) {
        Content::Document(node) => Ok(node),
        Content::Other(what) => Err(VendorError::NotAPortal { what }),
        Content::Broken(detail) => {
            Err(VendorError::Unreadable { what, detail: redactor.clean(&detail, false) })
        }
    }
}

fn is_json(kind: &str) -> bool {
    kind == "application/json" || kind.ends_with("+json")
}

fn is_yaml(kind: &str) -> bool {
    matches!(kind, "text/yaml" | "text/x-yaml" | "application/yaml" | "application/x-yaml")
        || kind.ends_with("+yaml")
}

/// Reads JSON; most YAML of a portal is JSON, and is read many times faster as that.
pub(super) fn json<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

/// Reads YAML, within bounds on its nesting, its size and what its anchors unfold to.
pub(super) fn yaml<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, String> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: bound::DEPTH,
            max_anchors: bound::ANCHORS,
            max_aliases: bound::ALIASES,
            max_documents: 1,
            max_events: bound::EVENTS,
            max_nodes: bound::NODES,
            max_total_scalar_bytes: bound::TEXT,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: bound::REPEATED },
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_slice_with_options(body, options).map_err(|error| error.to_string())
}
