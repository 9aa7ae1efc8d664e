//! License files, their backups, and certificates.

pub(crate) mod backups;
pub(crate) mod certificate;
pub(crate) mod export;
pub(crate) mod interrupted;
