//! License files: written, previewed, kept up to date, and checked for changes from outside.

pub(crate) mod contains_key;
pub(crate) mod drift;
pub(crate) mod export;
pub(crate) mod file_ownership;
pub(crate) mod formats;
pub(crate) mod git;
pub(crate) mod instance_file;
pub(crate) mod kept_files;
pub(crate) mod next_step;
pub(crate) mod outdated;
pub(crate) mod run;
pub(crate) mod writing;

pub use drift::{drifted_kept_files, files_of, watch_files, written_files};
pub use export::{Preview, Target, TrackedState, Written, export, export_text, export_with, preview, repair};
pub use file_ownership::{refuse_replacing, refuse_unwritable, suggested_path};
pub use git::{GitPlan, GitSight, git_plan};
pub use kept_files::{is_kept, keep_file, release_file, watch_again};
pub use next_step::{NextStep, Reader, Snippet, word};
pub use outdated::refuse_outdated;
pub use run::{RunPlan, run_here, run_plan};
pub use writing::settle_writes;
