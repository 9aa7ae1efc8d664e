//! Actions on many licenses at once.

pub(crate) mod delete;

pub use delete::{
    DeleteOutcome, DeletePlan, Deletion, LeftOut, Reason, delete_all, delete_plan, forget_unfinished,
    stop_deleting, unfinished,
};
