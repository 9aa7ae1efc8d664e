//! A leaked key is marked, and forgotten when its successor is there.

use crate::schema;
use crate::world::{SYSTEM_KEY, World};
use serde_json::json;

pub(crate) const SUCCESSOR: &str = "A614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

#[test]
fn a_leaked_key_is_marked_and_forgotten_when_its_successor_is_brought_in() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "cell"], SYSTEM_KEY).ok();
    let file = world.text_path("aica-license.toml");
    world.licet(["export", "cell", "--format", "launcher-toml", "--to", &file]).ok();

    let marked = world.licet(["leaked", "cell", "--json"]).ok().json();
    schema::check("leaked", &marked);
    assert_eq!((&marked["leaked"], &marked["successor"]), (&json!(true), &json!(null)));
    assert!(world.licet(["show", "cell", "--json"]).ok().json()["leaked_since"].is_string());
    world.licet(["leaked", "cell", "--take-back"]).ok();
    assert!(world.licet(["show", "cell", "--json"]).ok().json()["leaked_since"].is_null());

    world.licet(["leaked", "cell"]).ok();
    let args = ["leaked", "cell", "--successor-file", "-", "--json"];
    let succeeded = world.licet_reading(args, SUCCESSOR).ok().json();
    schema::check("leaked", &succeeded);
    assert!(succeeded["successor"].is_string(), "{succeeded}");
    let written = world.read("aica-license.toml");
    assert!(written.contains(SUCCESSOR) && !written.contains(SYSTEM_KEY), "the file has the successor alone");
}

#[test]
fn the_leaked_key_itself_is_no_successor() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "cell"], SYSTEM_KEY).ok();
    world.licet(["leaked", "cell", "--take-back", "--successor-file", "-"]).fails(2);
    world.licet_reading(["leaked", "cell", "--successor-file", "-"], SYSTEM_KEY).fails(1);
}
