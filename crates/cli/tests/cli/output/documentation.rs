//! `docs/cli.md` and the schemas beside it say what the program does.

use crate::schema;
use crate::world::{PROGRAM, run};
use std::process::Command;
use testkit::help::listed_commands;

fn page() -> String {
    std::fs::read_to_string(schema::folder().join("../cli.md")).unwrap()
}

#[test]
fn every_command_and_option_stands_in_the_page() {
    let page = page();
    let help = |args: &[&str]| run(Command::new(PROGRAM).args(args).arg("--help"), "").ok().stdout;
    let commands = [
        "accounts", "import", "remove", "list", "show", "create", "delete", "replace", "look-up", "seats",
        "packages", "validate", "leaked", "core", "instance", "export", "backups", "restore", "refresh",
        "secrets",
    ];
    let top = help(&[]);
    assert_eq!(listed_commands(&top), commands);
    let more: &[&[&str]] = &[
        &["accounts", "add", "aica"],
        &["accounts", "add", "aidbox"],
        &["accounts", "add", "dashboard"],
        &["accounts", "add", "local"],
        &["accounts", "log-in"],
        &["accounts", "log-out"],
        &["accounts", "remove"],
        &["instance", "check"],
        &["instance", "token"],
        &["instance", "stats"],
        &["instance", "apply"],
        &["instance", "renew"],
        &["instance", "restore"],
        &["instance", "remove"],
        &["secrets", "forget"],
    ];
    for args in commands.iter().map(|name| vec![*name]).chain(more.iter().map(|args| args.to_vec())) {
        assert!(page.contains(&format!("licet {}", args.join(" "))), "{args:?} is not in docs/cli.md");
        for option in help(&args).split_whitespace().filter(|word| word.starts_with("--")) {
            let option = option.trim_end_matches(|c: char| !c.is_alphanumeric());
            assert!(
                ["--help", "--version"].contains(&option) || page.contains(option),
                "{option} is not in docs/cli.md"
            );
        }
    }
}

#[test]
fn every_schema_is_linked_from_the_page_and_every_link_leads_to_one() {
    let page = page();
    let linked: Vec<_> =
        page.split("](schemas/").skip(1).map(|rest| rest.split(')').next().unwrap().to_owned()).collect();
    for file in &linked {
        schema::read(file);
    }
    for entry in std::fs::read_dir(schema::folder()).unwrap().flatten() {
        let file = entry.file_name().into_string().unwrap();
        assert!(linked.contains(&file), "{file} is not linked from docs/cli.md");
    }
}

#[test]
fn every_error_that_the_page_names_has_its_exit_code() {
    let page = page();
    for code in 0..=8 {
        assert!(page.contains(&format!("| {code} |")), "exit code {code} is not in docs/cli.md");
    }
}
