//! Certificates for offline use: checked out at the vendor, or imported.

pub(crate) mod check_out;
pub(crate) mod read;
pub(crate) mod status;

pub use check_out::{certificate, check_out};
pub use read::ImportWith;
pub use status::{CERTIFICATE_FACTS, CertificateStatus};
