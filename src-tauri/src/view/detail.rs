//! The detail pane, and the activity list.

use super::crossing;
use std::collections::BTreeMap;

crossing! {
    /// Everything about one license.
    pub struct DetailView {
        pub row: super::RowView,
        /// The vendor's id.
        pub vendor_id: String,
        /// `development`, `research` or `evaluation`, where told.
        pub goal: Option<String>,
        pub created: Option<String>,
        /// Codes and names; null where not known.
        pub entitlements: Option<Vec<EntitlementView>>,
        /// Bounds and further facts in the vendor's words.
        pub limits: Vec<FactView>,
        /// Where a hosted instance answers: origin only.
        pub instance_origin: Option<String>,
        pub key: KeyView,
        pub files: Vec<FileView>,
        pub activity: Vec<ActivityView>,
        /// `export` formats that fit, the usual one first.
        pub formats: Vec<String>,
        /// `vendor`: delete asks the vendor; `remove`: an imported key leaves the library only.
        pub removal: RemovalView,
        /// What its account offers beside the list: `seats`, `packages`, ….
        pub facets: Vec<String>,
        /// Whether its product has a Core on this computer that can be asked.
        pub core: bool,
        /// What to do next, where its vendor names whom to write to.
        pub steps: Vec<super::StepView>,
        /// Since when its key is known to be in other hands.
        pub leaked_since: Option<String>,
        /// What is typed to delete it.
        pub confirm_with: String,
        /// What it certifies, where it is an imported certificate.
        pub certificate: Option<super::CertificateView>,
        /// When the offline certificate that was written last expires, where that can be read.
        pub offline_until: Option<String>,
        /// Its replacement by another license, where one is under way.
        pub replacing: Option<super::ReplacingView>,
        /// When the facts were last fetched, or null for an imported key.
        pub as_of: Option<String>,
        /// Why opening it could not fetch more, for an honest badge.
        pub fetch_problem: Option<super::ErrorView>,
    }

    pub struct EntitlementView { pub code: String, pub name: String }

    pub struct FactView { pub name: String, pub value: String }

    pub enum RemovalView { Vendor, Remove, Nowhere }

    /// What is known of the key without showing it.
    pub struct KeyView {
        pub place: KeyPlace,
        /// `system`, `deployment`, `jwt` or `certificate`, where known.
        pub form: Option<String>,
        /// The key with all but a few characters masked; null while it is not at hand.
        pub masked: Option<String>,
        /// Whether the vendor changed the license since the key was kept: it may have another one by now.
        pub stale: bool,
        /// Whether the instance tells of another token by now than the one that is kept.
        pub outdated: bool,
        /// Whether the issuer's signature was checked.
        pub verified: Verification,
        /// What a JWT claims, for display.
        pub claims: Vec<FactView>,
    }

    pub enum KeyPlace {
        /// Sealed in the library.
        Kept,
        /// Fetched from the vendor when it is needed.
        AtVendor,
        /// Sealed, and the keyring is locked.
        Locked,
        /// Nowhere: it was brought in for a session that is over.
        Lost,
    }

    pub enum Verification {
        /// Signed by a key that the issuer publishes.
        Verified,
        /// The issuer's key is not known.
        NotVerified,
        /// The issuer's key is known and the signature is not by it.
        Failed,
        /// This form of key carries no signature that can be checked.
        NotApplicable,
    }

    /// A license file that Licet wrote.
    pub struct FileView {
        #[ts(type = "number")]
        pub id: i64,
        pub path: String,
        /// The path as the page shows it.
        pub shown: String,
        pub format: String,
        pub state: FileStateView,
        /// Whether Licet keeps it up to date by itself.
        pub keep: bool,
        pub in_place: bool,
        pub written: String,
        /// When a certificate in it expires.
        pub expires: Option<String>,
    }

    /// A license file with the license that it was written from.
    pub struct FileOfLicense {
        pub file: FileView,
        pub license: String,
        pub label: String,
        #[ts(type = "number")]
        pub account: i64,
        /// Whether its vendor no longer lists the license.
        pub gone: bool,
    }

    /// `Outdated` is as it was written, but its instance has another token now, or its certificate is of a key that leaked or was
    /// replaced. `Interrupted` contains a part of what was
    /// being written into it.
    pub enum FileStateView { UpToDate, Outdated, Drifted, Interrupted, Missing }

    /// One thing that happened.
    pub struct ActivityView {
        #[ts(type = "number")]
        pub id: i64,
        pub at: String,
        /// `created`, `deleted`, `revealed`, `copied`, `exported`, `imported`, `forgotten`, `connected`, ….
        pub verb: String,
        pub account: Option<String>,
        pub license: Option<String>,
        pub label: Option<String>,
        /// `done`, `failed` or `unknown`.
        pub outcome: String,
        /// A plain detail, such as a path.
        pub detail: Option<String>,
        /// What came of it, in place of a plain detail.
        pub report: Option<ReportView>,
    }

    /// What came of something, as a code that the page words: that of an error, or what an instance reports (`token-valid`, `token-wrong-instance`,
    /// `token-not-valid`, `token-unchecked`, `token-gone`, `token-left`).
    pub struct ReportView {
        pub code: String,
        pub args: BTreeMap<String, String>,
        /// The vendor's own words, redacted.
        pub words: Option<String>,
    }

    /// The key itself, for the one row that a user asked to see; hidden again after `seconds`.
    pub struct Revealed {
        #[ts(as = "String")]
        pub key: super::SecretText,
        pub seconds: u32,
    }

    /// A key went to the clipboard; it is cleared after `seconds` if it is still there.
    pub struct Copied { pub seconds: u32 }
}
