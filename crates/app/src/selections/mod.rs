//! Actions on many licenses at once.

pub(crate) mod chosen;
pub(crate) mod delete;
pub(crate) mod running;
pub(crate) mod write;

pub use chosen::{LeftOut, Reason};
pub use delete::{
    DeleteOutcome, DeletePlan, Deletion, delete_all, delete_plan, forget_unfinished_delete, unfinished_delete,
};
pub use running::stop;
pub use write::{
    PlannedFile, UnfinishedWrite, WriteOutcome, WritePlan, WriteTo, Writing, forget_unfinished_write,
    suggested_folder, unfinished_write, write_all, write_plan,
};
