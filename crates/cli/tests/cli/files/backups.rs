//! Backups of license files: listed, restored, removed, and named where a key is about to go.

use crate::licenses::leaked::SUCCESSOR;
use crate::schema;
use crate::world::{Ran, SYSTEM_KEY, World};
use serde_json::json;
use std::{os::unix::fs::PermissionsExt as _, process::Command};

const MINE: &str = "# mine, from before Licet\n";
const NAME: &str = "cell.toml";

/// The imported key `robot` in a file that was there before, was edited with a key of nobody, and was written again.
fn with_two_backups() -> World {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    private(&world, NAME, MINE);
    export(&world);
    private(&world, NAME, &format!("# edited\nLicense = \"{SUCCESSOR}\"\n"));
    export(&world);
    world
}

/// The license `one` of the account `north`, whose key is in the second backup of `.env`.
fn with_a_vendors_backup() -> World {
    let world = World::with(&["one"]);
    put_into_a_backup(&world);
    world
}

/// Exports the license `one` to `.env`, and restores the file's earlier content.
fn put_into_a_backup(world: &World) {
    let file = world.text_path(".env");
    private(world, ".env", "PORT=8080\n");
    world.licet(["export", "one", "--format", "env", "--to", &file]).ok();
    world.licet(["restore", &file, "--confirm", ".env"]).ok();
}

/// Writes a file that its owner alone can read.
fn private(world: &World, name: &str, text: &str) {
    let path = world.write(name, text);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

fn export(world: &World) -> Ran {
    world.licet(["export", "robot", "--format", "launcher-toml", "--to", &world.text_path(NAME)]).ok()
}

fn numbers(world: &World) -> Vec<i64> {
    let listed = world.licet(["backups", "--json"]).ok().json();
    schema::check("backups", &listed);
    listed.as_array().unwrap().iter().map(|one| one["number"].as_i64().unwrap()).collect()
}

/// The command that a warning ends with, without the program's name, as a shell takes it apart.
fn command_in(text: &str) -> Vec<String> {
    let after = |words: &str| text.split(words).nth(1).map(|rest| rest.lines().next().unwrap());
    let command = after("to remove it: licet ").or_else(|| after("Restore one: licet ")).unwrap();
    let printed = Command::new("sh").arg("-c").arg(format!("printf '%s\\n' {command}")).output().unwrap();
    String::from_utf8(printed.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn backups_are_listed_with_their_keys() {
    let world = with_two_backups();
    let file = world.text_path(NAME);
    world.snapshot("backups", &world.licet(["backups"]).ok());
    world.snapshot("backups-json", &world.licet(["backups", &file, "--json"]).ok());
    let json = world.licet(["backups", &file, "--json"]).ok().json();
    schema::check("backups", &json);
    assert_eq!((&json[0]["original"], &json[1]["original"]), (&json!(true), &json!(false)));
    assert_eq!(json[1]["keys"][0]["licenses"], json!([]), "the library does not know that key");

    world.licet_reading(["import", "-", "--name", "other"], SUCCESSOR).ok();
    let json = world.licet_locked(["backups", "--json"]).ok().json();
    assert_eq!(json[1]["keys"][0]["licenses"][0]["name"], "other", "{json}");
    world.licet(["leaked", "other"]).ok();
    world.snapshot("backups-leaked", &world.licet(["backups"]).ok());
    world.licet(["backups", &world.text_path("nothing.toml")]).fails(3);
}

#[test]
fn no_backups_and_no_home_are_empty_lists() {
    let world = World::new();
    world.snapshot("home-missing-backups", &world.licet_locked(["backups"]).ok());
    world.licet_locked(["restore", "x.toml", "--confirm", "x.toml"]).fails(3);
    assert!(!world.home().exists());
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world.snapshot("backups-none", &world.licet(["backups"]).ok());
}

#[test]
fn restoring_is_confirmed_by_the_name_of_the_file() {
    let world = with_two_backups();
    let (file, written) = (world.text_path(NAME), world.read(NAME));
    let restore = ["restore", &file, "--backup", "0"];
    for typed in [&[][..], &["--confirm", ""], &["--confirm", "cell"], &["--confirm", &file]] {
        let refused = world.licet([&restore[..], typed].concat()).fails(5);
        assert!(refused.saying("this writes").stderr.contains("hint: say --confirm cell.toml"));
    }
    world.snapshot("restore-not-confirmed", &world.licet(restore));
    assert_eq!(world.licet([&restore[..], &["--json"]].concat()).fails(5).error()["code"], "not-confirmed");
    assert_eq!((world.read(NAME), numbers(&world)), (written.clone(), vec![0, 1]));
    world.licet(command_in(&world.licet(["backups"]).ok().stdout)).ok();
    assert!(world.read(NAME).starts_with("# edited"), "the newest");
    world.licet(["restore", &file, "--backup", "2", "--confirm", NAME]).ok();

    world.snapshot("restore", &world.licet([&restore[..], &["--confirm", NAME]].concat()).ok());
    assert_eq!(world.read(NAME), MINE);
    assert_eq!(world.read("cell.toml.bak.2"), written, "what was there is never lost");
    assert_eq!(world.list(&[])[0]["files"][0]["state"], "drifted");

    let back = world.licet(["restore", &file, "--confirm", NAME, "--json"]).ok().json();
    schema::check("restore", &back);
    assert_eq!((&back["number"], &back["state"]), (&json!(2), &json!("up-to-date")), "the newest");
    assert_eq!(world.read(NAME), written);
    let ran = world.licet(["restore", &file, "--backup", "9", "--confirm", NAME]).fails(3);
    ran.saying(&format!("error: there is no backup 9 of {file}\n")).saying("licet backups");
}

#[test]
fn restored_file_that_is_kept_is_left_alone() {
    let world = with_two_backups();
    let file = world.text_path(NAME);
    world.licet(["export", "robot", "--format", "launcher-toml", "--to", &file, "--keep"]).ok();
    let restored = world.licet(["restore", &file, "--backup", "0", "--confirm", NAME]).ok();
    assert!(restored.stdout.contains("a refresh leaves the file as it is"), "{restored:?}");
    world.licet(["refresh"]).ok();
    assert_eq!(world.read(NAME), MINE);
}

#[test]
fn removing_is_confirmed_and_leaves_other_programs_files() {
    let world = with_two_backups();
    let file = world.text_path(NAME);
    world.write("cell.toml.bak.7", "# mine too\n");
    let remove = ["backups", &file, "--remove", "0,1"];
    let refused = world.licet(remove).fails(5).saying("this removes").saying("cell.toml.bak.1");
    world.snapshot("backups-remove-not-confirmed", &refused);
    world.licet(["backups", &file, "--remove", "7", "--confirm", NAME]).fails(1).saying("another program");
    world.licet(["backups", &file, "--remove", "1,5", "--confirm", NAME]).fails(3);
    world.licet(["backups", "--remove", "1"]).fails(2);
    assert_eq!(numbers(&world), [0, 1, 7]);

    let json = world.licet([&remove[..], &["--confirm", NAME, "--json"]].concat()).ok().json();
    schema::check("backups-remove", &json);
    assert_eq!(json["removed"].as_array().unwrap().len(), 2);
    assert_eq!(numbers(&world), [7]);
}

#[test]
fn leaked_key_names_its_backups_and_how_to_remove_them() {
    let world = with_two_backups();
    world.licet_reading(["import", "-", "--name", "other"], SUCCESSOR).ok();
    let json = world.licet(["leaked", "other", "--json"]).ok().json();
    schema::check("leaked", &json);
    assert_eq!(json["backups"][0]["path"], world.text_path("cell.toml.bak.1"));
    let marked = world.licet(["leaked", "other"]).ok();
    world.snapshot("leaked-backups", &marked);
    world.licet(command_in(&marked.stderr)).ok();
    assert_eq!(numbers(&world), [0]);
    assert_eq!(world.licet(["leaked", "other"]).ok().stderr, "");
}

#[test]
fn forgotten_key_names_its_backups_and_how_to_remove_them() {
    let world = with_two_backups();
    // The file with the key becomes a backup.
    world.licet(["restore", &world.text_path(NAME), "--backup", "0", "--confirm", NAME]).ok();
    let forgotten = world.licet(["remove", "robot", "--confirm", "robot"]).ok();
    world.snapshot("remove-backups", &forgotten);
    world.licet(command_in(&forgotten.stderr)).ok();
    assert_eq!(numbers(&world), [0, 1], "that of another key stays");
}

#[test]
fn deleted_license_names_its_backups() {
    let world = with_a_vendors_backup();
    let deleted = world.licet(["delete", "one", "--confirm", "one", "--json"]).ok().json();
    schema::check("delete", &deleted);
    let backups = &deleted["deleted"]["backups"];
    assert_eq!(
        (&backups[0]["number"], &backups[0]["own"], backups.as_array().unwrap().len()),
        (&json!(1), &json!(true), 1)
    );
}

#[test]
fn removed_account_names_its_backups_and_how_to_remove_them() {
    let world = with_two_backups();
    // The file with the imported key becomes a backup.
    world.licet(["restore", &world.text_path(NAME), "--backup", "0", "--confirm", NAME]).ok();
    world.issue(&["one"]);
    world.connect("north");
    put_into_a_backup(&world);
    let remove = ["accounts", "remove", "north", "--confirm", "north"];
    let refused = world.licet(&remove[..3]).fails(5);
    assert!(!refused.stderr.contains(".env.bak.1"), "{refused:?}");

    let removed = world.licet(remove).ok();
    world.snapshot("accounts-remove-backups", &removed);
    world.licet(command_in(&removed.stderr)).ok();
    assert!(!world.path(".env.bak.1").exists());
    assert!(world.path("cell.toml.bak.2").exists(), "that of another account stays");
}

#[test]
fn removed_account_lists_its_backups_as_json() {
    let world = with_a_vendors_backup();
    let removed = world.licet(["accounts", "remove", "north", "--confirm", "north", "--json"]).ok().json();
    schema::check("accounts-remove", &removed);
    let paths: Vec<_> = removed["backups"].as_array().unwrap().iter().map(|one| &one["path"]).collect();
    assert_eq!(paths, [&json!(world.text_path(".env.bak.1"))]);
}

#[test]
fn forgotten_secrets_name_the_backups_with_keys() {
    let world = with_two_backups();
    let refused = world.licet_locked(["secrets", "forget"]).fails(5);
    assert!(!refused.stderr.contains("to remove it"), "{refused:?}");
    let forgotten = world.licet_locked(["secrets", "forget", "--confirm", "forget secrets"]).ok();
    assert!(forgotten.stderr.contains("cell.toml.bak.1 contains a license key"), "{forgotten:?}");
    world.licet(command_in(&forgotten.stderr)).ok();
    let again =
        world.licet_locked(["secrets", "forget", "--confirm", "forget secrets", "--json"]).ok().json();
    schema::check("secrets-forget", &again);
    assert_eq!(again["forgotten"]["backups"], json!([]));
}

#[test]
fn path_and_name_are_quoted_for_the_shell() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    let file = world.text_path("it's a cell.toml");
    world.write("it's a cell.toml", &format!("License = \"{SYSTEM_KEY}\"\n# mine\n"));
    world.write("it's a cell.toml", &format!("License = \"{SUCCESSOR}\"\n# {SYSTEM_KEY}\n"));
    world.licet(["export", "robot", "--format", "launcher-toml", "--to", &file]).ok();
    let marked = world.licet(["leaked", "robot"]).ok();
    world.licet(command_in(&marked.stderr)).ok();
    assert_eq!(numbers(&world), [0_i64; 0]);
}

#[test]
fn export_warns_of_what_git_would_commit() {
    let world = World::with(&["one"]);
    let git = |args: &[&str]| {
        let ran = Command::new("git").arg("-C").arg(world.folder.path()).args(args).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
    };
    let file = world.text_path(".env");
    let export = ["export", "one", "--format", "env", "--to", &file];
    git(&["init", "--quiet"]);
    private(&world, ".env", "PORT=8080\n");
    world.write(".gitignore", ".env\n");
    let warned = world.licet(export).ok();
    world.snapshot("export-git-backup", &warned);
    assert!(warned.stderr.contains("add .env.bak* to .gitignore"), "{warned:?}");

    world.write(".gitignore", "");
    let json = world.licet([&export[..], &["--json"]].concat()).ok().json();
    schema::check("export", &json);
    assert_eq!(json["in_git"], json!([file, world.text_path(".env.bak")]));
    world.write(".gitignore", ".env\n.env.bak*\n");
    assert_eq!(world.licet(export).ok().stderr, "");
    git(&["add", "--force", ".env"]);
    let tracked = world.licet(export).ok();
    let command = tracked.stderr.split(": git ").nth(1).unwrap().split(", and add").next().unwrap();
    git(&["status", "--short"]);
    let ran = Command::new("sh").arg("-c").arg(format!("git {command}")).output().unwrap();
    assert!(ran.status.success(), "{command}: {ran:?}");
    assert_eq!(world.licet(export).ok().stderr, "");
}

#[test]
fn restore_warns_of_git_and_of_a_leaked_key() {
    let world = with_two_backups();
    world.licet_reading(["import", "-", "--name", "other"], SUCCESSOR).ok();
    world.licet(["leaked", "other"]).ok();
    let ran = Command::new("git").arg("-C").arg(world.folder.path()).args(["init", "--quiet"]).status();
    assert!(ran.unwrap().success());
    let file = world.text_path(NAME);
    let restored = world.licet(["restore", &file, "--backup", "1", "--confirm", NAME]).ok();
    assert!(restored.stderr.contains("marked as leaked"), "{restored:?}");
    assert!(restored.stderr.contains("git would commit"), "{restored:?}");
}
