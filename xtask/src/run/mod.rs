//! `cargo xtask run`: build, then open the window.

#[cfg(target_os = "linux")]
mod picture;
#[cfg(target_os = "linux")]
mod unseen;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use clap::Args;
use xtask::process::Group;

use crate::{build, setup};

/// How the window is opened.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Open a throw-away home with a local portal and sample licenses
    #[arg(long)]
    portal: bool,
    /// Keep everything in this folder
    #[arg(long, value_name = "DIR")]
    home: Option<PathBuf>,
    /// Use a virtual display even where there is another, and write the window's picture here
    #[arg(long, value_name = "PNG")]
    screenshot: Option<PathBuf>,
}

impl Options {
    fn arguments(&self) -> anyhow::Result<Vec<OsString>> {
        let mut arguments = Vec::new();
        if let Some(home) = &self.home {
            arguments.extend(["--home".into(), std::path::absolute(home)?.into_os_string()]);
        }
        if self.portal {
            arguments.push("--portal".into());
        }
        Ok(arguments)
    }
}

/// Sets up, builds, and opens the window; returns when it is closed.
pub(crate) fn window(options: &Options) -> anyhow::Result<()> {
    setup::everything()?;
    open(&build::programs(&build::page()?, build::Purpose::Working)?.window, options)
}

/// Opens this window; returns when it is closed.
pub(crate) fn open(program: &Path, options: &Options) -> anyhow::Result<()> {
    if options.screenshot.is_some() || !there_is_a_display() {
        return unseen(program, options);
    }
    let status = Group::spawn(Command::new(program).args(options.arguments()?))?.wait(Duration::MAX)?;
    anyhow::ensure!(status.success(), "Licet ended with {status}");
    Ok(())
}

fn there_is_a_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

#[cfg(target_os = "linux")]
fn unseen(program: &Path, options: &Options) -> anyhow::Result<()> {
    let picture = match &options.screenshot {
        Some(picture) => std::path::absolute(picture)?,
        None => xtask::repository::target().join("screenshot.png"),
    };
    println!("There is no display: opening the window on a virtual one.");
    unseen::window(program, &options.arguments()?, &picture)?;
    println!("screenshot: {}", picture.display());
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn unseen(_program: &Path, _options: &Options) -> anyhow::Result<()> {
    anyhow::bail!("a virtual display is for Linux only")
}
