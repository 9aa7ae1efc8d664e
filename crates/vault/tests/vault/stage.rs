//! A story that needs another world around it — a session bus, another user, a small disk — is told by this same
//! program, started once more inside that world.

use crate::test_home::chmod;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use testkit::keyring;

/// Set inside the other world.
const ON_STAGE: &str = "LICET_STORY_ON_STAGE";

/// The keyring that a story begins with.
#[derive(Clone, Copy)]
pub(crate) enum Keyring {
    Unlocked,
    Locked,
    /// A session bus on which nobody answers for the Secret Service.
    NoService,
    /// No session bus at all.
    NoBus,
}

/// Tells a story, named as the test runner names it, in a session of its own with a keyring.
pub(crate) fn with_keyring(story: &str, at_first: Keyring, tell: impl FnOnce()) {
    if is_on_stage() {
        return tell();
    }
    let home = tempfile::tempdir().unwrap();
    let begin = match at_first {
        Keyring::Unlocked => keyring::START.to_owned(),
        Keyring::Locked => format!("{}\n{}", keyring::START, keyring::LOCK),
        Keyring::NoService => String::new(),
        Keyring::NoBus => "export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus".to_owned(),
    };
    let mut world = keyring::session(home.path());
    world.args(["sh", "-c", &format!("set -eu\n{begin}\nexec \"$@\""), "sh"]);
    perform(world, story);
}

/// Starts the keyring daemon from within a story.
pub(crate) fn start_keyring() {
    shell(keyring::START);
}

/// Locks the keyring from within a story.
pub(crate) fn lock_keyring() {
    shell(keyring::LOCK);
}

/// Opens a locked keyring from within a story. Only a prompt can open it while its daemon runs, so a new daemon stands in
/// for whoever answers that.
pub(crate) fn unlock_keyring() {
    let daemon = keyring_process();
    signal("KILL", &daemon);
    shell(&format!(
        "tries=0; while kill -0 {daemon} 2>/dev/null; do tries=$((tries + 1)); test $tries -lt 500; sleep 0.02; done"
    ));
    start_keyring();
}

/// The process that answers for the Secret Service.
pub(crate) fn keyring_process() -> String {
    let reply = shell(
        "dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \
         org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets",
    );
    reply.split_whitespace().last().unwrap().to_owned()
}

/// Sends a signal to one process.
pub(crate) fn signal(name: &str, process: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), process]).status().unwrap();
    assert!(sent.success(), "kill -{name} {process}");
}

pub(crate) fn shell(script: &str) -> String {
    let output = Command::new("sh").args(["-euc", script]).output().unwrap();
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Tells a story as a user whom permission bits bind: root is not bound by them.
pub(crate) fn as_nobody(story: &str, tell: impl FnOnce()) {
    if is_on_stage() || !is_root() {
        return tell();
    }
    let folder = tempfile::tempdir().unwrap();
    chmod(folder.path(), 0o755);
    let program = folder.path().join("story");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let mut world = Command::new("setpriv");
    world.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(&program);
    world.current_dir("/");
    perform_with(world, story);
}

/// Tells a story once more as root among user ids of its own, where files can be given to others.
pub(crate) fn among_own_ids(story: &str) {
    let mut world = Command::new("unshare");
    world.args(["--map-root-user", "--map-auto"]).arg(std::env::current_exe().unwrap());
    let output = world.args(["--exact", story, "--nocapture"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{story} lays out a file of another user: tell it as root, or as a user whom /etc/subuid gives further ids \
         (package uidmap):\n{said}\n{complained}"
    );
}

/// Tells a story with a file system of its own, of some kilobytes, at the path that it is given.
pub(crate) fn on_small_disk(story: &str, kilobytes: u32, options: &str, tell: impl FnOnce(&Path)) {
    if let Some(disk) = std::env::var_os("LICET_STORY_DISK") {
        return tell(Path::new(&disk));
    }
    let disk = tempfile::tempdir().unwrap();
    let script = format!(
        "set -eu; mount -t tmpfs -o size={kilobytes}k tmpfs \"$LICET_STORY_DISK\"\n\
         printf 'old\\n' > \"$LICET_STORY_DISK/kept\"\n\
         test -z '{options}' || mount -o remount,{options} \"$LICET_STORY_DISK\"\nexec \"$@\""
    );
    let mut world = Command::new("unshare");
    world.args(["-rm", "sh", "-c", &script, "sh"]).env("LICET_STORY_DISK", disk.path());
    perform(world, story);
}

/// Tells a story with a file system of this kind of its own, at the path that it is given.
pub(crate) fn on_file_system(story: &str, kind: &str, tell: impl FnOnce(&Path)) {
    if let Some(disk) = std::env::var_os("LICET_STORY_DISK") {
        return tell(Path::new(&disk));
    }
    let disk = tempfile::tempdir().unwrap();
    let script = format!("set -eu; mount -t {kind} {kind} \"$LICET_STORY_DISK\"; exec \"$@\"");
    let mut world = Command::new("unshare");
    // Root keeps every user id, and another user those that /etc/subuid gives.
    world.args(if is_root() { &["-m"][..] } else { &["-rm", "--map-auto"] });
    world.args(["sh", "-c", &script, "sh"]).env("LICET_STORY_DISK", disk.path());
    perform(world, story);
}

/// Tells a story where the system gives nothing of what this limit of a user's counts.
pub(crate) fn with_none_of(story: &str, limit: &str, tell: impl FnOnce()) {
    if is_on_stage() {
        return tell();
    }
    let script = format!("set -eu; echo 0 > /proc/sys/user/{limit}\nexec \"$@\"");
    let mut world = Command::new("unshare");
    world.args(["-r", "sh", "-c", &script, "sh"]);
    perform(world, story);
}

/// Starts this program once more, to tell one story beside this one.
pub(crate) fn beside(story: &str, environment: &[(&str, impl AsRef<OsStr>)]) -> std::process::Child {
    let mut world = Command::new(std::env::current_exe().unwrap());
    world.args(["--exact", story, "--nocapture"]).env(ON_STAGE, "1");
    world
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    world.spawn().unwrap()
}

pub(crate) fn is_on_stage() -> bool {
    std::env::var_os(ON_STAGE).is_some()
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn perform(mut world: Command, story: &str) {
    world.arg(std::env::current_exe().unwrap());
    perform_with(world, story);
}

fn perform_with(mut world: Command, story: &str) {
    world.args(["--exact", story, "--nocapture"]).env(ON_STAGE, "1");
    let output = world.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{story}:\n{said}\n{complained}");
}
