//! What a process that was killed while it wrote a license file leaves behind.

use crate::room::names_in;
use crate::stage::{beside, is_on_stage, write as put};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use vault::files::{self, Backup, WriteOptions};

const FOLDER: &str = "LICET_STORY_FOLDER";
const OPTIONS: WriteOptions = WriteOptions { in_place: false, backup: Backup::Never };

/// Writes one file over and over, until it is killed.
fn write_forever() {
    let path = PathBuf::from(std::env::var_os(FOLDER).unwrap()).join("theirs.toml");
    for number in 0_u64.. {
        files::write(&path, format!("License = \"{number}\"\n").as_bytes(), &OPTIONS).unwrap();
    }
}

/// Kills who writes into a folder until one was killed in the middle.
fn leave_something_in(folder: &Path, story: &str) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !names_in(folder).iter().any(|name| name.ends_with(".tmp")) {
        assert!(Instant::now() < deadline, "nobody was killed in the middle");
        let mut writer = beside(story, &[(FOLDER, folder.to_str().unwrap())]);
        while !folder.join("theirs.toml").exists() {
            assert!(Instant::now() < deadline && writer.try_wait().unwrap().is_none());
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
    }
}

#[test]
fn what_a_killed_process_left_goes_with_the_next_write() {
    if is_on_stage() {
        return write_forever();
    }
    let dir = tempfile::tempdir().unwrap();
    leave_something_in(dir.path(), "leftovers::what_a_killed_process_left_goes_with_the_next_write");
    files::write(&dir.path().join("ours.toml"), b"ours", &OPTIONS).unwrap();
    assert_eq!(names_in(dir.path()), ["ours.toml", "theirs.toml"]);
}

#[test]
fn what_another_process_is_writing_is_left_to_it() {
    const STORY: &str = "leftovers::what_another_process_is_writing_is_left_to_it";
    if is_on_stage() {
        return write_forever();
    }
    let dir = tempfile::tempdir().unwrap();
    let theirs = dir.path().join("theirs.toml");
    let mut writer = beside(STORY, &[(FOLDER, dir.path().to_str().unwrap())]);
    let deadline = Instant::now() + Duration::from_secs(60);
    while !theirs.exists() {
        assert!(Instant::now() < deadline && writer.try_wait().unwrap().is_none(), "they never wrote");
    }
    let at_first = std::fs::read(&theirs).unwrap();
    for number in 0..300 {
        files::write(&dir.path().join("ours.toml"), number.to_string().as_bytes(), &OPTIONS).unwrap();
        assert!(writer.try_wait().unwrap().is_none(), "a write of theirs failed");
    }
    assert_ne!(std::fs::read(&theirs).unwrap(), at_first, "they wrote meanwhile");
    writer.kill().unwrap();
    writer.wait().unwrap();
}

#[test]
fn what_only_resembles_a_leftover_stays() {
    let dir = tempfile::tempdir().unwrap();
    let resembling =
        [".licet-notes.tmp", ".licet-0123456789a_.tmp", "licet-0123456789ab.tmp", ".licet-0123456789ab"];
    for name in resembling {
        put(&dir.path().join(name), "mine");
    }
    std::fs::create_dir(dir.path().join(".licet-0123456789ab.tmp")).unwrap();
    std::os::unix::fs::symlink("ours.toml", dir.path().join(".licet-0123456789ac.tmp")).unwrap();
    let before = names_in(dir.path());
    let ours = dir.path().join("ours.toml");
    files::write(&ours, b"ours", &OPTIONS).unwrap();
    std::fs::remove_file(&ours).unwrap();
    assert_eq!(names_in(dir.path()), before);
}
