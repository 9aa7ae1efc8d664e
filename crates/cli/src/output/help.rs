//! The help of every command, as snapshots.

use crate::args::arguments::Args;
use clap::{Command, CommandFactory};
use std::{collections::BTreeSet, path::Path};

/// Collects a command and its subcommands, each with the words that name it.
fn collect(command: &Command, path: &str, all: &mut Vec<(String, Command)>) {
    all.push((path.to_owned(), command.clone()));
    let own = command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help");
    own.for_each(|subcommand| collect(subcommand, &format!("{path}-{}", subcommand.get_name()), all));
}

#[test]
fn every_command_has_its_help() {
    let mut licet = Args::command();
    licet.build();
    let mut commands = Vec::new();
    collect(&licet, "licet", &mut commands);
    let names: BTreeSet<_> = commands.iter().map(|(name, _)| name.clone()).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, command) in commands {
            let help = command.term_width(100).render_long_help().to_string();
            insta::assert_snapshot!(name, help);
        }
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/output/snapshots");
    let files = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let kept: BTreeSet<_> = files.filter_map(|file| Some(file.strip_suffix(".snap")?.to_owned())).collect();
    assert_eq!(kept, names, "a command was removed: remove its snapshot too");
}
