//! What keeps a file from being replaced, named as what it is.

use crate::stage::{on_small_disk, shell};
use std::path::Path;
use testkit::put;
use vault::files::{self, Backup, FileError, WriteOptions};

const REPLACING: WriteOptions = WriteOptions { in_place: false, backup: Backup::Always };
const IN_PLACE: WriteOptions = WriteOptions { in_place: true, backup: Backup::Always };

/// Asserts that a file is neither replaced nor found to be replaceable, and returns why. Nothing is left beside it.
fn refused(path: &Path, options: &WriteOptions) -> FileError {
    let folder = path.parent().unwrap();
    let before = crate::test_home::names_in(folder);
    let checked = files::check(path, options.in_place).unwrap_err();
    let refused = files::write(path, b"new", options).unwrap_err();
    assert_eq!(std::mem::discriminant(&checked), std::mem::discriminant(&refused), "{checked}; {refused}");
    assert_eq!(crate::test_home::names_in(folder), before);
    refused
}

#[test]
fn bind_mounted_file_is_named_and_written_in_place() {
    on_small_disk("written::obstacles::bind_mounted_file_is_named_and_written_in_place", 1_000, "", |disk| {
        let (source, mounted) = (disk.join("source"), disk.join("mounted"));
        put(&source, "old");
        put(&mounted, "");
        shell(&format!("mount --bind {} {}", source.display(), mounted.display()));
        let error = refused(&mounted, &REPLACING);
        assert!(matches!(&error, FileError::MountPoint { path } if *path == mounted), "{error:?}");
        files::write(&mounted, b"new", &IN_PLACE).unwrap();
        assert_eq!(std::fs::read_to_string(&source).unwrap(), "new");
    });
}

#[test]
fn file_on_a_read_only_mount_is_named() {
    on_small_disk("written::obstacles::file_on_a_read_only_mount_is_named", 1_000, "ro", |disk| {
        for options in [REPLACING, IN_PLACE] {
            let error = refused(&disk.join("kept"), &options);
            assert!(matches!(error, FileError::ReadOnlyFileSystem { .. }), "{error:?}");
        }
    });
}

/// Setting these attributes takes the capability `CAP_LINUX_IMMUTABLE`.
#[test]
fn attributes_of_chattr_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(".env");
    for (letter, expected) in [("i", "immutable"), ("a", "append-only")] {
        put(&path, "old");
        shell(&format!("chattr +{letter} {}", path.display()));
        let errors = [REPLACING, IN_PLACE].map(|options| refused(&path, &options));
        shell(&format!("chattr -{letter} {}", path.display()));
        for error in errors {
            assert!(
                matches!(&error, FileError::Fixed { path: named, attribute } if *named == path && *attribute == expected),
                "{error:?}"
            );
        }
    }
}

#[test]
fn immutable_folder_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("box");
    std::fs::create_dir(&folder).unwrap();
    shell(&format!("chattr +i {}", folder.display()));
    let error = refused(&folder.join(".env"), &REPLACING);
    shell(&format!("chattr -i {}", folder.display()));
    assert!(matches!(&error, FileError::Fixed { path, .. } if *path == folder), "{error:?}");
}

#[test]
fn file_in_the_place_of_a_folder_is_called_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    put(&file, "");
    for path in [file.join(".env"), file.join("far/.env")] {
        let error = files::write(&path, b"new", &REPLACING).unwrap_err();
        assert!(matches!(&error, FileError::NotAFolder { path } if *path == file), "{error:?}");
    }
    let error = files::write(&dir.path().join("missing/.env"), b"new", &REPLACING).unwrap_err();
    assert!(matches!(error, FileError::ParentMissing { .. }), "{error:?}");
}
