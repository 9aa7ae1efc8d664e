//! One license: found by id, vendor's id or name, and shown without its key.

use crate::schema;
use crate::world::{SYSTEM_KEY, World};

#[test]
fn a_license_is_found_by_its_id_its_vendors_id_and_its_name() {
    let world = World::with(&["one"]);
    let vendor_id = world.list(&[])[0]["vendor_id"].as_str().unwrap().to_owned();
    for named in ["L1", "one", " one ", vendor_id.as_str()] {
        let json = world.licet(["show", named, "--json"]).ok().json();
        schema::check("show", &json);
        assert_eq!(json["id"], "L1", "{named}");
    }
}

#[test]
fn a_signed_license_of_the_local_portal_is_verified_and_its_claims_are_shown() {
    let world = World::with(&["one"]);
    let json = world.licet(["show", "one", "--json"]).ok().json();
    assert_eq!(json["key"]["state"], "kept");
    assert_eq!(json["key"]["form"], "jwt");
    assert_eq!(json["key"]["verified"], "verified");
    assert_eq!(json["key"]["claims"]["name"], "one");
    assert_eq!(json["formats"], serde_json::json!(["env", "jwt", "k8s-secret", "env-aidbox-license"]));
    assert_eq!(json["removal"], "delete");
    let ran = world.licet(["show", "one"]).ok();
    world.snapshot("show-aidbox-without-files", &ran);
    let text = ran.stdout;
    assert!(!text.contains('"') && !text.contains('.'.to_string().repeat(3).as_str()), "{text}");
    let as_of = json["as_of"].as_str().unwrap();
    assert_eq!(as_of.len(), "2026-12-01T10:42:00Z".len(), "to the second: {as_of}");
}

#[test]
fn while_locked_everything_but_the_key_is_shown() {
    let world = World::with(&["one"]);
    let at_vendor = world.licet_locked(["show", "one", "--json"]).ok().json();
    assert_eq!(at_vendor["key"]["state"], "at-vendor");
    world.licet(["show", "one"]).ok();
    let json = world.licet_locked(["show", "one", "--json"]).ok().json();
    schema::check("show", &json);
    assert_eq!(json["key"]["state"], "locked");
    assert_eq!(json["name"], "one");
}

#[test]
fn an_imported_key_is_masked_but_for_its_end() {
    let world = World::new();
    world.licet_reading(["import", "-"], SYSTEM_KEY).ok();
    let json = world.licet(["show", "L1", "--json"]).ok().json();
    schema::check("show", &json);
    assert_eq!(json["key"]["masked"], "••••••-••••••-••••••-••••••-•••0F2-V3");
    assert_eq!(json["removal"], "remove");
    let text = world.licet(["show", "L1"]).ok().stdout;
    assert!(!text.contains("vendor's id"), "no vendor knows an imported key's: {text}");
    assert_eq!(json["formats"], serde_json::json!(["launcher-toml"]));
}

#[test]
fn a_license_that_is_not_there_is_not_found() {
    let world = World::connected();
    for named in ["nothing", "L99", ""] {
        world.licet(["show", named]).fails(3).saying("there is no license").saying("hint: `licet list`");
    }
}

#[test]
fn a_name_that_several_bear_is_ambiguous_and_the_candidates_are_printed() {
    let world = World::with(&["twin", "twin"]);
    let ran = world.licet(["show", "twin"]).fails(4);
    ran.saying("  L1 (twin, north)\n  L2 (twin, north)\n").saying("hint: name one of them by its id");
    let error = world.licet(["show", "twin", "--json"]).fails(4).error();
    assert_eq!(error["code"], "license-ambiguous");
    assert_eq!(error["candidates"].as_array().unwrap().len(), 2);
    world.licet(["show", "L2"]).ok();
}

#[test]
fn the_history_of_a_license_is_shown() {
    let world = World::connected();
    world.licet(["create", "one", "--account", "north", "--type", "dev"]).ok();
    world.licet(["export", "one", "--format", "env", "--to", &world.text_path("x.env")]).ok();
    let json = world.licet(["show", "one", "--json"]).ok().json();
    let verbs: Vec<_> =
        json["activity"].as_array().unwrap().iter().map(|one| one["verb"].as_str().unwrap()).collect();
    assert_eq!(verbs, ["exported", "created"]);
}

#[test]
fn a_license_that_was_not_used_for_90_days_says_so() {
    let world = World::with(&["one", "two"]);
    let library = rusqlite::Connection::open(world.home().join("library.sqlite3")).unwrap();
    library.execute("UPDATE licenses SET status = 'inactive' WHERE name = 'one'", []).unwrap();
    let listed: Vec<_> = world.list(&[]).iter().map(|row| row["unused"].clone()).collect();
    assert_eq!(listed, [true, false]);
    let json = world.licet_locked(["show", "one", "--json"]).ok().json();
    schema::check("show", &json);
    assert_eq!((&json["unused"], &json["status"]), (&true.into(), &"valid".into()));
    world.snapshot("show-unused", &world.licet_locked(["show", "one"]).ok());
}

#[test]
fn a_key_that_was_marked_as_leaked_is_shown_to_be() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "cell"], SYSTEM_KEY).ok();
    assert_eq!(world.licet(["show", "cell", "--json"]).ok().json()["leaked_since"], serde_json::Value::Null);
    let library = rusqlite::Connection::open(world.home().join("library.sqlite3")).unwrap();
    library.execute("UPDATE licenses SET leaked_since = 1764590400000000", []).unwrap();
    let json = world.licet(["show", "cell", "--json"]).ok().json();
    schema::check("show", &json);
    assert_eq!(json["leaked_since"], "2025-12-01T12:00:00Z");
    world.snapshot("show-marked-as-leaked", &world.licet(["show", "cell"]).ok());
}
