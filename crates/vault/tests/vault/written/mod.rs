//! License files on the disk.

pub(crate) mod backups;
pub(crate) mod failing_disk;
pub(crate) mod files;
pub(crate) mod inode;
pub(crate) mod leftovers;
pub(crate) mod obstacles;
pub(crate) mod two_writers;
pub(crate) mod watch;
