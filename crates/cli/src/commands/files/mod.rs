//! License files and their backups.

pub(crate) mod backups;
pub(crate) mod certificates;
pub(crate) mod export;
pub(crate) mod git;
pub(crate) mod held_backups;
pub(crate) mod restore;
