//! Arguments of `licet instance` and `licet core`.

use crate::args::source::Source;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Instance {
    /// Ask whether it holds a valid license
    Check(OfInstance),
    /// Show what its token tells
    Token(OfInstance),
    /// Count its users anew
    Stats(OfInstance),
    /// Have it ask its issuer for a new token
    Renew(OfInstance),
    /// Give it a token; where something is wrong with that, nothing is sent
    Apply {
        /// The token, or a license.jwt; `-` is standard input
        #[arg(value_name = "PATH|-")]
        source: Source,
        #[command(flatten)]
        of: OfInstance,
        /// Send it whatever is wrong with it
        #[arg(long)]
        force: bool,
    },
    /// Give it its earlier token back; where something is wrong with that by now, nothing is sent
    Restore {
        #[command(flatten)]
        of: OfInstance,
        /// Send it whatever is wrong with it
        #[arg(long)]
        force: bool,
    },
    /// Take its token from it
    Remove {
        #[command(flatten)]
        of: OfInstance,
        /// The instance's root URL
        #[arg(long, value_name = "ROOT-URL", default_value = "", hide_default_value = true)]
        confirm: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct OfInstance {
    /// The instance's account
    #[arg(long)]
    pub account: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Core {
    /// The license whose product is asked about, by Licet's id, a vendor's id or a name
    pub license: Option<String>,
}
