//! Running a checking program: its output is shown, and kept to be counted. Test runners stop their own hanging tests.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context;
use xtask::process::Group;

/// When a program's output is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// Line by line.
    #[default]
    AsItGoes,
    /// In one piece once the program has ended, since other programs run beside it.
    AtItsEnd,
}

/// How a program ended and what it wrote on standard output; where that was held back, on standard error too.
#[derive(Debug)]
pub(super) struct Outcome {
    pub success: bool,
    pub output: String,
}

/// Runs `command` in a process group of its own, so that nothing it starts outlives it.
pub(super) fn run(command: &mut Command, shown: Shown) -> anyhow::Result<Outcome> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    if shown == Shown::AtItsEnd {
        command.stderr(Stdio::piped());
    }
    let mut group = Group::spawn(command)?;
    let output = group.child().stdout.take().context("a child without output")?;
    let errors = group.child().stderr.take();
    let text = Mutex::new(String::new());
    let status = std::thread::scope(|scope| {
        // They read until the last process of the group has closed the pipe, which ending the group brings about.
        scope.spawn(|| keep(output, &text, shown));
        if let Some(errors) = errors {
            scope.spawn(|| keep(errors, &text, shown));
        }
        group.wait(Duration::MAX)
    });
    let output = text.into_inner().unwrap_or_else(PoisonError::into_inner);
    if shown == Shown::AtItsEnd {
        print!("{output}");
    }
    Ok(Outcome { success: status?.success(), output })
}

fn keep(output: impl Read, text: &Mutex<String>, shown: Shown) {
    let mut reader = BufReader::new(output);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        let read = String::from_utf8_lossy(&line);
        if shown == Shown::AsItGoes {
            print!("{read}");
        }
        text.lock().unwrap_or_else(PoisonError::into_inner).push_str(&read);
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, run};
    use std::process::Command;

    #[test]
    fn what_a_program_leaves_behind_ends_with_it() {
        let outcome = run(Command::new("sh").args(["-c", "sleep 600 & echo $!"]), Shown::AsItGoes).unwrap();
        let left: u32 = outcome.output.trim().parse().unwrap();
        assert!(outcome.success);
        let gone = xtask::wait::until("the end of the process", std::time::Duration::from_secs(10), || {
            let state = std::fs::read_to_string(format!("/proc/{left}/stat")).unwrap_or_default();
            Ok((state.is_empty() || state.contains(") Z ")).then_some(()))
        });
        assert!(gone.is_ok(), "process {left} lives on");
    }

    #[test]
    fn a_failure_is_reported_with_the_output() {
        let outcome = run(Command::new("sh").args(["-c", "echo seen; exit 3"]), Shown::AsItGoes).unwrap();
        assert!(!outcome.success);
        assert_eq!(outcome.output, "seen\n");
    }

    #[test]
    fn what_is_shown_at_the_end_holds_the_errors_too() {
        let outcome = run(Command::new("sh").args(["-c", "echo seen >&2"]), Shown::AtItsEnd).unwrap();
        assert_eq!(outcome.output, "seen\n");
    }
}
