//! The help of a program's commands.

#[cfg(feature = "help")]
use std::collections::BTreeMap;

/// Returns the names of the commands that a program's `--help` lists, in its order and without `help` itself.
pub fn listed_commands(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = lines.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").collect()
}

/// Returns the long help of a program and of all its subcommands, by names such as `licet-accounts-add`.
#[cfg(feature = "help")]
pub fn of_all_commands(name: &str, mut program: clap::Command) -> BTreeMap<String, String> {
    program.build();
    let mut all = BTreeMap::new();
    collect(name, &program, &mut all);
    all
}

#[cfg(feature = "help")]
fn collect(name: &str, command: &clap::Command, all: &mut BTreeMap<String, String>) {
    let help = command.clone().term_width(100).render_long_help().to_string();
    all.insert(name.to_owned(), help);
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        collect(&format!("{name}-{}", subcommand.get_name()), subcommand, all);
    }
}
