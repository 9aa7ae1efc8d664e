//! Reads the command line.

use crate::args::{
    accounts::Accounts,
    arguments::{Args, Command},
    instance::Instance,
    login::{Add, Login},
    source::Source,
};
use crate::output::{colors, fail::Fail, lines};
use clap::{ColorChoice, CommandFactory, FromArgMatches, error::ErrorKind};
use std::process::ExitCode;

fn read() -> Result<Args, clap::Error> {
    let mut command = Args::command();
    if colors::is_asked_for_no_color() {
        command = command.color(ColorChoice::Never);
    }
    let matches = command.clone().try_get_matches()?;
    Args::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// Reads the command line. Help and mistakes are printed, and end the program.
#[expect(clippy::wildcard_enum_match_arm, reason = "clap may add kinds of errors")]
pub(crate) fn parse() -> Result<Args, ExitCode> {
    read().map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => lines::ended(error.print()),
        _ if std::env::args_os().any(|arg| arg == "--json") => Fail::arguments(&error).report(true, None),
        _ => {
            // There is nowhere left to report a standard error that is closed.
            let _ = error.print();
            ExitCode::from(2)
        }
    })
}

/// Standard input can be read as one thing only.
pub(crate) fn refuse_two_standard_inputs(args: &Args) -> Result<(), Fail> {
    let of_command: Vec<&Source> = match &args.command {
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
            | Accounts::Edit { .. }
            | Accounts::LogOut { .. }
            | Accounts::Remove { .. },
        )
        | Command::Seats(_)
        | Command::Packages(_)
        | Command::Validate(_)
        | Command::Core(_)
        | Command::Instance(_)
        | Command::Remove(_)
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
    let all = args.global.unlock_file.iter().chain(of_command);
    if all.filter(|source| **source == Source::StandardInput).count() > 1 {
        return Err(Fail::usage(
            "standard input can be read only once",
            "give `-` once, and files for the rest",
        ));
    }
    Ok(())
}
