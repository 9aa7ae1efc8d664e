//! A Core on this computer, and what to do next with a license.

use super::crossing;

crossing! {
    /// A Core on this computer, as it answered.
    pub struct CoreView {
        /// Where it was asked.
        pub address: String,
        pub state: CoreStateView,
        /// When it was asked.
        pub at: String,
    }

    /// What a Core tells of its license.
    #[serde(tag = "kind")]
    pub enum CoreStateView {
        /// It does not know yet.
        Undetermined,
        Reported {
            /// Whether it is in touch with its vendor.
            online: bool,
            /// Packages that are signed for it, with their versions.
            packages: Vec<super::FactView>,
            entitlements: Vec<String>,
        },
        /// None answers there, or something else does.
        Unreachable { error: super::ErrorView },
    }

    /// One thing to do next, with its message ready to be sent.
    pub struct StepView {
        /// `no-license`, `not-entitled`, `production` or `leaked`.
        pub id: String,
        pub title: String,
        /// Whom to write to.
        pub mail: String,
        pub subject: String,
        pub body: String,
    }
}
