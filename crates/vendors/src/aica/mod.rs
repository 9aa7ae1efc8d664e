//! AICA's licensing, through the Keygen-compatible API (`docs/protocols.md`, "AICA licensing"): AICA documents no API of its
//! own, so the address is one that a user gives.

mod api;
mod client;
mod core;
mod describe;
mod facets;
mod listing;
mod login;
mod map;
mod product;
mod refusal;
mod sign_in;
mod signature;
mod steps;
mod wire;

use crate::{ConnectError, Connection, Http, Registration, SESSION_EXPIRES, Vendor, address};
use api::AicaApi;
use jiff::Timestamp;
use license::{IssuerKey, Password, Token, host};
use login::{Login, Typed};
use std::sync::Arc;
use url::Url;

/// This vendor's line in the registry.
pub(crate) const REGISTRATION: Registration = Registration {
    description: &describe::DESCRIPTION,
    products: &[product::PRODUCT],
    secret_signs: product::SECRET_SIGNS,
    base,
    api,
    connect,
};

/// The account itself, which the service shows or refuses to anyone.
fn api(at: &Connection) -> Option<Url> {
    let account = field(at, "vendor-account").ok()??;
    Some(address::below(&base(&at.address).ok()?, &["v1", "accounts", account]))
}

fn connect(http: &Http, at: &Connection) -> Result<Box<dyn Vendor>, ConnectError> {
    let base = base(&at.address)?;
    confirmed(&base, at, "confirm-host")?;
    if let Some(registry) = field(at, "registry")? {
        let registry = host::address(registry).ok_or(ConnectError::UnusableField { field: "registry" })?;
        confirmed(&registry, at, "confirm-registry")?;
    }
    let account =
        field(at, "vendor-account")?.ok_or(ConnectError::MissingField { field: "vendor-account" })?;
    if matches!(account, "." | "..") {
        return Err(ConnectError::UnusableField { field: "vendor-account" });
    }
    let issuer = field(at, "public-key")?
        .map(|text| IssuerKey::parse(text).map_err(|_| ConnectError::NotAPublicKey { field: "public-key" }))
        .transpose()?;
    let api = AicaApi::new(http.clone(), &base, account, issuer, login(at)?);
    Ok(Box::new(client::Account::new(Arc::new(api))))
}

/// The kept session, or what was typed to get one.
fn login(at: &Connection) -> Result<Login, ConnectError> {
    if let Some(token) = secret(at, "token")? {
        let expires = at.fields.get(SESSION_EXPIRES).and_then(|text| text.parse::<Timestamp>().ok());
        let id = at.fields.get("token-id").cloned();
        return Ok(Login::Session { token: Token::new(token.to_owned()), id, expires });
    }
    let email = field(at, "email")?.ok_or(ConnectError::MissingField { field: "email" })?;
    if email.contains(':') {
        return Err(ConnectError::UnusableField { field: "email" });
    }
    let password = at.secrets.get("password").map(Token::expose).filter(|password| !password.is_empty());
    let password = password.ok_or(ConnectError::MissingField { field: "password" })?;
    let code = secret(at, "otp")?.map(|code| code.split_whitespace().collect());
    Ok(Login::Typed(Typed {
        email: email.to_owned(),
        password: Password::new(password.to_owned()),
        one_time_code: code.map(Password::new),
    }))
}

/// Refuses a host outside the vendor's own domain unless the user typed it once more, into `again`: it is sent a login, a token or
/// a license file.
fn confirmed(address: &Url, at: &Connection, again: &'static str) -> Result<(), ConnectError> {
    let host = address.host_str().unwrap_or_default();
    let is_confirmed = field(at, again)?.is_some_and(|typed| host::is_typed(typed, address));
    if host::is_within(host, describe::OWN_DOMAIN) || is_confirmed {
        Ok(())
    } else {
        Err(ConnectError::HostNotConfirmed { host: host.to_owned(), from: None, field: again })
    }
}

/// A field that is not secret, without white space at its ends; nothing where it is empty.
fn field<'a>(at: &'a Connection, name: &'static str) -> Result<Option<&'a str>, ConnectError> {
    usable(at.fields.get(name).map(String::as_str), name)
}

/// A secret that has no white space at its ends; nothing where it is empty.
fn secret<'a>(at: &'a Connection, name: &'static str) -> Result<Option<&'a str>, ConnectError> {
    usable(at.secrets.get(name).map(Token::expose), name)
}

fn usable<'a>(text: Option<&'a str>, field: &'static str) -> Result<Option<&'a str>, ConnectError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().any(char::is_control)) {
        return Err(ConnectError::UnusableField { field });
    }
    Ok(text)
}

/// The service's address from what people paste: its root, or a page of its API.
fn base(address: &Url) -> Result<Url, ConnectError> {
    address::root(address, "/v1/accounts", "/v1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_outside_the_vendors_domain_is_confirmed_by_its_own_field() {
        let at = |registry: &str, again: &str| Connection {
            address: "https://licensing.aica.tech".parse().unwrap(),
            fields: [("registry", registry), ("confirm-registry", again), ("confirm-host", registry)]
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into(),
            secrets: [].into(),
        };
        for (registry, again, is_refused) in [
            ("registry.licensing.aica.tech", "", false),
            ("registry.example:5000", "", true),
            ("https://Registry.example:5000/v2/", "registry.example", false),
            ("registry.example:5000", "Registry.example", false),
            ("registry.example:5000", "registry.example:5000", false),
            ("registry.example:5000", "registry.example:5001", true),
            ("aica.tech.example", "aica.tech", true),
            (r"registry.example\.aica.tech", "", true),
            ("registry.aica.tech@registry.example", "", true),
        ] {
            let refused = matches!(
                connect(&Http::default(), &at(registry, again)),
                Err(ConnectError::HostNotConfirmed { field: "confirm-registry", .. })
            );
            assert_eq!(refused, is_refused, "{registry} {again}");
        }
    }

    #[test]
    fn whatever_address_of_the_api_is_pasted_its_base_is_found() {
        for (pasted, expected) in [
            ("https://licensing.aica.tech", "https://licensing.aica.tech/"),
            ("https://licensing.aica.tech/v1/", "https://licensing.aica.tech/"),
            (
                "https://licensing.aica.tech/v1/accounts/demo/licenses?limit=1#x",
                "https://licensing.aica.tech/",
            ),
            ("http://127.0.0.1:4000/below/v1/accounts", "http://127.0.0.1:4000/below"),
        ] {
            assert_eq!(base(&pasted.parse().unwrap()).unwrap().as_str(), expected, "{pasted}");
        }
        assert_eq!(base(&"ftp://aica.tech".parse().unwrap()), Err(ConnectError::NotAnAddress));
        assert_eq!(base(&"https://me:pw@aica.tech".parse().unwrap()), Err(ConnectError::LoginInAddress));
    }
}
