//! Installs what is missing; quick where nothing is.

mod node;
mod python;
mod system;

use std::process::{Command, Stdio};

use anyhow::Context;

/// System packages, Node packages and the tests' Python packages, in this order.
pub fn everything() -> anyhow::Result<()> {
    system::packages()?;
    node::packages()?;
    python::packages()
}

/// The Python that has the tests' packages.
pub fn python() -> std::path::PathBuf {
    python::interpreter()
}

/// Runs one installing command with its output shown.
fn install(command: &mut Command) -> anyhow::Result<()> {
    let shown = format!("{command:?}");
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("could not run {shown}"))?;
    anyhow::ensure!(status.success(), "this command failed: {shown}");
    Ok(())
}
