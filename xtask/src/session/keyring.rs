//! The real keyring daemon, in a session of its own.

use std::{
    fmt,
    io::Write,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Context;

use super::spawn_bound;
use crate::{process::Group, wait};

/// Makes a command that sees the session.
pub(super) type Surroundings = Box<dyn Fn(&str) -> Command + Send + Sync>;

/// Whether the keyring would answer without asking the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockState {
    /// It would ask for the password.
    Locked,
    /// It would answer.
    Unlocked,
    /// Nothing answers on the bus.
    Absent,
}

/// A running `gnome-keyring-daemon` whose default collection is opened by [`Keyring::PASSWORD`].
pub struct Keyring {
    daemon: Group,
    surround: Surroundings,
}

impl Keyring {
    /// What opens the collection, as a user would type it into the prompt.
    pub const PASSWORD: &'static str = "test";

    pub(super) fn start(surround: Surroundings) -> anyhow::Result<Self> {
        let mut command = surround("gnome-keyring-daemon");
        // In the foreground it stays in our process group, and ends with it.
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut daemon = spawn_bound(&command)?;
        let mut input = daemon.child().stdin.take().context("the keyring takes no input")?;
        // No newline: it would be part of the password.
        input.write_all(Self::PASSWORD.as_bytes())?;
        drop(input);
        let mut keyring = Self { daemon, surround };
        let mut last = LockState::Absent;
        let started = wait::until("an unlocked keyring", Duration::from_secs(20), || {
            if let Some(status) = keyring.daemon.status()? {
                anyhow::bail!("gnome-keyring-daemon ended with {status}");
            }
            last = keyring.state()?;
            Ok((last == LockState::Unlocked).then_some(()))
        });
        started.with_context(|| format!("the keyring is {last:?}"))?;
        Ok(keyring)
    }

    /// The default collection's `Locked` property: reading it never opens a prompt.
    pub fn state(&self) -> anyhow::Result<LockState> {
        let answer = self.call([
            "/org/freedesktop/secrets/aliases/default",
            "org.freedesktop.DBus.Properties.Get",
            "string:org.freedesktop.Secret.Collection",
            "string:Locked",
        ])?;
        Ok(match answer {
            Some(text) if text.contains("boolean true") => LockState::Locked,
            Some(text) if text.contains("boolean false") => LockState::Unlocked,
            _ => LockState::Absent,
        })
    }

    /// Locks the default collection, as the user's screen lock would.
    pub fn lock(&self) -> anyhow::Result<()> {
        self.call([
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        ])?
        .context("the keyring refused to lock")?;
        anyhow::ensure!(self.state()? == LockState::Locked, "the keyring is still open");
        Ok(())
    }

    /// Kills the daemon, as a crash would; what it kept stays on disk.
    pub fn kill(&mut self) {
        self.daemon.kill();
    }

    /// Stops the daemon in whatever it does: it stays on the bus and answers nothing until [`Keyring::go_on`].
    pub fn hang(&self) -> anyhow::Result<()> {
        self.signal("STOP")
    }

    /// Lets a daemon that hangs answer again, what it was asked meanwhile too.
    pub fn go_on(&self) -> anyhow::Result<()> {
        self.signal("CONT")
    }

    /// Takes away what is stored under these attributes.
    pub fn clear(&self, attributes: &[(&str, &str)]) -> anyhow::Result<()> {
        let mut command = (self.surround)("secret-tool");
        command.arg("clear");
        for (name, value) in attributes {
            command.args([name, value]);
        }
        anyhow::ensure!(command.status()?.success(), "secret-tool could not clear");
        Ok(())
    }

    /// The value stored under these attributes, as any other program of the user would read it.
    pub fn look_up(&self, attributes: &[(&str, &str)]) -> anyhow::Result<Option<String>> {
        let mut command = (self.surround)("secret-tool");
        command.arg("lookup");
        for (name, value) in attributes {
            command.args([name, value]);
        }
        let output = command.stderr(Stdio::null()).output().context("could not run secret-tool")?;
        Ok(if output.status.success() { Some(String::from_utf8(output.stdout)?) } else { None })
    }

    /// Stores a value under these attributes.
    pub fn store(&self, label: &str, attributes: &[(&str, &str)], value: &str) -> anyhow::Result<()> {
        let mut command = (self.surround)("secret-tool");
        command.args(["store", "--label", label]);
        for (name, attribute) in attributes {
            command.args([name, attribute]);
        }
        let mut child = command.stdin(Stdio::piped()).spawn()?;
        let mut input = child.stdin.take().context("secret-tool takes no input")?;
        input.write_all(value.as_bytes())?;
        drop(input);
        anyhow::ensure!(child.wait()?.success(), "secret-tool could not store");
        Ok(())
    }

    fn signal(&self, name: &str) -> anyhow::Result<()> {
        let sent =
            Command::new("kill").args([&format!("-{name}"), &self.daemon.id().to_string()]).status()?;
        anyhow::ensure!(sent.success(), "the keyring daemon is not there");
        Ok(())
    }

    /// One call on the bus; `None` where nothing answers or the answer is an error.
    fn call<const N: usize>(&self, arguments: [&str; N]) -> anyhow::Result<Option<String>> {
        let output = (self.surround)("dbus-send")
            .args(["--session", "--print-reply", "--dest=org.freedesktop.secrets"])
            .args(arguments)
            .output()
            .context("could not run dbus-send")?;
        Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring").field("daemon", &self.daemon).finish_non_exhaustive()
    }
}
