//! Deleting at the vendor: by name or by key, and never without the name typed.

use crate::schema;
use crate::world::{SYSTEM_KEY, UNKNOWN_KEY, World};

#[test]
fn deleting_takes_the_name_typed_and_is_done_at_the_portal() {
    let world = World::with(&["one", "two"]);
    world.licet(["delete", "one"]).fails(5).saying("type \"one\"").saying("hint: say --confirm one");
    world.licet(["delete", "one", "--confirm", "One"]).fails(5);
    world.licet(["delete", "one", "--confirm", ""]).fails(5);
    assert_eq!(world.names_at_portal(), ["one", "two"]);

    let json = world.licet(["delete", "one", "--confirm", "one", "--json"]).ok().json();
    schema::check("delete", &json);
    assert_eq!(json["deleted"]["name"], "one");
    assert_eq!(world.names_at_portal(), ["two"]);
    assert_eq!(world.names(&[]), ["two"]);
}

#[test]
fn what_has_to_be_typed_is_quoted_for_the_shell() {
    let world = World::with(&["it's \"mine\""]);
    world.licet(["delete", "L1"]).fails(5).saying(r#"--confirm "it's \"mine\"""#);
    world.licet(["delete", "L1", "--confirm", "it's \"mine\""]).ok();
}

#[test]
fn a_name_typed_on_another_system_is_the_same_name() {
    let world = World::with(&["Caf\u{e9}"]);
    world.licet(["delete", "L1", "--confirm", "Cafe\u{301}"]).ok();
}

#[test]
fn deleting_by_key_takes_the_name_typed_too() {
    let world = World::with(&["one", "two"]);
    let key = world.write("key", &world.key_of("one"));
    let by_key = ["delete", "--account", "north", "--key-file", key.to_str().unwrap()];
    world.licet(by_key).fails(5).saying("type \"one\"");
    world.licet([&by_key[..], &["--confirm", "two"]].concat()).fails(5);
    let json = world.licet([&by_key[..], &["--confirm", "one", "--json"]].concat()).ok().json();
    schema::check("delete", &json);
    assert_eq!(world.names_at_portal(), ["two"]);
    assert_eq!(world.names(&[]), ["two"]);
}

#[test]
fn a_key_comes_through_standard_input() {
    let world = World::with(&["one"]);
    let key = world.key_of("one");
    world
        .licet_reading(
            ["delete", "--account", "north", "--key-file", "-", "--confirm", "one"],
            &format!("{key}\n"),
        )
        .ok();
    assert_eq!(world.at_portal().len(), 0);
}

#[test]
fn a_key_that_the_portal_does_not_know_is_not_found() {
    let world = World::with(&["one"]);
    let key = world.write("key", UNKNOWN_KEY);
    world
        .licet(["delete", "--account", "north", "--key-file", key.to_str().unwrap(), "--confirm", "one"])
        .fails(3);
    assert_eq!(world.at_portal().len(), 1);
}

#[test]
fn a_license_and_a_key_do_not_go_together_and_a_key_needs_its_account() {
    let world = World::with(&["one"]);
    world.licet(["delete", "one", "--key-file", "x", "--account", "north"]).fails(2);
    world.licet(["delete", "--key-file", "x"]).fails(2).saying("--account");
    world.licet(["delete"]).fails(2);
}

#[test]
fn what_was_deleted_elsewhere_is_deleted() {
    let world = World::with(&["one"]);
    let key = world.key_of("one");
    world
        .licet([
            "accounts",
            "add",
            "aidbox",
            "--name",
            "again",
            "--url",
            &world.url(),
            "--token-file",
            &world.text_path("token"),
        ])
        .ok();
    world.licet_reading(["delete", "--account", "again", "--key-file", "-", "--confirm", "one"], &key).ok();
    world.licet(["delete", "L1", "--confirm", "one"]).ok();
    assert_eq!(world.list(&[]).len(), 0);
}

#[test]
fn an_imported_key_is_forgotten_and_not_deleted() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world.licet(["delete", "robot", "--confirm", "robot"]).fails(2).saying("licet remove");
}
