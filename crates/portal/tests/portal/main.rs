//! The local portal as its users meet it: over real HTTP, in real files, in real processes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod account_lists;
mod admin;
mod bodies;
mod concurrency;
mod core;
mod documented;
mod durability;
mod embedded;
mod harness;
mod hosts;
mod instance;
mod issuing;
mod keygen;
mod keygen_rs;
mod lists;
mod logins;
mod packages;
mod page;
mod pressure;
mod program;
mod properties;
mod raw;
mod refusals;
mod removing;
mod schemathesis;
mod seats;
mod secrecy;
mod signatures;
mod signed;
mod tokens;
