//! The permission to send a login unencrypted.

use crate::{ALLOW_HTTP, ALLOWED, ConnectError, Connection};
use license::host;

/// Refuses an account whose login would leave this computer unencrypted without the user's permission.
pub(crate) fn refuse_unencrypted(at: &Connection) -> Result<(), ConnectError> {
    let is_allowed = at.fields.get(ALLOW_HTTP).is_some_and(|text| text == ALLOWED);
    if at.address.scheme() != "http" || host::is_on_this_computer(&at.address) || is_allowed {
        return Ok(());
    }
    let host = at.address.host_str().unwrap_or_default().to_owned();
    Err(ConnectError::HttpNotAllowed { host, field: ALLOW_HTTP })
}
