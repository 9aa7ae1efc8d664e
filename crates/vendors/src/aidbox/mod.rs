//! The Aidbox portal (`docs/protocols.md`, "Aidbox portal"). The requests are those of the vendor's own document, "Manage
//! Aidbox licenses via API".

mod client;
mod decode;
mod describe;
mod dialect;
mod envelope;
mod list;
mod map;
mod order;
mod outline;
mod product;
#[cfg(test)]
mod properties;
mod refusal;
mod wire;

use crate::{ConnectError, Connection, Http, Registration, SecretSigns, Vendor, address};
use license::{License, Token};
use serde_json::{Map, Value};
use url::Url;

/// This vendor's line in the registry.
pub(crate) const REGISTRATION: Registration = Registration {
    description: &describe::DESCRIPTION,
    products: &[product::PRODUCT],
    secret_signs: &[],
    base,
    api,
    connect,
};

/// Where the calls go.
fn api(at: &Connection) -> Option<Url> {
    Some(address::below(&base(&at.address).ok()?, &["rpc"]))
}

/// The license that a license string claims to be: its claims have the portal's own names (`docs/protocols.md`, "License
/// string", [S]). The local portal's strings have the registered names of RFC 7519.
fn license_of_claims(claims: &Map<String, Value>, signs: &SecretSigns) -> Option<License> {
    let mut claims = claims.clone();
    for (own, registered) in [("id", "sub"), ("expiration", "exp"), ("created", "iat")] {
        if let (None, Some(value)) = (claims.get(own), claims.get(registered)) {
            claims.insert(own.to_owned(), value.clone());
        }
    }
    claims.retain(|name, _| {
        !["iss", "sub", "aud", "jti", "iat", "nbf", "exp", "project"].contains(&name.as_str())
    });
    let text = serde_json::to_string(&claims).ok()?;
    let node: wire::Node<'_> = serde_json::from_str(&text).ok()?;
    map::license(&node, signs).map(|(license, _)| license)
}

fn connect(http: &Http, at: &Connection) -> Result<Box<dyn Vendor>, ConnectError> {
    let base = base(&at.address)?;
    let token = at.secrets.get("token").map(|token| token.expose().trim()).unwrap_or_default();
    if token.is_empty() {
        return Err(ConnectError::MissingField { field: "token" });
    }
    if token.chars().any(char::is_control) {
        return Err(ConnectError::UnusableField { field: "token" });
    }
    Ok(Box::new(client::Project::new(http.clone(), &base, Token::new(token.to_owned()))))
}

/// The portal's address from what people paste: its start page, a page of its user interface, or the API itself.
fn base(address: &Url) -> Result<Url, ConnectError> {
    address::root(address, "/ui/portal", "/rpc")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_page_of_the_portal_is_pasted_its_base_is_found() {
        for (pasted, expected) in [
            ("https://aidbox.app", "https://aidbox.app/"),
            ("https://aidbox.app/", "https://aidbox.app/"),
            ("https://aidbox.app/rpc", "https://aidbox.app/"),
            ("https://aidbox.app/ui/portal#/project/x?y=1", "https://aidbox.app/"),
            ("http://127.0.0.1:4000/below/rpc/", "http://127.0.0.1:4000/below"),
        ] {
            assert_eq!(base(&pasted.parse().unwrap()).unwrap().as_str(), expected, "{pasted}");
        }
    }

    #[test]
    fn an_address_that_is_none_or_holds_a_login_is_refused() {
        assert_eq!(base(&"file:///etc".parse().unwrap()), Err(ConnectError::NotAnAddress));
        assert_eq!(base(&"mailto:a@b.example".parse().unwrap()), Err(ConnectError::NotAnAddress));
        assert_eq!(base(&"https://me:pw@aidbox.app".parse().unwrap()), Err(ConnectError::LoginInAddress));
    }
}
