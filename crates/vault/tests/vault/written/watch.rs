//! Noticing that a license file changed, by the event and not by time.

use crate::stage::{as_nobody, with_none_of};
use crate::test_home::{chmod, state_of};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use testkit::put;
use vault::files::{self, Backup, FileState, Watch, WriteOptions};

struct Watched {
    dir: tempfile::TempDir,
    path: PathBuf,
    digest: files::Digest,
    told: Receiver<PathBuf>,
    watch: Watch,
}

impl Watched {
    fn new(name: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let options = WriteOptions { in_place: false, backup: Backup::Never };
        let digest = files::write(&path, b"ours", &options).unwrap().digest;
        let (tell, told) = mpsc::channel();
        let watch = Watch::start(std::slice::from_ref(&path), move |path| {
            // The story may have ended.
            let _ = tell.send(path.to_owned());
        })
        .unwrap();
        Self { dir, path, digest, told, watch }
    }

    /// Waits until an event tells of the file and the file is in this state.
    #[track_caller]
    fn becomes(&self, expected: FileState) {
        loop {
            let told = self.told.recv_timeout(Duration::from_secs(10));
            assert_eq!(told.as_deref(), Ok(self.path.as_path()), "waiting for {expected:?}");
            if state_of(&self.path, &self.digest) == expected {
                return;
            }
        }
    }
}

#[test]
fn a_file_that_is_changed_replaced_or_deleted_is_told() {
    let watched = Watched::new("l.toml");
    put(&watched.path, "theirs");
    watched.becomes(FileState::Drifted);
    let aside = watched.dir.path().join("aside");
    put(&aside, "ours");
    std::fs::rename(&aside, &watched.path).unwrap();
    watched.becomes(FileState::UpToDate);
    std::fs::remove_file(&watched.path).unwrap();
    watched.becomes(FileState::Missing);
    put(&watched.path, "ours");
    watched.becomes(FileState::UpToDate);
}

#[test]
fn our_own_repair_is_told_as_well() {
    let watched = Watched::new("l.toml");
    put(&watched.path, "theirs");
    watched.becomes(FileState::Drifted);
    let options = WriteOptions { in_place: false, backup: Backup::Always };
    files::write(&watched.path, b"ours", &options).unwrap();
    watched.becomes(FileState::UpToDate);
}

#[test]
fn a_folder_that_goes_and_comes_back_is_watched_on() {
    let watched = Watched::new("a/b/l.toml");
    let folder = watched.dir.path().join("a");
    std::fs::remove_dir_all(&folder).unwrap();
    watched.becomes(FileState::Missing);
    std::fs::create_dir_all(folder.join("b")).unwrap();
    put(&watched.path, "ours");
    watched.becomes(FileState::UpToDate);
    put(&watched.path, "theirs");
    watched.becomes(FileState::Drifted);
    std::fs::rename(folder.join("b"), watched.dir.path().join("moved")).unwrap();
    watched.becomes(FileState::Missing);
}

#[test]
fn behind_a_link_the_target_is_watched() {
    let watched = Watched::new("real/l.toml");
    let link = watched.dir.path().join("link.toml");
    std::os::unix::fs::symlink(&watched.path, &link).unwrap();
    watched.watch.set_paths(std::slice::from_ref(&link));
    put(&watched.path, "theirs");
    let told = watched.told.recv_timeout(Duration::from_secs(10));
    assert_eq!(told.as_deref(), Ok(link.as_path()));
}

#[test]
fn reading_and_the_neighbours_are_not_told() {
    let watched = Watched::new("l.toml");
    put(&watched.dir.path().join("neighbour"), "x");
    assert_eq!(state_of(&watched.path, &watched.digest), FileState::UpToDate);
    assert!(watched.told.recv_timeout(Duration::from_millis(300)).is_err());
}

#[test]
fn what_is_no_longer_watched_is_no_longer_told() {
    let watched = Watched::new("l.toml");
    let other = watched.dir.path().join("other.toml");
    watched.watch.set_paths(std::slice::from_ref(&other));
    put(&watched.path, "theirs");
    put(&other, "x");
    let told = watched.told.recv_timeout(Duration::from_secs(10));
    assert_eq!(told.as_deref(), Ok(Path::new(&other)));
}

#[test]
fn a_file_in_a_folder_that_may_not_be_watched_is_told_nevertheless() {
    as_nobody("written::watch::a_file_in_a_folder_that_may_not_be_watched_is_told_nevertheless", || {
        let watched = Watched::new("closed/l.toml");
        let folder = watched.dir.path().join("closed");
        // Files in it can be used by name, but nobody may look what there is.
        chmod(&folder, 0o311);
        watched.watch.set_paths(std::slice::from_ref(&watched.path));
        put(&watched.path, "theirs");
        watched.becomes(FileState::Drifted);
        std::fs::remove_file(&watched.path).unwrap();
        watched.becomes(FileState::Missing);
        chmod(&folder, 0o755);
    });
}

#[test]
fn where_the_system_watches_no_folder_more_a_file_is_told_nevertheless() {
    const STORY: &str = "written::watch::where_the_system_watches_no_folder_more_a_file_is_told_nevertheless";
    with_none_of(STORY, "max_inotify_watches", || {
        let watched = Watched::new("l.toml");
        put(&watched.path, "theirs");
        watched.becomes(FileState::Drifted);
    });
}

#[test]
fn where_the_system_watches_nothing_at_all_a_file_is_told_nevertheless() {
    const STORY: &str = "written::watch::where_the_system_watches_nothing_at_all_a_file_is_told_nevertheless";
    with_none_of(STORY, "max_inotify_instances", || {
        let watched = Watched::new("l.toml");
        put(&watched.path, "theirs");
        watched.becomes(FileState::Drifted);
    });
}
