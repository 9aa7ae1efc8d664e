//! Installs what is missing; quick where nothing is.

mod node;
mod python;
mod system;

use std::process::{Command, Stdio};

use anyhow::Context;

/// System packages, Node packages, and from Python's registry the tests' packages and the checking tools, in this order.
pub(crate) fn everything() -> anyhow::Result<()> {
    system::packages()?;
    node::packages()?;
    python::packages()
}

/// The Python that has the tests' packages.
pub(crate) fn python() -> std::path::PathBuf {
    python::interpreter()
}

/// A checking program that was installed beside that Python.
pub(crate) fn tool(name: &str) -> std::path::PathBuf {
    python::installed(name)
}

/// Runs one installing command with its output shown.
fn install(command: &mut Command) -> anyhow::Result<()> {
    let shown = format!("{command:?}");
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("could not run {shown}"))?;
    anyhow::ensure!(status.success(), "this command failed: {shown}");
    Ok(())
}
