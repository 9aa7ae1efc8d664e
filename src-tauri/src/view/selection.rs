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

    /// A license that is not deleted with the others.
    pub struct LeftOutView {
        pub id: String,
        pub label: String,
        pub reason: LeftOutReason,
    }

    /// Why a license is not deleted with the others: its vendor deletes none that a program asks for, an earlier request about
    /// it has no answer, or its vendor does not list it any more.
    pub enum LeftOutReason { NotFromHere, UnderWay, Gone }

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
}
