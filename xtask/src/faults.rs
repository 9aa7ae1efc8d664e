//! `cargo xtask faults`: what Licet does when it is killed, when the disk fails, and when a vendor's answers are broken.

use std::{
    process::{Command, ExitCode},
    time::Duration,
};

use clap::Args;
use xtask::{process::Group, repository};

use crate::{
    build::{self, PROFILE, Programs, Purpose},
    setup,
};

/// Whether this system lets the harness do its work.
const CAN_RUN: bool = cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")));

/// Why it cannot elsewhere.
const WHY_NOT: &str = "faults cannot run here: they are injected with ptrace, on Linux on x86-64 or ARM64";

/// Which points to try.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Try at most this many points of each operation, chosen evenly
    #[arg(long, value_name = "NUMBER")]
    each: Option<usize>,
    /// Try only operations whose names contain this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Try only points whose descriptions contain this
    #[arg(long, value_name = "WORDS")]
    at: Option<String>,
}

/// Builds the programs, tries every point, and fails where one was not survived.
pub(crate) fn everything(options: &Options) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(CAN_RUN, WHY_NOT);
    setup::everything()?;
    let programs = build::programs(&build::page()?, Purpose::Working)?;
    let mut command = harness(&programs);
    if let Some(each) = options.each {
        command.args(["--each", &each.to_string()]);
    }
    for (name, value) in [("--only", &options.only), ("--at", &options.at)] {
        command.args(value.iter().flat_map(|value| [name, value.as_str()]));
    }
    let status = Group::spawn(&mut command)?.wait(Duration::MAX)?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn harness(programs: &Programs) -> Command {
    let built = repository::target().join(PROFILE);
    let mut command = Command::new(built.join("faults"));
    command
        .env("LICET_BIN", &programs.licet)
        .env("LICET_PORTAL_BIN", &programs.portal)
        .env("LICET_QUICK_HOME", built.join("examples/quick_home"));
    command
}
