//! What `licet-desktop` can be started with.

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser};
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

    /// Print help and errors without colors; the environment variable NO_COLOR does the same
    #[arg(long)]
    pub no_color: bool,

    /// License files to import
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

impl Arguments {
    /// Reads the command line. Help and mistakes are printed, and end the program.
    pub(crate) fn read() -> Self {
        let mut command = Self::command();
        if std::env::args_os().any(|arg| arg == "--no-color") {
            command = command.color(ColorChoice::Never);
        }
        let matches = command.clone().get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
    }
}
