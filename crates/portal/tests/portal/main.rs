//! The local portal as its users meet it: over real HTTP, in real files, in real processes.

mod admin;
mod concurrency;
mod core;
mod documented;
mod durability;
mod embedded;
mod harness;
mod hosts;
mod instance;
mod issuing;
mod lists;
mod page;
mod program;
mod properties;
mod refusals;
mod removing;
mod secrecy;
mod signatures;
mod tokens;
