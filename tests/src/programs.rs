//! The built programs, and where they keep things in a session.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use anyhow::Context;
use serde_json::Value;
use xtask::{portal::Portal, session::Session};

/// The program that `cargo xtask test` built and named in this environment variable.
pub fn program(variable: &str) -> anyhow::Result<PathBuf> {
    let path = std::env::var_os(variable).with_context(|| {
        format!("{variable} is not set: `cargo xtask test --package journeys` builds and names it")
    })?;
    Ok(path.into())
}

/// The folder that window and command line share in this session.
pub fn licet_home(session: &Session) -> PathBuf {
    session.folder().join("licet")
}

/// The command line on the session's own home.
pub fn licet(session: &Session) -> anyhow::Result<Command> {
    let mut command = session.command(program("LICET_BIN")?);
    command.arg("--home").arg(licet_home(session));
    Ok(command)
}

/// What the command line prints, given this on its standard input; it has to succeed.
pub fn licet_says(session: &Session, arguments: &[&str], input: &str) -> anyhow::Result<String> {
    let mut command = licet(session)?;
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    child.stdin.take().context("licet takes no input")?.write_all(input.as_bytes())?;
    let Output { status, stdout, stderr } = child.wait_with_output()?;
    anyhow::ensure!(status.success(), "licet {arguments:?}: {}", String::from_utf8_lossy(&stderr));
    Ok(String::from_utf8(stdout)?)
}

/// The JSON that the command line prints.
pub fn licet_json(session: &Session, arguments: &[&str]) -> anyhow::Result<Value> {
    let arguments: Vec<&str> = ["--json"].iter().chain(arguments).copied().collect();
    Ok(serde_json::from_str(&licet_says(session, &arguments, "")?)?)
}

/// A running portal with what `data` holds already.
pub fn portal(data: &Path) -> anyhow::Result<Portal> {
    Portal::start(&program("LICET_PORTAL_BIN")?, data)
}

/// WebKit's own small browser, where a journey needs a browser or another program with a page.
pub fn small_browser() -> anyhow::Result<PathBuf> {
    let candidates = std::fs::read_dir("/usr/lib")?.flatten();
    let mut candidates = candidates.map(|entry| entry.path().join("webkit2gtk-4.1/MiniBrowser"));
    candidates.find(|path| path.exists()).context("libwebkit2gtk-4.1 comes with MiniBrowser")
}
