//! An instance and its one license token.

use super::crossing;
use std::collections::BTreeMap;

crossing! {
    /// What an instance tells of itself. Each part is asked for by itself, and may fail by itself.
    pub struct InstanceView {
        #[ts(type = "number")]
        pub account: i64,
        /// Its root URL, without a slash at its end.
        pub root: String,
        pub valid: ReportedValid,
        pub token: ReportedToken,
        /// What is wrong with its token, or worth knowing, where it does not report a valid license.
        pub findings: Vec<FindingView>,
        pub usage: ReportedUsage,
        /// Whether the text of its token is kept here.
        pub held: bool,
        /// Whether an earlier token is kept here, to be restored.
        pub can_restore: bool,
        /// When it was asked.
        pub at: String,
    }

    /// Whether it holds a valid license.
    #[serde(tag = "kind")]
    pub enum ReportedValid { Reported { valid: bool }, Failed { error: super::ErrorView } }

    /// What its token tells; null where it has none.
    #[serde(tag = "kind")]
    pub enum ReportedToken { Reported { token: Option<Box<TokenFieldsView>> }, Failed { error: super::ErrorView } }

    /// How much of its license is in use.
    #[serde(tag = "kind")]
    pub enum ReportedUsage { Reported { usage: UsageView }, Failed { error: super::ErrorView } }

    /// How much of a license is in use; null where it is not told.
    pub struct UsageView {
        #[ts(type = "number | null")]
        pub active_users: Option<i64>,
        #[ts(type = "number | null")]
        pub active_admins_and_editors: Option<i64>,
        #[ts(type = "number | null")]
        pub active_viewers: Option<i64>,
        #[ts(type = "number | null")]
        pub active_anonymous_devices: Option<i64>,
    }

    /// What a license token tells; null where it does not.
    pub struct TokenFieldsView {
        /// What the status is believed to mean, such as `valid` or `invalid-subject`.
        pub status: Option<String>,
        /// The status as the instance gave it.
        #[ts(type = "number | null")]
        pub status_number: Option<i64>,
        pub jti: Option<String>,
        pub iss: Option<String>,
        /// The root URL that it is for; may be a pattern.
        pub sub: Option<String>,
        pub lid: Option<String>,
        pub company: Option<String>,
        pub account: Option<String>,
        pub slug: Option<String>,
        pub details_url: Option<String>,
        pub limit_by: Option<String>,
        pub prod: Vec<String>,
        pub issued: Option<String>,
        pub valid_from: Option<String>,
        /// When the token ends.
        pub token_expires: Option<String>,
        /// When the license ends.
        pub license_expires: Option<String>,
        pub trial: Option<bool>,
        pub trial_expires: Option<String>,
        pub usage_billing: Option<bool>,
        #[ts(type = "number | null")]
        pub included_users: Option<i64>,
        #[ts(type = "number | null")]
        pub max_concurrent_user_sessions: Option<i64>,
        #[ts(type = "number | null")]
        pub anonymous_ratio: Option<i64>,
        #[ts(type = "number | null")]
        pub license_warn_days: Option<i64>,
        #[ts(type = "number | null")]
        pub token_warn_days: Option<i64>,
        #[ts(type = "number | null")]
        pub update_days: Option<i64>,
        /// Fields that this program does not know, as given.
        pub other: Vec<super::FactView>,
    }

    /// Where a token to look at or to send comes from. A file's text never reaches the page.
    #[serde(tag = "kind")]
    pub enum TokenSource {
        Text {
            #[ts(as = "String")]
            text: super::SecretText,
        },
        File { path: String },
    }

    /// Something that is wrong with a token, or worth knowing.
    pub struct FindingView {
        /// `not-a-jwt`, `not-yet-valid`, `token-expired`, `license-expired`, `wrong-instance`, `other-product`,
        /// `no-subject`, `no-end`.
        pub word: String,
        /// Whether it is worth knowing rather than wrong.
        pub notice: bool,
        pub args: BTreeMap<String, String>,
    }

    /// What giving an instance a token would mean; nothing was sent.
    pub struct ApplyPreviewView {
        pub root: String,
        /// What the token tells that it has now. It may be given another where it cannot tell.
        pub current: ReportedToken,
        /// What the new one tells; null where it is no JWT.
        pub new: Option<TokenFieldsView>,
        pub findings: Vec<FindingView>,
        /// Whether nothing was found but notices.
        pub passes: bool,
    }

    /// What a change of an instance's token came to.
    pub struct AppliedView {
        pub token: TokenFieldsView,
        pub license: Option<String>,
        pub findings: Vec<FindingView>,
        /// Whether an earlier token is kept here, to be restored.
        pub previous_kept: bool,
    }
}
