//! A portal with many licenses, and a home that has fetched them all.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context;
use serde_json::json;
use xtask::{portal::Portal, repository, session::Session};

use crate::build::Programs;

/// The portal runs as long as this lives.
#[derive(Debug)]
pub(super) struct Stock {
    portal: Portal,
    folder: PathBuf,
}

impl Stock {
    /// Issues the licenses over the portal's own protocol and connects a home to it.
    pub(super) fn new(session: &Session, programs: &Programs, licenses: usize) -> anyhow::Result<Self> {
        let folder = session.folder().join("stock");
        std::fs::create_dir_all(&folder)?;
        let portal = Portal::start(&programs.portal, &folder.join("portal"))?;
        let stock = Self { portal, folder };
        let token = stock.portal.token("bench")?;
        repository::write(&stock.token_file(), token.as_bytes())?;
        repository::write(&stock.question(), list_request(&token).as_bytes())?;
        stock.issue(session, &token, licenses)?;
        done(&mut stock.connect(session, programs, &stock.home()))?;
        Ok(stock)
    }

    /// The home that keeps every license.
    pub(super) fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// The body of a request for every license.
    pub(super) fn question(&self) -> PathBuf {
        self.folder.join("get-licenses.json")
    }

    /// The address that takes it.
    pub(super) fn address(&self) -> String {
        format!("{}/rpc", self.portal.url())
    }

    /// Connects a home to the portal, which fetches everything.
    pub(super) fn connect(&self, session: &Session, programs: &Programs, home: &Path) -> Command {
        let mut command = session.command(&programs.licet);
        command.arg("--home").arg(home).args(["accounts", "add", "aidbox", "--name", "bench"]);
        command.args(["--url", &self.portal.url(), "--token-file"]).arg(self.token_file());
        command
    }

    fn token_file(&self) -> PathBuf {
        self.folder.join("token")
    }

    /// One curl sends them all over one connection.
    fn issue(&self, session: &Session, token: &str, licenses: usize) -> anyhow::Result<()> {
        let mut script = String::new();
        for number in 0..licenses {
            let kind = ["development", "production", "ci"][number % 3];
            let name = format!("Number {number:05}");
            let body = json!({"method": "portal.portal/issue-license",
                "params": {"token": token, "name": name, "product": "aidbox", "type": kind}});
            let quoted = serde_json::to_string(&body.to_string())?;
            let address = self.address();
            writeln!(
                script,
                "next\nurl = \"{address}\"\nheader = \"content-type: application/json\"\ndata = {quoted}\n\
                 output = \"/dev/null\"\nfail\nsilent\nshow-error"
            )?;
        }
        let file = self.folder.join("issue.curl");
        repository::write(&file, script.trim_start_matches("next\n").as_bytes())?;
        done(session.command("curl").arg("--config").arg(file))
    }
}

fn list_request(token: &str) -> String {
    json!({"method": "portal.portal/get-licenses", "params": {"token": token}}).to_string()
}

/// Runs a command to its end, without its output.
pub(super) fn done(command: &mut Command) -> anyhow::Result<()> {
    let status =
        command.stdout(Stdio::null()).status().with_context(|| format!("could not run {command:?}"))?;
    anyhow::ensure!(status.success(), "this command failed: {command:?}");
    Ok(())
}

/// How long a command takes, in milliseconds.
pub(super) fn timed(command: &mut Command) -> anyhow::Result<f64> {
    let start = std::time::Instant::now();
    done(command)?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}
