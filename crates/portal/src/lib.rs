//! The local portal: a licensing server of this computer's own. It issues Aidbox licenses for real (signed
//! with its own Ed25519 key, kept in SQLite) and answers the portal calls that the Aidbox documentation
//! prints, so that clients work against it unchanged.
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

pub mod embedded;
mod error;
mod folder;
mod http;
mod issue;
mod order;
mod portal;
mod secret;
mod seed;
mod serving;
mod signing;
mod storage;

pub use error::{Error, Result};
pub use order::{AidboxVersion, FhirVersion, Goal, Hosting, NAME_LIMIT, Name, Order, Product, Refusal, Tier};
pub use portal::Portal;
pub use secret::{TicketUrl, Token};
pub use seed::DEMO_PROJECT;
pub use serving::Serving;
