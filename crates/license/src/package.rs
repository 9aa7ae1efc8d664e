//! What a license gives access to at a package registry.

use jiff::Timestamp;

/// A package that a license entitles to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The vendor's id.
    pub id: String,
    /// The word that names it in commands.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What kind of registry it is for, such as `oci`.
    pub engine: Option<String>,
}

/// A version of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The vendor's id.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
    /// Its version.
    pub version: String,
    /// How settled it is, such as `stable` or `beta`.
    pub channel: Option<String>,
    /// Whether it is published, as the vendor words it.
    pub status: Option<String>,
    /// A further name that it goes by.
    pub tag: Option<String>,
    /// When it was made.
    pub created: Option<Timestamp>,
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The vendor's id.
    pub id: String,
    /// Its name.
    pub filename: String,
    /// Its kind.
    pub filetype: Option<String>,
    /// Its size in bytes.
    pub filesize: Option<u64>,
    /// The operating system that it is for.
    pub platform: Option<String>,
    /// The processor that it is for.
    pub arch: Option<String>,
    /// Its digest, as the vendor writes it.
    pub checksum: Option<String>,
}
