//! What the system says of a process that protects its memory. Each test starts itself once more, since a limit that is lowered
//! stays lowered.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use hardening::{Build, protect};
use rustix::process::{DumpableBehavior, dumpable_behavior};
use std::process::Command;

/// Set in the process that a test starts.
const INSIDE: &str = "LICET_TEST_INSIDE";

/// Runs a test in a process of its own.
fn in_own_process(test: &str, story: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        return story();
    }
    let mut program = Command::new(std::env::current_exe().unwrap());
    let output = program.args(["--exact", test, "--nocapture"]).env(INSIDE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{test}:\n{said}");
}

/// The soft and the hard limit of a core dump's size.
fn core_limits(of: &str) -> Vec<String> {
    let limits = std::fs::read_to_string(format!("/proc/{of}/limits")).unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap();
    line.split_whitespace().take(2).map(str::to_owned).collect()
}

#[test]
fn release_build_leaves_no_core_dump() {
    in_own_process("release_build_leaves_no_core_dump", || {
        protect(Build::Release).unwrap();
        assert_eq!(core_limits("self"), ["0", "0"]);
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let limits = core_limits(&child.id().to_string());
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(limits, ["0", "0"], "what it starts has the same limit");
    });
}

#[test]
fn release_build_cannot_be_read_or_traced() {
    in_own_process("release_build_cannot_be_read_or_traced", || {
        protect(Build::Release).unwrap();
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    });
}

#[test]
fn build_for_tests_stays_as_it_is() {
    in_own_process("build_for_tests_stays_as_it_is", || {
        let before = core_limits("self");
        protect(Build::Test).unwrap();
        assert_eq!(core_limits("self"), before);
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::Dumpable);
    });
}

#[test]
fn debug_assertions_make_a_build_for_tests() {
    let expected = if cfg!(debug_assertions) { Build::Test } else { Build::Release };
    assert_eq!(Build::this(), expected);
}
