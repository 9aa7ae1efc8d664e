//! Addresses that people paste.

use crate::ConnectError;
use url::Url;

/// The root of a system from whatever page of it was pasted. `page` is the path at which its own pages begin, `last` a last
/// part that is no part of the root either; a path below which the system is served stays.
pub(crate) fn root(address: &Url, page: &str, last: &str) -> Result<Url, ConnectError> {
    if !matches!(address.scheme(), "http" | "https") || !address.has_host() {
        return Err(ConnectError::NotAnAddress);
    }
    if !address.username().is_empty() || address.password().is_some() {
        return Err(ConnectError::LoginInAddress);
    }
    let mut root = address.clone();
    root.set_query(None);
    root.set_fragment(None);
    let path = address.path();
    let path = path.split_once(page).map_or(path, |(before, _)| before).trim_end_matches('/');
    root.set_path(path.strip_suffix(last).unwrap_or(path));
    Ok(root)
}

/// An address below another, whose path may have parts of its own.
pub(crate) fn below(base: &Url, path: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}
