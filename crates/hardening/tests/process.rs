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

/// What a profile of the workspace sets.
fn profile(name: &str) -> String {
    let manifest = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml")).unwrap();
    let (_, after) = manifest.split_once(&format!("[profile.{name}]\n")).unwrap();
    after.lines().take_while(|line| !line.starts_with('[')).map(|line| format!("{line}\n")).collect()
}

#[test]
fn profile_release_has_no_debug_assertions() {
    let release = profile("release");
    assert!(!release.contains("debug-assertions") && !release.contains("inherits"), "{release}");
}

#[test]
fn profile_e2e_has_debug_assertions() {
    let (e2e, dev) = (profile("e2e"), profile("dev"));
    assert!(e2e.contains("inherits = \"dev\"") && !e2e.contains("debug-assertions"), "{e2e}");
    assert!(!dev.contains("debug-assertions"), "{dev}");
    assert_eq!(Build::this(), Build::Test, "tests are built with it");
}
