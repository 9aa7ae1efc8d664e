//! What can be said on the command line.

use crate::{
    backups::Backups,
    certificate::Terms,
    create::Choices,
    fail::Fail,
    forget_secrets,
    instance::Instance,
    local_core::Core,
    login::{Add, Login, Options, Secrets},
    output,
    packages::Packages,
    replace::Replace,
    restore::Restore,
    secrets::Source,
};
use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind};
use license::file::{self, Format};
use std::{path::PathBuf, process::ExitCode};
use vault::files::{Mode, group_number};

/// One window for every software license, without the window.
#[derive(Debug, Parser)]
#[command(name = "licet", version, propagate_version = true)]
pub(crate) struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Global {
    /// The folder that everything lies in [default: LICET_HOME, else the platform's own folders]
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Print one JSON document and nothing else
    #[arg(long, global = true)]
    pub json: bool,
    /// Print no remarks
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print without colors; the environment variable NO_COLOR does the same
    #[arg(long, global = true)]
    pub no_color: bool,
    /// The passphrase, where there is no keyring; `-` is standard input
    #[arg(long, global = true, value_name = "PATH|-")]
    pub unlock_file: Option<Source>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Logins at licensing systems
    #[command(subcommand)]
    Accounts(Accounts),
    /// Bring in license files and bare keys
    Import(Import),
    /// Take an imported key out of the library
    Forget(Forget),
    /// List licenses
    List(List),
    /// Show everything about one license
    Show(Show),
    /// Create a license
    Create(Create),
    /// Delete a license at its vendor
    Delete(Delete),
    /// Create a new license, write every file of an old one with it, and delete the old one
    Replace(Replace),
    /// Ask an account's vendor which license a key belongs to
    LookUp(LookUp),
    /// The machines that a license is in use on
    Seats(Seats),
    /// What a license gives access to at its vendor's package registry
    Packages(Packages),
    /// Ask a license's vendor whether its key is good
    Validate(Validate),
    /// Mark a key as leaked until its successor is there
    Leaked(Leaked),
    /// What the Core on this computer tells of its license
    Core(Core),
    /// The license token of a Metrics Dashboard instance
    #[command(subcommand)]
    Instance(Instance),
    /// Write a license file
    Export(Export),
    /// List the backups of license files, or remove some
    Backups(Backups),
    /// Write a backup of a license file back
    Restore(Restore),
    /// Fetch licenses from the vendors
    Refresh(Refresh),
    /// The secrets that are kept on this computer
    #[command(subcommand)]
    Secrets(forget_secrets::Secrets),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Accounts {
    /// Test a login, keep it, and fetch its licenses
    #[command(subcommand)]
    Add(Add),
    /// List accounts
    List,
    /// Ask the vendor whether a kept login still works
    Test {
        /// The account's name
        name: String,
    },
    /// Log in to an account again, after the vendor refused the login or its session ended
    LogIn {
        /// The account's name
        name: String,
        /// Allow the login to be sent unencrypted, if the account's address begins with http:// and is on another computer
        #[arg(long)]
        allow_http: bool,
        #[command(flatten)]
        secrets: Secrets,
        #[command(flatten)]
        options: Options,
    },
    /// End an account's session at its vendor; licenses and files stay
    LogOut {
        /// The account's name
        name: String,
    },
    /// Take an account off this computer; no license changes at the vendor
    Remove {
        /// The account's name
        name: String,
        /// The account's name once more
        #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
        confirm: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// License files or files with a bare key; `-` is standard input
    #[arg(required = true, value_name = "PATH|-")]
    pub sources: Vec<Source>,
    /// What to call the license [default: the file's name]
    #[arg(long)]
    pub name: Option<String>,
    /// The license key that an encrypted certificate was checked out with; `-` is standard input
    #[arg(long, value_name = "PATH|-")]
    pub license_key_file: Option<Source>,
    /// The public key that a certificate has to be signed with, 64 hex digits
    #[arg(long, value_name = "HEX")]
    pub issuer_key: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Forget {
    /// Licet's id, a vendor's id or a name
    pub license: String,
    /// The license's name
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub confirm: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct List {
    /// type:dev hosting:sandbox expires-in:30d expires-after:2026-12-31 standing:expired account:north
    /// entitlement:x not:type:ci, and free words
    pub filter: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// Licet's id, a vendor's id or a name
    pub license: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Create {
    /// The new license's name
    pub name: String,
    /// The account that issues it
    #[arg(long)]
    pub account: String,
    /// dev, prod or ci
    #[arg(long = "type", value_name = "TYPE")]
    pub tier: String,
    #[command(flatten)]
    pub choices: Choices,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Delete {
    /// Licet's id, a vendor's id or a name
    #[arg(required_unless_present = "key_file", conflicts_with = "key_file")]
    pub license: Option<String>,
    /// The license's key instead; `-` is standard input
    #[arg(long, value_name = "PATH|-", requires = "account")]
    pub key_file: Option<Source>,
    /// The account that the key is from
    #[arg(long, requires = "key_file")]
    pub account: Option<String>,
    /// The license's name
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub confirm: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct LookUp {
    /// The license's key; `-` is standard input
    #[arg(long, value_name = "PATH|-")]
    pub key_file: Option<Source>,
    /// The account whose vendor is asked
    #[arg(long)]
    pub account: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Seats {
    /// Licet's id, a vendor's id or a name
    pub license: String,
    /// Take the seat from this machine, by its id, fingerprint, name or host
    #[arg(long, value_name = "MACHINE")]
    pub release: Option<String>,
    /// The machine once more
    #[arg(long, value_name = "MACHINE", default_value = "", hide_default_value = true, requires = "release")]
    pub confirm: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Validate {
    /// Licet's id, a vendor's id or a name
    pub license: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Leaked {
    /// Licet's id, a vendor's id or a name
    pub license: String,
    /// Bring in the key that takes its place, from a file, or `-` for standard input
    #[arg(long, value_name = "PATH|-", conflicts_with = "take_back")]
    pub successor_file: Option<Source>,
    /// Take the mark back
    #[arg(long)]
    pub take_back: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// Licet's id, a vendor's id or a name
    pub license: String,
    /// launcher-toml, certificate, env, jwt or k8s-secret
    #[arg(long, value_parser = format)]
    pub format: Format,
    /// The variable of an env file: BOX_LICENSE, or AIDBOX_LICENSE for an instance from before 2401
    #[arg(long, value_name = "NAME", value_parser = [file::BOX_LICENSE, file::AIDBOX_LICENSE])]
    pub variable: Option<String>,
    /// The file to write
    #[arg(long, value_name = "PATH", required_unless_present = "stdout", conflicts_with = "stdout")]
    pub to: Option<PathBuf>,
    /// Write into the existing file instead of replacing it, for files mounted into containers
    #[arg(long, conflicts_with = "stdout")]
    pub in_place: bool,
    /// Keep this file up to date from now on; one that is kept already stays so without it
    #[arg(long, conflicts_with = "stdout")]
    pub keep: bool,
    /// The file's mode; only the owner can write it
    #[arg(long, value_name = "OCTAL", value_parser = mode, conflicts_with = "stdout")]
    pub mode: Option<Mode>,
    /// The group that the file gets and that can read it
    #[arg(long, value_name = "NAME|GID", value_parser = group, conflicts_with = "stdout")]
    pub group: Option<u32>,
    /// Let this user read the file too, such as the user of a container
    #[arg(long, value_name = "UID", conflicts_with = "stdout")]
    pub readable_by: Option<u32>,
    /// Write over a file that is another license's
    #[arg(long, conflicts_with = "stdout")]
    pub replace: bool,
    /// Write a token although its instance has another by now
    #[arg(long)]
    pub outdated: bool,
    /// Print the file's text, key included
    #[arg(long, conflicts_with = "json")]
    pub stdout: bool,
    #[command(flatten)]
    pub terms: Terms,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Refresh {
    /// Only this account
    #[arg(long)]
    pub account: Option<String>,
}

fn read() -> Result<Args, clap::Error> {
    let mut command = Args::command();
    if output::is_asked_for_no_color() {
        command = command.color(ColorChoice::Never);
    }
    let matches = command.clone().try_get_matches()?;
    Args::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// Reads the command line. Help and mistakes are printed, and end the program.
#[expect(clippy::wildcard_enum_match_arm, reason = "clap may add kinds of errors")]
pub(crate) fn parse() -> Result<Args, ExitCode> {
    read().map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => output::ended(error.print()),
        _ if std::env::args_os().any(|arg| arg == "--json") => Fail::arguments(&error).report(true, None),
        _ => {
            // There is nowhere left to report a standard error that is closed.
            let _ = error.print();
            ExitCode::from(2)
        }
    })
}

impl Command {
    /// The license that the command names, as it was typed.
    pub(crate) fn license(&self) -> Option<&str> {
        match self {
            Self::Forget(Forget { license, .. })
            | Self::Show(Show { license })
            | Self::Replace(Replace { license, .. })
            | Self::Seats(Seats { license, .. })
            | Self::Packages(Packages { license, .. })
            | Self::Validate(Validate { license })
            | Self::Leaked(Leaked { license, .. })
            | Self::Export(Export { license, .. }) => Some(license),
            Self::Delete(Delete { license, .. }) => license.as_deref(),
            Self::Accounts(_)
            | Self::Import(_)
            | Self::List(_)
            | Self::Create(_)
            | Self::LookUp(_)
            | Self::Core(_)
            | Self::Instance(_)
            | Self::Backups(_)
            | Self::Restore(_)
            | Self::Refresh(_)
            | Self::Secrets(_) => None,
        }
    }
}

impl Args {
    /// Standard input can be read as one thing only.
    pub(crate) fn refuse_two_standard_inputs(&self) -> Result<(), Fail> {
        let of_command: Vec<&Source> = match &self.command {
            Command::Accounts(Accounts::Add(Add::Vendor(Login { secrets, .. })))
            | Command::Accounts(Accounts::LogIn { secrets, .. }) => secrets.0.values().collect(),
            Command::Instance(Instance::Apply { source, .. }) => vec![source],
            Command::Import(import) => import.sources.iter().chain(&import.license_key_file).collect(),
            Command::Delete(delete) => delete.key_file.iter().collect(),
            Command::LookUp(look_up) => look_up.key_file.iter().collect(),
            Command::Leaked(leaked) => leaked.successor_file.iter().collect(),
            Command::Accounts(
                Accounts::Add(Add::Local { .. })
                | Accounts::List
                | Accounts::Test { .. }
                | Accounts::LogOut { .. }
                | Accounts::Remove { .. },
            )
            | Command::Seats(_)
            | Command::Packages(_)
            | Command::Validate(_)
            | Command::Core(_)
            | Command::Instance(_)
            | Command::Forget(_)
            | Command::List(_)
            | Command::Show(_)
            | Command::Create(_)
            | Command::Replace(_)
            | Command::Export(_)
            | Command::Backups(_)
            | Command::Restore(_)
            | Command::Refresh(_)
            | Command::Secrets(_) => Vec::new(),
        };
        let all = self.global.unlock_file.iter().chain(of_command);
        if all.filter(|source| **source == Source::StandardInput).count() > 1 {
            return Err(Fail::usage(
                "standard input can be read only once",
                "give `-` once, and files for the rest",
            ));
        }
        Ok(())
    }
}

fn mode(octal: &str) -> Result<Mode, String> {
    let allowed =
        "three octal digits such as 640: the owner can read, only the owner can write, no one can run it";
    Mode::parse(octal).ok_or_else(|| allowed.to_owned())
}

fn group(group: &str) -> Result<u32, String> {
    group_number(group).ok_or_else(|| "this computer has no group of this name; use its number".to_owned())
}

fn format(word: &str) -> Result<Format, String> {
    Format::from_word(word).ok_or_else(|| {
        let known: Vec<_> = Format::ALL.iter().map(|format| format.word()).collect();
        format!("possible: {}", known.join(", "))
    })
}
