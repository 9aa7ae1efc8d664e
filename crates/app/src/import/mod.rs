//! Licenses that are imported from files and pasted text.

pub(crate) mod found_files;
pub(crate) mod imported;
pub(crate) mod planned;
pub(crate) mod successor;

pub use found_files::{FoundFile, found_files, mistake_facts};
pub use imported::{Imported, import_file, import_file_with, import_text, import_text_with, remove};
pub use planned::{ImportPlan, plan, preview_of_text, suggested_path_of};
pub use successor::succeed;
