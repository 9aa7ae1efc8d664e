//! Where a license file is written.

use license::file::Format;
use std::path::PathBuf;

/// Which file is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What is written.
    pub format: Format,
    /// Where.
    pub path: PathBuf,
    /// Into the existing file instead of replacing it, for files mounted into containers.
    pub in_place: bool,
    /// Kept up to date from now on.
    pub keep: bool,
}
