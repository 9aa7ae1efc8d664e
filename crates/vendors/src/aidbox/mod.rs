//! The Aidbox portal. What it does on the wire, and how well that is known, stands in `protocols.md`; the requests are
//! those of the portal's own document, "Manage Aidbox licenses via API".

mod client;
mod decode;
mod describe;
mod dialect;
mod envelope;
mod map;
mod order;
#[cfg(test)]
mod properties;
mod refusal;
mod wire;

use crate::{ConnectError, Connection, Http, Registration, Vendor, address};
use license::Token;
use url::Url;

/// This vendor's line in the registry.
pub(crate) const REGISTRATION: Registration =
    Registration { description: &describe::DESCRIPTION, base, connect };

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
