//! Replacing a license by a new one.

use super::crossing;

crossing! {
    /// A replacement that is under way.
    pub struct ReplacingView {
        /// The license that is replaced.
        pub old: String,
        /// What that is called.
        pub label: String,
        /// Whether it goes on now: otherwise it was interrupted.
        pub running: bool,
        /// What replaces the license, where it is there already.
        pub new: Option<String>,
        /// The name of the new one.
        pub name: String,
        /// What is next: each step is done in this order.
        pub step: ReplaceStepView,
        pub at: String,
    }

    pub enum ReplaceStepView { Create, Files, Check, Delete }

    /// A replacement that is done.
    pub struct ReplacedView {
        pub new: String,
        /// The files that hold the new license.
        pub files: Vec<String>,
        /// The old one's files that held something else, and were left alone.
        pub left: Vec<String>,
    }
}
