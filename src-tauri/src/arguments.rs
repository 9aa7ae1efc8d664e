//! What `licet-desktop` can be started with.

use clap::Parser;
use std::path::PathBuf;

/// One window for every software license.
#[derive(Debug, Clone, Parser)]
#[command(name = "licet-desktop", version)]
pub(crate) struct Arguments {
    /// Keep everything below this folder instead of the platform's own ones
    #[arg(long, env = "LICET_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,

    /// Look around: a throw-away home, unless --home names one, connected to a local portal with sample licenses
    #[arg(long)]
    pub portal: bool,

    /// License files to import
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}
