//! Where an address leads, asked without a login while an account is connected, and which addresses a login may be sent to at all.

use crate::{ConnectError, Connection, Description, FieldKind, Http, Registry, address, http};
use url::{Position, Url};

/// The field with which a person confirms a host.
pub(crate) const CONFIRM_HOST: &str = "confirm-host";
/// The field with which a person allows a login to be sent unencrypted.
pub const ALLOW_HTTP: &str = "allow-http";
/// What that field has where it is allowed.
pub const ALLOWED: &str = "yes";

impl Registry {
    /// The address that a new account is kept with: the one that was given, or the one that it leads to, where that is the same
    /// host with encryption or a host that was confirmed. An address that does not answer leads nowhere; the login then tells why.
    ///
    /// Nothing of a login is sent.
    pub async fn settled_address(
        &self,
        http: &Http,
        provider: &str,
        at: &Connection,
    ) -> Result<Url, ConnectError> {
        let known = self.known(provider)?;
        match (known.connect)(http, at) {
            Err(ConnectError::HostNotConfirmed { field: CONFIRM_HOST, .. }) if confirmed(at).is_some() => {
                // What was typed may be the host that this address leads to.
            }
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        let Some(api) = (known.api)(at) else { return Ok(at.address.clone()) };
        let http = trusting(http, known.description, at)?;
        match http.leads_to(&api, |to| is_meant(&at.address, to, known.description, at)).await {
            Some(to) => moved(at, &to, known.description),
            None => Ok(at.address.clone()),
        }
    }
}

/// A login leaves this computer unencrypted only where a person allowed it.
pub(crate) fn refuse_unencrypted(at: &Connection) -> Result<(), ConnectError> {
    let is_allowed = at.fields.get(ALLOW_HTTP).is_some_and(|text| text == ALLOWED);
    if at.address.scheme() != "http" || http::is_on_this_computer(&at.address) || is_allowed {
        return Ok(());
    }
    let host = at.address.host_str().unwrap_or_default().to_owned();
    Err(ConnectError::HttpNotAllowed { host, field: ALLOW_HTTP })
}

/// The given address, moved to the origin that it leads to.
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
    let origin = &to[..Position::BeforePath];
    let moved = format!("{origin}{}", &from[Position::BeforePath..Position::AfterPath]);
    moved.parse().map_err(|_| ConnectError::NotAnAddress)
}

/// Whether an account may be moved to where its address leads.
fn is_meant(from: &Url, to: &Url, vendor: &Description, at: &Connection) -> bool {
    if from.origin() == to.origin() {
        return true;
    }
    if from.host() == to.host() && (from.scheme(), to.scheme()) == ("http", "https") {
        return true;
    }
    let is_own = from.host() != to.host()
        && vendor.own_domain.is_some_and(|own| address::is_within(to.host_str().unwrap_or_default(), own));
    let is_confirmed = confirmed(at).is_some_and(|typed| same_host(typed, &shown(from, to)));
    is_own || is_confirmed
}

/// How the place that an address leads to is shown and typed: by its host, with the port where that is all that differs.
fn shown(from: &Url, to: &Url) -> String {
    let host = to.host_str().unwrap_or_default();
    match to.port_or_known_default() {
        Some(port) if from.host() == to.host() => format!("{host}:{port}"),
        Some(_) | None => host.to_owned(),
    }
}

/// The host that was typed once more.
fn confirmed(at: &Connection) -> Option<&str> {
    at.fields.get(CONFIRM_HOST).map(|typed| typed.trim()).filter(|typed| !typed.is_empty())
}

/// Whether a host was typed as it is; brackets around an IPv6 address may be left out.
pub(crate) fn same_host(typed: &str, host: &str) -> bool {
    let bare = |host: &str| host.trim_matches(['[', ']']).to_ascii_lowercase();
    bare(typed) == bare(host)
}

/// The client that trusts what a CA file of the form names.
fn trusting(http: &Http, vendor: &Description, at: &Connection) -> Result<Http, ConnectError> {
    let field = vendor.connect.iter().find(|field| field.kind == FieldKind::CaFile);
    let pem = field.and_then(|field| at.fields.get(field.name)).filter(|pem| !pem.trim().is_empty());
    pem.map_or_else(|| Ok(http.clone()), |pem| http.trusting(pem))
}
