//! From the bytes of an answer to its content, by its media type and, where that is missing, by its look.

use super::wire::Node;
use crate::{
    Instead, VendorError,
    http::{Answer, page},
    redact::Redactor,
};
use serde_saphyr::options::DuplicateKeyPolicy;

/// The deepest nesting that is read of YAML; licenses have three levels.
const DEEPEST: usize = 32;

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

/// Reads the body of an answer.
pub(super) fn content(answer: &Answer) -> Content<'_> {
    if let Some(page) = page(answer) {
        return Content::Other(page);
    }
    match answer.content_type.as_deref() {
        Some(kind) if is_json(kind) => json(&answer.body),
        Some(kind) if is_yaml(kind) => yaml(&answer.body),
        kind => match yaml(&answer.body) {
            document @ Content::Document(Node::Map(_) | Node::List(_)) => document,
            Content::Document(Node::Scalar(_)) | Content::Other(_) | Content::Broken(_) => {
                Content::Other(Instead::OtherContent(kind.unwrap_or("unknown").to_owned()))
            }
        },
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

fn json(body: &[u8]) -> Content<'_> {
    match serde_json::from_slice(body) {
        Ok(node) => Content::Document(node),
        Err(error) => Content::Broken(error.to_string()),
    }
}

/// YAML, the large part of which is JSON here and is then read as that, many times faster.
fn yaml(body: &[u8]) -> Content<'_> {
    if let document @ Content::Document(_) = json(body) {
        return document;
    }
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: DEEPEST,
            max_anchors: 20_000,
            max_aliases: 100_000,
            max_documents: 1,
            max_events: 8_000_000,
            max_nodes: 4_000_000,
        },
        // Some writers point back to a project or creator that they wrote before; an honest list stays far below.
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 500_000 },
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        strict_booleans: true,
        with_snippet: false,
    };
    match serde_saphyr::from_slice_with_options(body, options) {
        Ok(node) => Content::Document(node),
        Err(error) => Content::Broken(error.to_string()),
    }
}
