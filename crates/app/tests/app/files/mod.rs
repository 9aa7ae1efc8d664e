//! License files: written, kept up to date, shared with other programs, restored.

pub(crate) mod backup_preview;
pub(crate) mod backups;
pub(crate) mod every_file;
pub(crate) mod export;
pub(crate) mod file_ownership;
pub(crate) mod interrupted;
pub(crate) mod kept_files;
pub(crate) mod read_once;
pub(crate) mod run;
pub(crate) mod sharing;
pub(crate) mod unrecorded;
