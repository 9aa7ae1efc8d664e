//! Packages that licenses open: seeded rows, to be read.

use crate::Error;
use crate::Portal;
use crate::Result;
use crate::portal::now;

/// A package to add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPackage {
    /// The key, unique in its account.
    pub key: String,
    /// The name that people read.
    pub name: String,
    /// What it is distributed by: `oci`, `raw`, …
    pub engine: Option<String>,
    /// The entitlement's code that a license needs for it.
    pub entitlement: Option<String>,
    /// The releases, in the order in which they were made.
    pub releases: Vec<NewRelease>,
}

/// A release of a package to add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRelease {
    /// The name, where it has one.
    pub name: Option<String>,
    /// The semantic version.
    pub version: String,
    /// `stable`, `rc`, `beta`, `alpha` or `dev`.
    pub channel: String,
    /// `PUBLISHED`, `DRAFT` or `YANKED`.
    pub status: String,
    /// Another name for the version, such as `latest`.
    pub tag: Option<String>,
    /// The files.
    pub artifacts: Vec<NewArtifact>,
}

/// A file of a release to add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewArtifact {
    /// The name with which it is downloaded.
    pub filename: String,
    /// The type, such as `tar.gz`.
    pub filetype: Option<String>,
    /// In bytes.
    pub filesize: Option<i64>,
    /// The operating system that it is for.
    pub platform: Option<String>,
    /// The processor that it is for.
    pub arch: Option<String>,
    /// The digest of its bytes, in the form that its publisher chose.
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
