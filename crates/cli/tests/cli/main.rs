//! The command line as scripts and people meet it: the real program, a real portal over HTTP, real files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod files;
mod instance;
mod keygen;
mod licenses;
mod output;
mod printed;
mod process;
mod refusing_proxy;
mod schema;
mod world;
