//! Files that contain more than the license, or the license of another: what stays, and what is refused.

use super::export::{export, robot};
use crate::world::World;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use testkit::put;

#[test]
fn other_keys_and_comments_stay_and_what_was_there_is_kept_beside() {
    let world = World::with(&["one"]);
    let before = "# our box\nPORT=8080\nBOX_LICENSE=old\n";
    let path = world.write(".env", before);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let json = world
        .licet(["export", "one", "--format", "env", "--to", path.to_str().unwrap(), "--json"])
        .ok()
        .json();
    assert_eq!(json["backup"], world.text_path(".env.bak"));
    assert_eq!(world.read(".env"), before.replace("old", &world.key_of("one")));
    assert_eq!(world.read(".env.bak"), before);
    assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
    assert_eq!(std::fs::metadata(world.path(".env.bak")).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn a_file_of_another_license_is_replaced_on_ones_word_alone() {
    let world = World::with(&["one", "two"]);
    let path = world.text_path(".env");
    export(&world, "one", "env", &path).ok();
    let before = world.read(".env");
    let refused = export(&world, "two", "env", &path).fails(5);
    refused.saying("is the license file of \"one\"").saying("hint: choose another place, or say --replace");
    assert_eq!(world.read(".env"), before);
    export(&world, "one", "env", &path).ok();
    // A copy that Licet did not write holds the same key.
    put(&world.path("copy.env"), &before);
    export(&world, "two", "env", &world.text_path("copy.env")).fails(5).saying("of \"one\"");
    let words = ["export", "two", "--format", "env", "--to", &path, "--replace"];
    world.licet(words).ok();
    assert_eq!(world.read(".env").trim_end(), format!("BOX_LICENSE={}", world.key_of("two")));
}

#[test]
fn what_licet_wrote_itself_is_not_backed_up() {
    let world = World::with(&["one", "two"]);
    for license in ["one", "two"] {
        let to = world.text_path(".env");
        world.licet(["export", license, "--format", "env", "--to", &to, "--replace"]).ok();
    }
    assert!(!world.path(".env.bak").exists());
    assert_eq!(
        world.list(&["one"])[0]["files"],
        serde_json::json!([]),
        "the file is the other license's now"
    );
}

#[test]
fn in_place_keeps_the_file_that_a_container_has_mounted() {
    let world = World::with(&["one"]);
    let inode = || std::fs::metadata(world.path(".env")).unwrap().ino();
    put(&world.path(".env"), "PORT=1\n");
    let mounted = inode();
    let to = world.text_path(".env");
    let json = world
        .licet(["export", "one", "--format", "env", "--to", &to, "--in-place", "--keep", "--json"])
        .ok()
        .json();
    assert_eq!((inode(), &json["in_place"], &json["keep"]), (mounted, &true.into(), &true.into()));
    assert!(world.read(".env").starts_with("PORT=1\nBOX_LICENSE="));
}

#[test]
fn a_file_that_is_not_toml_stays_as_it_is() {
    let world = robot();
    let path = world.write("aica-license.toml", "this is = not [toml\n");
    export(&world, "robot", "launcher-toml", path.to_str().unwrap())
        .fails(1)
        .saying("hint: nothing was written");
    assert_eq!(world.read("aica-license.toml"), "this is = not [toml\n");
    assert!(!world.path("aica-license.toml.bak").exists());
}
