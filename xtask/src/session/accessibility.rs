//! The accessibility bus, on which programs offer their trees to screen readers.

use std::{
    ffi::OsStr,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Context;

use crate::{process::Group, wait};

#[derive(Debug)]
pub(super) struct AccessibilityBus {
    _launcher: Group,
}

impl AccessibilityBus {
    /// Starts the bus in the session's surroundings, and waits until programs find it.
    pub(super) fn start(runtime: &Path, surround: impl Fn(&OsStr) -> Command) -> anyhow::Result<Self> {
        let mut command = surround(OsStr::new("/usr/libexec/at-spi-bus-launcher"));
        command.arg("--launch-immediately").stdout(Stdio::null()).stderr(Stdio::null());
        let mut launcher = Group::spawn(&mut command)?;
        wait::until("the accessibility bus", Duration::from_secs(20), || {
            anyhow::ensure!(launcher.status()?.is_none(), "at-spi-bus-launcher ended");
            Ok(runtime
                .join("at-spi")
                .read_dir()
                .context("no bus yet")
                .ok()
                .and_then(|mut all| all.next())
                .map(drop))
        })?;
        Ok(Self { _launcher: launcher })
    }
}
