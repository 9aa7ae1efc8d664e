//! Redirects: another port of the host is confirmed with the port, and no login or key goes to another place.

use crate::{
    EMAIL, PASSWORD, answering_by, connection, key, nothing, patient,
    server::{Reply, Seen, Server},
};
use vendors::{ConnectError, Instead, Reference, Registry, VendorError};

/// Redirects every request to the same path of another server.
fn redirecting_to(other: &Server, status: u16) -> impl Fn(&Seen) -> Reply + Send + Sync + use<> {
    let origin = other.address();
    move |seen| Reply::of(status, "text/plain", "").with("Location", &format!("{origin}{}", seen.target))
}

#[tokio::test]
async fn another_port_of_the_host_is_confirmed_with_the_port() {
    let other = Server::start(|_| nothing()).await;
    let typed = Server::start(redirecting_to(&other, 308)).await;
    let place = other.address().replace("http://", "");
    let filled = |address: &str| {
        connection(address, &[("confirm-host", &place), ("email", EMAIL)], &[("password", PASSWORD)])
    };
    let registry = Registry::default();
    let settled = registry.settled_address(&patient(), "aica", &filled(&typed.address())).await.unwrap();
    assert_eq!(settled.as_str(), format!("{}/", other.address()));
    assert!(registry.connect(&patient(), "aica", &filled(settled.as_str())).is_ok());
    let elsewhere = registry.connect(&patient(), "aica", &filled(&typed.address())).unwrap_err();
    assert!(matches!(elsewhere, ConnectError::HostNotConfirmed { from: None, .. }), "{elsewhere:?}");
    assert!(other.seen().iter().all(|seen| seen.header("authorization").is_none()));
}

#[tokio::test]
async fn license_key_is_not_sent_to_another_origin() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start(|_| nothing()).await;
        let (_server, account) = answering_by(redirecting_to(&other, status)).await;
        for error in [
            account.get(&Reference::Key(key())).await.unwrap_err(),
            account.get(&Reference::Id("1a".to_owned())).await.unwrap_err(),
            account.packages().unwrap().available(&key()).await.unwrap_err(),
            account.validation().unwrap().validate(&key()).await.unwrap_err(),
        ] {
            let is_redirect = matches!(error, VendorError::NotAPortal { what: Instead::Redirected { .. } });
            assert!(is_redirect, "{status}: {error:?}");
        }
        assert!(other.seen().is_empty(), "{status}");
    }
}
