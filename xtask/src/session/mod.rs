//! A desktop session of one's own: a virtual display, a message bus, a keyring and home folders that
//! nobody else sees and that vanish with it.

mod accessibility;
mod bus;
mod display;
mod keyring;

pub use keyring::{Keyring, LockState};

use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Context;
use tempfile::TempDir;

use crate::{process::Group, wait};
use {accessibility::AccessibilityBus, bus::Bus, display::Display};

/// GTK offers no accessibility tree where this variable is set.
const NO_ACCESSIBILITY: &str = "NO_AT_BRIDGE";

/// What the session's keyring is like when it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyringState {
    /// Ready: reading and writing asks nobody anything.
    Unlocked,
    /// The daemon runs, its collection is locked; unlocking opens a prompt on the session's display.
    Locked,
    /// No program answers as a keyring, and the bus starts none.
    Absent,
}

/// The running session; dropping it ends every process in it and deletes its folders.
#[derive(Debug)]
pub struct Session {
    // Dropped in this order: what uses the bus and the display goes first, the folders last.
    accessibility: Option<AccessibilityBus>,
    keyring: Option<Keyring>,
    _bus: Bus,
    display: Display,
    folder: TempDir,
}

impl Session {
    /// Starts display and bus, and the keyring as asked for.
    pub fn start(keyring: KeyringState) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("licet-").tempdir()?;
        for name in ["home", "run", "config", "data/keyrings", "cache", "state", "tmp"] {
            std::fs::create_dir_all(folder.path().join(name))?;
        }
        // Programs refuse a runtime folder that others could look into.
        std::fs::set_permissions(folder.path().join("run"), PermissionsExt::from_mode(0o700))?;
        let display = Display::start(&folder.path().join("run"))?;
        let bus = Bus::start(folder.path(), |program| surrounded(program, folder.path(), display.name()))?;
        let mut session = Self { accessibility: None, keyring: None, _bus: bus, display, folder };
        session.keyring = match keyring {
            KeyringState::Absent => None,
            KeyringState::Unlocked => Some(Keyring::start(session.surroundings())?),
            KeyringState::Locked => {
                let keyring = Keyring::start(session.surroundings())?;
                keyring.lock()?;
                Some(keyring)
            }
        };
        Ok(session)
    }

    /// A command that sees this session's display, bus and folders, and none of the caller's.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = surrounded(program.as_ref(), self.folder.path(), self.display.name());
        if self.accessibility.is_some() {
            command.env_remove(NO_ACCESSIBILITY);
        }
        command
    }

    /// Starts the accessibility bus. Programs that are started later offer their tree to screen readers on it.
    pub fn start_accessibility(&mut self) -> anyhow::Result<()> {
        self.accessibility = Some(AccessibilityBus::start(&self.folder.path().join("run"), |program| {
            surrounded(program, self.folder.path(), self.display.name())
        })?);
        Ok(())
    }

    /// The address of the session's message bus.
    pub fn bus_address(&self) -> String {
        bus::address(self.folder.path())
    }

    /// The user's home folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// The folder that holds everything of this session: home, settings, data, runtime files, logs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The display's name, as `DISPLAY` has it.
    pub fn display(&self) -> &str {
        self.display.name()
    }

    /// The file that holds what the display shows, in the XWD form.
    pub fn framebuffer(&self) -> PathBuf {
        display::framebuffer(&self.folder.path().join("run"))
    }

    /// The keyring; none where the session was started without.
    pub fn keyring(&mut self) -> anyhow::Result<&mut Keyring> {
        self.keyring.as_mut().context("this session has no keyring")
    }

    /// Starts the keyring (again), unlocked, with what an earlier daemon of this session kept.
    pub fn start_keyring(&mut self) -> anyhow::Result<()> {
        self.keyring = None;
        self.keyring = Some(Keyring::start(self.surroundings())?);
        Ok(())
    }

    /// Types the password into the prompt that unlocking has opened, and waits until the keyring is open.
    pub fn answer_keyring_prompt(&mut self) -> anyhow::Result<()> {
        let prompt = wait::until("the keyring's prompt", Duration::from_secs(20), || {
            let windows = self.xdotool(&["search", "--onlyvisible", "--class", "gcr-prompter"])?;
            Ok(windows.lines().last().map(str::to_owned))
        })?;
        self.xdotool(&["windowfocus", "--sync", &prompt])?;
        self.xdotool(&["type", Keyring::PASSWORD])?;
        self.xdotool(&["key", "Return"])?;
        let keyring = self.keyring()?;
        wait::until("an open keyring", Duration::from_secs(20), || {
            Ok((keyring.state()? == LockState::Unlocked).then_some(()))
        })
    }

    /// Works the session's windows as a user would; an empty answer where nothing matches.
    pub fn xdotool(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self.command("xdotool").args(arguments).stderr(Stdio::null()).output();
        Ok(String::from_utf8(output.context("could not run xdotool")?.stdout)?)
    }

    fn surroundings(&self) -> keyring::Surroundings {
        let (folder, display) = (self.folder.path().to_path_buf(), self.display.name().to_owned());
        Box::new(move |program| surrounded(program.as_ref(), &folder, &display))
    }
}

/// Starts `command` in its own group, and has the system kill it should this process be killed.
fn spawn_bound(command: &Command) -> anyhow::Result<Group> {
    let mut bound = Command::new("setpriv");
    bound.args(["--pdeathsig", "KILL", "--"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => bound.env(name, value),
            None => bound.env_remove(name),
        };
    }
    Group::spawn(bound.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()))
}

/// Where programs are looked for, with this folder before all others.
fn searched(first: &Path) -> std::ffi::OsString {
    let others = std::env::var_os("PATH").unwrap_or_default();
    let mut all = first.as_os_str().to_owned();
    all.push(":");
    all.push(others);
    all
}

fn surrounded(program: &std::ffi::OsStr, folder: &Path, display: &str) -> Command {
    let mut command = Command::new(program);
    command
        .env("HOME", folder.join("home"))
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("XDG_RUNTIME_DIR", folder.join("run"))
        // A program that is killed leaves its temporary files behind: they go with the session.
        .env("TMPDIR", folder.join("tmp"))
        .env("DBUS_SESSION_BUS_ADDRESS", bus::address(folder))
        .env("DISPLAY", display)
        .env("GDK_BACKEND", "x11")
        .env("GSETTINGS_BACKEND", "memory")
        // Keeping the accessibility tree current costs time with each change of the page, and only one journey reads it.
        .env(NO_ACCESSIBILITY, "1")
        .env("LANG", "C.UTF-8")
        // A session's own programs come first, such as one that stands in for another.
        .env("PATH", searched(&folder.join("bin")))
        // A new home has an empty shader cache, which costs the first frame a second: share one.
        .env("MESA_SHADER_CACHE_DIR", std::env::temp_dir().join("licet-mesa-shader-cache"));
    for foreign in
        ["WAYLAND_DISPLAY", "XAUTHORITY", "LICET_HOME", "GNOME_KEYRING_CONTROL", "SSH_AUTH_SOCK", "LC_ALL"]
    {
        command.env_remove(foreign);
    }
    // The window decides how it is painted.
    command.env_remove("WEBKIT_DISABLE_DMABUF_RENDERER").env_remove("WEBKIT_DISABLE_COMPOSITING_MODE");
    command.stdin(Stdio::null());
    command
}
