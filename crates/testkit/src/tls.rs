//! Certificates for a server on loopback.

use crate::server::Accept;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::aws_lc_rs::sign::any_supported_type,
    pki_types::{CertificateDer, PrivateKeyDer},
    sign::{CertifiedKey, SingleCertAndKey},
};
use std::{fmt, io, sync::Arc};

/// What a server shows, and the PEM certificate that makes a client trust it.
pub struct Identity {
    /// Of the authority, or of the server itself.
    pub authority: String,
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

impl Identity {
    /// A new authority, with a certificate for `localhost` by it.
    pub fn new() -> Self {
        Self::by_authority(CertificateParams::new(vec!["localhost".to_owned()]).unwrap())
    }

    /// A new authority, with such a certificate by it.
    pub fn by_authority(params: CertificateParams) -> Self {
        let mut of_authority = CertificateParams::new(Vec::new()).unwrap();
        of_authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().unwrap();
        let authority = of_authority.self_signed(&authority_key).unwrap().pem();
        let issuer = Issuer::new(of_authority, authority_key);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap().der().clone();
        Self { authority, certificate, key: key.serialize_der() }
    }

    /// Such a certificate by the server itself.
    pub fn by_itself(params: &CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self {
            authority: certificate.pem(),
            certificate: certificate.der().clone(),
            key: key.serialize_der(),
        }
    }

    /// The same certificate with a private key that does not belong to it.
    #[must_use]
    pub fn with_another_key(self) -> Self {
        Self { key: KeyPair::generate().unwrap().serialize_der(), ..self }
    }

    pub(crate) fn acceptor(&self) -> Accept {
        let key = PrivateKeyDer::try_from(self.key.clone()).unwrap();
        // Unlike a server's own constructor, this takes a key that does not belong to the certificate.
        let shown = CertifiedKey::new(vec![self.certificate.clone()], any_supported_type(&key).unwrap());
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(shown)));
        let config = Arc::new(config);
        Box::new(move |mut stream| {
            let mut connection = ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
            while connection.is_handshaking() {
                // It fails where the client does not trust this certificate.
                connection.complete_io(&mut stream)?;
            }
            Ok(Box::new(StreamOwned::new(connection, stream)))
        })
    }
}

impl Default for Identity {
    fn default() -> Self {
        Self::new()
    }
}

/// The private key is nobody's, but debug output of one is a bad habit.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("authority", &self.authority).finish_non_exhaustive()
    }
}
