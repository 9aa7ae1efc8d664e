//! The options of a new license, made from the vendors' descriptions.

use clap::{Arg, ArgMatches, Command, FromArgMatches};
use std::collections::BTreeMap;
use vendors::{Choice, Registry};

/// What was chosen for a new license, by the vendors' parameters.
#[derive(Debug, Default)]
pub(crate) struct Params(pub BTreeMap<&'static str, String>);

/// The parameter that has an option of its own, which is required.
const TYPE: &str = "type";
/// How many values are listed in a help text. Of more, one is an example.
const MOST_VALUES: usize = 4;

/// Every vendor's choices, each parameter once.
fn choices() -> impl Iterator<Item = &'static Choice> {
    let mut seen = vec![TYPE];
    let all = Registry::default().all().iter().flat_map(|known| known.description.create);
    all.filter(move |choice| {
        let is_new = !seen.contains(&choice.param);
        seen.push(choice.param);
        is_new
    })
}

fn argument(choice: &'static Choice) -> Arg {
    let last = choice.param.rsplit('-').next().unwrap_or(choice.param);
    Arg::new(choice.param).long(choice.param).value_name(last.to_ascii_uppercase()).help(help(choice))
}

fn help(choice: &Choice) -> String {
    let words: Vec<_> =
        choice.values.iter().filter(|value| value.guide.is_none()).map(|value| value.word).collect();
    let (joint, possible) = match words.as_slice() {
        [first @ .., last] if !first.is_empty() && words.len() <= MOST_VALUES => {
            (": ", format!("{} or {last}", first.join(", ")))
        }
        _ => (", ", format!("such as {}", choice.default)),
    };
    match choice.shown_when {
        Some((_, value)) => format!("Of a {value}{joint}{possible}"),
        None => possible,
    }
}

impl clap::Args for Params {
    fn augment_args(command: Command) -> Command {
        command.args(choices().map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Params {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |choice: &Choice| Some((choice.param, matches.get_one::<String>(choice.param)?.clone()));
        Ok(Self(choices().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
