//! Running a checking program: shown as it goes, and kept to be counted. Test runners stop their own hanging tests.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Context;
use xtask::process::Group;

/// How a program ended and what it wrote on standard output.
#[derive(Debug)]
pub(super) struct Outcome {
    pub success: bool,
    pub output: String,
}

/// Runs `command` in a process group of its own, so that nothing it starts outlives it.
pub(super) fn run(command: &mut Command) -> anyhow::Result<Outcome> {
    let mut group = Group::spawn(command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let output = group.child().stdout.take().context("a child without output")?;
    // Reads until the last process of the group has closed the pipe, which ending the group brings about.
    let reader = std::thread::spawn(move || shown(output));
    let status = group.wait(Duration::MAX);
    let output = reader.join().unwrap_or_default();
    Ok(Outcome { success: status?.success(), output })
}

fn shown(output: impl std::io::Read) -> String {
    let mut text = String::new();
    let mut reader = BufReader::new(output);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        let shown = String::from_utf8_lossy(&line);
        print!("{shown}");
        text.push_str(&shown);
        line.clear();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::run;
    use std::process::Command;

    #[test]
    fn what_a_program_leaves_behind_ends_with_it() {
        let outcome = run(Command::new("sh").args(["-c", "sleep 600 & echo $!"])).unwrap();
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
        let outcome = run(Command::new("sh").args(["-c", "echo seen; exit 3"])).unwrap();
        assert!(!outcome.success);
        assert_eq!(outcome.output, "seen\n");
    }
}
