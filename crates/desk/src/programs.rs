//! The programs of others that the desk runs.

use std::path::PathBuf;

/// Where they are: a name is looked for where the system looks for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    /// Git, which tells whether a file would be committed.
    pub git: PathBuf,
    /// The container clients, the preferred one first.
    pub container: Vec<PathBuf>,
}

impl Default for Programs {
    fn default() -> Self {
        Self { git: "git".into(), container: vec!["docker".into(), "podman".into()] }
    }
}
