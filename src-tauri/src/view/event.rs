//! What the program tells the page unasked.

use super::crossing;

crossing! {
    /// One event on the channel `licet`.
    #[serde(tag = "kind")]
    pub enum Event {
        /// Licenses or accounts changed, here or in another process: ask again for what is shown.
        LibraryChanged,
        /// Files of these licenses changed on disk.
        FilesChanged { licenses: Vec<String> },
        VaultChanged { vault: super::VaultView },
        /// A refresh goes on; `AccountView.state` says how far.
        AccountChanged { account: Box<super::AccountView> },
        /// A create or delete whose outcome was unknown is settled.
        Settled { verb: String, label: String, license: Option<String>, done: bool },
        /// A license that was made on its vendor's own page is here; null where it did not come in time.
        Arrived {
            #[ts(type = "number")]
            account: i64,
            license: Option<String>,
            /// Why it is waited for no longer, where that is no use.
            problem: Option<super::ErrorView>,
        },
        ClipboardCleared,
        /// Paths were dropped on the window or given by a second start.
        PathsGiven { paths: Vec<String> },
    }
}
