//! What the portal means by an answer that is not a good one. Its error envelope and codes are not documented.

use super::{
    decode::{Content, content},
    wire::{Fields, Node},
};
use crate::{
    ErrorClass, VendorError,
    http::{Answer, Effect, bounds},
    redact::Redactor,
};

/// What the portal says of a license that is not there, or not in the token's project.
const NOT_A_MEMBER: &str = "not a member of the project";

/// What was asked, as far as it decides what a refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The project: its list, or a new license in it.
    Project,
    /// One license.
    License,
}

/// The error of an answer whose status is not a success.
pub(super) fn error(answer: &Answer, about: About, redactor: &Redactor<'_>) -> VendorError {
    if answer.status == 429 {
        return VendorError::RateLimited { retry_after: answer.retry_after() };
    }
    let (words, is_structured) = match content(answer) {
        Content::Other(page @ (crate::Instead::HtmlPage | crate::Instead::CaptiveLogin)) => {
            if answer.status < 500 || answer.status == 511 {
                return VendorError::NotAPortal { what: page };
            }
            (title(&answer.body), false)
        }
        Content::Document(node) => {
            let said = words(&node);
            let is_structured = said.is_some() && node.fields().is_some();
            (said.unwrap_or_else(|| text(&answer.body)), is_structured)
        }
        Content::Other(_) | Content::Broken(_) => (text(&answer.body), false),
    };
    let shown = redactor.clean(&words, answer.cut);
    let optional = (!shown.as_str().is_empty()).then_some(shown.clone());
    if words.to_ascii_lowercase().contains(NOT_A_MEMBER) {
        return match about {
            About::License => VendorError::NotFound { words: optional },
            About::Project => VendorError::Unauthorized { words: optional },
        };
    }
    match answer.status {
        401 | 403 => VendorError::Unauthorized { words: optional },
        404 if about == About::License && is_structured => VendorError::NotFound { words: optional },
        404 if !is_structured => VendorError::NotAPortal {
            what: crate::Instead::OtherContent(
                answer.content_type.clone().unwrap_or_else(|| "unknown".to_owned()),
            ),
        },
        status => VendorError::Rejected { status, words: shown },
    }
}

/// An answer that could not be understood leaves open what became of the request; a clear "no" does not.
pub(super) fn unless_refused(error: VendorError, effect: Effect) -> VendorError {
    match error.class() {
        ErrorClass::Refused | ErrorClass::Missing | ErrorClass::NotTaken => error,
        ErrorClass::OutOfReach | ErrorClass::Unclear | ErrorClass::OutcomeUnknown => {
            effect.after_sending(error)
        }
    }
}

/// The error inside an answer whose status claims success. One that has no words, or comes with a result, is neither yes nor no.
pub(super) fn in_success(fields: &Fields<'_>, about: About, redactor: &Redactor<'_>) -> Option<VendorError> {
    let error = fields.get("error").filter(|error| !error.is_empty())?;
    let unclear = |detail: &str| {
        let detail = redactor.clean(detail, false);
        Some(VendorError::Unreadable { what: "a result", detail })
    };
    let Some(said) = said(error) else { return unclear("it contains an error without a message") };
    if fields.get("result").is_some() {
        return unclear(&format!("it also contains an error: {said}"));
    }
    let words = redactor.clean(&said, false);
    Some(match about {
        About::License if said.to_ascii_lowercase().contains(NOT_A_MEMBER) => {
            VendorError::NotFound { words: Some(words) }
        }
        About::License | About::Project => VendorError::Rejected { status: 200, words },
    })
}

/// The error that an answer to the list names, whatever else is in it. A long answer is not read for the words: as a tree it would
/// cost several times its size.
pub(super) fn of_list(answer: &Answer, redactor: &Redactor<'_>) -> VendorError {
    let is_short = answer.body.len() as u64 <= bounds::REFUSAL;
    let said = match is_short.then(|| content(answer)) {
        Some(Content::Document(node)) => words(&node),
        Some(Content::Other(_) | Content::Broken(_)) | None => None,
    };
    let words = redactor.clean(&said.unwrap_or_default(), false);
    VendorError::Rejected { status: answer.status, words }
}

/// The words of a document: `{error: {message}}`, `{error: "…"}`, `{message}` and their kin, or a bare text.
fn words(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Scalar(_) => node.text().map(|text| text.into_owned()),
        Node::List(entries) => entries.iter().find_map(said),
        Node::Map(fields) => ["error", "errors", "issue"]
            .iter()
            .find_map(|name| fields.get(name).and_then(said))
            .or_else(|| said(node)),
    }
}

fn said(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Scalar(_) => node.text().map(|text| text.into_owned()),
        Node::List(entries) => entries.iter().find_map(said),
        Node::Map(fields) => {
            ["message", "detail", "error_description", "diagnostics", "text", "title", "error", "code"]
                .iter()
                .find_map(|name| fields.text(name))
                .map(|text| text.into_owned())
        }
    }
}

fn text(body: &[u8]) -> String {
    String::from_utf8_lossy(body).into_owned()
}

/// The title of a page, which is how proxies say what is wrong.
fn title(body: &[u8]) -> String {
    let page = text(body);
    let lower = page.to_ascii_lowercase();
    let title = lower.find("<title>").and_then(|start| {
        let start = start + "<title>".len();
        let end = lower[start..].find("</title>")?;
        Some(page[start..start + end].to_owned())
    });
    title.unwrap_or_default()
}
