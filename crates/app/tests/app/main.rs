//! The use cases over real parts: a real vault in a home for each test, the local portal over HTTP, and a network in
//! between that drops, hangs and lies on request. Each test is a story that a user would notice.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a story is about one variant, and fails for every other"
)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod acme;
mod another_vendor;
mod attention;
mod changes;
mod common;
mod context;
mod files;
mod home;
mod import;
mod instance;
mod keys;
mod list;
mod offers;
mod refresh;
mod selections;
