//! The help of every command, as snapshots.

use crate::args::arguments::Args;
use clap::CommandFactory;
use std::{collections::BTreeSet, path::Path};

#[test]
fn every_command_has_its_help() {
    let commands = testkit::help::of_all_commands("licet", Args::command());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, help) in &commands {
            insta::assert_snapshot!(name.as_str(), help);
        }
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/output/snapshots");
    let names: BTreeSet<_> = commands.into_keys().collect();
    assert_eq!(testkit::snapshots_in(&folder), names, "a command was removed: remove its snapshot too");
}
