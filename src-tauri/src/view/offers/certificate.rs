//! Certificates for use offline.

use crate::view::crossing;

crossing! {
    /// How a certificate is checked out.
    pub struct CheckOutView {
        /// For how many seconds, at least 3600; null for as long as the vendor does by itself.
        pub ttl_seconds: Option<u32>,
        /// With the license's entitlements in it.
        pub entitlements: bool,
        /// Readable with the license key alone.
        pub encrypted: bool,
    }

    /// What a certificate certifies, without its text.
    pub struct CertificateView {
        pub verified: crate::view::Verification,
        pub encrypted: bool,
        pub issued: Option<String>,
        /// When the certificate, not the license, ends.
        pub expires: Option<String>,
        /// Whether the certificate's own time is over.
        pub expired: bool,
        /// When the license ends; null where that is not told, or where it never does.
        pub license_expires: Option<String>,
        /// Whether the license never ends.
        pub license_never_expires: bool,
        /// What it entitles to; null where none are in it.
        pub entitlements: Option<Vec<crate::view::EntitlementView>>,
    }
}
