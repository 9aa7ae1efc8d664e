//! From start to painted list, and the memory then, beside an empty Tauri window.

use std::{ffi::OsString, path::Path, process::Stdio, time::Instant};

use anyhow::Context;
use xtask::{process::Group, session::Session};

use super::{
    figures::{Bound, Comparison, Unit, interleaved, median},
    frames::Screen,
};

/// What one start is like.
#[derive(Debug)]
struct Start {
    milliseconds: f64,
    mebibytes: f64,
}

pub(super) fn compare(
    session: &Session,
    window: &Path,
    empty_window: &Path,
    home: &Path,
    runs: usize,
) -> anyhow::Result<[Comparison; 2]> {
    let home = ["--home".into(), home.into()];
    let (subject, reference) =
        interleaved(runs, || start(session, window, &home), || start(session, empty_window, &[]))?;
    let of = |figure: fn(&Start) -> f64, starts: &[Start]| median(starts.iter().map(figure));
    let time: fn(&Start) -> f64 = |start| start.milliseconds;
    let memory: fn(&Start) -> f64 = |start| start.mebibytes;
    Ok([
        Comparison {
            what: "start to painted list; empty Tauri window",
            unit: Unit::Milliseconds,
            subject: of(time, &subject),
            reference: of(time, &reference),
            bound: Bound::Times(1.5),
        },
        Comparison {
            what: "memory (PSS of all processes); empty window",
            unit: Unit::Mebibytes,
            subject: of(memory, &subject),
            reference: of(memory, &reference),
            bound: Bound::Above(40.0),
        },
    ])
}

fn start(session: &Session, program: &Path, arguments: &[OsString]) -> anyhow::Result<Start> {
    let screen = Screen::in_file(&session.framebuffer());
    screen.wait_until_empty()?;
    let mut command = session.command(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let begin = Instant::now();
    let mut window = Group::spawn(&mut command)?;
    let painted = screen.painted_since(begin)?;
    let mebibytes = proportional_memory(window.id())?;
    window.end();
    Ok(Start { milliseconds: painted.as_secs_f64() * 1000.0, mebibytes })
}

/// A release lets no other process read its memory (`crates/hardening`).
const HIDDEN: &str =
    "could not read the memory map of a process; for a release this needs root with CAP_SYS_PTRACE";

/// The proportional set size of every process in the group, in MiB.
fn proportional_memory(group: u32) -> anyhow::Result<f64> {
    let mut kibibytes = 0;
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let read = |name: &str| std::fs::read_to_string(entry.path().join(name)).unwrap_or_default();
        if group_of(&read("stat")) == Some(group) {
            kibibytes += proportion(&read("smaps_rollup")).context(HIDDEN)?;
        }
    }
    Ok(kibibytes as f64 / 1024.0)
}

/// The third field after the program's name, which may itself hold spaces and parentheses.
fn group_of(stat: &str) -> Option<u32> {
    let (_, after) = stat.rsplit_once(')')?;
    after.split_whitespace().nth(2)?.parse().ok()
}

fn proportion(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{group_of, proportion, start};
    use crate::small_browser::small_browser;
    use xtask::session::{KeyringState, Session};

    #[test]
    fn a_window_is_measured_when_its_text_stands_there() {
        let session = Session::start(KeyringState::Absent).unwrap();
        let page = "data:text/html,<body style='background:teal'><h1>Painted</h1>";
        let start = start(&session, &small_browser(), &[page.into()]).unwrap();
        assert!((50.0..20_000.0).contains(&start.milliseconds), "{start:?}");
        assert!((20.0..2_000.0).contains(&start.mebibytes), "{start:?}");
    }

    #[test]
    fn the_group_is_found_behind_any_name() {
        assert_eq!(group_of("12 (a (b) 9 9 c) S 1 34 56 0"), Some(34));
        assert_eq!(group_of(""), None);
    }

    #[test]
    fn the_proportional_size_is_read_in_kibibytes() {
        assert_eq!(proportion("Rss:   900 kB\nPss:   123 kB\nPss_Anon: 7 kB\n"), Some(123));
    }
}
