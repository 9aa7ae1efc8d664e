//! The proxy between: which one the environment names for an address, and whether a failure is the proxy's.

use crate::Why;
use hyper_util::client::proxy::matcher::Matcher;
use license::host;
use std::error::Error;
use url::Url;

/// How the client calls every failure to get through a proxy. It keeps the error's type to itself.
const TUNNEL: &str = "tunnel error: ";

/// Host and port of the proxy that an address is asked through; nothing where it is asked directly.
pub(super) fn of(url: &Url) -> Option<String> {
    if host::is_on_this_computer(url) {
        return None;
    }
    let found = Matcher::from_system().intercept(&url.as_str().parse().ok()?)?;
    let host = found.uri().host()?;
    Some(found.uri().port_u16().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// What is wrong with the proxy, where a connection through one failed because of it.
pub(super) fn why<'a>(
    url: &Url,
    causes: impl Iterator<Item = &'a (dyn Error + 'static)>,
    why: Why,
) -> Option<Why> {
    let mut words = causes.map(ToString::to_string);
    let tunnel = words.find_map(|words| words.strip_prefix(TUNNEL).map(str::to_owned));
    match tunnel.as_deref() {
        Some("proxy authorization required") => Some(Why::ProxyLogin),
        Some("unsuccessful") => Some(Why::ProxyDenies),
        Some(_) => Some(why),
        // Without encryption the proxy is all that is connected to; with it, a proxy that says nothing looks the same as a vendor
        // behind it that says nothing.
        None => (url.scheme() == "http" || why == Why::Silent).then_some(why),
    }
}
