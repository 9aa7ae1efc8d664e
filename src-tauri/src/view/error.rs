//! Errors as the page branches on them.

use super::crossing;
use std::collections::BTreeMap;

crossing! {
    /// An error: the page renders its own sentence and hint from the code and the arguments.
    pub struct ErrorView {
        /// A stable code such as `vendor-unauthorized`; one table of the page says where each shows.
        pub code: String,
        /// Typed arguments as text: paths, hosts, names, numbers. Never a secret.
        pub args: BTreeMap<String, String>,
        /// The vendor's or the system's own words, redacted.
        pub detail: Option<String>,
    }
}
