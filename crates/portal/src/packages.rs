//! Packages that licenses open: seeded rows, to be read.

use crate::portal::now;
use crate::{Error, Portal, Result};

/// A package to add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPackage {
    pub key: String,
    pub name: String,
    /// What it is distributed by: `oci`, `raw`, …
    pub engine: Option<String>,
    /// The entitlement's code that a license needs for it.
    pub entitlement: Option<String>,
    pub releases: Vec<NewRelease>,
}

/// A release of a package to add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRelease {
    pub name: Option<String>,
    pub version: String,
    /// `stable`, `rc`, `beta`, `alpha` or `dev`.
    pub channel: String,
    /// `PUBLISHED`, `DRAFT` or `YANKED`.
    pub status: String,
    pub tag: Option<String>,
    pub artifacts: Vec<NewArtifact>,
}

/// A file of a release to add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewArtifact {
    pub filename: String,
    pub filetype: Option<String>,
    /// In bytes.
    pub filesize: Option<i64>,
    pub platform: Option<String>,
    pub arch: Option<String>,
    pub checksum: Option<String>,
}

impl Portal {
    /// Adds a package to an account. Fails with [`Error::Taken`] where the account has one of that key.
    pub fn add_package(&self, account: &str, package: &NewPackage) -> Result<()> {
        if self.storage().add_package(&self.account(account)?, package, now())? {
            return Ok(());
        }
        Err(Error::Taken { what: "package", name: package.key.clone() })
    }
}
