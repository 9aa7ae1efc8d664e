//! Certificates for offline use: checked out at the vendor, or imported.

pub(crate) mod check_out;
pub(crate) mod read;

pub use check_out::{CERTIFICATE_FACTS, CertificateStatus, certificate, check_out};
pub use read::ImportWith;
