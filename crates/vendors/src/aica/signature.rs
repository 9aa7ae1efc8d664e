//! Signed answers: what the service answered, to which request and when, under the account's Ed25519 key
//! (`protocols.md`, "AICA licensing", `Digest` and `Keygen-Signature`).

use crate::{
    Instead, VendorError,
    http::{Answer, page},
    redact::Redactor,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use license::IssuerKey;
use reqwest::Method;
use sha2::{Digest, Sha256};
use url::{Position, Url};

/// What has to be signed, in this order.
const SIGNED: &str = "(request-target) host date digest";

/// Whether an answer is signed by the issuer, as the answer to this very request. Nothing of its body is read before.
pub(super) fn verify(
    answer: &Answer,
    method: &Method,
    url: &Url,
    issuer: &IssuerKey,
) -> Result<(), VendorError> {
    let Some(signature) = header(answer, "keygen-signature") else { return Err(unsigned(answer)) };
    let date = header(answer, "keygen-date").or_else(|| header(answer, "date"));
    let digest = header(answer, "keygen-digest").or_else(|| header(answer, "digest"));
    let (Some(date), Some(digest)) = (date, digest) else { return Err(bad("missing")) };
    let of_body = BASE64_STANDARD.encode(Sha256::digest(&answer.body));
    let told = digest.split_once('=').filter(|(name, _)| name.eq_ignore_ascii_case("sha-256"));
    if answer.cut || told.is_none_or(|(_, told)| told != of_body) {
        return Err(bad("digest"));
    }
    let is_of_this_kind = parameter(signature, "algorithm").is_some_and(|name| name == "ed25519")
        && parameter(signature, "headers").is_some_and(|names| names.eq_ignore_ascii_case(SIGNED));
    let bytes = parameter(signature, "signature").and_then(|text| BASE64_STANDARD.decode(text).ok());
    let message = message(method, url, date, digest);
    match bytes {
        Some(bytes) if is_of_this_kind && issuer.verifies(message.as_bytes(), &bytes) => Ok(()),
        Some(_) | None => Err(bad("signature")),
    }
}

/// What is signed. The host is the one that was asked, with its port where the address has one.
fn message(method: &Method, url: &Url, date: &str, digest: &str) -> String {
    let target = &url[Position::BeforePath..Position::AfterQuery];
    let host = &url[Position::BeforeHost..Position::AfterPort];
    let method = method.as_str().to_ascii_lowercase();
    format!("(request-target): {method} {target}\nhost: {host}\ndate: {date}\ndigest: {digest}")
}

/// An answer without a signature: something else than the service may have sent it, and says so by its look.
fn unsigned(answer: &Answer) -> VendorError {
    match page(answer) {
        Some(what) if answer.status < 500 || what == Instead::CaptiveLogin => {
            VendorError::NotAPortal { what }
        }
        _ if answer.is_from_in_between() => {
            VendorError::Rejected { status: answer.status, words: Redactor::default().clean("", false) }
        }
        Some(_) | None => bad("missing"),
    }
}

fn bad(what: &'static str) -> VendorError {
    VendorError::BadSignature { what }
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.get(name)?.to_str().ok()
}

/// A parameter of the signature's header, such as `algorithm="ed25519"`.
fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(',').find_map(|part| {
        let (key, value) = part.trim().split_once('=')?;
        (key.trim() == name).then(|| value.trim().trim_matches('"'))
    })
}
