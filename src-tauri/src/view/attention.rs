//! What needs attention.

use super::crossing;

crossing! {
    /// What needs attention, the most urgent first.
    pub struct AttentionView {
        pub items: Vec<AttentionItem>,
        /// How many more licenses have expired or expire soon than are listed.
        pub more_licenses: u32,
    }

    /// One problem, with what it is about.
    pub struct AttentionItem {
        /// The license that it is about; null where it is about an account.
        pub license: Option<String>,
        #[ts(type = "number | null")]
        pub account: Option<i64>,
        /// The license's or the account's name.
        pub label: String,
        pub problem: ProblemView,
    }

    /// What is wrong.
    #[serde(tag = "kind")]
    pub enum ProblemView {
        Leaked,
        WrongInstance,
        Expired { at: Option<String> },
        ExpiresSoon { at: Option<String> },
        /// The vendor has suspended the license, or banned its holder.
        Withdrawn { status: String },
        TokenExpires { at: String },
        /// A license file is not as it was written, or its instance has another token by now.
        File { file: super::FileView },
        /// A certificate in a file has expired or expires soon.
        CertificateExpires { file: super::FileView, at: String },
        /// A create or delete has no answer yet.
        Unsettled { verb: String, name: String },
        /// A replacement was interrupted.
        Replacement { name: String },
        Refused { error: super::ErrorView },
        SessionExpires { at: String },
        Offline { error: super::ErrorView },
    }
}
