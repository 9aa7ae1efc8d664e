//! What `licet list` shows, and how it is narrowed.

use crate::schema;
use crate::world::{SYSTEM_KEY, World};
use serde_json::Value;
use std::{io::Read as _, process::Stdio};
use testkit::put;

/// Licenses of every type, two hostings, and an imported key.
pub(crate) fn stocked() -> World {
    let world = World::connected();
    for (name, tier, hosting) in [
        ("dev box", "dev", "self-hosted"),
        ("prod box", "prod", "self-hosted"),
        ("pipeline", "ci", "self-hosted"),
        ("play", "dev", "sandbox"),
    ] {
        world.licet(["create", name, "--account", "north", "--type", tier, "--hosting", hosting]).ok();
    }
    put(&world.path("robot.toml"), &format!("License = \"{SYSTEM_KEY}\"\n"));
    world.licet(["import", &world.text_path("robot.toml")]).ok();
    world
}

#[test]
fn a_home_without_licenses_lists_nothing_and_that_is_no_failure() {
    let world = World::new();
    assert_eq!(world.licet_locked(["list", "--json"]).ok().stdout, "[]\n");
    assert_eq!(world.licet_locked(["list"]).ok().stdout, "no licenses\n");
    assert_eq!(world.licet_locked(["list", "--quiet"]).ok().stdout, "");
}

#[test]
fn the_json_of_the_list_is_what_the_contract_says() {
    let world = stocked();
    let json = Value::Array(world.list(&[]));
    schema::check("list", &json);
    let one = |name: &str| json.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    let prod = one("prod box");
    assert_eq!(prod["type"], "prod");
    assert_eq!(prod["hosting"], "self-hosted");
    assert_eq!(prod["account"], "north");
    assert_eq!(prod["product"], "aidbox");
    assert_eq!(prod["status"], "expires-soon");
    assert_eq!(prod["expires_in_days"], 13);
    assert_eq!(one("dev box")["expires"], Value::Null);
    assert_eq!(one("dev box")["status"], "valid");
    let robot = one("robot");
    assert_eq!(robot["account"], "files");
    assert_eq!(robot["product"], "aica");
    assert_eq!(robot["type"], Value::Null);
    assert_eq!(robot["status"], "unknown");
}

#[test]
fn the_list_is_a_table_for_people_sorted_by_name() {
    let world = stocked();
    let text = world.licet_locked(["list"]).ok().stdout;
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].starts_with("ID  NAME"), "{text}");
    let names: Vec<_> = lines[1..6].iter().map(|line| &line[4..9]).collect();
    assert_eq!(names, ["dev b", "pipel", "play ", "prod ", "robot"]);
    assert!(lines[4].contains("(in 14 days)"), "{text}");
    assert_eq!(lines[6], "5 licenses");
}

#[test]
fn quiet_leaves_out_head_and_count() {
    let world = World::with(&["one"]);
    assert_eq!(world.licet_locked(["-q", "list"]).ok().stdout.lines().count(), 1);
}

#[test]
fn filters_narrow_the_list() {
    let world = stocked();
    let all = ["dev box", "pipeline", "play", "prod box", "robot"];
    let table: &[(&[&str], &[&str])] = &[
        (&["type:dev"], &["dev box", "play"]),
        (&["type:prod"], &["prod box"]),
        (&["not:type:ci"], &["dev box", "play", "prod box", "robot"]),
        (&["hosting:sandbox"], &["play"]),
        (&["expires-in:7d"], &["pipeline"]),
        (&["expires-in:30d"], &["pipeline", "prod box"]),
        (&["expires-after:2020-01-01"], &["dev box", "pipeline", "play", "prod box"]),
        (&["status:expires-soon"], &["pipeline", "prod box"]),
        (&["status:expired"], &[]),
        (&["account:north", "type:ci"], &["pipeline"]),
        (&["account:files"], &["robot"]),
        (&["product:aica"], &["robot"]),
        (&["entitlement:hosted"], &["play"]),
        (&["pipe"], &["pipeline"]),
        (&["BOX", "prod"], &["prod box"]),
        (&["aidbox"], &["dev box", "pipeline", "play", "prod box"]),
        (&["dev box"], &["dev box"]),
        (&["box dev"], &["dev box"]),
        (&["\"dev box\""], &["dev box"]),
        (&["\"box dev\""], &[]),
        (&["not:\"dev box\" type:dev"], &["play"]),
        (&["vendor:aica"], &["robot"]),
        (&["vendor:aidbox type:ci"], &["pipeline"]),
        (&["expires:30d"], &["pipeline", "prod box"]),
        (&["expires-in:7"], &["pipeline"]),
        (&[], &all),
    ];
    for (filter, names) in table {
        assert_eq!(world.names(filter), *names, "{filter:?}");
    }
}

#[test]
fn a_filter_that_cannot_be_read_is_wrong_usage_and_says_what_could_stand_there() {
    let world = World::connected();
    for (word, hint) in [
        ("type:test", "dev, prod, ci"),
        ("expires-in:soon", "30d"),
        ("status:fine", "valid"),
        ("account:west", "north"),
        ("vendor:acme", "aidbox"),
        ("typ:dev", "type, hosting"),
    ] {
        world.licet_locked(["list", word]).fails(2).saying(&format!("{word:?}")).saying(hint);
        let error = world.licet_locked(["list", word, "--json"]).fails(2).error();
        assert_eq!(error["code"], "filter-bad-value");
    }
}

#[test]
fn licenses_that_are_gone_are_listed_when_asked_for_only() {
    let world = World::with(&["stays", "goes"]);
    world.licet(["delete", "goes", "--confirm", "goes"]).ok();
    assert_eq!(world.names(&[]), ["stays"]);
    assert_eq!(world.names(&["status:gone"]), ["goes"]);
    assert_eq!(world.list(&["status:gone"])[0]["status"], "gone");
}

#[test]
fn the_list_opens_while_the_library_is_locked() {
    let world = World::with(&["one"]);
    assert_eq!(world.licet_locked(["list", "--json"]).ok().json().as_array().unwrap().len(), 1);
}

#[test]
fn files_are_listed_with_their_state_on_disk() {
    let world = World::with(&["one"]);
    let path = world.text_path("out.env");
    let state = || world.list(&[])[0]["files"].clone();
    assert_eq!(state(), serde_json::json!([]));

    world.licet(["export", "one", "--format", "env", "--to", &path]).ok();
    assert_eq!(state(), serde_json::json!([{"path": path, "format": "env", "state": "up-to-date"}]));
    put(&world.path("out.env"), "BOX_LICENSE=other\n");
    assert_eq!(state()[0]["state"], "drifted");
    std::fs::remove_file(world.path("out.env")).unwrap();
    assert_eq!(state()[0]["state"], "missing");
}

#[test]
fn names_can_neither_move_the_cursor_nor_turn_the_line() {
    let world = World::new();
    world.issue(&["clear \u{1b}[2J screen", "turned \u{202e}dorp", "two\nlines"]);
    world.connect("north");
    let text = world.licet_locked(["list"]).ok().stdout;
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    assert!(text.contains("two\\nlines"), "{text}");
    assert!(world.names(&[]).contains(&"two\nlines".to_owned()), "JSON keeps the name as it is");
}

#[test]
fn a_reader_that_has_enough_ends_the_list_quietly() {
    let world = World::new();
    let order = |n: usize| {
        let name = portal::Name::parse("license", &format!("{} {n}", "x".repeat(200))).unwrap();
        portal::Order::self_hosted(name, portal::Tier::Development)
    };
    world.portal.issue_many(crate::world::PROJECT, 1000, order).unwrap();
    world.connect("north");
    for form in [&["list"][..], &["list", "--json"]] {
        let mut command = world.locked_command();
        let mut child = command.args(form).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut output = child.stdout.take().unwrap();
        output.read_exact(&mut [0; 10]).unwrap();
        drop(output);
        let ended = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
        assert!(ended.status.success(), "{:?}", ended.status);
    }
}

#[test]
fn two_programs_see_each_others_changes() {
    let world = World::connected();
    std::thread::scope(|scope| {
        for n in 0..4 {
            let world = &world;
            scope.spawn(move || {
                world.licet(["create", &format!("n{n}"), "--account", "north", "--type", "dev"]).ok();
                assert!(world.names(&[]).contains(&format!("n{n}")));
            });
        }
    });
    assert_eq!(world.names(&[]), ["n0", "n1", "n2", "n3"]);
}
