//! Where the address of a new account redirects to. It is requested without a login while the account is connected.

use super::Registry;
use crate::{ConnectError, Connection, Description, FieldKind, Http, describe::CONFIRM_HOST};
use license::host;
use url::Url;

impl Registry {
    /// The address that a new account is kept with: the one that was given, or the one that it redirects to, where that is the same
    /// host with encryption or a host that was confirmed. If the address does not respond, it is kept; the login then reports the
    /// error.
    ///
    /// Nothing of a login is sent.
    pub async fn settled_address(
        &self,
        http: &Http,
        provider: &str,
        at: &Connection,
    ) -> Result<Url, ConnectError> {
        let known = self.known(provider)?;
        let http = &http.masking(self.secret_signs());
        match (known.connect)(http, at) {
            Err(ConnectError::HostNotConfirmed { field: CONFIRM_HOST, .. }) if confirmed(at).is_some() => {
                // What was typed may be the host that this address redirects to.
            }
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        let Some(api) = (known.api)(at) else { return Ok(at.address.clone()) };
        let http = trusting(http, known.description, at)?;
        match http.redirects(&api, |to| is_meant(&at.address, to, known.description, at)).await {
            Some(to) => moved(at, &to, known.description),
            None => Ok(at.address.clone()),
        }
    }
}

/// The given address, moved to the origin that it redirects to.
fn moved(at: &Connection, to: &Url, vendor: &Description) -> Result<Url, ConnectError> {
    let from = &at.address;
    if from.origin() == to.origin() {
        return Ok(from.clone());
    }
    if !is_meant(from, to, vendor, at) {
        let from = Some(from.host_str().unwrap_or_default().to_owned());
        return Err(ConnectError::HostNotConfirmed {
            host: shown(&at.address, to),
            from,
            field: CONFIRM_HOST,
        });
    }
    let moved = format!("{}{}", to.origin().ascii_serialization(), from.path());
    moved.parse().map_err(|_| ConnectError::NotAnAddress)
}

/// Whether an account may be moved to where its address redirects to.
fn is_meant(from: &Url, to: &Url, vendor: &Description, at: &Connection) -> bool {
    if from.origin() == to.origin() {
        return true;
    }
    if from.host() == to.host() && (from.scheme(), to.scheme()) == ("http", "https") {
        return true;
    }
    let is_own = from.host() != to.host()
        && vendor.own_domain.is_some_and(|own| host::is_within(to.host_str().unwrap_or_default(), own));
    let is_confirmed = confirmed(at).is_some_and(|typed| host::is_same(typed, &shown(from, to)));
    is_own || is_confirmed
}

/// How the place that an address redirects to is shown and typed: by its host, with the port where that is all that differs.
fn shown(from: &Url, to: &Url) -> String {
    match from.host() == to.host() {
        true => host::with_known_port(to),
        false => to.host_str().unwrap_or_default().to_owned(),
    }
}

/// The host that was typed once more.
fn confirmed(at: &Connection) -> Option<&str> {
    at.fields.get(CONFIRM_HOST).map(|typed| typed.trim()).filter(|typed| !typed.is_empty())
}

/// The client that trusts what a CA file of the form names.
fn trusting(http: &Http, vendor: &Description, at: &Connection) -> Result<Http, ConnectError> {
    let field = vendor.connect.iter().find(|field| field.kind == FieldKind::CaFile);
    let pem = field.and_then(|field| at.fields.get(field.name)).filter(|pem| !pem.trim().is_empty());
    pem.map_or_else(|| Ok(http.clone()), |pem| http.trusting(pem))
}
