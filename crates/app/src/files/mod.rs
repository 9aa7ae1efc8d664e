//! License files: written, previewed, kept up to date, and checked for changes from outside.

pub(crate) mod certificate_files;
pub(crate) mod contains_key;
pub(crate) mod drift;
mod every_file;
pub(crate) mod file_ownership;
pub(crate) mod formats;
pub(crate) mod known_states;
pub(crate) mod next_step;
pub(crate) mod settling;
pub(crate) mod target;
pub(crate) mod tracked;
pub(crate) mod writing;

pub use drift::{drifted_kept_files, files_of, watch_files, written_files};
pub use every_file::{FileOfLicense, every_file};
pub use file_ownership::{refuse_replacing, refuse_unwritable, suggested_path};
pub use next_step::{NextStep, Reader};
pub use settling::settle_writes;
pub use target::Target;
pub use tracked::TrackedState;
pub use writing::Written;
