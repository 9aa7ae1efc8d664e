//! A home on a read-only file system or a full disk: commands that read work, and those that write say why they do not.

use crate::world::{PROGRAM, Ran, SYSTEM_KEY, World, run};
use std::process::Command;
use testkit::put;

/// Runs the program on a copy of the home in a file system of its own, which `prepare` changes before.
fn licet_on(world: &World, prepare: &str, args: &[&str]) -> Ran {
    let disk = world.path("disk");
    std::fs::create_dir_all(&disk).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=8m none {disk}; cp -a {home}/. {disk}/; cd {disk}; {prepare}; shift; exec \"$@\"",
        disk = disk.display(),
        home = world.home().display(),
    );
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-euc", &script, "sh", "-", PROGRAM, "--home"]).arg(&disk);
    command.arg("--unlock-file").arg(world.path("passphrase")).args(args);
    run(&mut command, "")
}

const READ_ONLY: &str = "mount -o remount,ro .";
const FULL: &str = "cat /dev/zero > filler || true";

fn furnished() -> World {
    let world = World::with(&["box"]);
    // The key is kept from now on, so that no vendor is needed for it.
    world.licet(["export", "box", "--format", "jwt", "--stdout"]).ok();
    world
}

#[test]
fn commands_that_read_work_on_a_read_only_home() {
    let world = furnished();
    for prepare in [READ_ONLY, FULL] {
        assert!(licet_on(&world, prepare, &["list"]).ok().stdout.contains("box"));
        assert!(licet_on(&world, prepare, &["show", "box"]).ok().stdout.contains("signed by its issuer"));
        let exported = licet_on(&world, prepare, &["export", "box", "--format", "jwt", "--stdout"]).ok();
        assert_eq!(exported.stdout.trim(), world.key_of("box"));
        assert!(licet_on(&world, prepare, &["accounts", "list"]).ok().stdout.contains("north"));
        licet_on(&world, prepare, &["accounts", "test", "north"]).ok();
    }
}

#[test]
fn key_of_the_vendor_is_exported_from_a_read_only_home() {
    let world = World::with(&["box"]);
    let exported = licet_on(&world, READ_ONLY, &["export", "box", "--format", "jwt", "--stdout"]).ok();
    assert_eq!(exported.stdout.trim(), world.key_of("box"));
}

#[test]
fn commands_that_write_name_the_read_only_file_system() {
    let world = furnished();
    world.write("key", SYSTEM_KEY);
    let (key, file) = (world.text_path("key"), world.text_path("box.jwt"));
    for args in [
        &["import", &key][..],
        &["export", "box", "--format", "jwt", "--to", &file],
        &["create", "two", "--account", "north", "--type", "dev"],
        &["delete", "box", "--confirm", "box"],
        &["accounts", "remove", "north", "--confirm", "north"],
        &["refresh"],
        &["secrets", "forget", "--confirm", "forget secrets"],
    ] {
        licet_on(&world, READ_ONLY, args)
            .fails(1)
            .saying("cannot be changed: it is on a read-only file system")
            .saying("hint: use a home on a disk that can be written: --home DIR");
        licet_on(&world, FULL, args).fails(1).saying("the disk is full");
    }
    assert!(!world.path("box.jwt").exists());
    assert_eq!(world.names_at_portal(), ["box"]);
}

#[test]
fn settings_are_read_on_a_read_only_home() {
    let world = furnished();
    put(&world.home().join("settings.toml"), "density = \"dense\"\n");
    licet_on(&world, READ_ONLY, &["list"]).ok().saying("warning: ").saying("density must be");
}

#[test]
fn file_is_not_called_a_folder() {
    let world = World::new();
    put(&world.home(), "a file");
    let sentence = format!("error: {} is a file, not a folder\n", world.text_path("home"));
    for args in [&["list"][..], &["show", "box"], &["refresh"]] {
        world.licet_locked(args).fails(1).saying(&sentence).saying("hint: choose another folder: --home DIR");
    }
    let mut below = Command::new(PROGRAM);
    below.arg("--home").arg(world.home().join("below")).arg("list");
    run(&mut below, "").fails(1).saying(&sentence);
    assert_eq!(world.licet_locked(["list", "--json"]).fails(1).error()["code"], "home-unusable");
}
