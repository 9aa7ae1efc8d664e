//! Wrong usage, help, and errors as JSON.

use crate::world::World;

#[test]
fn help_and_version_are_answers() {
    let world = World::new();
    for args in [&["--help"][..], &["help"], &["accounts", "add", "--help"], &["list", "-h"]] {
        assert!(world.licet(args).ok().stdout.contains("Usage: licet"), "{args:?}");
    }
    assert_eq!(world.licet(["--version"]).ok().stdout, format!("licet {}\n", env!("CARGO_PKG_VERSION")));
    assert!(!world.home().exists(), "asking for help makes no home");
}

#[test]
fn wrong_usage_is_told_as_text_and_as_json() {
    let world = World::new();
    for args in
        [&[][..], &["frobnicate"], &["list", "--frobnicate"], &["accounts"], &["accounts", "add"], &["show"]]
    {
        let ran = world.licet(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
    }
    let error = world.licet(["--json", "frobnicate"]).fails(2).error();
    assert_eq!(error["code"], "usage");
    assert!(error["message"].as_str().unwrap().contains("frobnicate"));
}

#[test]
fn every_exit_code_has_its_error_in_json() {
    let world = World::with(&["one", "twin", "twin"]);
    let table: &[(&[&str], i32, &str)] = &[
        (&["create", "one", "--account", "north", "--type", "dev"], 1, "name-taken"),
        (&["create", "", "--account", "north", "--type", "dev"], 2, "name-empty"),
        (&["create", "x", "--account", "north", "--type", "x"], 2, "choice-unknown"),
        (
            &["create", "x", "--account", "north", "--type", "dev", "--hosting", "aws"],
            2,
            "vendor-not-carried",
        ),
        (&["show", "none"], 3, "license-not-found"),
        (&["accounts", "test", "none"], 3, "account-not-found"),
        (&["show", "twin"], 4, "license-ambiguous"),
        (&["delete", "one"], 5, "not-confirmed"),
    ];
    for (args, code, word) in table {
        let error = world.licet([args, &["--json"][..]].concat()).fails(*code).error();
        assert_eq!(error["code"], *word, "{args:?}");
    }
}

#[test]
fn an_error_has_no_colors_where_nobody_sees_them() {
    let world = World::new();
    let ran = world.licet(["show", "none"]).fails(3);
    assert!(ran.stderr.starts_with("error: ") && !ran.stderr.contains('\u{1b}'), "{ran:?}");
}
