//! What a process that was killed while it wrote a license file leaves behind.

use crate::stage::{beside, is_on_stage};
use crate::test_home::{TestHome, dev, names_in, now};
use license::LicenseId;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use testkit::{put, until};
use vault::files::{self, Backup, FileState, WriteOptions};
use vault::{Home, NewTrackedFile, Vault};

const FOLDER: &str = "LICET_STORY_FOLDER";
const HOME: &str = "LICET_STORY_HOME";
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
    leave_something_in(dir.path(), "written::leftovers::what_a_killed_process_left_goes_with_the_next_write");
    files::write(&dir.path().join("ours.toml"), b"ours", &OPTIONS).unwrap();
    assert_eq!(names_in(dir.path()), ["ours.toml", "theirs.toml"]);
}

#[test]
fn what_another_process_is_writing_is_left_to_it() {
    const STORY: &str = "written::leftovers::what_another_process_is_writing_is_left_to_it";
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

/// Writes and tracks one license file over and over, in place every other time, until it is killed.
fn export_forever() {
    let vault = Vault::open(Home::at(std::env::var_os(HOME).unwrap())).unwrap();
    let path = PathBuf::from(std::env::var_os(FOLDER).unwrap()).join("license.toml");
    let license = vault.library().find("one").unwrap()[0].id;
    for number in 0_usize.. {
        let text = format!("License = \"{}\"\n", "k".repeat(1 + number * 7 % 50));
        export(&vault, license, &path, &text, number % 2 == 0);
    }
}

fn export(vault: &Vault, license: LicenseId, path: &Path, text: &str, in_place: bool) {
    let options = WriteOptions { in_place, ..OPTIONS };
    let write = files::prepare(path, text.as_bytes(), &options).unwrap();
    let file = NewTrackedFile {
        license,
        path: path.to_owned(),
        format: "launcher-toml".to_owned(),
        in_place,
        keep: true,
        access: vault::files::Access::default(),
        digest: write.digest(),
        written: now(),
    };
    vault.library().write_file::<Box<dyn std::error::Error>>(&file, write).unwrap();
}

#[test]
fn killed_while_it_writes_a_file_leaves_nothing_unsettled() {
    const STORY: &str = "written::leftovers::killed_while_it_writes_a_file_leaves_nothing_unsettled";
    if is_on_stage() {
        return export_forever();
    }
    let home = TestHome::new();
    let license = home.list(home.north(), &[dev("v1", "one")])[0];
    let folder = home.dir.path().join("files");
    std::fs::create_dir(&folder).unwrap();
    let (home_path, files) = (home.path(), folder.to_str().unwrap());
    let path = folder.join("license.toml");
    for _ in 0..10 {
        let before = std::fs::read(&path).ok();
        let mut writer = beside(STORY, &[(HOME, home_path.to_str().unwrap()), (FOLDER, files)]);
        until("the other process writes", || std::fs::read(&path).ok() != before);
        writer.kill().unwrap();
        writer.wait().unwrap();
        let next = home.reopened();
        assert!(next.library().settle_writes().failed.is_none());
        assert_eq!(names_in(&folder), ["license.toml"]);
        assert_eq!(next.library().files_of(license).unwrap()[0].state(), FileState::UpToDate);
        assert!(names_in(&home_path).iter().all(|name| !name.starts_with("sending-")));
    }
}

#[test]
fn next_start_removes_stale_lock_files_and_unfinished_ones() {
    let home = TestHome::new();
    let left =
        ["sending-0123456789abcdef.lock", ".licet-0123456789ab.tmp"].map(|name| home.path().join(name));
    for file in &left {
        put(file, "");
    }
    home.reopened();
    assert!(!left.iter().any(|file| file.exists()));
}
