//! The use cases over real parts: a real vault in a home for each test, the local portal over HTTP, and a network in
//! between that drops, hangs and lies on request. Each test is a story that a person would notice.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a story is about one variant, and fails for every other"
)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod acme;
mod address;
mod another_vendor;
mod backups;
mod by_hand;
mod certificate;
mod common;
mod create;
mod delete;
mod detail;
mod endless;
mod errors;
mod export;
mod follow;
mod import;
mod instance;
mod interrupted;
mod kept_files;
mod keys;
mod leaked;
mod list;
mod lock;
mod next;
mod occupied;
mod outcomes;
mod packages;
mod proof;
mod put_back;
mod refresh;
mod renew;
mod replace;
mod run;
mod seats;
mod secrecy;
mod setup;
mod sharing;
mod sign_in;
mod stored;
mod unrecorded;
mod words;
