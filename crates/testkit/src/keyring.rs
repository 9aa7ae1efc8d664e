//! The real keyring daemon on a session bus of a test's own.

use crate::put;
use std::{path::Path, process::Command};

/// A session bus that starts nothing by itself, so that the test decides when the keyring daemon runs.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#;

/// What a program of the session sees of this one's surroundings.
const KEPT: [&str; 3] = ["PATH", "TMPDIR", "RUST_BACKTRACE"];

/// Shell that makes the default collection, unlocks it, and waits until the daemon answers on the bus. No newline in the password:
/// it would be part of it.
pub const START: &str = "\
eval \"$(printf test | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)\"
tries=0
until dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true
do tries=$((tries + 1)); test $tries -lt 500 || exit 98; sleep 0.02; done
until dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/aliases/default \
    org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked 2>/dev/null \
    | grep -q 'boolean false'
do tries=$((tries + 1)); test $tries -lt 500 || exit 99; sleep 0.02; done";

/// Shell that locks the default collection.
pub const LOCK: &str = "\
dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
    org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null";

/// A command that runs its arguments in a session with this home and a bus of its own, where no keyring runs yet. What an earlier
/// session with this home kept is there again.
pub fn session(home: &Path) -> Command {
    let bus = home.join("bus.conf");
    put(&bus, BUS);
    let mut command = Command::new("dbus-run-session");
    command.arg("--config-file").arg(bus).arg("--").env_clear();
    command.envs(KEPT.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home);
    for (name, folder) in
        [("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache")]
    {
        std::fs::create_dir_all(home.join(folder)).unwrap();
        command.env(name, home.join(folder));
    }
    std::fs::create_dir_all(home.join("data/keyrings")).unwrap();
    command
}
