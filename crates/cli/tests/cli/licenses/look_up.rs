//! Which license a key belongs to.

use crate::schema;
use crate::world::{UNKNOWN_KEY, World};

#[test]
fn a_key_tells_its_license() {
    let world = World::with(&["one", "two"]);
    let key = world.write("key", &world.key_of("two"));
    let look_up = ["look-up", "--account", "north", "--key-file", key.to_str().unwrap()];
    let json = world.licet([&look_up[..], &["--json"]].concat()).ok().json();
    schema::check("look-up", &json);
    assert_eq!(json["name"], "two");
    assert_eq!(json["type"], "dev");
    world.snapshot("look-up-by-file", &world.licet(look_up).ok());
}

#[test]
fn a_license_that_the_library_does_not_have_is_told_from_the_portal() {
    let world = World::connected();
    world.issue(&["new"]);
    let vendor_id = world.at_portal()[0]["id"].as_str().unwrap().to_owned();
    let key = world.key_at_portal(&vendor_id);
    let json =
        world.licet_reading(["look-up", "--account", "north", "--key-file", "-", "--json"], &key).ok().json();
    schema::check("look-up", &json);
    assert_eq!(json["id"], serde_json::Value::Null);
    assert_eq!(json["vendor_id"], vendor_id);
}

#[test]
fn a_key_of_nobody_is_not_found() {
    let world = World::connected();
    let ran = world.licet_reading(["look-up", "--account", "north", "--key-file", "-"], UNKNOWN_KEY);
    ran.fails(3).saying("not yours");
}

#[test]
fn license_file_is_looked_up_by_the_key_in_it() {
    let world = World::with(&["one"]);
    let env = world.write(".env", &format!("DB_PASSWORD=hunter2\nBOX_LICENSE={}\n", world.key_of("one")));
    let json = world
        .licet(["look-up", "--account", "north", "--key-file", env.to_str().unwrap(), "--json"])
        .ok()
        .json();
    assert_eq!(json["name"], "one");
}

#[test]
fn text_without_a_key_is_refused_before_it_is_sent() {
    let world = World::connected();
    let ran =
        world.licet_reading(["look-up", "--account", "north", "--key-file", "-"], "DB_PASSWORD=hunter2");
    ran.fails(1).saying("this .env file has no variable `BOX_LICENSE`");
}

#[test]
fn without_a_key_or_with_an_unknown_account_it_fails_in_its_own_way() {
    let world = World::connected();
    world.licet(["look-up", "--account", "north"]).fails(2).saying("--key-file is missing");
    world.licet(["look-up", "--account", "west", "--key-file", "-"]).fails(3);
    world.licet(["look-up", "--account", "north", "--key-file", &world.text_path("none")]).fails(1);
}
