//! Arguments of the commands for accounts and secrets.

use crate::args::login::{Add, Edited, Options, Secrets};
use clap::Subcommand;

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
    /// Change what needs no new login, such as the package registry; an empty text removes a setting
    Edit {
        /// The account's name
        name: String,
        #[command(flatten)]
        edited: Edited,
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
