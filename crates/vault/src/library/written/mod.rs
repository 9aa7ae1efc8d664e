//! License files that Licet wrote, and their backups.

pub(in crate::library) mod backups;
pub(in crate::library) mod file_lock;
pub(in crate::library) mod file_writes;
pub(in crate::library) mod tracked_files;
