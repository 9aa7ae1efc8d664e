//! An instance whose certificate is from a private authority.

use super::{PASSWORD, as_documented, connection, instance, patient, server::Server, token_of};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::sync::Arc;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer},
    },
};
use vendors::{VendorError, Why};

/// An authority, and what a server of it shows.
pub(crate) struct Identity {
    /// The authority's own certificate.
    pub authority: String,
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

impl Identity {
    /// A new authority, with a certificate for `localhost` by it.
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().unwrap();
        let authority = params.self_signed(&authority_key).unwrap().pem();
        let issuer = Issuer::new(params, authority_key);
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap().der().clone();
        Self { authority, certificate, key: key.serialize_der() }
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        let key = PrivateKeyDer::try_from(self.key.clone()).unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.clone()], key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

async fn check(address: &str, ca: Option<&str>) -> Result<bool, VendorError> {
    let account = instance(&patient(), &connection(address, PASSWORD, ca));
    token_of(account.as_ref()).check().await
}

#[tokio::test]
async fn an_account_that_names_the_authority_is_served() {
    let identity = Identity::new();
    let server = Server::start_encrypted(&identity, as_documented).await;
    assert_eq!(check(&server.address(), Some(&identity.authority)).await, Ok(true));
    let both = format!("{}\n{}", Identity::new().authority, identity.authority);
    assert_eq!(check(&server.address(), Some(&both)).await, Ok(true), "one of several authorities is enough");
}

#[tokio::test]
async fn without_the_authority_or_with_another_the_password_is_not_sent() {
    let server = Server::start_encrypted(&Identity::new(), as_documented).await;
    for ca in [None, Some(Identity::new().authority)] {
        let error = check(&server.address(), ca.as_deref()).await.unwrap_err();
        assert!(matches!(error, VendorError::Unreachable { why: Why::Tls, .. }), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn an_authority_does_not_vouch_for_another_name() {
    let identity = Identity::new();
    let server = Server::start_encrypted(&identity, as_documented).await;
    let by_number = server.address().replace("localhost", "127.0.0.1");
    let error = check(&by_number, Some(&identity.authority)).await.unwrap_err();
    assert!(matches!(error, VendorError::Unreachable { why: Why::Tls, .. }), "{error:?}");
}

#[tokio::test]
async fn an_authority_is_trusted_for_its_own_account_only() {
    let identity = Identity::new();
    let server = Server::start_encrypted(&identity, as_documented).await;
    let http = patient();
    let trusting = instance(&http, &connection(&server.address(), PASSWORD, Some(&identity.authority)));
    let other = instance(&http, &connection(&server.address(), PASSWORD, None));
    assert_eq!(token_of(trusting.as_ref()).check().await, Ok(true));
    let error = token_of(other.as_ref()).check().await.unwrap_err();
    assert!(matches!(error, VendorError::Unreachable { why: Why::Tls, .. }), "{error:?}");
}
