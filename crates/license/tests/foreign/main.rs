//! What other programs read in a license file before and after Licet has written into it, for random files: only the
//! license differs.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod env;
mod readers;
mod secrets;
mod toml;

use license::{
    LicenseKey,
    file::{Format, parse, render},
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

/// How many random files of each format a run tries.
const FILES: usize = 10_000;

const JWT: &str = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJub3J0aCJ9.c2lnbmF0dXJl";
const SYSTEM_KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

/// A text before and after the key was written into it.
struct Pair {
    before: String,
    after: String,
}

/// Random texts with the key written into each.
fn pairs(texts: impl Strategy<Value = String>, format: Format, key: &str, count: usize) -> Vec<Pair> {
    let key = LicenseKey::new(key.to_owned());
    let mut runner = TestRunner::default();
    let pair = |_| {
        let before = texts.new_tree(&mut runner).unwrap().current();
        let written =
            render(format, Some(&before), &key).unwrap_or_else(|error| panic!("{before:?}: {error}"));
        assert_eq!(parse(format, written.expose()).unwrap(), key, "{before:?}");
        Pair { before, after: written.expose().to_owned() }
    };
    (0..count).map(pair).collect()
}
