//! What wrong usage, a home that cannot be used and locked secrets print.

use super::accounts::add_aidbox;
use crate::world::{SYSTEM_KEY, World};
use testkit::put;

#[test]
fn version_and_wrong_usage() {
    let world = World::new();
    world.snapshot("version", &world.licet(["--version"]).ok());
    for (name, args) in [
        ("usage-no-command", &[][..]),
        ("usage-unknown-command", &["frobnicate"]),
        ("usage-unknown-option", &["list", "--frobnicate"]),
        ("usage-missing-argument", &["show"]),
        ("usage-missing-option", &["create", "x", "--account", "north"]),
        ("usage-unknown-format", &["export", "robot", "--format", "pdf", "--stdout"]),
        ("usage-conflict", &["export", "robot", "--format", "jwt", "--stdout", "--keep"]),
        ("usage-json", &["frobnicate", "--json"]),
    ] {
        let ran = world.licet(args);
        assert_eq!(ran.code, 2, "{ran:?}");
        world.snapshot(name, &ran);
    }
}

#[test]
fn missing_home() {
    let world = World::new();
    for (name, args) in [
        ("home-missing-list", &["list"][..]),
        ("home-missing-list-json", &["list", "--json"]),
        ("home-missing-accounts-list", &["accounts", "list"]),
        ("home-missing-show", &["show", "one"]),
    ] {
        world.snapshot(name, &world.licet_locked(args));
    }
}

#[test]
fn unusable_home() {
    let world = World::new();
    put(&world.home(), "a file");
    world.snapshot("home-unusable", &world.licet(["list"]).fails(1));
    world.snapshot("home-unusable-json", &world.licet(["list", "--json"]).fails(1));
    std::fs::remove_file(world.home()).unwrap();
    std::fs::create_dir(world.home()).unwrap();
    put(&world.home().join("library.sqlite3"), &"this is no library ".repeat(100));
    world.snapshot("home-damaged", &world.licet(["list"]).fails(1));

    let world = World::with(&["one"]);
    let library = rusqlite::Connection::open(world.home().join("library.sqlite3")).unwrap();
    library.pragma_update(None, "user_version", 99).unwrap();
    world.snapshot("home-of-newer-version", &world.licet(["list"]).fails(1));
}

#[test]
fn locked_secrets() {
    let world = World::with(&["one"]);
    let stdout = ["export", "one", "--format", "env", "--stdout"];
    world.snapshot("locked", &world.licet_locked(stdout).fails(6));
    world.snapshot("locked-json", &world.licet_locked(["accounts", "test", "north", "--json"]).fails(6));
    world.licet(["show", "one"]).ok();
    world.snapshot("show-locked", &world.licet_locked(["show", "one"]).ok());
    world.snapshot("show-locked-json", &world.licet_locked(["show", "one", "--json"]).ok());
    world.write("passphrase", "another");
    world.snapshot("passphrase-wrong", &world.licet(["list"]).fails(6));
    world.write("passphrase", "\n");
    world.snapshot("passphrase-empty", &world.licet(["list"]).fails(2));
    let new = World::new();
    new.write("passphrase", "abc\n");
    new.snapshot("passphrase-short", &new.licet(["list"]).fails(2));
    let mut command = new.locked_command();
    new.snapshot("keyring-unavailable", &new.run(command.args(["import", "-"]), SYSTEM_KEY).fails(6));
}

#[test]
fn unreadable_input() {
    let world = World::new();
    let mut command = world.locked_command();
    let (url, missing) = (world.url(), world.text_path("missing"));
    command.args(["--unlock-file", "-"]).args(add_aidbox(&url, "-"));
    world.snapshot("input-read-twice", &world.run(&mut command, "x").fails(2));
    let mut command = world.locked_command();
    command.args(["--json", "--unlock-file", &missing, "list"]);
    world.snapshot("input-unreadable-json", &world.run(&mut command, "").fails(1));
}
