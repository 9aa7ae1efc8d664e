//! The home: where it is, how it is unlocked, and what is refused.

use crate::world::{PROGRAM, SYSTEM_KEY, World, run};
use rusqlite::Connection;
use std::{os::unix::fs::PermissionsExt as _, process::Command};
use testkit::put;

#[test]
fn a_library_of_a_newer_version_is_refused_and_left_as_it_is() {
    let world = World::with(&["one"]);
    let library = world.home().join("library.sqlite3");
    Connection::open(&library).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(&library).unwrap();
    world.licet(["list"]).fails(1).saying("written by a newer version").saying("hint: update Licet");
    let error = world.licet(["list", "--json"]).fails(1).error();
    assert_eq!(error["code"], "library-newer");
    assert_eq!(std::fs::read(&library).unwrap(), before);
}

#[test]
fn an_empty_library_file_is_refused_and_left_as_it_is() {
    let world = World::with(&["one"]);
    let library = world.home().join("library.sqlite3");
    put(&library, "");
    let ran = world.licet(["list"]).fails(1).saying("hint: restore it from a backup");
    world.snapshot("home-library-empty", &ran);
    assert_eq!(world.licet(["list", "--json"]).fails(1).error()["code"], "library-incomplete");
    assert_eq!(std::fs::metadata(&library).unwrap().len(), 0);
}

#[test]
fn a_damaged_library_is_told() {
    let world = World::new();
    std::fs::create_dir(world.home()).unwrap();
    put(&world.home().join("library.sqlite3"), &"this is no library ".repeat(100));
    world.licet(["list"]).fails(1).saying("is damaged");
}

#[test]
fn a_home_that_cannot_be_made_is_told() {
    let world = World::new();
    put(&world.home(), "a file");
    world
        .licet(["list"])
        .fails(1)
        .saying("is a file, not a folder")
        .saying("hint: choose another folder: --home");
}

#[test]
fn the_home_is_for_its_owner_alone() {
    let world = World::with(&["one"]);
    let mode = |path: &str| std::fs::metadata(world.home().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("library.sqlite3")), (0o700, 0o600));
}

#[test]
fn the_home_is_named_by_option_by_environment_or_by_the_platform() {
    let world = World::new();
    let made_by = |command: &mut Command, at: &str| {
        let command = command.env("HOME", world.path("user")).args(["refresh"]);
        run(command, "").ok();
        assert!(world.path(at).join("library.sqlite3").exists());
    };
    let program = || {
        let mut command = Command::new(PROGRAM);
        command.env_clear();
        command
    };
    made_by(program().arg("--home").arg(world.path("option")).env("LICET_HOME", "/nowhere"), "option");
    made_by(program().env("LICET_HOME", world.path("environment")), "environment");
    made_by(&mut program(), "user/.local/share/licet");
}

#[test]
fn a_home_that_is_not_there_is_not_made_by_looking() {
    let world = World::new();
    for words in [vec!["list"], vec!["accounts", "list"]] {
        world
            .licet_locked(words)
            .ok()
            .saying(&format!("note: there is no library at {}", world.text_path("home")));
    }
    world.licet_locked(["show", "one"]).fails(3);
    assert!(!world.home().exists());
}

#[test]
fn without_the_passphrase_secrets_stay_locked() {
    let world = World::with(&["one"]);
    for args in [
        &["export", "one", "--format", "env", "--stdout"][..],
        &["create", "two", "--account", "north", "--type", "dev"],
        &["delete", "one", "--confirm", "one"],
        &["accounts", "test", "north"],
    ] {
        world
            .licet_locked(args)
            .fails(6)
            .saying("locked")
            .saying("hint: give the passphrase: --unlock-file PATH");
    }
    let error = world.licet_locked(["accounts", "test", "north", "--json"]).fails(6).error();
    assert_eq!(error["code"], "vault-locked");
    assert_eq!(world.names_at_portal(), ["one"]);
}

#[test]
fn a_passphrase_opens_a_home_whose_keyring_is_absent() {
    let world = World::with(&["one"]);
    world.is_kept_by_a_keyring_too();
    let args = ["accounts", "test", "north"];
    world.licet_locked(args).fails(6).saying("hint: give the passphrase: --unlock-file PATH");
    world.licet(args).ok();
    world.licet(["export", "one", "--format", "env", "--to", &world.text_path(".env")]).ok();
    assert!(world.read(".env").contains(&world.key_of("one")));
}

#[test]
fn a_wrong_passphrase_is_told() {
    let world = World::with(&["one"]);
    world.write("passphrase", "another");
    world.licet(["list"]).fails(6).saying("the passphrase is wrong");
}

#[test]
fn one_newline_at_the_end_is_no_part_of_a_passphrase_and_a_second_one_is() {
    let world = World::with(&["one"]);
    let passphrase = world.read("passphrase");
    world.write("passphrase", passphrase.trim_end());
    world.licet(["list"]).ok();
    world.write("passphrase", &format!("{passphrase}\n"));
    world.licet(["list"]).fails(6);
}

#[test]
fn a_new_home_takes_no_passphrase_that_is_easily_guessed() {
    let world = World::new();
    world.write("passphrase", "abc\n");
    world.licet(["list"]).fails(2).saying("at least 8 characters").saying("hint: choose a longer one");
    world.write("passphrase", "ž1234567");
    world.licet(["list"]).ok();
}

#[test]
fn an_empty_passphrase_is_wrong_usage() {
    let world = World::new();
    world.write("passphrase", "\n");
    world.licet(["list"]).fails(2).saying("the passphrase is empty");
}

#[test]
fn the_passphrase_comes_through_standard_input_too() {
    let world = World::with(&["one"]);
    let mut command = world.locked_command();
    command.args(["--unlock-file", "-", "accounts", "test", "north"]);
    world.run(&mut command, &world.read("passphrase")).ok();
}

#[test]
fn without_keyring_and_passphrase_a_new_home_keeps_no_secret() {
    let world = World::new();
    let mut command = world.locked_command();
    let ran = world.run(command.args(["import", "-"]), SYSTEM_KEY);
    ran.fails(6).saying("no keyring").saying("--unlock-file PATH");
    assert_eq!(world.list(&[]).len(), 0);
}

#[test]
fn a_secret_comes_from_a_shells_pipe_as_well() {
    let world = World::new();
    let script = r#""$1" --home "$2" --unlock-file <(echo "correct horse") accounts add aidbox --name n --url "$3" --token-file <(cat "$4")"#;
    let mut command = Command::new("bash");
    command.args(["-c", script, "bash", PROGRAM]).arg(world.home()).arg(world.url()).arg(world.path("token"));
    world.run(&mut command, "").ok();
}
