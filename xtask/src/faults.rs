//! `cargo xtask faults`: what Licet does when it is killed, when the disk fails, and when a vendor's answers are broken.

use std::{
    process::{Command, ExitCode},
    time::Duration,
};

use xtask::{fault_points::FaultPoints, process::Group, repository};

use crate::{
    build::{self, PROFILE, Programs, Purpose},
    setup,
};

/// Whether this system lets the harness do its work.
pub(crate) const CAN_RUN: bool =
    cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")));

/// Why it cannot elsewhere.
pub(crate) const WHY_NOT: &str =
    "faults cannot run here: they are injected with ptrace, on Linux on x86-64 or ARM64";

/// How many points of each operation `cargo xtask test` tries.
const SAMPLE: usize = 4;

/// Builds the programs, tries every point, and fails where one was not survived.
pub(crate) fn everything(points: &FaultPoints) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(CAN_RUN, WHY_NOT);
    setup::everything()?;
    let programs = build::programs(&build::page()?, Purpose::Working)?;
    let status = Group::spawn(&mut harness(&programs, points))?.wait(Duration::MAX)?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The command that tries a few points of each operation, the same ones each time.
pub(crate) fn sample(programs: &Programs) -> Command {
    harness(programs, &FaultPoints { each: Some(SAMPLE), ..FaultPoints::default() })
}

fn harness(programs: &Programs, points: &FaultPoints) -> Command {
    let built = repository::target().join(PROFILE);
    let mut command = Command::new(built.join("faults"));
    command
        .args(points.arguments())
        .env("LICET_BIN", &programs.licet)
        .env("LICET_PORTAL_BIN", &programs.portal)
        .env("LICET_QUICK_HOME", built.join("examples/quick_home"));
    command
}
