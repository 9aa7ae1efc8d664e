//! The command line as scripts and people meet it: the real program, a real portal over HTTP, real files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod aica;
mod backups;
mod certificate;
mod confirm;
mod create;
mod delete;
mod documentation;
mod export;
mod faults;
mod forget_secrets;
mod full_disk;
mod hints;
mod home;
mod import;
mod instance;
mod interrupted;
mod keygen;
mod keyring;
mod leaked;
mod list;
mod local_core;
mod look_up;
mod outcomes;
mod pasted;
mod proxy;
mod read_only;
mod refresh;
mod refused;
mod refusing_proxy;
mod replace;
mod schema;
mod secrecy;
mod show;
mod snapshots;
mod terminal;
mod world;
