//! Writing license files: previewed, written, kept up to date, and the program that reads them run.

pub(crate) mod git;
pub(crate) mod kept_files;
pub(crate) mod outdated;
pub(crate) mod run;
pub(crate) mod write;

pub use git::{GitPlan, GitStatus, git_plan};
pub use kept_files::{is_kept, keep_file, release_file, watch_again};
pub use outdated::refuse_outdated;
pub use run::{RunPlan, run_here, run_plan};
pub(crate) use write::preview_of;
pub use write::{Preview, export, export_text, export_with, preview, repair};
