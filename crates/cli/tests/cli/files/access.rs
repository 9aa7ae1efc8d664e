//! Who can read a license file.

use super::export::export;
use crate::schema;
use crate::world::World;
use std::{os::unix::fs::PermissionsExt as _, process::Command};

#[test]
fn a_file_that_everybody_can_read_is_written_with_a_warning() {
    let world = World::with(&["one"]);
    let path = world.write(".env", "PORT=8080\n");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let to = path.to_str().unwrap();
    let warned = |words: &str| {
        let expected = format!("warning: everybody on this computer can {words} {to}");
        export(&world, "one", "env", to).ok().saying(&expected);
    };
    warned("read");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
    warned("read or change");
    let words = ["export", "one", "--format", "env", "--to", to, "--json"];
    let json = world.licet(words).ok().json();
    schema::check("export", &json);
    assert_eq!(json["open_to_others"], true);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(export(&world, "one", "env", to).ok().stderr, "");
}

#[test]
fn file_gets_the_mode_that_is_asked_for() {
    let world = World::with(&["one"]);
    let path = world.text_path(".env");
    let words = |mode: &'static str| {
        ["export", "one", "--format", "env", "--to", &path, "--mode", mode].map(str::to_owned)
    };
    let mode = || std::fs::metadata(world.path(".env")).unwrap().permissions().mode() & 0o777;
    world.licet(words("0640")).ok();
    assert_eq!(mode(), 0o640);
    export(&world, "one", "env", &path).ok();
    assert_eq!(mode(), 0o640, "without the option it stays");
    world.licet(words("644")).ok().saying("warning: everybody on this computer can read /");
    for refused in ["666", "660", "777", "4644", "rw"] {
        world.licet(words(refused)).fails(2).saying("only the owner can write");
    }
    assert_eq!(mode(), 0o644);
    let unknown = ["export", "one", "--format", "env", "--to", &path, "--group", "no-such-group"];
    world.licet(unknown).fails(2).saying("use its number");
}

#[test]
fn user_of_an_access_control_list_is_warned_about_unless_asked_for() {
    let world = World::with(&["one"]);
    let path = world.text_path(".env");
    let words = ["export", "one", "--format", "env", "--to", &path, "--readable-by", "472", "--json"];
    let asked = world.licet(words).ok();
    assert_eq!(asked.stderr, "");
    let acl = Command::new("getfacl").args(["-cnp", &path]).output().unwrap();
    assert!(String::from_utf8_lossy(&acl.stdout).contains("user:472:r--"), "{acl:?}");
    let set = Command::new("setfacl").args(["-m", "u:473:r", &path]).status().unwrap();
    assert!(set.success());
    let json = world.licet(&words[..6]).ok().saying("warning: these can read /").stderr.clone();
    assert!(json.contains("user 473") && !json.contains("user 472"), "{json}");
}
