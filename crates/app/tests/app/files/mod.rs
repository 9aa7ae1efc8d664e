//! License files: written, kept up to date, shared with other programs, restored.

mod backups;
mod export;
mod file_ownership;
mod interrupted;
mod kept_files;
mod run;
mod sharing;
mod unrecorded;
