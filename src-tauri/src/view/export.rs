//! Writing license files, creating and deleting.

use super::crossing;
use std::collections::BTreeMap;

crossing! {
    /// Which file to write.
    pub struct ExportRequest {
        pub license: String,
        /// `launcher-toml`, `env`, `jwt` or `k8s-secret`.
        pub format: String,
        pub path: String,
        /// Write into the existing file instead of replacing it.
        pub in_place: bool,
        /// Keep it up to date from now on.
        pub keep: bool,
        /// The file's mode in octal digits; empty where it is not asked for.
        pub mode: String,
        /// The name or number of the group that can read it; empty where it is not asked for.
        pub group: String,
        /// The number of a user who can read it; empty where it is not asked for.
        pub readable_by: String,
    }

    /// The user that the container which reads the file runs as.
    pub struct ReaderView {
        pub user: u32,
        pub group: u32,
        /// Whether it can read the file as it is; one that does not exist yet is for its owner alone.
        pub can_read: bool,
    }

    /// Who can read or write a file beside this user.
    pub struct OthersView {
        /// The owner, if it is another user.
        pub owner: Option<String>,
        pub users: Vec<String>,
        pub groups: Vec<String>,
        /// Whether one of these can also change it.
        pub can_change: bool,
        /// Whether everybody can also change it, if everybody can open it.
        pub everybody_can_change: bool,
    }

    /// What writing would do.
    pub struct ExportPreview {
        /// The exact text with the key masked; null where it cannot be written.
        pub text: Option<String>,
        pub exists: bool,
        /// Whether a `.bak` with the present content will be left beside it.
        pub backup: bool,
        /// The name of another license whose file this is, there or not: written over, it would no longer be.
        pub replaces: Option<String>,
        /// Whether everybody on this computer can read or write the file, and will see the key.
        pub open_to_others: bool,
        pub others: OthersView,
        /// Null where it is not known who reads the file.
        pub reader: Option<ReaderView>,
        /// Whether the instance has another token by now than the one that would be written.
        pub outdated: bool,
        /// Why it cannot be written, found without writing.
        pub problem: Option<super::ErrorView>,
    }

    /// What was written.
    pub struct ExportDone {
        pub file: super::FileView,
        pub backup: Option<String>,
        pub next: NextStep,
        /// Whether everybody on this computer can read or write it, and so sees the key.
        pub open_to_others: bool,
        pub others: OthersView,
        /// Whether the disk confirmed that the file lasts.
        pub confirmed: bool,
        /// Whether the instance has another token by now than the one in it.
        pub outdated: bool,
    }

    /// What to do with a written file.
    pub struct NextStep {
        /// The exact command to run.
        pub command: String,
        /// What a container that is already running needs to see it; null where none can have read the file.
        pub running: Option<PickupView>,
        /// Texts to put into other files so that the written one is read.
        pub snippets: Vec<SnippetView>,
        /// Null where it is not known who reads the file.
        pub reader: Option<ReaderView>,
    }

    /// Restart it where the file is mounted; create it again where the license is in its environment.
    pub enum PickupView { Restart, Recreate }

    /// A text to copy into another file, such as a compose file.
    pub struct SnippetView {
        /// What it is for, in one word: `compose`, `environment`, ….
        pub purpose: String,
        pub text: String,
    }

    /// A license to create.
    pub struct CreateRequest {
        #[ts(type = "number")]
        pub account: i64,
        pub name: String,
        /// Parameter to value, as the vendor's description offers them.
        pub choices: BTreeMap<String, String>,
        pub allow_same_name: bool,
    }

    /// What came of a create or delete.
    #[serde(tag = "kind")]
    pub enum Outcome {
        Done { license: Option<String> },
        /// It was sent and no answer came; Licet looks until it knows.
        Unknown { error: super::ErrorView },
    }

    /// A form of a create for one account.
    pub struct CreateForm {
        #[ts(type = "number")]
        pub account: i64,
        pub choices: Vec<super::ChoiceView>,
    }
}
