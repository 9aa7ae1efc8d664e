//! What the tests of several crates share. It knows no crate of the product, so that each of them can use it, and it panics where
//! a test cannot go on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answer;
#[cfg(unix)]
pub mod disk;
mod files;
pub mod help;
mod http;
#[cfg(unix)]
pub mod keyring;
#[cfg(feature = "rpc")]
pub mod rpc;
mod script;
mod server;
#[cfg(feature = "tls")]
mod tls;
mod wait;

pub use answer::Answer;
pub use files::{put, snapshots_in};
pub use http::Received;
pub use server::FaultServer;
#[cfg(feature = "tls")]
pub use tls::Identity;
pub use wait::until;
#[cfg(feature = "async")]
pub use wait::until_async;
