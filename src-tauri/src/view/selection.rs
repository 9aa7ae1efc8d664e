//! Actions on the selected licenses.

use super::crossing;

crossing! {
    /// What deleting the selected licenses would do.
    pub struct DeletePlanView {
        /// How many are deleted or removed: what is typed to confirm it.
        pub count: u32,
        /// How many of each account are deleted at its vendor.
        pub accounts: Vec<AccountShare>,
        /// How many imported keys are removed from this computer.
        pub imported: u32,
        /// How many license files were written from them.
        pub files: u32,
        /// What is not deleted.
        pub left_out: Vec<LeftOutView>,
    }

    /// How many licenses an account has of a selection.
    pub struct AccountShare {
        pub account: String,
        pub count: u32,
    }

    /// A license that the action does not include.
    pub struct LeftOutView {
        pub id: String,
        pub label: String,
        pub reason: LeftOutReason,
    }

    /// Why the action does not include it: its vendor deletes none that a program asks for, an earlier request about it has no
    /// answer, its vendor does not list it any more, its key leaked, or no license file of the format is written from it.
    pub enum LeftOutReason { NotFromHere, UnderWay, Gone, Leaked, NoFile }

    /// What came of one of the selected licenses.
    pub struct DeletionView {
        pub id: String,
        pub label: String,
        pub outcome: DeletionOutcome,
    }

    /// What came of deleting it.
    #[serde(tag = "kind")]
    pub enum DeletionOutcome {
        Done,
        Failed { error: super::ErrorView },
        Unknown { error: super::ErrorView },
        NotStarted,
    }

    /// Which license files to write, and where.
    pub struct WriteAllRequest {
        pub licenses: Vec<String>,
        /// The folder, in which each file is named after its license.
        pub folder: String,
        /// The format of all; null is the usual one of each.
        pub format: Option<String>,
        /// Whether the files are kept up to date from then on.
        pub keep: bool,
    }

    /// What writing the files of the selected licenses would do.
    pub struct WritePlanView {
        pub files: Vec<PlannedFileView>,
        /// The formats that all of them can be written in.
        pub formats: Vec<String>,
        pub left_out: Vec<LeftOutView>,
    }

    /// A file that would be written.
    pub struct PlannedFileView {
        pub id: String,
        pub label: String,
        /// The path for showing it.
        pub shown: String,
        /// Whether a file is there already.
        pub exists: bool,
    }

    /// What came of one of the selected licenses.
    pub struct WritingView {
        pub id: String,
        pub label: String,
        pub outcome: WritingOutcome,
    }

    /// What came of writing its file.
    #[serde(tag = "kind")]
    pub enum WritingOutcome {
        Done { shown: String },
        Failed { error: super::ErrorView },
        NotStarted,
    }

    /// What an interruption left unwritten.
    pub struct UnfinishedWriteView {
        pub licenses: Vec<String>,
        pub folder: String,
        pub format: Option<String>,
        pub keep: bool,
    }
}
