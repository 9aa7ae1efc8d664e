//! Redirects: another port of the host is confirmed with the port, and no login or key goes to another place.

use crate::{EMAIL, PASSWORD, answering_by, connection, key, nothing, patient};
use testkit::{Answer, FaultServer, Received};
use vendors::{ConnectError, Instead, Reference, Registry, VendorError};

/// Redirects every request to the same path of another server.
fn redirecting_to(other: &FaultServer, status: u16) -> impl Fn(&Received) -> Answer + Send + Sync + use<> {
    let origin = other.url();
    move |seen| {
        Answer::reply(status, "text/plain", "").with_header("Location", &format!("{origin}{}", seen.target))
    }
}

#[tokio::test]
async fn another_port_of_the_host_is_confirmed_with_the_port() {
    let other = FaultServer::answering(|_| nothing());
    let typed = FaultServer::answering(redirecting_to(&other, 308));
    let place = other.url().replace("http://", "");
    let filled = |address: &str| {
        connection(address, &[("confirm-host", &place), ("email", EMAIL)], &[("password", PASSWORD)])
    };
    let registry = Registry::default();
    let settled = registry.settled_address(&patient(), "aica", &filled(&typed.url())).await.unwrap();
    assert_eq!(settled.as_str(), format!("{}/", other.url()));
    assert!(registry.connect(&patient(), "aica", &filled(settled.as_str())).is_ok());
    let elsewhere = registry.connect(&patient(), "aica", &filled(&typed.url())).unwrap_err();
    assert!(matches!(elsewhere, ConnectError::HostNotConfirmed { from: None, .. }), "{elsewhere:?}");
    assert!(other.received().iter().all(|seen| seen.header("authorization").is_none()));
}

#[tokio::test]
async fn license_key_is_not_sent_to_another_origin() {
    for status in [301, 302, 303, 307, 308] {
        let other = FaultServer::answering(|_| nothing());
        let (_server, account) = answering_by(redirecting_to(&other, status));
        for error in [
            account.get(&Reference::Key(key())).await.unwrap_err(),
            account.get(&Reference::Id("1a".to_owned())).await.unwrap_err(),
            account.packages().unwrap().available(&key()).await.unwrap_err(),
            account.validation().unwrap().validate(&key()).await.unwrap_err(),
        ] {
            let is_redirect = matches!(error, VendorError::NotAPortal { what: Instead::Redirected { .. } });
            assert!(is_redirect, "{status}: {error:?}");
        }
        assert!(other.received().is_empty(), "{status}");
    }
}
