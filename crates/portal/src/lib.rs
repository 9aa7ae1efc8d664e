//! The local portal: a licensing server of this computer's own. It issues licenses for real (signed with its own
//! Ed25519 key, kept in SQLite) and speaks what the vendors' servers speak, so that clients work against it
//! unchanged: the portal calls that the Aidbox documentation prints, a Keygen-compatible API for AICA licenses, the
//! licensing endpoints of a Metrics Dashboard instance, and an AICA Core's.
//!
//! [`Portal`] is the portal on a data folder; [`Portal::serve`] answers on an address; [`embedded::ensure`]
//! is for programs that want it to run on this computer, whoever of them serves it.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> portal::Result<()> {
//! # let folder = tempfile::tempdir().unwrap();
//! # let data_dir = folder.path();
//! let portal = portal::Portal::open(data_dir)?;
//! let serving = portal.listen("127.0.0.1:0").await?;
//! let token = portal.issue_token("northwind")?;
//! assert!(token.expose().starts_with("licet_"));
//! assert!(serving.address().ip().is_loopback());
//! serving.stop().await;
//! # Ok(())
//! # }
//! ```

mod core;
pub mod embedded;
mod error;
mod folder;
mod http;
mod instances;
mod keygen;
mod order;
mod ordering;
mod portal;
mod secret;
mod server;
mod signing;
mod storage;

pub use crate::core::CoreState;
pub use error::{Error, Result};
pub use keygen::accounts::NewEntitled;
pub use keygen::otp::one_time_code;
pub use keygen::packages::{NewArtifact, NewPackage, NewRelease};
pub use order::{AidboxVersion, FhirVersion, Goal, Hosting, NAME_LIMIT, Name, Order, Product, Refusal, Tier};
pub use ordering::samples::{DEMO_EMAIL, DEMO_PASSWORD};
pub use ordering::seed::DEMO_PROJECT;
pub use portal::Portal;
pub use secret::{Jwt, OtpUrl, SystemKey, TicketUrl, Token};
pub use server::serving::Serving;
pub use storage::Stats;

/// Takes a name that stands in addresses.
fn path_name(what: &'static str, name: &str) -> Result<()> {
    let fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if (1..=64).contains(&name.len()) && name.chars().all(fit) && !name.starts_with('.') {
        return Ok(());
    }
    Err(Error::Unfit { what, name: name.to_owned() })
}
