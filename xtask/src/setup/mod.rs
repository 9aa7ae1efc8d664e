//! Installs what is missing; quick where nothing is.

mod node;
mod python;
mod system;

use std::process::{Command, Stdio};

use anyhow::Context;

/// System packages; then Node packages beside the tests' packages and the checking tools from Python's registry.
pub(crate) fn everything() -> anyhow::Result<()> {
    system::packages()?;
    std::thread::scope(|scope| {
        let node = scope.spawn(node::packages);
        let python = python::packages();
        node.join().unwrap_or_else(|_| anyhow::bail!("installing the Node packages panicked")).and(python)
    })
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
