//! What the program tells the page unasked.

use super::crossing;

crossing! {
    /// One event on the channel `licet`.
    #[serde(tag = "kind")]
    pub enum Event {
        /// Licenses, accounts or files changed, here or in another process: ask again for what is shown.
        LibraryChanged,
        /// Files of these licenses were changed on disk by another program.
        FilesChanged { licenses: Vec<String> },
        /// The settings changed, here or in their file.
        SettingsChanged { settings: super::SettingsView, problems: Vec<super::ErrorView> },
        VaultChanged { vault: super::VaultView },
        /// What is known of an account changed, or how far its refresh is: `AccountView.state`.
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
        /// How many of the selected licenses a deletion has ended with.
        SelectionProgress { done: u32 },
        ClipboardCleared,
        /// Paths were dropped on the window or given by a second start.
        PathsGiven { paths: Vec<String> },
    }
}
