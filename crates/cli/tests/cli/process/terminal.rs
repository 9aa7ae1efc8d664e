//! On a terminal, and only there, what is missing is asked for.

use crate::keygen::{CODE, Keygen, PASSWORD};
use crate::world::{PROGRAM, Ran, World};
use std::process::Command;

/// Runs the program on a terminal of its own, and types a line into it.
fn on_a_terminal(world: &World, environment: &[(&str, &str)], args: &str, typed: &str) -> Ran {
    let line = format!("{PROGRAM} --home {} {args}", world.home().display());
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--echo", "never", "--command", &line, "/dev/null"]);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", world.folder.path());
    command.env("TERM", "xterm").envs(environment.iter().copied());
    world.run(&mut command, &format!("{typed}\n"))
}

#[test]
fn the_passphrase_is_asked_for_and_does_not_show() {
    let world = World::with(&["one"]);
    let ran = on_a_terminal(&world, &[], "accounts test north", "correct horse battery staple");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("Passphrase: ") && ran.stdout.contains("works"), "{ran:?}");
    assert!(!ran.stdout.contains("battery"), "{ran:?}");
}

#[test]
fn the_passphrase_is_asked_for_where_the_keyring_that_is_a_way_in_too_is_absent() {
    let world = World::with(&["one"]);
    world.is_kept_by_a_keyring_too();
    let ran = on_a_terminal(&world, &[], "accounts test north", "correct horse battery staple");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("Passphrase: "), "{ran:?}");
}

#[test]
fn a_missing_token_is_asked_for_and_does_not_show() {
    let world = World::new();
    let pass = world.text_path("passphrase");
    let args = format!("--unlock-file {pass} accounts add aidbox --name north --url {}", world.url());
    let ran = on_a_terminal(&world, &[], &args, &world.token);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("Project token: ") && ran.stdout.contains("Connected"), "{ran:?}");
}

#[test]
fn a_one_time_code_is_asked_for_once_it_is_needed_and_does_not_show() {
    let (world, keygen) = (World::new(), Keygen::start());
    let pass = world.text_path("passphrase");
    let password = world.write("password", PASSWORD);
    let args = format!(
        "--unlock-file {pass} accounts add aica --name cells --url {} --vendor-account demo \
         --email ada@demo.example --confirm-host 127.0.0.1 --password-file {}",
        keygen.url(),
        password.display()
    );
    keygen.want_codes();
    let ran = on_a_terminal(&world, &[], &args, CODE);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("One-time code: ") && ran.stdout.contains("Connected"), "{ran:?}");
    assert!(!ran.stdout.contains(CODE), "{ran:?}");
    assert_eq!(keygen.count("POST tokens"), 2, "once without the code, once with it");
}

#[test]
fn logging_in_again_asks_for_the_password_and_the_code() {
    let (world, keygen) = (World::new(), Keygen::start());
    let pass = world.text_path("passphrase");
    let password = world.write("password", PASSWORD);
    let of = ["accounts", "add", "aica", "--name", "cells", "--vendor-account", "demo", "--confirm-host"];
    let more = ["127.0.0.1", "--email", "ada@demo.example", "--password-file", password.to_str().unwrap()];
    let url = ["--url".to_owned(), keygen.url()];
    world.licet(of.into_iter().chain(more).map(str::to_owned).chain(url)).ok();
    keygen.want_codes();
    let typed = format!("{PASSWORD}\n{CODE}");
    let ran = on_a_terminal(&world, &[], &format!("--unlock-file {pass} accounts log-in cells"), &typed);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("Password: ") && ran.stdout.contains("One-time code: "), "{ran:?}");
    assert!(!ran.stdout.contains("battery") && !ran.stdout.contains(CODE), "{ran:?}");
}

#[test]
fn words_are_colored_on_a_terminal_unless_that_is_not_wanted() {
    let world = World::new();
    let ran = on_a_terminal(&world, &[], "show none", "");
    assert!(ran.stdout.contains("\u{1b}[1m\u{1b}[31merror:\u{1b}[0m"), "{ran:?}");
    for (environment, option) in
        [(&[("NO_COLOR", "1")][..], ""), (&[], "--no-color"), (&[("TERM", "dumb")], "")]
    {
        let ran = on_a_terminal(&world, environment, &format!("show none {option}"), "");
        assert!(ran.stdout.starts_with("error:") && !ran.stdout.contains('\u{1b}'), "{ran:?}");
    }
}

#[test]
fn no_colors_in_usage_errors_and_help_where_asked() {
    let world = World::new();
    for args in ["list --frobnicate", "--help", "frobnicate"] {
        let colored = on_a_terminal(&world, &[], args, "");
        assert!(colored.stdout.contains('\u{1b}'), "{colored:?}");
        let asked = on_a_terminal(&world, &[], &format!("--no-color {args}"), "");
        let set = on_a_terminal(&world, &[("NO_COLOR", "1")], args, "");
        for plain in [asked, set] {
            assert!(!plain.stdout.contains('\u{1b}') && !plain.stdout.is_empty(), "{plain:?}");
        }
    }
}

#[test]
fn json_on_a_terminal_has_no_raw_control_characters() {
    let world = World::new();
    let name = "esc\u{1b}[31m\u{202e}\u{2028}\u{9b}name";
    world.ask_portal(
        "issue-license",
        serde_json::json!({"name": name, "product": "aidbox", "type": "development"}),
    );
    world.connect("north");
    let ran = on_a_terminal(&world, &[], "list --json", "");
    let text = ran.stdout.trim_end();
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{2028}', '\u{9b}']), "{text:?}");
    let listed: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(listed[0]["name"], name);
}
