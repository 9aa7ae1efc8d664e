//! The vault as its users meet it: real files, real SQLite, the real keyring daemon, real processes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod records;
mod sealed;
mod settings;
mod stage;
mod test_home;
mod written;
