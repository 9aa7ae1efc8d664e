//! The options of a login, made from the vendors' descriptions: whatever system is known can be connected.

use crate::args::source::Source;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, Subcommand, value_parser};
use license::Token;
use std::collections::BTreeMap;
use vendors::{ALLOWED, ConnectField, Description, FieldKind, Registry};

/// What can be connected.
#[derive(Debug)]
pub(crate) enum Add {
    /// The local portal on this computer.
    Local {
        /// What to call the account, and its project.
        name: String,
    },
    /// An account at a vendor.
    Vendor(Login),
}

/// A login as it was given.
#[derive(Debug)]
pub(crate) struct Login {
    /// The vendor's word.
    pub provider: &'static str,
    /// What to call the account.
    pub name: String,
    /// The fields that are not secret.
    pub fields: BTreeMap<String, String>,
    /// Where the secret ones are read from.
    pub secrets: Secrets,
}

/// Where the secret fields of a login are read from, by their names.
#[derive(Debug, Default)]
pub(crate) struct Secrets(pub BTreeMap<&'static str, Source>);

/// What else is given when an account is logged in to again, by the fields' names.
#[derive(Debug, Default)]
pub(crate) struct Options(pub BTreeMap<&'static str, String>);

const LOCAL: &str = "local";
const NAME: &str = "name";
const ADDRESS: &str = "url";

impl Secrets {
    fn given(matches: &ArgMatches, fields: impl Iterator<Item = &'static ConnectField>) -> Self {
        let secret = fields.filter(|field| field.kind.is_secret());
        let source = |field: &ConnectField| matches.try_get_one::<Source>(field.name).ok().flatten().cloned();
        Self(secret.filter_map(|field| Some((field.name, source(field)?))).collect())
    }
}

/// The name of a field's option: secrets come from files.
pub(crate) fn option(field: &ConnectField) -> String {
    if field.kind.is_secret() { format!("{}-file", field.name) } else { field.name.to_owned() }
}

fn argument(field: &'static ConnectField) -> Arg {
    let arg = Arg::new(field.name).long(option(field)).help(help(field));
    match field.kind {
        FieldKind::Secret | FieldKind::Password | FieldKind::OneTimeCode => {
            arg.value_name("PATH|-").value_parser(value_parser!(Source))
        }
        FieldKind::CaFile => arg.value_name("PEM"),
        FieldKind::ConfirmHost => arg.value_name("HOST"),
        FieldKind::PublicKey => arg.value_name("HEX"),
        FieldKind::AllowHttp => arg.action(ArgAction::SetTrue),
        // An address is always said: what is sent there should go where it was meant to.
        FieldKind::Url => arg.value_name("URL").required(true),
        FieldKind::Text => match field.default {
            Some(default) => arg.default_value(default),
            None => arg.required(!field.optional),
        },
    }
}

fn help(field: &ConnectField) -> String {
    let text = format!("{}: {}", field.label.english, field.where_to_find.english);
    if field.kind.is_secret() { format!("{text} `-` is standard input") } else { text }
}

fn form(vendor: &'static Description) -> Command {
    let name = Arg::new(NAME).long(NAME).required(true).value_name("NAME").help("What to call the account");
    let note = vendor.login_note.map_or_else(String::new, |note| format!("\n\n{}", note.english));
    let about = format!("{}: {}", vendor.title.english, vendor.summary.english);
    Command::new(vendor.provider)
        .about(about.clone())
        .long_about(format!("{about}{note}"))
        .arg(name)
        .args(vendor.connect.iter().map(argument))
}

fn vendors() -> impl Iterator<Item = &'static Description> {
    Registry::default().all().iter().map(|known| known.description)
}

impl Subcommand for Add {
    fn augment_subcommands(command: Command) -> Command {
        let name = Arg::new(NAME).long(NAME).required(true).value_name("NAME");
        let local = Command::new(LOCAL)
            .about("The local portal on this computer")
            .arg(name.help("What to call the account, and its project"));
        command.subcommands(vendors().map(form)).subcommand(local)
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        name == LOCAL || vendors().any(|vendor| vendor.provider == name)
    }
}

impl FromArgMatches for Add {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (word, given) = matches.subcommand().ok_or_else(missing)?;
        let name = given.get_one::<String>(NAME).cloned().ok_or_else(missing)?;
        let Some(vendor) = vendors().find(|vendor| vendor.provider == word) else {
            return Ok(Self::Local { name });
        };
        let plain = vendor.connect.iter().filter(|field| !field.kind.is_secret());
        let text = |field: &ConnectField| match field.kind {
            FieldKind::AllowHttp => given.get_flag(field.name).then(|| ALLOWED.to_owned()),
            FieldKind::Url
            | FieldKind::Secret
            | FieldKind::Text
            | FieldKind::Password
            | FieldKind::OneTimeCode
            | FieldKind::CaFile
            | FieldKind::ConfirmHost
            | FieldKind::PublicKey => given.get_one::<String>(field.name).cloned(),
        };
        let fields = plain.filter_map(|field| Some((field.name.to_owned(), text(field)?))).collect();
        let secrets = Secrets::given(given, vendor.connect.iter());
        Ok(Self::Vendor(Login { provider: vendor.provider, name, fields, secrets }))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Every vendor's secret fields, each name once: which of them an account has is known when it is looked up.
fn secret_fields() -> impl Iterator<Item = &'static ConnectField> {
    fields_of_all(|field| field.kind.is_secret())
}

/// The fields of every vendor's login that are wanted, each name once.
fn fields_of_all(is_wanted: fn(&ConnectField) -> bool) -> impl Iterator<Item = &'static ConnectField> {
    let mut seen = Vec::new();
    let wanted = vendors().flat_map(|vendor| vendor.connect).filter(move |field| is_wanted(field));
    wanted.filter(move |field| {
        let is_new = !seen.contains(&field.name);
        seen.push(field.name);
        is_new
    })
}

impl clap::Args for Secrets {
    fn augment_args(command: Command) -> Command {
        command.args(secret_fields().map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Secrets {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self::given(matches, secret_fields()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Every vendor's options with which a kept account is connected once more and that are no secret, each name once.
fn later_fields() -> impl Iterator<Item = &'static ConnectField> {
    fields_of_all(|field| matches!(field.kind, FieldKind::CaFile | FieldKind::ConfirmHost))
}

impl clap::Args for Options {
    fn augment_args(command: Command) -> Command {
        command.args(later_fields().map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Options {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let text = |field: &ConnectField| matches.get_one::<String>(field.name).cloned();
        Ok(Self(later_fields().filter_map(|field| Some((field.name, text(field)?))).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Login {
    /// The login to test.
    pub(crate) fn typed(&self, secrets: BTreeMap<String, Token>) -> app::accounts::Login {
        let mut fields = self.fields.clone();
        let address = fields.remove(ADDRESS).unwrap_or_default();
        app::accounts::Login { provider: self.provider.to_owned(), address, fields, secrets }
    }
}

#[cfg(test)]
#[path = "../../../app/tests/app/acme/describe.rs"]
mod acme;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendor_that_nobody_foresaw_has_its_options_by_its_description_alone() {
        let mut form = form(&acme::ACME);
        let help = form.render_long_help().to_string();
        for told in [
            "--name <NAME>",
            "--url <URL>",
            "--badge-file <PATH|->",
            "Ask the porter.",
            "the presses of the Acme",
        ] {
            assert!(help.contains(told), "{told:?} is not in {help}");
        }
        let given = form.try_get_matches_from([
            "acme",
            "--name",
            "works",
            "--url",
            "https://acme.example",
            "--badge-file",
            "-",
        ]);
        let secrets = Secrets::given(&given.unwrap(), acme::ACME.connect.iter());
        assert_eq!(secrets.0.get("badge"), Some(&Source::StandardInput));
    }
}

/// What of an account changes without a login, by the fields' names; an empty text removes a field.
#[derive(Debug, Default)]
pub(crate) struct Edited(pub BTreeMap<&'static str, String>);

/// Every vendor's fields that can be changed without a login, each name once.
fn editable_fields() -> impl Iterator<Item = &'static ConnectField> {
    fields_of_all(|field| field.is_editable)
}

impl clap::Args for Edited {
    fn augment_args(command: Command) -> Command {
        command.args(editable_fields().map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Edited {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let text = |field: &ConnectField| matches.get_one::<String>(field.name).cloned();
        Ok(Self(editable_fields().filter_map(|field| Some((field.name, text(field)?))).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
