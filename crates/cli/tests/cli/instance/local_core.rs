//! A Core on this computer, asked by the command line.

use crate::schema;
use crate::world::{SYSTEM_KEY, World};
use portal::CoreState;
use serde_json::{Value, json};
use testkit::put;

/// A home whose settings name the portal's Core.
pub(crate) fn beside_a_core() -> World {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "cell-07"], SYSTEM_KEY).ok();
    let settings = format!("core-address = \"{}/core/api\"\n", world.url());
    put(&world.home().join("settings.toml"), &settings);
    world
}

fn asked(world: &World, args: &[&str]) -> Value {
    let json = world.licet([&["core", "--json"], args].concat()).ok().json();
    schema::check("core", &json);
    json
}

#[test]
fn a_core_is_undetermined_for_a_while_then_tells_and_may_be_offline() {
    let world = beside_a_core();
    let json = asked(&world, &["cell-07"]);
    assert_eq!((&json["state"], &json["online"]), (&json!("undetermined"), &Value::Null));

    let packages = [("core".to_owned(), "4.4.2".to_owned())].into();
    let told = CoreState { online: true, packages, entitlements: vec!["vision".to_owned()] };
    world.portal.set_core(Some(&told)).unwrap();
    let json = asked(&world, &[]);
    assert_eq!((&json["state"], &json["online"]), (&json!("reported"), &json!(true)));
    assert_eq!((&json["packages"], &json["entitlements"]), (&json!({"core": "4.4.2"}), &json!(["vision"])));
    world.snapshot("core-online-of-license", &world.licet(["core", "cell-07"]).ok());

    world.portal.set_core(Some(&CoreState { online: false, ..told })).unwrap();
    assert_eq!(asked(&world, &[])["online"], json!(false));
}

#[test]
fn that_no_core_runs_is_an_answer_and_a_product_without_one_has_none() {
    let world = World::with(&["box"]);
    put(&world.home().join("settings.toml"), "core-address = \"http://127.0.0.1:1/api\"\n");
    let json = asked(&world, &[]);
    assert_eq!((&json["state"], &json["error"]), (&json!("unreachable"), &json!("vendor-unreachable")));
    world.snapshot("core-unreachable", &world.licet(["core"]).ok());
    put(&world.home().join("settings.toml"), &format!("core-address = \"{}/elsewhere\"\n", world.url()));
    let json = asked(&world, &[]);
    assert_eq!((&json["state"], &json["error"]), (&json!("other-answer"), &json!("vendor-not-a-portal")));
    world.licet(["core", "box"]).fails(2).saying("has no core");
    put(&world.home().join("settings.toml"), "core-address = \"localhost\"\n");
    world.licet(["core"]).fails(2);
}
