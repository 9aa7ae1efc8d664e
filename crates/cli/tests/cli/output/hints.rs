//! Every hint that names a command is followed as it is printed. A hint with a command that no story follows is an error: the
//! snapshots of the hints of all errors and of the command line's outputs are searched for them.

use crate::world::{PROGRAM, Ran, SYSTEM_KEY, World, run};
use std::{collections::BTreeSet, path::Path, process::Command};

/// What a command of a hint may end with: done, or the next thing to type.
enum End {
    Done,
    /// It asks for a confirmation, and its own hint says how to give it.
    Confirm,
    /// It asks for the secret on a terminal; without one it names the option.
    Secret,
}
use End::{Confirm, Done, Secret};
use testkit::disk::{self, FOR_GOOD, Fault};

/// A story: fails with a hint, and says what each of its commands ends with.
type Story = fn() -> (World, Ran, Vec<End>);

const STORIES: &[Story] = &[
    || failed(boxed(), &["show", "nothing"], [Done, Done]),
    || failed(boxed(), &["accounts", "test", "nothing"], [Done]),
    || failed(boxed(), &["remove", "box"], [Confirm]),
    || failed(boxed(), &["frobnicate", "--json"], [Done]),
    || failed(imported(), &["accounts", "test", "files"], [Done]),
    || failed(imported(), &["accounts", "remove", "files", "--confirm", "files"], [Done, Done]),
    || failed(imported(), &["packages", "robot"], [Done]),
    || failed(World::new(), &["import", "https://portal.example"], [Done]),
    imported_token,
    || failed(imported(), &["delete", "robot", "--confirm", "robot"], [Confirm]),
    || failed(crate::files::certificate::connected(), &["packages", "cell-07", "--package", "none"], [Done]),
    || {
        failed(
            crate::files::certificate::connected(),
            &["seats", "cell-07", "--release", "none", "--confirm", "none"],
            [Done],
        )
    },
    no_backup,
    no_login,
    lost_slots,
    half_replaced,
    half_written,
    successor_at_vendor,
];

/// Makes the world in which a command is typed.
type Made = fn() -> World;

/// Commands whose hints need another server than this world's: they are accepted as printed.
const OF_OTHER_SERVERS: &[(Made, &str)] = &[
    (boxed, "licet accounts log-in north --confirm-host licenses.example"),
    (boxed, "licet accounts log-in north --allow-http"),
    (crate::instance::token::connected, "licet accounts log-in play --ca-file PEM"),
];

fn boxed() -> World {
    World::with(&["box"])
}

fn imported() -> World {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world
}

fn failed(world: World, args: &[&str], ends: impl IntoIterator<Item = End>) -> (World, Ran, Vec<End>) {
    let ran = world.licet(args);
    assert_ne!(ran.code, 0, "{ran:?}");
    (world, ran, ends.into_iter().collect())
}

fn imported_token() -> (World, Ran, Vec<End>) {
    let world = World::new();
    let token = world.text_path("token");
    failed(world, &["import", &token], [Done])
}

fn no_backup() -> (World, Ran, Vec<End>) {
    let world = boxed();
    let file = world.text_path(".env");
    world.licet(["export", "box", "--format", "env", "--to", &file]).ok();
    failed(world, &["restore", &file, "--backup", "7", "--confirm", ".env"], [Done])
}

fn no_login() -> (World, Ran, Vec<End>) {
    let world = boxed();
    world.licet(["secrets", "forget", "--confirm", "forget secrets"]).ok();
    failed(world, &["accounts", "test", "north"], [Secret])
}

fn lost_slots() -> (World, Ran, Vec<End>) {
    let world = boxed();
    let library = rusqlite::Connection::open(world.home().join("library.sqlite3")).unwrap();
    library.execute("DELETE FROM slots", []).unwrap();
    failed(world, &["accounts", "test", "north"], [Confirm])
}

/// The file of the license that goes is missing, so the replacement stops with two licenses.
fn half_replaced() -> (World, Ran, Vec<End>) {
    let world = World::with(&["old"]);
    let file = world.text_path(".env");
    world.licet(["export", "old", "--format", "env", "--to", &file]).ok();
    std::fs::remove_file(&file).unwrap();
    let ran = world.licet(["replace", "old", "--name", "new", "--confirm", "old"]);
    world.write(".env", "");
    assert_ne!(ran.code, 0, "{ran:?}");
    (world, ran, vec![Done, Done])
}

/// The disk fills up while a file is written in place, before its old text is written back.
fn half_written() -> (World, Ran, Vec<End>) {
    let world = World::with(&["old", "new"]);
    let file = world.text_path(".env");
    world.licet(["export", "old", "--format", "env", "--to", &file]).ok();
    let mut export = world.command();
    export.args(["export", "new", "--format", "env", "--in-place", "--replace", "--to", &file]);
    let file = std::fs::canonicalize(&file).unwrap();
    export.envs(disk::failing(world.folder.path(), &file, Fault::Full(1..=FOR_GOOD)));
    let ran = world.run(&mut export, "");
    assert_ne!(ran.code, 0, "{ran:?}");
    (world, ran, vec![Done])
}

fn successor_at_vendor() -> (World, Ran, Vec<End>) {
    let world = boxed();
    world.licet(["leaked", "box"]).ok();
    let ran = world.licet_reading(["leaked", "box", "--successor-file", "-"], SYSTEM_KEY);
    (world, ran, vec![Done])
}

/// The commands in a text, as they are printed between backticks.
fn commands(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|piece| piece.starts_with("licet "))
        .map(str::to_owned)
        .collect()
}

fn hint_of(ran: &Ran) -> String {
    if let Ok(whole) = serde_json::from_str::<serde_json::Value>(&ran.stderr) {
        return whole["error"]["hint"].as_str().unwrap().to_owned();
    }
    ran.stderr.lines().filter(|line| line.starts_with("hint: ")).collect()
}

/// Has a shell run a command as it is printed.
fn typed(world: &World, command: &str) -> Ran {
    let licet = r#"licet() { "$PROGRAM" --home "$LICET_TEST_HOME" --unlock-file "$PASSPHRASE" "$@"; }"#;
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{licet}\n{command}")]).current_dir(world.folder.path());
    shell.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("PROGRAM", PROGRAM);
    shell.env("LICET_TEST_HOME", world.home()).env("PASSPHRASE", world.path("passphrase"));
    run(&mut shell, "")
}

fn assert_ends(ran: &Ran, end: &End) {
    match end {
        Done => assert_eq!(ran.code, 0, "{ran:?}"),
        Confirm => assert!(ran.code == 5 && ran.stderr.contains("hint: say --confirm"), "{ran:?}"),
        Secret => assert!(ran.stderr.contains("-file is missing"), "{ran:?}"),
    }
}

/// Subcommands and options of a command, without what it is about.
fn shape(command: &str) -> String {
    let mut words = command.split_whitespace().skip(1);
    let mut shape = vec![words.next().unwrap_or_default()];
    if matches!(shape[0], "accounts" | "secrets" | "instance") {
        shape.extend(words.next());
        if shape == ["accounts", "add"] {
            shape.extend(words.next());
        }
    }
    shape.extend(words.filter(|word| word.starts_with("--") && *word != "--"));
    shape.join(" ")
}

/// The commands in the hints of all snapshots. In the list of all hints, each is indented below its error.
fn of_snapshots() -> BTreeSet<String> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    let list = read(&package.join("src/output/hint/snapshots/hints.snap"));
    let listed: BTreeSet<_> =
        list.lines().filter(|line| line.starts_with("    ")).flat_map(commands).collect();
    assert!(listed.len() > 10, "{listed:?}");
    let files = package.join("tests/cli/snapshots").read_dir().unwrap();
    let texts = files.map(|entry| read(&entry.unwrap().path()));
    let in_hint = |line: &str| line.starts_with("hint: ") || line.contains("\"hint\": ");
    let hints = texts
        .flat_map(|text| text.lines().filter(|line| in_hint(line)).map(str::to_owned).collect::<Vec<_>>());
    let printed = hints.flat_map(|hint| commands(&hint));
    printed.chain(listed).map(|command| shape(&command)).collect()
}

#[test]
fn every_command_in_a_hint_works_as_printed() {
    let mut followed = BTreeSet::new();
    for story in STORIES {
        let mut at = 0;
        // Anew for each command: some are alternatives.
        loop {
            let (world, ran, ends) = story();
            let commands = commands(&hint_of(&ran));
            assert_eq!(commands.len(), ends.len(), "{ran:?}");
            let Some((command, end)) = commands.iter().zip(&ends).nth(at) else { break };
            assert_ends(&typed(&world, command), end);
            followed.insert(shape(command));
            at += 1;
        }
    }
    for (world, command) in OF_OTHER_SERVERS {
        assert_ends(&typed(&world(), command), &Secret);
        followed.insert(shape(command));
    }
    let missing: Vec<_> = of_snapshots().difference(&followed).cloned().collect();
    assert!(missing.is_empty(), "no story follows these commands of hints: {missing:?}");
}

#[test]
fn license_with_a_name_like_an_option_can_be_confirmed() {
    let world = World::with(&["-x", "--json"]);
    for name in ["-x", "--json"] {
        let refused = world.licet(["delete", "--", name]).fails(5);
        let hint = hint_of(&refused);
        let option = hint.strip_prefix("hint: say ").unwrap();
        assert_eq!(typed(&world, &format!("licet delete {option} -- {name}")).code, 0, "{hint}");
    }
}
