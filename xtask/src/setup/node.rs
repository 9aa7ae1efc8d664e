//! Node packages, from the lock files.

use std::{path::Path, process::Command};

use anyhow::Context;
use xtask::repository;

/// The oldest Node that the window's build tools run on.
const OLDEST: (u32, u32) = (20, 19);

/// Runs `npm ci` wherever the lock file is another than the one installed.
pub(super) fn packages() -> anyhow::Result<()> {
    let version = version()?;
    for folder in ["ui", "tests"] {
        packages_of(&repository::path(folder), &version)?;
    }
    Ok(())
}

fn version() -> anyhow::Result<String> {
    let (major, minor) = OLDEST;
    let output = Command::new("node")
        .arg("--version")
        .output()
        .with_context(|| format!("Node is not installed; Licet needs Node {major}.{minor} or newer"))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let numbers: Vec<u32> =
        text.trim_start_matches('v').split('.').map_while(|part| part.parse().ok()).collect();
    let found = (numbers.first().copied().unwrap_or(0), numbers.get(1).copied().unwrap_or(0));
    anyhow::ensure!(found >= OLDEST, "Node {text} is too old; Licet needs Node {major}.{minor} or newer");
    Ok(text)
}

fn packages_of(folder: &Path, version: &str) -> anyhow::Result<()> {
    let lock = folder.join("package-lock.json");
    let lock =
        std::fs::read_to_string(&lock).with_context(|| format!("could not read {}", lock.display()))?;
    // Compiled packages fit one Node version only, so the version counts as well.
    let stamp = format!("{version}\n{lock}");
    let installed = folder.join("node_modules/.installed-from");
    if std::fs::read_to_string(&installed).is_ok_and(|text| text == stamp) {
        return Ok(());
    }
    println!("installing the Node packages of {}", folder.display());
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    super::install(Command::new(npm).args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))?;
    repository::write(&installed, stamp.as_bytes())
}
