//! The vault as its users meet it: real files, real SQLite, the real keyring daemon, real processes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backups;
mod binding;
mod failing_disk;
mod files;
mod identity;
mod inode;
mod keyring;
mod leftovers;
mod library;
mod licenses;
mod listing;
mod obstacles;
mod opening;
mod passphrase;
mod processes;
mod query;
mod read_only;
mod replacements;
mod room;
mod secrets;
mod settings;
mod stage;
mod two_writers;
mod watch;
