//! A home with accounts at all three vendors, the portal that is those vendors, and a server between that breaks answers.
//! What is there can be kept as a start, and brought back as often as needed.

use std::{
    cell::Cell,
    collections::BTreeMap,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context;
use journeys::{
    Portal, Secrets, program,
    tracer::{self, Injection, Places, Traced},
};
use serde_json::Value;
use tempfile::TempDir;
use testkit::{Answer, FaultServer, Received};
use xtask::repository::write;

use super::vendor::{PASSWORD, Vendor};

/// An imported key, which exists in this library alone: it must never be lost.
pub(super) const SENTINEL: &str = "1A2B3C-4D5E6F-7A8B9C-0D1E2F-3A4B5C-V3";
/// Another key, to be imported.
pub(super) const OTHER: &str = "C0FFEE-4D5E6F-7A8B9C-0D1E2F-3A4B5C-V3";
/// The key that takes the other one's place once it is leaked, or that of the account's license once its vendor changed it.
pub(super) const SUCCESSOR: &str = "ABCDEF-4D5E6F-7A8B9C-0D1E2F-3A4B5C-V3";
const PASSPHRASE: &str = "correct horse battery staple";
/// The root URLs that the instance's tokens are for: at any port, since the server between has one of its own.
const ANY_ROOT: &str = "http://**/instances/demo";

/// A container client that reads the password that it is given and keeps it in a file of its own.
const CONTAINER_CLIENT: &str = "#!/bin/sh\ncat > \"$HOME/container-login\"\necho Login Succeeded\n";

pub(super) struct World {
    // Dropped in this order: what runs in the folder ends before the folder goes.
    between: FaultServer,
    pub vendor: Vendor,
    portal: Portal,
    folder: TempDir,
    licet: PathBuf,
    /// This program, which becomes a traced one.
    starter: PathBuf,
    /// What stands for each name in braces in a command line.
    names: BTreeMap<&'static str, String>,
    pub secrets: Secrets,
    /// Whether something was asked since a start was brought back that may have changed the portal.
    is_portal_changed: Cell<bool>,
    /// The key of the account's license that has a machine.
    pub cell_key: String,
}

/// What a command left that ran without a fault.
#[derive(Debug)]
pub(super) struct Ran {
    pub code: Option<i32>,
    pub output: String,
    pub errors: String,
}

impl World {
    /// The portal has its samples, and the home has the accounts `ab`, `ai` and `dash` and the imported key `sentinel`.
    pub(super) fn new() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("licet-faults-").tempdir_in(quick_folder())?;
        for name in ["licet/files", "licet/person", "licet/tmp", "inputs", "printed", "bin", "starts"] {
            std::fs::create_dir_all(folder.path().join(name))?;
        }
        let client = folder.path().join("bin/docker");
        write(&client, CONTAINER_CLIENT.as_bytes())?;
        std::fs::set_permissions(&client, PermissionsExt::from_mode(0o755))?;
        let portal =
            Portal::start_with_samples(&program("LICET_PORTAL_BIN")?, &folder.path().join("portal"))?;
        let token = portal.token("demo")?;
        let mut world = Self {
            between: FaultServer::under_the_name_of(portal.address()),
            vendor: Vendor::at(portal.url(), token.clone())?,
            portal,
            folder,
            licet: program("LICET_BIN")?,
            starter: std::env::current_exe()?,
            names: BTreeMap::new(),
            secrets: Secrets::new(&[]),
            is_portal_changed: Cell::new(true),
            cell_key: String::new(),
        };
        world.lay_out(&token)?;
        world.connect()?;
        world.know_secrets(&token)?;
        Ok(world)
    }

    /// Writes what the commands read.
    fn lay_out(&mut self, token: &str) -> anyhow::Result<()> {
        let inputs = self.path("inputs");
        let file_of = |key: &str| format!("License = \"{key}\"\n");
        let (first, second) = (self.token_of_instance()?, self.token_of_instance()?);
        let texts = [
            ("token", token.to_owned()),
            ("password", PASSWORD.to_owned()),
            ("passphrase", PASSPHRASE.to_owned()),
            ("sentinel.toml", file_of(SENTINEL)),
            ("other.toml", file_of(OTHER)),
            ("successor.toml", file_of(SUCCESSOR)),
            ("first.jwt", first),
            ("second.jwt", second),
        ];
        for (name, text) in texts {
            write(&inputs.join(name), text.as_bytes())?;
        }
        self.names = BTreeMap::from([
            ("{inputs}", inputs.display().to_string()),
            ("{files}", self.files().display().to_string()),
            ("{url}", self.between.url()),
            ("{words}", "forget secrets".to_owned()),
            ("{public-key}", self.vendor.public_key()?),
        ]);
        Ok(())
    }

    /// A token for the sample instance that it does not have yet.
    fn token_of_instance(&self) -> anyhow::Result<String> {
        let mut command = Command::new(program("LICET_PORTAL_BIN")?);
        command.args(["instance", "token", "--name", "demo", "--sub", ANY_ROOT, "--data"]);
        let ran = finished(command.arg(self.path("portal")))?;
        anyhow::ensure!(ran.code == Some(0), "{}", ran.errors);
        Ok(ran.output.trim().to_owned())
    }

    fn connect(&self) -> anyhow::Result<()> {
        let mut command = Command::new(program("LICET_QUICK_HOME")?);
        let made = finished(command.arg(self.home()).arg(self.path("inputs/passphrase")))?;
        anyhow::ensure!(made.code == Some(0), "{}", made.errors);
        for line in [
            "accounts add aidbox --name ab --url {url} --token-file {inputs}/token",
            ADD_AICA,
            "accounts add dashboard --name dash --url {url}/instances/demo --user admin --password-file {inputs}/password",
            "import {inputs}/sentinel.toml --name sentinel",
            // Their keys are kept from now on.
            "export clinic-dev --format jwt --stdout",
            "export clinic-prod --format jwt --stdout",
        ] {
            self.must(line)?;
        }
        Ok(())
    }

    fn know_secrets(&mut self, token: &str) -> anyhow::Result<()> {
        let cell = self.must("export cell-07 --format launcher-toml --stdout")?.output;
        self.cell_key = cell.split('"').nth(1).context("the key of cell-07")?.to_owned();
        let string_of = |name: &str| {
            let ids = self.vendor.named(name)?;
            self.vendor.license_string(ids.first().context("a sample license")?)
        };
        let read = |name: &str| std::fs::read_to_string(self.path("inputs").join(name));
        self.secrets = Secrets::new(&[
            ("project token", token),
            ("password", PASSWORD),
            ("passphrase", PASSPHRASE),
            ("license string of clinic-dev", &string_of("clinic-dev")?),
            ("license string of clinic-prod", &string_of("clinic-prod")?),
            ("key of cell-07", &self.cell_key),
            ("sentinel key", SENTINEL),
            ("imported key", OTHER),
            ("successor key", SUCCESSOR),
            ("first instance token", &read("first.jwt")?),
            ("second instance token", &read("second.jwt")?),
        ]);
        Ok(())
    }

    /// The folder with Licet's home, the license files and the user's home.
    pub(super) fn watched(&self) -> PathBuf {
        self.path("licet")
    }

    /// The folder for license files.
    pub(super) fn files(&self) -> PathBuf {
        self.path("licet/files")
    }

    pub(super) fn home(&self) -> PathBuf {
        self.path("licet/home")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The text of a file that commands read.
    pub(super) fn input(&self, name: &str) -> anyhow::Result<String> {
        Ok(std::fs::read_to_string(self.path("inputs").join(name))?)
    }

    /// Runs a command line of `licet`, unlocked by the passphrase.
    pub(super) fn licet(&self, line: &str) -> anyhow::Result<Ran> {
        finished(&mut self.command(line))
    }

    /// Runs one that has to succeed.
    pub(super) fn must(&self, line: &str) -> anyhow::Result<Ran> {
        let ran = self.licet(line)?;
        anyhow::ensure!(ran.code == Some(0), "licet {line}: {}", ran.errors.trim());
        Ok(ran)
    }

    /// The JSON that a command line prints, which has to succeed.
    pub(super) fn json(&self, line: &str) -> anyhow::Result<Value> {
        let output = self.must(&format!("--json {line}"))?.output;
        serde_json::from_str(&output).with_context(|| format!("licet {line}"))
    }

    /// Runs a command line under the tracer.
    pub(super) fn traced(&self, line: &str, injection: Option<Injection>) -> anyhow::Result<Traced> {
        let (watched, printed) = (self.watched(), self.path("printed"));
        let places = Places { starter: &self.starter, watched: &watched, printed: &printed };
        tracer::run(&self.command(line), places, injection)
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(&self.licet);
        let path = std::env::var("PATH").unwrap_or_default();
        command.env_clear().env("HOME", self.path("licet/person")).env("TMPDIR", self.path("licet/tmp"));
        command.env("PATH", format!("{}:{path}", self.path("bin").display())).env("NO_COLOR", "1");
        command.current_dir(self.files()).arg("--home").arg(self.home());
        command.arg("--unlock-file").arg(self.path("inputs/passphrase"));
        command.args(line.split_whitespace().map(|word| self.expanded(word)));
        command
    }

    /// A text with what its names in braces stand for.
    pub(super) fn expanded(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// Has the server between answer requests with this in them in its own way.
    pub(super) fn answer(&self, part: &str, answer: Answer) {
        self.between.always(part, answer);
    }

    /// Has the server between pass on everything again; returns the requests that it has seen since the last time.
    pub(super) fn honest(&self) -> Vec<Received> {
        let received = self.between.take_received();
        self.is_portal_changed.set(self.is_portal_changed.get() || received.iter().any(may_change));
        self.between.clear();
        received
    }

    /// Keeps what is there now as a start.
    pub(super) fn keep(&mut self, start: &str) -> anyhow::Result<()> {
        let folder = self.path("starts").join(start);
        std::fs::create_dir_all(&folder)?;
        self.portal.kill();
        for part in ["licet", "portal"] {
            copy(&self.path(part), &folder.join(part))?;
        }
        self.portal.restart()
    }

    /// Deletes a saved start.
    pub(super) fn let_go(&self, start: &str) -> anyhow::Result<()> {
        Ok(std::fs::remove_dir_all(self.path("starts").join(start))?)
    }

    /// Brings a start back; the portal's part of it only where that may have changed, or where it was another start's.
    pub(super) fn bring_back(&mut self, start: &str, is_another: bool) -> anyhow::Result<()> {
        self.honest();
        let folder = self.path("starts").join(start);
        copy(&folder.join("licet"), &self.path("licet"))?;
        if is_another || self.is_portal_changed.replace(false) {
            self.portal.kill();
            copy(&folder.join("portal"), &self.path("portal"))?;
            self.portal.restart()?;
        }
        Ok(())
    }
}

/// How the AICA account is connected; a login there is one of five in a minute.
pub(super) const ADD_AICA: &str = "accounts add aica --name ai --url {url} --vendor-account demo --email ada@demo.example \
     --password-file {inputs}/password --confirm-host 127.0.0.1";

/// Whether a request may change something at its vendor that matters there. Some questions are asked with POST.
pub(super) fn may_change(request: &Received) -> bool {
    let only_asks =
        request.contains("portal.portal/get-license") || request.contains("/actions/validate-key");
    request.method != "GET" && !only_asks
}

/// Where folders are made and brought back thousands of times: in memory, where the system has such a place.
fn quick_folder() -> PathBuf {
    let in_memory = Path::new("/dev/shm");
    match std::env::var_os("TMPDIR") {
        None if in_memory.is_dir() => in_memory.to_path_buf(),
        None | Some(_) => std::env::temp_dir(),
    }
}

/// Makes `to` the same as `from`, with modes and times.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    let ran = finished(Command::new("cp").arg("-a").arg(from).arg(to))?;
    anyhow::ensure!(ran.code == Some(0), "{}", ran.errors);
    Ok(())
}

fn finished(command: &mut Command) -> anyhow::Result<Ran> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{command:?}"))?;
    Ok(Ran {
        code: output.status.code(),
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}
