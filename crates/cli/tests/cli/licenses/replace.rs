//! Replacing a license by a new one, in one command.

use crate::schema;
use crate::world::World;

#[test]
fn a_license_is_replaced_wherever_it_is_written() {
    let world = World::with(&["old"]);
    world.licet(["export", "old", "--format", "env", "--to", &world.text_path(".env")]).ok();
    let json = world
        .licet(["replace", "old", "--name", "new", "--confirm", "old", "--type", "prod", "--json"])
        .ok()
        .json();
    schema::check("replace", &json);
    assert_eq!(json["files"], serde_json::json!([world.text_path(".env")]));
    assert_eq!(json["left"], serde_json::json!([]));
    let listed = world.licet(["list", "--json"]).ok().json();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["name"]), (1, &"new".into()), "{listed}");
    assert_eq!(listed[0]["type"], "prod");
    assert_eq!(world.read(".env").trim_end(), format!("BOX_LICENSE={}", world.key_of("new")));
}

#[test]
fn it_asks_for_the_name_and_resumes_only_what_is_open() {
    let world = World::with(&["old"]);
    world.licet(["replace", "old", "--name", "new", "--confirm", "new"]).fails(5).saying("type \"old\"");
    world.licet(["replace", "old", "--name", "new"]).fails(5).saying("--confirm old");
    world.licet(["replace", "old", "--resume"]).fails(3).saying("there is no replacement");
    world
        .licet(["replace", "old", "--name", "old", "--confirm", "old"])
        .fails(1)
        .saying("has a license named");
    let ran = world.licet(["replace", "old", "--name", "old", "--confirm", "old", "--allow-same-name"]).ok();
    world.snapshot("replace-same-name", &ran);
}

#[test]
fn what_stops_halfway_names_its_ways_on_and_can_be_given_up() {
    let world = World::with(&["old"]);
    world.licet(["export", "old", "--format", "env", "--to", &world.text_path(".env")]).ok();
    std::fs::remove_file(world.path(".env")).unwrap();
    let stopped = world.licet(["replace", "old", "--name", "new", "--confirm", "old"]).fails(1);
    world.snapshot("replace-stopped", &stopped);
    world.licet(["replace", "old", "--give-up", "--resume"]).fails(2);
    let json = world.licet(["replace", "old", "--give-up", "--json"]).ok().json();
    schema::check("replace", &json);
    assert_eq!(json["given_up"], true);
    assert_eq!(world.licet(["list", "--json"]).ok().json().as_array().unwrap().len(), 2, "both stay");
    world.licet(["replace", "old", "--give-up"]).fails(3).saying("there is no replacement");
}
