//! The local portal as its users meet it: over real HTTP, in real files, in real processes.

mod concurrency;
mod documented;
mod durability;
mod embedded;
mod harness;
mod hosts;
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
