//! Accounts and views of the left pane.

use super::crossing;
use std::collections::BTreeMap;

crossing! {
    /// One connected account.
    pub struct AccountView {
        #[ts(type = "number")]
        pub id: i64,
        /// The vendor's word, or `files` for imported keys.
        pub provider: String,
        pub name: String,
        /// The address as kept: a URL, or `local` for the local portal.
        pub address: String,
        /// What the vendor calls what this account sees, such as the project.
        pub subject: Option<String>,
        pub licenses: u32,
        /// When a complete listing last succeeded.
        pub as_of: Option<String>,
        /// How many entries of the last listing could not be read as licenses.
        pub unreadable: u32,
        /// How many licenses were missing from what the last listing counted, or came more than once.
        pub missing: u32,
        /// The host that its login goes to; null for the local portal and imported keys.
        pub host: Option<String>,
        /// When its session ends, where it has one that tells.
        pub session_expires: Option<String>,
        /// What was typed of its login that is no secret, and that another login may change.
        pub fields: BTreeMap<String, String>,
        /// What it offers beside the list: `sign-in`, `instance-token`, ….
        pub facets: Vec<String>,
        pub state: AccountState,
        /// Creates and deletes of this account whose outcome is not known yet.
        pub unsettled: Vec<UnsettledView>,
        /// Replacements of its licenses that are under way.
        pub replacing: Vec<super::ReplacingView>,
    }

    /// How an account fares.
    #[serde(tag = "kind")]
    pub enum AccountState {
        Ready,
        Refreshing { done: u32, total: Option<u32> },
        /// The vendor cannot be reached: a state, not an error.
        Offline { error: super::ErrorView },
        /// The vendor answered, and said no; what was known stays.
        Failed { error: super::ErrorView },
    }

    /// A create or delete that was sent without an answer.
    pub struct UnsettledView {
        /// `create` or `delete`.
        pub verb: String,
        /// The license's name.
        pub label: String,
        pub at: String,
    }

    /// How many licenses each view of the left pane has.
    pub struct ViewCounts {
        pub all: u32,
        pub expiring_soon: u32,
        pub expired: u32,
        pub development: u32,
        pub production: u32,
        pub sandbox: u32,
        pub files: u32,
    }
}
