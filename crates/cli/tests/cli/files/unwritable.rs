//! What happens where a license file cannot be written.

use super::export::{export, robot};
use crate::world::{Ran, SYSTEM_KEY, World, run};
use std::{
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    process::Command,
};

#[test]
fn a_folder_that_is_missing_or_stands_where_the_file_should_is_told() {
    let world = robot();
    let missing = world.text_path("none/aica-license.toml");
    export(&world, "robot", "launcher-toml", &missing)
        .fails(1)
        .saying("is not there")
        .saying("create the folder first");
    let folder = world.folder.path().to_str().unwrap();
    export(&world, "robot", "launcher-toml", folder)
        .fails(1)
        .saying("is a folder")
        .saying("name a file in it");
}

#[test]
fn a_path_that_is_no_text_is_wrong_usage_and_nothing_is_written() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let world = robot();
    let path = world.folder.path().join(OsStr::from_bytes(b"key-\xff.toml"));
    let mut command = world.command();
    command.args(["export", "robot", "--format", "launcher-toml", "--to"]).arg(&path);
    world.run(&mut command, "").fails(2).saying("hint: possible: a path that is text");
    assert!(!path.exists());
}

#[test]
fn a_folder_that_may_not_be_written_is_told_and_nothing_changes() {
    let world = robot();
    let folder = world.path("closed");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    let target = world.text_path("closed/key.toml");
    as_nobody(&world, &["export", "robot", "--format", "launcher-toml", "--to", &target])
        .fails(1)
        .saying("may not be written")
        .saying("hint: choose another place");
    assert!(!folder.join("key.toml").exists());
}

#[test]
fn a_file_of_another_owner_is_left_to_its_owner_unless_written_in_place() {
    if !rustix::process::getuid().is_root() {
        return among_own_ids(
            "files::unwritable::a_file_of_another_owner_is_left_to_its_owner_unless_written_in_place",
        );
    }
    let world = robot();
    let folder = world.path("shared");
    std::fs::create_dir(&folder).unwrap();
    let target = world.write("shared/key.toml", "# ours\n");
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o666)).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    let args = ["export", "robot", "--format", "launcher-toml", "--to", target.to_str().unwrap()];
    as_nobody(&world, &args)
        .fails(1)
        .saying("belongs to root")
        .saying("hint: write into the existing file: --in-place");
    assert_eq!(world.read("shared/key.toml"), "# ours\n");
    as_nobody(&world, &[&args[..], &["--in-place"]].concat()).ok();
    assert!(world.read("shared/key.toml").contains(SYSTEM_KEY));
    assert_eq!(std::fs::metadata(&target).unwrap().uid(), 0);
}

#[test]
fn a_full_disk_is_told_and_the_file_there_is_as_it_was() {
    let world = robot();
    let mount = world.path("small");
    std::fs::create_dir(&mount).unwrap();
    let script = r#"mount -t tmpfs -o size=16k tmpfs "$1" && printf '# kept\n' > "$1/key.toml" &&
        { head -c 1m /dev/zero > "$1/filler" 2>/dev/null; "$2" --home "$3" --unlock-file "$4" \
          export robot --format launcher-toml --to "$1/key.toml"; code=$?; cat "$1/key.toml"; ls -A "$1"; exit $code; }"#;
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", script, "sh"]).arg(&mount).arg(crate::world::PROGRAM);
    command.arg(world.home()).arg(world.path("passphrase")).env("HOME", world.folder.path());
    let ran = run(&mut command, "");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("is full") && ran.stderr.contains("hint: free some space"), "{ran:?}");
    assert_eq!(ran.stdout, "# kept\nfiller\nkey.toml\n");
}

/// Tells a story once more as root among user ids of its own, where files can be given to others.
fn among_own_ids(story: &str) {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--map-auto"]).arg(std::env::current_exe().unwrap());
    let ran = run(command.args(["--exact", story, "--nocapture"]), "");
    assert!(
        ran.code == 0 && ran.stdout.contains("1 passed"),
        "{story} lays out a file of another user: tell it as root, or as a user whom /etc/subuid gives further ids \
         (package uidmap): {ran:?}"
    );
}

/// Runs the program as a user who owns the home and nothing else: root ignores permission bits.
fn as_nobody(world: &World, args: &[&str]) -> Ran {
    let open = |name: &str, mode| {
        std::fs::set_permissions(world.path(name), std::fs::Permissions::from_mode(mode)).unwrap()
    };
    if !rustix::process::getuid().is_root() {
        return world.licet(args);
    }
    std::fs::set_permissions(world.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    open("passphrase", 0o644);
    // The built program may lie where nobody may look.
    std::fs::copy(crate::world::PROGRAM, world.path("licet")).unwrap();
    assert!(Command::new("chown").args(["-R", "65534:65534"]).arg(world.home()).status().unwrap().success());
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(world.path("licet"));
    command.arg("--home").arg(world.home()).arg("--unlock-file").arg(world.path("passphrase")).args(args);
    world.run(command.env("HOME", world.folder.path()), "")
}
