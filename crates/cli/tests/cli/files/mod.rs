//! License files, their backups, and certificates.

pub(crate) mod access;
pub(crate) mod backups;
pub(crate) mod certificate;
pub(crate) mod export;
pub(crate) mod foreign_files;
pub(crate) mod interrupted;
pub(crate) mod unwritable;
