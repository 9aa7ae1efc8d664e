//! What can be said on the command line.

use crate::args::{
    accounts::Accounts,
    files::{Backups, Export, Restore},
    instance::{Core, Instance},
    licenses::{
        Create, Delete, Import, Leaked, List, LookUp, Packages, Refresh, Remove, Replace, Seats, Show,
        Validate,
    },
    secrets,
    source::Source,
};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

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
    /// Remove an imported key from the library
    Remove(Remove),
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
    /// The license token of an instance
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
    Secrets(secrets::Secrets),
}

impl Command {
    /// The license that the command names, as it was typed.
    pub(crate) fn license(&self) -> Option<&str> {
        match self {
            Self::Remove(Remove { license, .. })
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
