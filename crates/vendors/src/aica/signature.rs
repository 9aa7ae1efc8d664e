//! Signed answers: what the service answered, to which request and when, under the account's Ed25519 key
//! (`docs/protocols.md`, "Signed responses").

use crate::{
    Instead, VendorError,
    http::{self, Answer, page},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::{SignedDuration, Timestamp};
use license::{IssuerKey, host};
use reqwest::Method;
use sha2::{Digest, Sha256};
use url::{Position, Url};

/// What has to be signed, in this order.
const SIGNED: &str = "(request-target) host date digest";
/// How far the time of an answer may be from the time here. An older answer may be one that was sent before to another request.
const MOST_APART: SignedDuration = SignedDuration::from_mins(5);

/// Whether an answer is signed by the issuer, as the answer to this very request at about this time. Nothing of its body is read
/// before.
pub(super) fn verify(
    answer: &Answer,
    method: &Method,
    url: &Url,
    issuer: &IssuerKey,
    now: Timestamp,
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
    let is_signed = bytes.filter(|_| is_of_this_kind).is_some_and(|bytes| {
        hosts(url)
            .iter()
            .any(|host| issuer.verifies(message(method, url, host, date, digest).as_bytes(), &bytes))
    });
    match is_signed {
        true if is_of_now(date, now) => Ok(()),
        true => Err(bad("date")),
        false => Err(bad("signature")),
    }
}

/// The hosts that may be signed: Keygen's server signs the one that was asked without its port, its libraries expect it.
fn hosts(url: &Url) -> [&str; 2] {
    [host::with_port(url), url.host_str().unwrap_or_default()]
}

/// What is signed.
fn message(method: &Method, url: &Url, host: &str, date: &str, digest: &str) -> String {
    let target = &url[Position::BeforePath..Position::AfterQuery];
    let method = method.as_str().to_ascii_lowercase();
    format!("(request-target): {method} {target}\nhost: {host}\ndate: {date}\ndigest: {digest}")
}

/// Whether an answer was made at about this time.
fn is_of_now(date: &str, now: Timestamp) -> bool {
    http::date(date).is_some_and(|made| made.duration_since(now).abs() <= MOST_APART)
}

/// An answer without a signature: something else than the service may have sent it, and says so by its look.
fn unsigned(answer: &Answer) -> VendorError {
    match page(answer) {
        Some(what) if answer.status < 500 || what == Instead::CaptiveLogin => {
            VendorError::NotAPortal { what }
        }
        _ if answer.is_from_in_between() => VendorError::Rejected { status: answer.status, words: "".into() },
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
