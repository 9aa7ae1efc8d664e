//! The real local portal, as a process of its own.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context;

use crate::process::Group;

/// A running `licet-portal` on loopback; it ends when this is dropped, its data stays.
#[derive(Debug)]
pub struct Portal {
    program: PathBuf,
    data: PathBuf,
    address: String,
    server: Group,
}

impl Portal {
    /// Starts a portal on a port of its own choice, with what `data` holds already; its log stands beside that.
    pub fn start(program: &Path, data: &Path) -> anyhow::Result<Self> {
        Self::start_with(program, data, &[])
    }

    /// Starts one that fills itself with samples first.
    pub fn start_with_samples(program: &Path, data: &Path) -> anyhow::Result<Self> {
        Self::start_with(program, data, &["--seed", "demo"])
    }

    fn start_with(program: &Path, data: &Path, options: &[&str]) -> anyhow::Result<Self> {
        let (server, address) = serve(program, data, "127.0.0.1:0", options)?;
        Ok(Self { program: program.to_path_buf(), data: data.to_path_buf(), address, server })
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
        let output = Command::new(&self.program)
            .args(["token", "issue", "--project", project, "--data"])
            .arg(&self.data)
            .stdin(Stdio::null())
            .output()?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Kills it as the system would, without a word of warning.
    pub fn kill(&mut self) {
        self.server.kill();
    }

    /// Kills it where it still runs, and starts it on the same data and the same address.
    pub fn restart(&mut self) -> anyhow::Result<()> {
        self.server.kill();
        (self.server, self.address) = serve(&self.program, &self.data, &self.address, &[])?;
        Ok(())
    }
}

fn serve(program: &Path, data: &Path, address: &str, options: &[&str]) -> anyhow::Result<(Group, String)> {
    let mut command = Command::new(program);
    command.args(["serve", "--data"]).arg(data).args(["--listen", address]).args(options);
    let log = std::fs::File::options().create(true).append(true).open(data.with_extension("log"))?;
    let mut server = Group::spawn(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log))?;
    let output = server.child().stdout.take().context("the portal has no output")?;
    let mut output = BufReader::new(output);
    let mut line = String::new();
    output.read_line(&mut line)?;
    let address = line.trim().strip_prefix("listening on http://");
    let address = address.with_context(|| format!("the portal's first line is {line:?}"))?.to_owned();
    // Read on, so that the portal never waits for a full pipe.
    std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    Ok((server, address))
}
