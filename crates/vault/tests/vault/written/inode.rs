//! What a file has beside its bytes survives its replacing, and no user gains access.

use crate::stage::{is_root, shell};
use crate::test_home::{chmod, mode_of, names_in};
use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;
use testkit::put;
use vault::files::{self, Access, Backup, FileError, Mode, WriteOptions, check};

const REPLACE: WriteOptions = WriteOptions { in_place: false, backup: Backup::Always };
const IN_PLACE: WriteOptions = WriteOptions { in_place: true, backup: Backup::Always };

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// The access control list as `getfacl` prints it, without the file's name.
fn acl(path: &Path) -> String {
    let printed = shell(&format!("getfacl --omit-header --numeric --absolute-names {}", path.display()));
    printed.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn setfacl(arguments: &str, path: &Path) {
    shell(&format!("setfacl {arguments} {}", path.display()));
}

fn write_with(path: &Path, bytes: &[u8], access: Access) -> Result<files::Written, FileError> {
    files::prepare(path, bytes, &REPLACE)?.with_access(access).carry_out()
}

#[test]
fn access_control_list_survives_replacing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    put(&path, "old");
    chmod(&path, 0o600);
    setfacl("-m u:472:r,g:5:rw,m::r", &path);
    let before = acl(&path);
    let backup = files::write(&path, b"new", &REPLACE).unwrap().backup.unwrap();
    assert_eq!((acl(&path), text(&path).as_str()), (before, "new"));
    assert_eq!(acl(&backup), "user::rw- group::--- other::---");
    assert_eq!(mode_of(&backup), 0o600);
}

#[test]
fn extended_attributes_survive_replacing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    put(&path, "old");
    shell(&format!("setfattr -n user.origin -v portal {}", path.display()));
    if is_root() {
        shell(&format!("setfattr -n trusted.note -v kept {}", path.display()));
    }
    let attributes =
        |path: &Path| shell(&format!("getfattr -d -m - --absolute-names {} | tail -n +2", path.display()));
    let before = attributes(&path);
    assert!(before.contains("user.origin"), "{before}");
    files::write(&path, b"new", &REPLACE).unwrap();
    assert_eq!(attributes(&path), before);
}

#[test]
fn default_list_of_a_folder_widens_no_file() {
    let dir = tempfile::tempdir().unwrap();
    setfacl("-d -m u:472:rwx,g:5:rwx,o::rwx", dir.path());
    let new = dir.path().join("new.jwt");
    files::write(&new, b"new", &REPLACE).unwrap();
    assert_eq!(acl(&new), "user::rw- group::--- other::---");
    for mode in [0o600, 0o640, 0o644] {
        let old = dir.path().join(format!("{mode:o}.jwt"));
        put(&old, "old");
        setfacl("-b", &old);
        chmod(&old, mode);
        let before = acl(&old);
        let backup = files::write(&old, b"new", &REPLACE).unwrap().backup.unwrap();
        assert_eq!(acl(&old), before, "{mode:o}");
        assert_eq!(acl(&backup), "user::rw- group::--- other::---");
    }
}

#[test]
fn file_with_several_names_is_written_in_place_only() {
    let dir = tempfile::tempdir().unwrap();
    let (path, other) = (dir.path().join("one"), dir.path().join("two"));
    put(&path, "old");
    std::fs::hard_link(&path, &other).unwrap();
    let refused = files::write(&path, b"new", &REPLACE);
    assert!(matches!(refused, Err(FileError::HardLinked { names: 2, .. })), "{refused:?}");
    assert!(matches!(check(&path, false), Err(FileError::HardLinked { .. })));
    assert_eq!(
        (text(&path).as_str(), names_in(dir.path())),
        ("old", vec!["one".to_owned(), "two".to_owned()])
    );
    check(&path, true).unwrap();
    files::write(&path, b"new", &IN_PLACE).unwrap();
    assert_eq!((text(&path), text(&other)), ("new".to_owned(), "new".to_owned()));
}

#[test]
fn user_gets_read_access_to_a_new_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    let access = Access { readable_by: Some(472), ..Access::default() };
    write_with(&path, b"new", access).unwrap();
    assert_eq!(acl(&path), "user::rw- user:472:r-- group::--- mask::r-- other::---");
    assert!(files::can_be_read_by(&path, 472, 0) && !files::can_be_read_by(&path, 473, 12345));
    let others = files::others_of(&path);
    assert_eq!(others.users.len(), 1, "{others:?}");
    assert!(others.without(&access).is_nobody());
    // Written again without asking for it, the file keeps it.
    files::write(&path, b"newer", &REPLACE).unwrap();
    assert_eq!(acl(&path), "user::rw- user:472:r-- group::--- mask::r-- other::---");
}

#[test]
fn mask_that_becomes_wider_lets_no_one_else_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    put(&path, "old");
    setfacl("-m u:1000:rw,g::r,m::-", &path);
    write_with(&path, b"new", Access { readable_by: Some(472), ..Access::default() }).unwrap();
    assert_eq!(acl(&path), "user::rw- user:472:r-- user:1000:--- group::--- mask::r-- other::r--");
}

#[test]
fn mode_and_group_are_set() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    write_with(&path, b"new", Access { mode: Mode::parse("0640"), ..Access::default() }).unwrap();
    assert_eq!(mode_of(&path), 0o640);
    if is_root() {
        write_with(&path, b"newer", Access { group: Some(472), ..Access::default() }).unwrap();
        assert_eq!((path.metadata().unwrap().gid(), mode_of(&path)), (472, 0o640));
        assert!(files::can_be_read_by(&path, 1234, 472));
    }
    // The text is there already, and only who can read it changes.
    write_with(
        &path,
        &std::fs::read(&path).unwrap(),
        Access { mode: Mode::parse("600"), ..Access::default() },
    )
    .unwrap();
    assert_eq!(mode_of(&path), 0o600);
}

#[test]
fn new_group_does_not_get_what_the_old_one_had_and_others_nothing() {
    if !is_root() {
        return crate::stage::among_own_ids(
            "written::inode::new_group_does_not_get_what_the_old_one_had_and_others_nothing",
        );
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    put(&path, "old");
    chmod(&path, 0o660);
    write_with(&path, b"new", Access { group: Some(5), ..Access::default() }).unwrap();
    assert_eq!(mode_of(&path), 0o640);
}

#[test]
fn group_that_is_asked_for_can_read_and_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    files::write(&path, b"old", &REPLACE).unwrap();
    let access = Access { group: Some(path.metadata().unwrap().gid()), ..Access::default() };
    write_with(&path, b"new", access).unwrap();
    assert_eq!(mode_of(&path), 0o640);
    // The mask keeps the group from writing, and goes on doing so.
    setfacl("-m u:472:r,g::rw,m::r", &path);
    write_with(&path, b"newer", access).unwrap();
    assert_eq!(acl(&path), "user::rw- user:472:r-- group::r-- mask::r-- other::---");
}

#[test]
fn mode_that_is_asked_for_hides_no_group_of_an_access_control_list() {
    if !is_root() {
        return crate::stage::among_own_ids(
            "written::inode::mode_that_is_asked_for_hides_no_group_of_an_access_control_list",
        );
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    put(&path, "old");
    chmod(&path, 0o600);
    chown(&path, None, Some(7)).unwrap();
    setfacl("-m g:5:r", &path);
    let access = Access { mode: Mode::parse("640"), ..Access::default() };
    write_with(&path, b"new", access).unwrap();
    let others = files::others_of(&path);
    assert!(others.owning_group.is_some() && others.groups.len() == 1, "{others:?}");
    assert_eq!(others.every_group().count(), 2);
    let unasked = others.clone().without(&access);
    assert_eq!((unasked.owning_group, unasked.groups), (None, others.groups));
}

#[test]
fn group_that_is_asked_for_is_not_warned_about() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    put(&path, "old");
    chmod(&path, 0o600);
    setfacl("-m g:5:r,g:7:r", &path);
    let others = files::others_of(&path);
    let asked = Access { group: Some(5), ..Access::default() };
    assert_eq!((others.groups.len(), others.without(&asked).groups.len()), (2, 1));
}

#[test]
fn others_who_read_are_told_from_others_who_change() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    put(&path, "old");
    let everybody = |mode| {
        chmod(&path, mode);
        let others = files::others_of(&path);
        (others.everybody, others.everybody_can_change)
    };
    assert_eq!(
        [everybody(0o600), everybody(0o604), everybody(0o606)],
        [(false, false), (true, false), (true, true)]
    );
    chmod(&path, 0o600);
    setfacl("-m g:5:r", &path);
    assert!(!files::others_of(&path).can_change);
    setfacl("-m g:5:rw", &path);
    let others = files::others_of(&path);
    let asked = Access { group: Some(5), ..Access::default() };
    assert!(others.can_change && !others.without(&asked).can_change, "nobody is left who could");
}

#[test]
fn file_that_others_can_use_is_recognised() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("license.jwt");
    put(&path, "old");
    chmod(&path, 0o600);
    assert!(files::others_of(&path).is_nobody());
    setfacl("-m g:5:r", &path);
    assert_eq!(files::others_of(&path).groups.len(), 1);
    setfacl("-m m::-", &path);
    assert!(files::others_of(&path).is_nobody(), "the mask leaves it nothing");
    setfacl("-b", &path);
    chmod(&path, 0o604);
    assert!(files::others_of(&path).everybody);
    assert!(files::others_of(dir.path()).is_nobody(), "a folder contains no key itself");
    if is_root() {
        chmod(&path, 0o600);
        chown(&path, Some(1234), None).unwrap();
        assert_eq!(files::others_of(&path).owner.as_deref(), Some("1234"));
    }
}

#[test]
fn file_system_without_access_control_lists_is_named() {
    const STORY: &str = "written::inode::file_system_without_access_control_lists_is_named";
    crate::stage::on_file_system(STORY, "ramfs", |disk| {
        let path = disk.join("license.jwt");
        let refused = write_with(&path, b"new", Access { readable_by: Some(472), ..Access::default() });
        assert!(matches!(refused, Err(FileError::NoAccessList { .. })), "{refused:?}");
        assert!(names_in(disk).is_empty());
        write_with(&path, b"new", Access { mode: Mode::parse("644"), ..Access::default() }).unwrap();
        assert_eq!(mode_of(&path), 0o644);
        let backup = files::write(&path, b"newer", &REPLACE).unwrap().backup.unwrap();
        assert_eq!((mode_of(&path), mode_of(&backup)), (0o644, 0o600));
    });
}
