//! The tracer of `cargo xtask faults`, on a shell that writes two files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]

use std::{path::Path, process::Command};

use journeys::tracer::{self, Ended, Fault, Injection, Places, Traced};
use nix::sys::signal::Signal;
use tempfile::TempDir;

/// Makes `one`, writes into it, and does the same with `two`.
const SCRIPT: &str = "echo first > watched/one; echo elsewhere > other/file; echo second > watched/two";

struct Folders(TempDir);

impl Folders {
    fn new() -> Self {
        let folders = Self(TempDir::new().unwrap());
        for name in ["watched", "other", "printed"] {
            std::fs::create_dir(folders.path().join(name)).unwrap();
        }
        folders
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, script: &str, injection: Option<Injection>) -> Traced {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]).current_dir(self.path());
        let (watched, printed) = (self.path().join("watched"), self.path().join("printed"));
        let starter = Path::new(env!("CARGO_BIN_EXE_faults"));
        tracer::run(&command, Places { starter, watched: &watched, printed: &printed }, injection).unwrap()
    }

    fn text(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.path().join("watched").join(name)).ok()
    }
}

#[test]
fn counts_calls_that_write_below_the_folder() {
    let run = Folders::new().run(SCRIPT, None);
    assert_eq!(run.ended, Ended::Code(0));
    let names: Vec<_> = run.calls.iter().map(|call| call.split(' ').next().unwrap()).collect();
    assert_eq!(names.len(), 4, "{:?}", run.calls);
    assert!(run.calls.iter().all(|call| call.ends_with(" one") || call.ends_with(" two")), "{:?}", run.calls);
    assert!(!run.was_injected && run.peak > 0);
}

#[test]
fn kill_happens_before_the_call() {
    let folders = Folders::new();
    let run = folders.run(SCRIPT, Some(Injection { at: 4, fault: Fault::Kill }));
    assert_eq!((run.ended, run.was_injected), (Ended::Signal(Signal::SIGKILL), true));
    assert_eq!(folders.text("one").as_deref(), Some("first\n"));
    assert_eq!(folders.text("two").as_deref(), Some(""), "made, and not yet written");
}

#[test]
fn failed_call_changes_nothing_and_is_reported() {
    let folders = Folders::new();
    let run = folders.run(SCRIPT, Some(Injection { at: 1, fault: Fault::Error }));
    assert_eq!(folders.text("one"), None);
    assert_eq!(folders.text("two").as_deref(), Some("second\n"), "only one call fails");
    let errors = String::from_utf8_lossy(&run.errors).into_owned();
    assert!(errors.contains("I/O error") || errors.contains("Input/output error"), "{errors}");
}

#[test]
fn full_disk_stays_full() {
    let folders = Folders::new();
    folders.run(SCRIPT, Some(Injection { at: 2, fault: Fault::DiskFull }));
    assert_eq!(folders.text("one").as_deref(), Some(""));
    assert_eq!(folders.text("two"), None);
}

#[test]
fn output_and_exit_code_are_the_programs_own() {
    let run = Folders::new().run("echo said; echo complained >&2; exit 3", None);
    assert_eq!(run.ended, Ended::Code(3));
    assert_eq!((run.output.as_slice(), run.errors.as_slice()), (&b"said\n"[..], &b"complained\n"[..]));
    assert!(run.calls.is_empty(), "{:?}", run.calls);
}
