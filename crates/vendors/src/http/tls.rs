//! Whom a connection trusts: the system's authorities, those of an account's CA file, and the servers whose own certificate that
//! file names.

use crate::Why;
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError,
    PeerIncompatible, RootCertStore, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
    server::ParsedCertificate,
};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;
use x509_parser::{certificate::X509Certificate, prelude::FromDer};

/// The protocol that is spoken inside a connection.
const HTTP_1: &[u8] = b"http/1.1";

/// The certificates of a PEM text; nothing where it has none, or one that cannot be used.
pub(super) fn certificates(pem: &str) -> Option<Vec<CertificateDer<'static>>> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    let certificates = read.ok().filter(|certificates| !certificates.is_empty())?;
    let mut store = RootCertStore::empty();
    let are_usable = certificates.iter().all(|certificate| store.add(certificate.clone()).is_ok());
    are_usable.then_some(certificates)
}

/// The settings of connections that trust `named` besides the system's authorities.
pub(super) fn config(named: &[CertificateDer<'static>]) -> Result<ClientConfig, Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let authorities = Verifier::new_with_extra_roots(named.iter().cloned(), Arc::clone(&provider))?;
    let trust = Trust { named: named.to_vec(), authorities };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(trust))
        .with_no_client_auth();
    config.alpn_protocols = vec![HTTP_1.to_vec()];
    Ok(config)
}

/// Accepts a server by the authorities, or because its very certificate is named. WebPKI alone refuses a named one that calls
/// itself an authority, as `openssl req -x509` makes them.
#[derive(Debug)]
struct Trust {
    named: Vec<CertificateDer<'static>>,
    authorities: Verifier,
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.named.iter().any(|named| named == end_entity) {
            return verify_named(end_entity, server_name, now);
        }
        self.authorities
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .map_err(|error| told_apart(error, end_entity))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.authorities.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.authorities.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.authorities.supported_verify_schemes()
    }
}

/// Checks the dates and the host name of a certificate that is trusted by itself. That the server has its key, the handshake shows.
fn verify_named(
    certificate: &CertificateDer<'_>,
    server_name: &ServerName<'_>,
    now: UnixTime,
) -> Result<ServerCertVerified, Error> {
    let (_, read) = X509Certificate::from_der(certificate).map_err(|_| CertificateError::BadEncoding)?;
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    if now < read.validity().not_before.timestamp() {
        return Err(CertificateError::NotValidYet.into());
    }
    if now > read.validity().not_after.timestamp() {
        return Err(CertificateError::Expired.into());
    }
    verify_server_name(&ParsedCertificate::try_from(certificate)?, server_name)?;
    Ok(ServerCertVerified::assertion())
}

/// Marks an error as that of a certificate which is signed with its own key.
#[derive(Debug, thiserror::Error)]
#[error("the certificate is self-signed")]
struct SelfSigned;

/// The error of a certificate that was refused for who issued it. WebPKI has one of its own for what calls itself an authority, and
/// another one for an issuer that has the name of a trusted one, and another key.
fn told_apart(error: Error, certificate: &CertificateDer<'_>) -> Error {
    use CertificateError::{BadSignature, Other, UnknownIssuer};
    let is_of_trust = matches!(error, Error::InvalidCertificate(UnknownIssuer | BadSignature | Other(_)));
    if is_of_trust && is_self_signed(certificate) {
        CertificateError::Other(OtherError(Arc::new(SelfSigned))).into()
    } else if error == Error::InvalidCertificate(BadSignature) {
        UnknownIssuer.into()
    } else {
        error
    }
}

fn is_self_signed(certificate: &CertificateDer<'_>) -> bool {
    X509Certificate::from_der(certificate).is_ok_and(|(_, read)| read.verify_signature(None).is_ok())
}

/// What a failed handshake means.
#[expect(clippy::wildcard_enum_match_arm, reason = "more errors may be added to rustls")]
pub(super) fn why(error: &Error) -> Why {
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext,
        Other, UnknownIssuer,
    };
    match error {
        Error::InvalidCertificate(Expired | ExpiredContext { .. }) => Why::CertificateExpired,
        Error::InvalidCertificate(NotValidYet | NotValidYetContext { .. }) => Why::CertificateNotYetValid,
        Error::InvalidCertificate(NotValidForName | NotValidForNameContext { .. }) => {
            Why::CertificateOfOtherHost
        }
        Error::InvalidCertificate(UnknownIssuer) => Why::UnknownIssuer,
        Error::InvalidCertificate(Other(OtherError(cause))) if cause.is::<SelfSigned>() => Why::SelfSigned,
        Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        )
        | Error::AlertReceived(AlertDescription::ProtocolVersion) => Why::ProtocolTooOld,
        _ => Why::Tls,
    }
}
