//! What a failed request means: was it sent, and what stood in the way.

use super::{Effect, host};
use crate::{VendorError, Why};
use std::{error::Error, io, time::Duration};
use url::Url;

/// The failure of a request that was handed to the client.
pub(super) fn classify(url: &Url, error: &reqwest::Error, effect: Effect, after: Duration) -> VendorError {
    if error.is_connect() || error.is_builder() {
        return not_sent(url, error);
    }
    let host = host(url);
    effect.after_sending(if error.is_timeout() {
        VendorError::TimedOut { host, after }
    } else {
        VendorError::Interrupted { host }
    })
}

/// The failure of a request that never left.
pub(super) fn not_sent(url: &Url, error: &reqwest::Error) -> VendorError {
    VendorError::Unreachable { host: host(url), why: why(error) }
}

/// What stood in the way of a connection. The layers below keep their error types to themselves, so names and
/// encryption are told apart by what those errors call themselves.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "more kinds of I/O errors may be added to the standard library"
)]
fn why(error: &reqwest::Error) -> Why {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(failed) = cause.downcast_ref::<io::Error>() {
            match failed.kind() {
                io::ErrorKind::ConnectionRefused => return Why::Refused,
                io::ErrorKind::TimedOut => return Why::Silent,
                _ => {}
            }
        }
        source = cause.source();
    }
    let described = format!("{error:?}").to_ascii_lowercase();
    if error.is_timeout() {
        Why::Silent
    } else if error.is_dns() || described.contains("dns error") {
        Why::Dns
    } else if ["certificate", "tls", "handshake", "corruptmessage", "invalidmessage"]
        .iter()
        .any(|sign| described.contains(sign))
    {
        Why::Tls
    } else {
        Why::Network
    }
}
