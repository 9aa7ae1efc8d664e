//! How a file is written.

use super::backup::Backup;

/// How to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    /// Whether to write into what is there instead of replacing it: for files mounted into containers, for files that have several
    /// names, and for files that belong to another. A crash may then leave half a text, and the old one in a backup.
    pub in_place: bool,
    /// What to do with what is there.
    pub backup: Backup,
}
