//! Arguments of the commands for licenses.

use crate::args::{choices::Params, source::Source};

#[derive(Debug, clap::Args)]
pub(crate) struct List {
    /// vendor:NAME type:dev hosting:sandbox expires:30d expires-after:2026-12-31 status:expired
    /// account:north entitlement:x not:type:ci, free words and "quoted phrases"; all have to match
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
pub(crate) struct Remove {
    /// Licet's id, a vendor's id or a name
    pub license: String,
    /// The license's name
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub confirm: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Refresh {
    /// Only this account
    #[arg(long)]
    pub account: Option<String>,
}

/// What can be chosen for a new license beside its name and type.
#[derive(Debug, clap::Args)]
pub(crate) struct Choices {
    #[command(flatten)]
    pub params: Params,
    /// Create it even where the account has a license of this name
    #[arg(long)]
    pub allow_same_name: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Replace {
    /// Licet's id, a vendor's id or a name of the license that goes
    pub license: String,
    /// The new license's name
    #[arg(long, required_unless_present_any = ["resume", "give_up"], conflicts_with_all = ["resume", "give_up"])]
    pub name: Option<String>,
    /// The name of the license that goes, to confirm it
    #[arg(long, value_name = "NAME", conflicts_with_all = ["resume", "give_up"])]
    pub confirm: Option<String>,
    /// dev, prod or ci; as the one that goes, unless it is said
    #[arg(long = "type", value_name = "TYPE", conflicts_with_all = ["resume", "give_up"])]
    pub tier: Option<String>,
    #[command(flatten)]
    pub choices: Choices,
    /// Go on with a replacement that was interrupted
    #[arg(long, conflicts_with = "allow_same_name")]
    pub resume: bool,
    /// Leave a replacement that was interrupted as it is: both licenses stay
    #[arg(long, conflicts_with_all = ["resume", "allow_same_name"])]
    pub give_up: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Packages {
    /// Licet's id, a vendor's id or a name
    pub license: String,
    /// Show this package's releases and files, by its key, id or name
    #[arg(long, value_name = "KEY")]
    pub package: Option<String>,
    /// Only packages in which all of these words stand
    #[arg(long, value_name = "WORDS", conflicts_with = "package")]
    pub search: Option<String>,
    /// Log the container client (docker or podman) in to the registry instead
    #[arg(long, conflicts_with_all = ["package", "search"])]
    pub login: bool,
    /// The user name for the registry [default: the account's e-mail]
    #[arg(long, value_name = "USER", requires = "login", default_value = "", hide_default_value = true)]
    pub user: String,
}
