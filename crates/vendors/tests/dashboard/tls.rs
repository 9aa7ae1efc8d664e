//! An instance behind encryption: whose certificates are trusted, and what is wrong with the others.

use super::{PASSWORD, as_documented, connection, instance, patient, token_of};
use rcgen::{BasicConstraints, CertificateParams, IsCa, date_time_ymd};
use testkit::{FaultServer, Identity};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use vendors::{VendorError, Why};

/// Makes something wrong with a certificate.
type Fault = fn(CertificateParams) -> CertificateParams;

fn of_localhost() -> CertificateParams {
    CertificateParams::new(vec!["localhost".to_owned()]).unwrap()
}

/// As `openssl req -x509` makes them.
fn calling_itself_an_authority() -> CertificateParams {
    let mut params = of_localhost();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn expired(mut params: CertificateParams) -> CertificateParams {
    (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    params
}

fn not_valid_yet(mut params: CertificateParams) -> CertificateParams {
    (params.not_before, params.not_after) = (date_time_ymd(2090, 1, 1), date_time_ymd(2091, 1, 1));
    params
}

fn of_other_host(mut params: CertificateParams) -> CertificateParams {
    let other = CertificateParams::new(vec!["other.example".to_owned()]).unwrap();
    params.subject_alt_names = other.subject_alt_names;
    params
}

/// Why a server with this identity cannot be reached, where its certificate or authority is named or not.
async fn why(identity: &Identity, ca: Option<&str>) -> Why {
    let server = FaultServer::encrypted(identity, as_documented);
    let error = check(&server.localhost_url(), ca).await.unwrap_err();
    assert!(server.received().is_empty(), "nothing was sent");
    let VendorError::Unreachable { why, .. } = error else { panic!("{error:?}") };
    why
}

async fn check(address: &str, ca: Option<&str>) -> Result<bool, VendorError> {
    let account = instance(&patient(), &connection(address, PASSWORD, ca));
    token_of(account.as_ref()).check().await
}

#[tokio::test]
async fn an_account_that_names_the_authority_is_served() {
    let identity = Identity::new();
    let server = FaultServer::encrypted(&identity, as_documented);
    assert_eq!(check(&server.localhost_url(), Some(&identity.authority)).await, Ok(true));
    let both = format!("{}\n{}", Identity::new().authority, identity.authority);
    assert_eq!(
        check(&server.localhost_url(), Some(&both)).await,
        Ok(true),
        "one of several authorities is enough"
    );
}

#[tokio::test]
async fn without_the_authority_or_with_another_the_password_is_not_sent() {
    let server = FaultServer::encrypted(&Identity::new(), as_documented);
    for ca in [None, Some(Identity::new().authority)] {
        let error = check(&server.localhost_url(), ca.as_deref()).await.unwrap_err();
        assert!(matches!(error, VendorError::Unreachable { why: Why::UnknownIssuer, .. }), "{error:?}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_authority_does_not_vouch_for_another_name() {
    let identity = Identity::new();
    let server = FaultServer::encrypted(&identity, as_documented);
    let by_number = server.url();
    let error = check(&by_number, Some(&identity.authority)).await.unwrap_err();
    assert!(matches!(error, VendorError::Unreachable { why: Why::CertificateOfOtherHost, .. }), "{error:?}");
}

#[tokio::test]
async fn an_authority_is_trusted_for_its_own_account_only() {
    let identity = Identity::new();
    let server = FaultServer::encrypted(&identity, as_documented);
    let http = patient();
    let trusting = instance(&http, &connection(&server.localhost_url(), PASSWORD, Some(&identity.authority)));
    let other = instance(&http, &connection(&server.localhost_url(), PASSWORD, None));
    assert_eq!(token_of(trusting.as_ref()).check().await, Ok(true));
    let error = token_of(other.as_ref()).check().await.unwrap_err();
    assert!(matches!(error, VendorError::Unreachable { why: Why::UnknownIssuer, .. }), "{error:?}");
}

#[tokio::test]
async fn server_is_trusted_by_its_own_named_certificate() {
    for params in [of_localhost(), calling_itself_an_authority()] {
        let identity = Identity::by_itself(&params);
        let server = FaultServer::encrypted(&identity, as_documented);
        assert_eq!(
            check(&server.localhost_url(), Some(&identity.authority)).await,
            Ok(true),
            "{:?}",
            params.is_ca
        );
        let both = format!("{}\n{}", Identity::new().authority, identity.authority);
        assert_eq!(check(&server.localhost_url(), Some(&both)).await, Ok(true), "{:?}", params.is_ca);
    }
}

#[tokio::test]
async fn named_certificate_has_to_be_valid_now_and_for_the_host() {
    for params in [of_localhost(), calling_itself_an_authority()] {
        let faults: [(Fault, Why); 3] = [
            (expired, Why::CertificateExpired),
            (not_valid_yet, Why::CertificateNotYetValid),
            (of_other_host, Why::CertificateOfOtherHost),
        ];
        for (faulty, expected) in faults {
            let identity = Identity::by_itself(&faulty(params.clone()));
            assert_eq!(why(&identity, Some(&identity.authority)).await, expected, "{:?}", params.is_ca);
        }
    }
}

#[tokio::test]
async fn named_certificate_needs_its_private_key() {
    for params in [of_localhost(), calling_itself_an_authority()] {
        let thief = Identity::by_itself(&params).with_another_key();
        assert_eq!(why(&thief, Some(&thief.authority)).await, Why::Tls);
    }
}

#[tokio::test]
async fn unnamed_self_signed_certificate_is_reported() {
    let other = Identity::by_itself(&calling_itself_an_authority()).authority;
    for params in [of_localhost(), calling_itself_an_authority()] {
        let identity = Identity::by_itself(&params);
        assert_eq!(why(&identity, None).await, Why::SelfSigned);
        assert_eq!(why(&identity, Some(&other)).await, Why::SelfSigned, "another one is named");
    }
}

#[tokio::test]
async fn certificate_fault_is_reported() {
    for (params, expected) in [
        (expired(of_localhost()), Why::CertificateExpired),
        (not_valid_yet(of_localhost()), Why::CertificateNotYetValid),
        (of_other_host(of_localhost()), Why::CertificateOfOtherHost),
    ] {
        let identity = Identity::by_authority(params);
        assert_eq!(why(&identity, Some(&identity.authority)).await, expected);
    }
    assert_eq!(why(&Identity::new(), None).await, Why::UnknownIssuer);
}

#[tokio::test]
async fn old_tls_version_is_reported() {
    /// What OpenSSL answers where TLS 1.1 is the newest version that it may speak: a fatal alert, "protocol version".
    const ALERT: [u8; 7] = [0x15, 0x03, 0x02, 0x00, 0x02, 0x02, 0x46];
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut hello = [0; 4096];
            let _hello = stream.read(&mut hello).await.unwrap();
            stream.write_all(&ALERT).await.unwrap();
        }
    });
    let error = check(&address, None).await.unwrap_err();
    assert!(matches!(error, VendorError::Unreachable { why: Why::ProtocolTooOld, .. }), "{error:?}");
}
