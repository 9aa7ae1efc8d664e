//! The real local portal, as a process of its own.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context;
use xtask::process::Group;

use crate::program;

/// A running `licet-portal` on loopback; it ends when this is dropped, its data stays.
#[derive(Debug)]
pub struct Portal {
    data: PathBuf,
    address: String,
    server: Group,
}

impl Portal {
    /// Starts a portal on a port of its own choice, with what `data` holds already.
    pub fn start(data: &Path) -> anyhow::Result<Self> {
        Self::listen(data, "127.0.0.1:0")
    }

    /// The root URL, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address alone, `127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Issues a token of a project, which is made where it is new.
    pub fn token(&self, project: &str) -> anyhow::Result<String> {
        let output = Command::new(program("LICET_PORTAL_BIN")?)
            .args(["token", "issue", "--data"])
            .arg(&self.data)
            .args(["--project", project])
            .output()?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Kills it as the system would, without a word of warning.
    pub fn kill(&mut self) {
        self.server.kill();
    }

    /// Starts it again on the same data and the same address.
    pub fn restart(&mut self) -> anyhow::Result<()> {
        self.server.kill();
        *self = Self::listen(&self.data, &self.address)?;
        Ok(())
    }

    fn listen(data: &Path, address: &str) -> anyhow::Result<Self> {
        let mut command = Command::new(program("LICET_PORTAL_BIN")?);
        command.args(["serve", "--data"]).arg(data).args(["--listen", address]);
        let log = std::fs::File::options().create(true).append(true).open(log_beside(data))?;
        let mut server = Group::spawn(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log))?;
        let output = server.child().stdout.take().context("the portal has no output")?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .with_context(|| format!("the portal's first line is {line:?}"))?
            .to_owned();
        // Read on, so that the portal never waits for a full pipe.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Ok(Self { data: data.to_path_buf(), address, server })
    }
}

/// The log stands beside the data, so that a search of the data's parent finds it too.
fn log_beside(data: &Path) -> PathBuf {
    data.with_extension("log")
}
