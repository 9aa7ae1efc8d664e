//! What a failed request means: was it sent, and what stood in the way.

use super::{Effect, proxy, tls};
use crate::{VendorError, Why};
use license::host;
use std::{error::Error, io, iter, time::Duration};
use url::Url;

/// The failure of a request that was handed to the client.
pub(super) fn classify(url: &Url, error: &reqwest::Error, effect: Effect, after: Duration) -> VendorError {
    if error.is_connect() || error.is_builder() {
        return not_sent(url, error);
    }
    let host = host::with_port(url).to_owned();
    effect.after_sending(if error.is_timeout() {
        VendorError::TimedOut { host, after }
    } else {
        VendorError::Interrupted { host }
    })
}

/// The failure of a request that never left.
pub(super) fn not_sent(url: &Url, error: &reqwest::Error) -> VendorError {
    let why = why(error);
    match proxy::of(url) {
        Some(proxy) => match proxy::why(url, causes(error), why) {
            Some(why) => VendorError::ProxyUnreachable { proxy, why },
            None => VendorError::Unreachable { host: host::with_port(url).to_owned(), why },
        },
        None => VendorError::Unreachable { host: host::with_port(url).to_owned(), why },
    }
}

/// An error's causes, from the outermost to the innermost. An I/O error skips the error that it wraps when it names its source.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    iter::successors(error.source(), |&cause| {
        match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => cause.source(),
        }
    })
}

/// What stood in the way of a connection. Name resolution errors are recognised by their text, because their types are private.
fn why(error: &reqwest::Error) -> Why {
    for cause in causes(error) {
        if let Some(failed) = cause.downcast_ref::<rustls::Error>() {
            return tls::why(failed);
        }
        match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
            Some(io::ErrorKind::ConnectionRefused) => return Why::Refused,
            Some(io::ErrorKind::TimedOut) => return Why::Silent,
            _ => {}
        }
    }
    let described = format!("{error:?}").to_ascii_lowercase();
    if error.is_timeout() {
        Why::Silent
    } else if error.is_dns() || described.contains("dns error") {
        Why::Dns
    } else if described.contains("handshake") {
        Why::Tls
    } else {
        Why::Network
    }
}
