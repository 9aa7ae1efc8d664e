//! The local portal as its users meet it: over real HTTP, in real files, in real processes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod connections;
mod core;
mod harness;
mod instance;
mod page;
mod process;
mod projects;
mod raw;
mod schemathesis;
