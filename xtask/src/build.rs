//! Builds what the person runs: the page, the window and the programs beside it.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Context;
use xtask::{process::Group, repository};

/// The cargo profile of everything that is run and not shipped: near-release speed, quick to build.
const PROFILE: &str = "e2e";

/// Which window to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// As a person gets it.
    Shipped,
    /// The same, and WebDriver may drive it.
    Driven,
}

/// Builds the page into `ui/dist`; the window is compiled around it.
pub fn page() -> anyhow::Result<()> {
    finished(&mut npm(&["run", "build"]))
}

/// The programs after a build.
#[derive(Debug)]
pub struct Programs {
    /// `licet-desktop`, in a place that the next build of the other kind does not touch.
    pub window: PathBuf,
    /// `licet`.
    pub licet: PathBuf,
    /// `licet-portal`.
    pub portal: PathBuf,
}

/// Builds window, command line and portal around the page that is in `ui/dist`.
pub fn programs(kind: Window) -> anyhow::Result<Programs> {
    let (features, name) = match kind {
        Window::Shipped => ("licet-desktop/custom-protocol", "licet-desktop"),
        Window::Driven => ("licet-desktop/custom-protocol,licet-desktop/e2e", "licet-desktop-driven"),
    };
    // One build for all three: their shared dependencies are compiled with one set of features.
    let packages = ["--package", "licet-desktop", "--package", "cli", "--package", "portal"];
    finished(cargo(&["build", "--profile", PROFILE, "--features", features]).args(packages))?;
    let window = kept(&built("licet-desktop"), name)?;
    Ok(Programs { window, licet: built("licet"), portal: built("licet-portal") })
}

fn kept(program: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let folder = repository::target().join("windows");
    let kept = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    std::fs::create_dir_all(&folder)?;
    // Removed first: a window that still runs keeps the old file.
    if kept.exists() {
        std::fs::remove_file(&kept)?;
    }
    std::fs::copy(program, &kept).with_context(|| format!("could not copy {}", program.display()))?;
    Ok(kept)
}

/// `cargo` in the repository, as the one that runs this.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(repository::root()).stdin(Stdio::null());
    command
}

/// `npm` in the page's folder.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(repository::path("ui")).stdin(Stdio::null());
    command
}

fn built(program: &str) -> PathBuf {
    repository::target().join(PROFILE).join(program).with_extension(std::env::consts::EXE_EXTENSION)
}

fn finished(command: &mut Command) -> anyhow::Result<()> {
    let status = Group::spawn(command)?.wait(Duration::MAX)?;
    anyhow::ensure!(status.success(), "this command failed: {command:?}");
    Ok(())
}
