//! What a license gives access to at a package registry.

use crate::view::crossing;

crossing! {
    /// What a license gives access to.
    pub struct PackagesView {
        pub packages: Vec<PackageView>,
        /// How a container client is logged in; null where no registry is known.
        pub registry: Option<RegistryView>,
        /// When the vendor was asked.
        pub as_of: String,
    }

    pub struct PackageView {
        /// The vendor's id of it.
        pub id: String,
        /// The word that names it in commands.
        pub key: String,
        pub name: String,
        /// What kind of registry it is for, such as `oci`.
        pub engine: Option<String>,
    }

    pub struct RegistryView {
        pub host: String,
        /// The user name that is offered.
        pub user: String,
        /// The command that reads the license file; no key stands in it.
        pub command: String,
        /// Whether that file was written; else the command names one that is to be written first.
        pub has_file: bool,
        /// The container client on this computer, such as `docker`; null where there is none.
        pub program: Option<String>,
    }

    /// A version of a package.
    pub struct ReleaseView {
        pub id: String,
        pub name: Option<String>,
        pub version: String,
        /// How settled it is, such as `stable` or `beta`.
        pub channel: Option<String>,
        /// Whether it is published, as the vendor words it.
        pub status: Option<String>,
        pub tag: Option<String>,
        pub created: Option<String>,
    }

    /// A file of a release.
    pub struct ArtifactView {
        pub id: String,
        pub filename: String,
        pub filetype: Option<String>,
        /// In bytes.
        #[ts(type = "number | null")]
        pub filesize: Option<u64>,
        pub platform: Option<String>,
        pub arch: Option<String>,
        pub checksum: Option<String>,
    }
}
