//! A message bus that starts no program but the keyring's own prompt.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    path::Path,
    process::Command,
};

use anyhow::Context;

use super::spawn_bound;
use crate::{process::Group, repository};

#[derive(Debug)]
pub(super) struct Bus {
    _daemon: Group,
}

impl Bus {
    /// Starts the bus of the session in `folder`; programs that it starts get the session's surroundings.
    pub(super) fn start(folder: &Path, surround: impl Fn(&OsStr) -> Command) -> anyhow::Result<Self> {
        let config = folder.join("run/bus.conf");
        repository::write(&config, configuration(folder).as_bytes())?;
        repository::write(&folder.join("run/services/prompter.service"), PROMPTER.as_bytes())?;
        let mut command = surround(OsStr::new("dbus-daemon"));
        command.arg(format!("--config-file={}", config.display())).args(["--nofork", "--print-address=1"]);
        let mut daemon = spawn_bound(&command)?;
        let output = daemon.child().stdout.take().context("dbus-daemon has no output")?;
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address)?;
        anyhow::ensure!(!address.trim().is_empty(), "dbus-daemon did not start");
        Ok(Self { _daemon: daemon })
    }
}

/// Where the bus of the session in `folder` listens.
pub(super) fn address(folder: &Path) -> String {
    format!("unix:path={}", folder.join("run/bus").display())
}

/// Unlocking a collection asks the user through this program.
const PROMPTER: &str =
    "[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/usr/libexec/gcr-prompter\n";

/// Without the system's own service folders nothing is started behind a test's back: a keyring that was
/// killed stays away until the test starts it again.
fn configuration(folder: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{address}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        address = address(folder),
        services = folder.join("run/services").display()
    )
}
