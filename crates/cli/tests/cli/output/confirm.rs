//! Names with characters that cannot be seen or typed: how they are shown, and that they are confirmed as they are shown.

use crate::world::{Ran, SYSTEM_KEY, World};
use serde_json::json;

const NAMES: &[&str] = &[
    "two\nlines",
    "esc\u{1b}[31mred\u{1b}[0m",
    "zero\u{200b}width",
    "turned\u{202e}dorp",
    "byte\u{feff}order",
    "tag\u{e0041}",
];

/// Issues licenses of these names behind the program's back: Licet itself refuses most of them.
fn world() -> World {
    let world = World::new();
    for name in NAMES {
        world.ask_portal("issue-license", json!({"name": name, "product": "aidbox", "type": "development"}));
    }
    world.connect("north");
    world
}

fn id_of(world: &World, name: &str) -> String {
    let found = world.list(&[]).into_iter().find(|one| one["name"] == name);
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

/// What the hint says to add, read as a shell reads it.
fn hinted(ran: &Ran) -> Vec<String> {
    let hint = ran.stderr.lines().find_map(|line| line.strip_prefix("hint: say ")).unwrap();
    let words =
        std::process::Command::new("sh").args(["-c", &format!("printf '%s\\0' {hint}")]).output().unwrap();
    let text = String::from_utf8(words.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn hint_confirms_any_name_as_printed() {
    let world = world();
    for name in NAMES {
        let id = id_of(&world, name);
        let refused = world.licet(["delete", &id]).fails(5);
        let words = hinted(&refused);
        let args = ["delete", &id].into_iter().chain(words.iter().map(String::as_str));
        assert_eq!(world.licet(args).ok().stdout, format!("Deleted {name:?}.\n"));
    }
    assert!(world.names_at_portal().is_empty());
}

#[test]
fn imported_key_and_account_are_confirmed_as_printed() {
    let world = world();
    world.write("key", SYSTEM_KEY);
    let key = world.text_path("key");
    world.licet(["import", &key, "--name", "soft\u{ad}hyphen"]).ok();
    let refused = world.licet(["remove", "soft\\u{ad}hyphen"]).fails(5);
    world
        .licet(["remove", "soft\\u{ad}hyphen"].into_iter().chain(hinted(&refused).iter().map(String::as_str)))
        .ok();

    world.connect("so\u{200b}uth");
    let refused = world.licet(["accounts", "remove", "so\\u{200b}uth"]).fails(5);
    let words = hinted(&refused);
    world
        .licet(["accounts", "remove", "so\\u{200b}uth"].into_iter().chain(words.iter().map(String::as_str)))
        .ok();
}

#[test]
fn license_is_named_as_it_is_shown() {
    let world = world();
    for name in ["two\\nlines", "esc\\u{1b}[31mred\\u{1b}[0m", "zero\\u{200b}width"] {
        let shown = world.licet(["show", name]).ok();
        assert!(shown.stdout.contains(name), "{}", shown.stdout);
    }
}

#[test]
fn table_and_messages_show_what_is_invisible() {
    let world = world();
    let listed = world.licet(["list"]).ok().stdout;
    for shown in
        ["two\\nlines", "zero\\u{200b}width", "turned\\u{202e}dorp", "byte\\u{feff}order", "tag\\u{e0041}"]
    {
        assert!(listed.contains(shown), "{listed}");
    }
    assert!(listed.lines().count() == NAMES.len() + 2, "a name took two lines: {listed}");
}

#[test]
fn json_escapes_what_is_invisible() {
    let world = world();
    let printed = world.licet(["list", "--json"]).ok();
    let raw = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{200b}' | '\u{202e}' | '\u{feff}' | '\u{e0041}')
    };
    assert!(!printed.stdout.contains(raw), "{:?}", printed.stdout);
    let names: Vec<_> = printed.json().as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert!(NAMES.iter().all(|name| names.contains(&json!(name))), "{names:?}");
    let refused = world.licet(["delete", &id_of(&world, "turned\u{202e}dorp"), "--json"]).fails(5);
    assert!(!refused.stderr.contains('\u{202e}'), "{:?}", refused.stderr);
    assert_eq!(refused.error()["hint"], r#"say --confirm "turned\\u{202e}dorp""#);
}
