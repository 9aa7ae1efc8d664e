//! Arguments of the commands for license files.

use clap::builder::PossibleValuesParser;
use jiff::{Span, SpanRelativeTo, Unit};
use license::file::Format;
use std::path::PathBuf;
use vault::files::{Mode, group_number};
use vendors::{CheckOut, Registry};

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// Licet's id, a vendor's id or a name
    pub license: String,
    /// launcher-toml, certificate, env, jwt or k8s-secret
    #[arg(long, value_parser = format)]
    pub format: Format,
    #[arg(
        long,
        value_name = "NAME",
        value_parser = PossibleValuesParser::new(Registry::default().env_variables()),
        help = variable_help()
    )]
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

/// How a certificate is checked out.
#[derive(Debug, clap::Args)]
pub(crate) struct Terms {
    /// Of a certificate: for how long, such as 30d or 12h, at least 1h [default: the vendor's, a month]
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    pub ttl: Option<u64>,
    /// Of a certificate: with the license's entitlements in it
    #[arg(long)]
    pub entitlements: bool,
    /// Of a certificate: readable with the license key alone
    #[arg(long)]
    pub encrypt: bool,
}

impl Terms {
    /// What is asked of the vendor.
    pub(crate) fn check_out(&self) -> CheckOut {
        CheckOut { ttl: self.ttl, entitlements: self.entitlements, encrypted: self.encrypt }
    }

    /// Whether any was given for something else than a certificate.
    pub(crate) fn are_misplaced(&self, format: Format) -> bool {
        format != Format::Certificate && self.check_out() != CheckOut::default()
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// The license file
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// The number of the backup [default: the newest]
    #[arg(long, value_name = "N")]
    pub backup: Option<u32>,
    /// Write into the existing file instead of replacing it, for files mounted into containers
    #[arg(long)]
    pub in_place: bool,
    /// The last part of PATH
    #[arg(long, value_name = "FILENAME", default_value = "", hide_default_value = true)]
    pub confirm: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Backups {
    /// Only the backups of this license file
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Remove the backups with these numbers
    #[arg(long, value_name = "N", value_delimiter = ',', requires = "path")]
    pub remove: Vec<u32>,
    /// The last part of PATH
    #[arg(long, value_name = "FILENAME", default_value = "", hide_default_value = true, requires = "remove")]
    pub confirm: String,
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
    let registry = Registry::default();
    registry.format(word).ok_or_else(|| {
        let known: Vec<_> = registry.formats().into_iter().map(Format::word).collect();
        format!("possible: {}", known.join(", "))
    })
}

/// What the variable of an env file is, and when another than the usual one is used.
fn variable_help() -> String {
    let rules = Registry::default().products().flat_map(|known| known.files);
    let variants = rules.filter_map(|rule| {
        let (Format::Env(file), Some(variant)) = (rule.format, rule.variant) else { return None };
        Some(format!(" {}: {}", file.variable, variant.when.english))
    });
    format!("The variable of an env file.{}", variants.collect::<String>())
}

/// A time such as `30d`, in seconds; a day has 24 hours.
fn seconds(text: &str) -> Result<u64, String> {
    let unclear = |_| "a time such as 30d or 12h is expected".to_owned();
    let span: Span = text.parse().map_err(unclear)?;
    let seconds = span.total((Unit::Second, SpanRelativeTo::days_are_24_hours()));
    let seconds = seconds.map_err(|_| "days are the longest unit".to_owned())?;
    if seconds >= 1.0 { Ok(seconds as u64) } else { Err("it lies in the past".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (text, expected) in
            [("30d", 2_592_000), ("12h", 43_200), ("1d 12h", 129_600), ("90m", 5400), ("2w", 1_209_600)]
        {
            assert_eq!(seconds(text), Ok(expected), "{text}");
        }
        for text in ["", "30", "-1d", "0s", "soon", "1mo"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
