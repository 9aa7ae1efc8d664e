//! Builds what the person runs: the page, the window and the programs beside it.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Context;
use xtask::{process::Group, repository};

/// What to build the programs for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be opened from the repository: as a person gets it, but quicker to build.
    Opening,
    /// The same, and WebDriver may drive the window.
    Driving,
    /// To be measured: exactly as a person gets it.
    Measuring,
}

impl Purpose {
    fn profile(self) -> &'static str {
        match self {
            Self::Opening | Self::Driving => "e2e",
            Self::Measuring => "release",
        }
    }

    fn features(self) -> &'static str {
        match self {
            Self::Opening | Self::Measuring => "licet-desktop/custom-protocol",
            Self::Driving => "licet-desktop/custom-protocol,licet-desktop/e2e",
        }
    }

    /// The name under which the window is kept, so that the next build of another kind does not replace it.
    fn window(self) -> &'static str {
        match self {
            Self::Opening => "licet-desktop",
            Self::Driving => "licet-desktop-driven",
            Self::Measuring => "licet-desktop-released",
        }
    }
}

/// The page as its sources are now, in `ui/dist`: no window is compiled around another one.
#[derive(Debug)]
pub struct Page(());

/// Builds the page into `ui/dist`.
pub fn page() -> anyhow::Result<Page> {
    finished(&mut npm(&["run", "build"]))?;
    Ok(Page(()))
}

/// The programs after a build.
#[derive(Debug)]
pub struct Programs {
    /// `licet-desktop`.
    pub window: PathBuf,
    /// `licet`.
    pub licet: PathBuf,
    /// `licet-portal`.
    pub portal: PathBuf,
}

/// Builds window, command line and portal, the window around this page.
pub fn programs(_page: &Page, purpose: Purpose) -> anyhow::Result<Programs> {
    // One build for all three: their shared dependencies are compiled with one set of features.
    let packages = ["--package", "licet-desktop", "--package", "cli", "--package", "portal"];
    let mut command = cargo(&["build", "--profile", purpose.profile(), "--features", purpose.features()]);
    finished(command.args(packages))?;
    let window = kept(&built(purpose, "licet-desktop"), purpose.window())?;
    Ok(Programs { window, licet: built(purpose, "licet"), portal: built(purpose, "licet-portal") })
}

/// Builds a Tauri window with nothing in it, to compare the real one with.
#[cfg(target_os = "linux")]
pub fn empty_window() -> anyhow::Result<PathBuf> {
    let purpose = Purpose::Measuring;
    let mut command = cargo(&["build", "--profile", purpose.profile(), "--features", purpose.features()]);
    finished(command.args(["--package", "licet-desktop", "--example", "empty_window"]))?;
    Ok(built(purpose, "examples/empty_window"))
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

fn built(purpose: Purpose, program: &str) -> PathBuf {
    let folder = repository::target().join(purpose.profile());
    folder.join(program).with_extension(std::env::consts::EXE_EXTENSION)
}

fn finished(command: &mut Command) -> anyhow::Result<()> {
    let status = Group::spawn(command)?.wait(Duration::MAX)?;
    anyhow::ensure!(status.success(), "this command failed: {command:?}");
    Ok(())
}
