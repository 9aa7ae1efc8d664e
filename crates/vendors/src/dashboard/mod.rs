//! A Metrics Dashboard Enterprise instance (`docs/protocols.md`, "Metrics Dashboard Enterprise"). Its calls are those of the
//! vendor's document "Licensing HTTP API".

mod answer;
mod call;
mod client;
mod describe;
mod login;
mod product;
mod refusal;

use crate::{ConnectError, Connection, Http, Registration, SecretSigns, Vendor, address};
use license::{License, Password, TokenFields};
use login::Login;
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

/// The license that a token is of, as its instance reports it once it has the token.
fn license_of_claims(claims: &Map<String, Value>, _: &SecretSigns) -> Option<License> {
    let token = TokenFields::from_json(claims);
    token.is_there().then(|| token.license())
}

/// Returns the address of `check`, which an instance answers or refuses without a login.
fn api(at: &Connection) -> Option<Url> {
    Some(address::below(&base(&at.address).ok()?, &["api", "licensing", "check"]))
}

fn connect(http: &Http, at: &Connection) -> Result<Box<dyn Vendor>, ConnectError> {
    let root = base(&at.address)?;
    let field = |name| at.fields.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    let user = field("user").ok_or(ConnectError::MissingField { field: "user" })?;
    // Basic authentication ends the name at the first colon (RFC 7617).
    if user.contains(|c: char| c == ':' || c.is_control()) {
        return Err(ConnectError::UnusableField { field: "user" });
    }
    let password = at.secrets.get("password").map(|password| password.expose()).unwrap_or_default();
    if password.is_empty() {
        return Err(ConnectError::MissingField { field: "password" });
    }
    let http = match field("ca-file") {
        Some(pem) => http.trusting(pem)?,
        None => http.clone(),
    };
    let login = Login::new(&root, user, Password::new(password.to_owned()))
        .ok_or(ConnectError::UnusableField { field: "password" })?;
    Ok(Box::new(client::Instance::new(http, root, login)))
}

/// The instance's root URL from what people paste: its start page, its login page, or a licensing endpoint. A path below which
/// it is served stays.
fn base(address: &Url) -> Result<Url, ConnectError> {
    address::root(address, "/api/licensing", "/login")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_page_of_the_instance_is_pasted_its_root_is_found() {
        for (pasted, expected) in [
            ("https://play.example", "https://play.example/"),
            ("https://play.example/login?redirect=%2F", "https://play.example/"),
            ("https://play.example/metrics/", "https://play.example/metrics"),
            ("https://play.example/metrics/login", "https://play.example/metrics"),
            (
                "http://127.0.0.1:3000/instances/demo/api/licensing/token",
                "http://127.0.0.1:3000/instances/demo",
            ),
            ("http://127.0.0.1:3000/instances/demo/api/licensing/", "http://127.0.0.1:3000/instances/demo"),
            ("https://play.example/#/x", "https://play.example/"),
        ] {
            assert_eq!(base(&pasted.parse().unwrap()).unwrap().as_str(), expected, "{pasted}");
        }
    }

    #[test]
    fn an_address_that_is_none_or_holds_a_login_is_refused() {
        assert_eq!(base(&"ftp://play.example".parse().unwrap()), Err(ConnectError::NotAnAddress));
        assert_eq!(
            base(&"https://admin:pw@play.example".parse().unwrap()),
            Err(ConnectError::LoginInAddress)
        );
    }
}
