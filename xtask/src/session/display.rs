//! A virtual display.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use super::spawn_bound;
use crate::process::Group;

/// A running Xvfb on a display number that it chose itself.
#[derive(Debug)]
pub(super) struct Display {
    _server: Group,
    name: String,
}

impl Display {
    /// Starts a display that keeps its pixels in `folder`.
    pub(super) fn start(folder: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"]);
        command.arg("-fbdir").arg(folder);
        let mut server = spawn_bound(&command)?;
        let output = server.child().stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        anyhow::ensure!(!number.trim().is_empty(), "Xvfb did not start");
        Ok(Self { _server: server, name: format!(":{}", number.trim()) })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// Where a display that keeps its pixels in `folder` keeps them.
pub(super) fn framebuffer(folder: &Path) -> PathBuf {
    folder.join("Xvfb_screen0")
}
