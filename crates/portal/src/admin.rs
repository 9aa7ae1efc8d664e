//! The program's commands that fill the portal: they work while it serves the same folder.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use portal::{NewEntitled, Portal};
use zeroize::Zeroizing;

use crate::say;

/// The folder that every command works on.
#[derive(Args)]
pub(crate) struct Folder {
    /// The folder that keeps the portal's licenses and keys; made where it is new.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

impl Folder {
    fn portal(&self) -> anyhow::Result<Portal> {
        Ok(Portal::open(&self.data)?)
    }
}

#[derive(Subcommand)]
pub(crate) enum TokenCommand {
    /// Issue a token and print it alone.
    Issue {
        #[command(flatten)]
        folder: Folder,
        /// The project's name; the project is made where it is new.
        #[arg(long, value_name = "NAME")]
        project: String,
    },
}

impl TokenCommand {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let Self::Issue { folder, project } = self;
        say(folder.portal()?.issue_token(&project)?.expose())
    }
}

#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// Add a user of a Keygen-compatible account.
    Add {
        #[command(flatten)]
        folder: Folder,
        /// The account's slug; the account is made where it is new.
        #[arg(long, value_name = "ACC")]
        account: String,
        #[arg(long, value_name = "E")]
        email: String,
        /// A file with the password, or - for standard input; one newline at its end is dropped.
        #[arg(long, value_name = "PATH|-")]
        password_file: PathBuf,
        /// Ask for one-time codes at each login, and print the URL for an authenticator.
        #[arg(long)]
        one_time_codes: bool,
    },
}

impl UserCommand {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let Self::Add { folder, account, email, password_file, one_time_codes } = self;
        let password = secret(&password_file)?;
        match folder.portal()?.add_user(&account, &email, &password, one_time_codes)? {
            Some(url) => say(url.expose()),
            None => Ok(()),
        }
    }
}

#[derive(Subcommand)]
pub(crate) enum LicenseCommand {
    /// Add a license to a user of an account, and print its key alone.
    Add {
        #[command(flatten)]
        folder: Folder,
        #[arg(long, value_name = "ACC")]
        account: String,
        #[arg(long, value_name = "E")]
        email: String,
        #[arg(long, value_name = "N")]
        name: String,
        /// Its last day (until the end of that day, UTC), or a moment as in RFC 3339.
        #[arg(long, value_name = "DATE", value_parser = moment)]
        expires: Option<Timestamp>,
        /// What it is entitled to; may be given more than once.
        #[arg(long, value_name = "CODE")]
        entitlement: Vec<String>,
        /// How many machines it may be in use on; valid without machines where it is not given.
        #[arg(long, value_name = "N")]
        max_machines: Option<u32>,
    },
}

impl LicenseCommand {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let Self::Add { folder, account, email, name, expires, entitlement, max_machines } = self;
        let new = NewEntitled { name: Some(name), expires, entitlements: entitlement, max_machines };
        say(folder.portal()?.add_license(&account, &email, new)?.expose())
    }
}

#[derive(Subcommand)]
pub(crate) enum InstanceCommand {
    /// Add an instance of the Metrics Dashboard with its server administrator.
    Add {
        #[command(flatten)]
        folder: Folder,
        /// Its name, which stands in its root URL.
        #[arg(long, value_name = "N")]
        name: String,
        #[arg(long, value_name = "USER")]
        user: String,
        /// A file with the password, or - for standard input; one newline at its end is dropped.
        #[arg(long, value_name = "PATH|-")]
        password_file: PathBuf,
    },
    /// Make a license token for an instance and print it alone; it is not applied.
    Token {
        #[command(flatten)]
        folder: Folder,
        #[arg(long, value_name = "N")]
        name: String,
        /// The license's last day (until the end of that day, UTC), or a moment as in RFC 3339; a year from now.
        #[arg(long, value_name = "DATE", value_parser = moment)]
        expires: Option<Timestamp>,
        /// The root URL that it is for; the instance's own.
        #[arg(long, value_name = "URL")]
        sub: Option<String>,
    },
}

impl InstanceCommand {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Add { folder, name, user, password_file } => {
                let password = secret(&password_file)?;
                Ok(folder.portal()?.add_instance(&name, &user, &password)?)
            }
            Self::Token { folder, name, expires, sub } => {
                say(folder.portal()?.instance_token(&name, expires, sub.as_deref())?.expose())
            }
        }
    }
}

/// Reads a secret from a file, or from standard input for `-`.
fn secret(path: &Path) -> anyhow::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    if path == Path::new("-") {
        io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
    } else {
        let shown = path.display();
        let mut file = std::fs::File::open(path).with_context(|| format!("cannot read {shown}"))?;
        file.read_to_string(&mut text).with_context(|| format!("cannot read {shown}"))?;
    }
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    if text.is_empty() {
        bail!("the password is empty");
    }
    Ok(text)
}

/// A day or a moment. The last day of 9999 is later than any instant that can be counted: it means the last one.
fn moment(text: &str) -> Result<Timestamp, String> {
    let day = |date: Date| {
        date.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |end| end.timestamp())
    };
    let end = text.parse::<Date>().ok().filter(|_| text.len() == 10).map(day);
    end.or_else(|| text.parse().ok())
        .ok_or_else(|| "give a day as 2026-12-31, or a moment as in RFC 3339".to_owned())
}
