//! Writing license files.

use crate::stage::{among_own_ids, as_nobody, is_on_stage, is_root, on_small_disk, shell};
use crate::test_home::{chmod, mode_of, names_in, state_of};
use std::os::unix::fs::{MetadataExt, chown, symlink};
use std::path::Path;
use testkit::{
    disk::{self, Fault},
    put,
};
use vault::files::{
    self, Backup, Digest, FileError, FileState, MAX_BYTES, WriteOptions, check, read_if_there, read_text,
};

const REPLACE: WriteOptions = WriteOptions { in_place: false, backup: Backup::Never };
const IN_PLACE: WriteOptions = WriteOptions { in_place: true, backup: Backup::Never };
const KEEP_OLD: WriteOptions = WriteOptions { in_place: false, backup: Backup::Always };

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_new_file_is_for_its_user_alone_and_stands_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    let written = files::write(&path, b"new", &KEEP_OLD).unwrap();
    assert_eq!(text(&path), "new");
    assert_eq!(mode_of(&path), 0o600);
    assert_eq!(written.backup, None);
    assert_eq!(state_of(&path, &written.digest), FileState::UpToDate);
    assert_eq!(names_in(dir.path()), ["l.toml"]);
}

#[test]
fn a_replaced_file_keeps_its_mode_owner_and_group() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    put(&path, "old");
    if is_root() {
        chown(&path, Some(1234), Some(4321)).unwrap();
    }
    chmod(&path, 0o640);
    let before = path.metadata().unwrap();
    files::write(&path, b"new", &REPLACE).unwrap();
    let after = path.metadata().unwrap();
    assert_eq!((after.uid(), after.gid(), mode_of(&path)), (before.uid(), before.gid(), 0o640));
    assert_ne!(after.ino(), before.ino(), "it was replaced, not written over");
    assert_eq!(text(&path), "new");
}

#[test]
fn written_in_place_a_file_keeps_its_inode() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    put(&path, "a long old text that must not show through");
    chmod(&path, 0o644);
    let before = path.metadata().unwrap().ino();
    files::write(&path, b"new", &IN_PLACE).unwrap();
    assert_eq!(
        (path.metadata().unwrap().ino(), text(&path).as_str(), mode_of(&path)),
        (before, "new", 0o644)
    );
    let fresh = dir.path().join("fresh.toml");
    files::write(&fresh, b"new", &IN_PLACE).unwrap();
    assert_eq!(mode_of(&fresh), 0o600);
}

#[test]
fn of_a_link_the_target_is_replaced_wherever_it_leads() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("real")).unwrap();
    let target = dir.path().join("real/l.toml");
    put(&target, "old");
    symlink("real/l.toml", dir.path().join("one")).unwrap();
    symlink(dir.path().join("one"), dir.path().join("two")).unwrap();
    let written = files::write(&dir.path().join("two"), b"new", &KEEP_OLD).unwrap();
    assert_eq!(written.path.canonicalize().unwrap(), target.canonicalize().unwrap());
    assert_eq!(text(&target), "new");
    assert!(dir.path().join("one").is_symlink() && dir.path().join("two").is_symlink());
    assert_eq!(names_in(&dir.path().join("real")), ["l.toml", "l.toml.bak"]);

    symlink("real/later.toml", dir.path().join("dangling")).unwrap();
    files::write(&dir.path().join("dangling"), b"new", &REPLACE).unwrap();
    assert_eq!(text(&dir.path().join("real/later.toml")), "new");
    symlink("loop", dir.path().join("loop")).unwrap();
    assert!(files::write(&dir.path().join("loop"), b"new", &REPLACE).is_err());
}

#[test]
fn what_licet_did_not_write_is_kept_beside_for_its_user_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    put(&path, "theirs");
    chmod(&path, 0o644);
    let first = files::write(&path, b"ours", &KEEP_OLD).unwrap();
    let backup = first.backup.unwrap();
    assert_eq!((text(&backup).as_str(), mode_of(&backup)), ("theirs", 0o600));

    let ours = WriteOptions { in_place: false, backup: Backup::UnlessDigest(first.digest) };
    let second = files::write(&path, b"ours again", &ours).unwrap();
    assert_eq!(second.backup, None);
    assert_eq!(text(&backup), "theirs", "our own text does not push theirs out");

    put(&path, "theirs again");
    let unless = WriteOptions { in_place: true, backup: Backup::UnlessDigest(second.digest) };
    let third = files::write(&path, b"ours", &unless).unwrap();
    assert_eq!(text(&backup), "theirs", "an earlier backup is not written over");
    assert_eq!(text(&third.backup.unwrap()), "theirs again");
}

#[test]
fn backup_under_a_free_name_overwrites_none() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    for (old, expected) in [("one", "l.toml.bak"), ("two", "l.toml.bak.1"), ("three", "l.toml.bak.2")] {
        put(&path, old);
        let backup = files::write(&path, b"ours", &KEEP_OLD).unwrap().backup.unwrap();
        assert_eq!((text(&backup).as_str(), backup), (old, dir.path().join(expected)));
    }
    assert_eq!(files::backups_of(&path).len(), 3);
    files::drop_backup(&dir.path().join("l.toml.bak")).unwrap();
    assert_eq!(files::backups_of(&path), ["l.toml.bak.1", "l.toml.bak.2"].map(|name| dir.path().join(name)));
}

#[test]
fn link_with_the_name_of_a_backup_stays() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    let elsewhere = dir.path().join("elsewhere");
    put(&path, "theirs");
    put(&elsewhere, "untouched");
    symlink(&elsewhere, dir.path().join("l.toml.bak")).unwrap();
    let written = files::write(&path, b"ours", &KEEP_OLD).unwrap();
    assert_eq!(text(&elsewhere), "untouched");
    assert!(dir.path().join("l.toml.bak").is_symlink());
    assert_eq!(text(&written.backup.unwrap()), "theirs");
}

#[test]
fn the_same_text_is_not_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    put(&path, "same");
    let before = path.metadata().unwrap().ino();
    files::write(&path, b"same", &KEEP_OLD).unwrap();
    assert_eq!(path.metadata().unwrap().ino(), before);
    assert_eq!(names_in(dir.path()), ["l.toml"]);
}

#[test]
fn each_wrong_target_has_its_own_error_and_nothing_is_left_behind() {
    let dir = tempfile::tempdir().unwrap();
    put(&dir.path().join("file"), "old");
    shell(&format!("mkfifo {}", dir.path().join("pipe").display()));
    let refused = |name: &str| {
        let path = dir.path().join(name);
        let error = files::write(&path, b"new", &KEEP_OLD).unwrap_err();
        let checked = check(&path, false).unwrap_err();
        assert_eq!(std::mem::discriminant(&error), std::mem::discriminant(&checked), "{name}");
        error
    };
    let missing = refused("no/such/file");
    assert!(
        matches!(&missing, FileError::ParentMissing { path } if path.ends_with("no/such")),
        "{missing:?}"
    );
    assert!(matches!(refused("file/below"), FileError::NotAFolder { .. }));
    assert!(matches!(refused(""), FileError::IsDirectory { .. }));
    assert!(matches!(refused("pipe"), FileError::NotAFile { .. }));
    assert_eq!(names_in(dir.path()), ["file", "pipe"]);
}

#[test]
fn each_wrong_source_has_its_own_error() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    assert!(matches!(read_text(&path), Err(FileError::Missing { .. })));
    assert!(read_if_there(&path).unwrap().is_none());
    assert!(matches!(read_text(dir.path()), Err(FileError::IsDirectory { .. })));
    shell(&format!("printf '\\377' > {}", path.display()));
    assert!(matches!(read_text(&path), Err(FileError::NotText { .. })));
    shell(&format!("truncate -s {} {}", MAX_BYTES + 1, path.display()));
    assert!(matches!(read_text(&path), Err(FileError::TooLarge { .. })));
    assert_eq!(state_of(&path, &Digest::of(b"")), FileState::Drifted);
    shell(&format!("rm {0}; truncate -s {MAX_BYTES} {0}", path.display()));
    assert_eq!(read_text(&path).unwrap().len() as u64, MAX_BYTES);
}

#[test]
fn a_file_tells_whether_it_is_still_what_was_written() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    let digest = files::write(&path, b"ours", &REPLACE).unwrap().digest;
    assert_eq!(state_of(&path, &digest), FileState::UpToDate);
    put(&path, "theirs");
    assert_eq!(state_of(&path, &digest), FileState::Drifted);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(state_of(&path, &digest), FileState::Missing);
    std::fs::create_dir(&path).unwrap();
    assert_eq!(state_of(&path, &digest), FileState::Drifted);
}

#[test]
fn a_check_leaves_no_trace() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.toml");
    check(&path, false).unwrap();
    check(&path, true).unwrap();
    assert!(names_in(dir.path()).is_empty());
    put(&path, "old");
    check(&path, false).unwrap();
    check(&path, true).unwrap();
    assert_eq!((names_in(dir.path()), text(&path).as_str()), (vec!["l.toml".to_owned()], "old"));
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    as_nobody("written::files::a_folder_that_may_not_be_written_is_named", || {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("closed");
        std::fs::create_dir(&folder).unwrap();
        let path = folder.join("l.toml");
        put(&path, "old");
        chmod(&folder, 0o500);
        let refused = files::write(&path, b"new", &REPLACE).unwrap_err();
        assert!(matches!(&refused, FileError::NotWritable { path } if *path == folder), "{refused:?}");
        assert!(check(&path, false).is_err());
        assert_eq!(text(&path), "old");
        files::write(&path, b"new", &IN_PLACE).unwrap();
        assert_eq!(text(&path), "new", "the file itself may be written in place");
        chmod(&path, 0o000);
        assert!(matches!(read_text(&path), Err(FileError::NotReadable { .. })));
        let refused = files::write(&path, b"new", &IN_PLACE).unwrap_err();
        assert!(matches!(refused, FileError::NotWritable { .. }), "{refused:?}");
        chmod(&folder, 0o700);
    });
}

#[test]
fn another_users_file_is_written_in_place_on_consent() {
    const STORY: &str = "written::files::another_users_file_is_written_in_place_on_consent";
    let shared = Path::new("/tmp").join(format!("licet-story-{}", std::process::id()));
    if !is_root() && !is_on_stage() {
        return among_own_ids(STORY);
    }
    if is_root() {
        std::fs::create_dir(&shared).unwrap();
        chmod(&shared, 0o777);
        put(&shared.join("l.toml"), "old");
        chmod(&shared.join("l.toml"), 0o666);
        // The story's process finds the folder by the one that started it.
        as_nobody(STORY, || ());
        let left = (
            names_in(&shared),
            text(&shared.join("l.toml")),
            shared.join("l.toml").metadata().unwrap().uid(),
        );
        std::fs::remove_dir_all(&shared).unwrap();
        assert_eq!(left, (vec!["l.toml".to_owned()], "new".to_owned(), 0));
        return;
    }
    let parent = std::os::unix::process::parent_id();
    let path = Path::new("/tmp").join(format!("licet-story-{parent}")).join("l.toml");
    let refused = files::write(&path, b"new", &REPLACE).unwrap_err();
    assert!(matches!(&refused, FileError::OwnedByAnother { owner, .. } if owner == "root"), "{refused:?}");
    assert!(matches!(check(&path, false), Err(FileError::OwnedByAnother { .. })));
    assert_eq!(text(&path), "old");
    check(&path, true).unwrap();
    files::write(&path, b"new", &IN_PLACE).unwrap();
}

#[test]
fn a_leading_tilde_is_the_users_home_and_any_other_stays() {
    let home = directories::BaseDirs::new().unwrap().home_dir().to_owned();
    let here = std::env::current_dir().unwrap();
    for (typed, meant) in [
        ("~/.aica-license.toml", home.join(".aica-license.toml")),
        ("~", home),
        ("./~/a", here.join("~/a")),
        ("~a/b", here.join("~a/b")),
        ("/a/~/b", Path::new("/a/~/b").to_owned()),
    ] {
        assert_eq!(files::absolute(Path::new(typed)).unwrap(), meant, "{typed}");
    }
}

#[test]
fn path_in_the_home_is_shown_as_it_is_typed() {
    let home = directories::BaseDirs::new().unwrap().home_dir().to_owned();
    for (path, shown) in [
        (home.join("box/.env"), "~/box/.env".into()),
        (home.clone(), home.clone()),
        ("/srv/box/.env".into(), "/srv/box/.env".into()),
    ] {
        assert_eq!(files::from_home(&path), shown);
        assert_eq!(files::absolute(&shown).unwrap(), path);
    }
}

#[test]
fn a_full_disk_is_told_and_the_old_text_stays() {
    on_small_disk("written::files::a_full_disk_is_told_and_the_old_text_stays", 64, "", |disk| {
        let path = disk.join("kept");
        let big = vec![b'x'; 100_000];
        for options in [REPLACE, IN_PLACE] {
            let refused = files::write(&path, &big, &options).unwrap_err();
            assert!(matches!(refused, FileError::DiskFull { .. }), "{options:?}: {refused:?}");
            assert_eq!(text(&path), "old\n", "{options:?}");
            assert_eq!(names_in(disk), ["kept"], "nothing is left lying about");
        }
    });
}

#[test]
fn a_disk_that_can_only_be_read_is_told() {
    on_small_disk("written::files::a_disk_that_can_only_be_read_is_told", 64, "ro", |disk| {
        for options in [REPLACE, IN_PLACE] {
            let refused = files::write(&disk.join("kept"), b"new", &options).unwrap_err();
            assert!(matches!(refused, FileError::ReadOnlyFileSystem { .. }), "{refused:?}");
        }
    });
}

#[test]
fn folder_that_cannot_be_flushed_is_no_failure() {
    const STORY: &str = "written::files::folder_that_cannot_be_flushed_is_no_failure";
    if is_on_stage() {
        let path = Path::new(&std::env::var_os("LICET_STORY_FOLDER").unwrap()).join("l.toml");
        assert!(std::fs::File::open(path.parent().unwrap()).unwrap().sync_all().is_err());
        let written = files::write(&path, b"new", &KEEP_OLD).unwrap();
        assert!(written.is_confirmed && written.backup.is_some());
        return files::drop_backup(&written.backup.unwrap()).unwrap();
    }
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("shared");
    std::fs::create_dir(&folder).unwrap();
    put(&folder.join("l.toml"), "old");
    let mut environment = vec![("LICET_STORY_FOLDER", folder.as_os_str().to_owned())];
    environment.extend(disk::failing(dir.path(), &folder, Fault::UnconfirmedFolders));
    let story = crate::stage::beside(STORY, &environment).wait_with_output().unwrap();
    assert!(story.status.success(), "{}", String::from_utf8_lossy(&story.stdout));
    assert_eq!(
        (text(&folder.join("l.toml")).as_str(), names_in(&folder)),
        ("new", vec!["l.toml".to_owned()])
    );
}
