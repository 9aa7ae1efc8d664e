//! Starting again without the secrets, where nothing unlocks them any more.

use crate::schema;
use crate::world::{SYSTEM_KEY, World};

const FORGET: [&str; 4] = ["secrets", "forget", "--confirm", "forget secrets"];

/// The account `north` with the license `one`, whose key is kept, and the imported key `robot`.
fn stocked() -> World {
    let world = World::with(&["one"]);
    world.key_of("one");
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world
}

fn library(world: &World) -> rusqlite::Connection {
    rusqlite::Connection::open(world.home().join("library.sqlite3")).unwrap()
}

/// How many secrets and ways to unlock them the library has.
fn kept(world: &World) -> (i64, i64) {
    let count = |table: &str| {
        let select = format!("SELECT count(*) FROM {table}");
        library(world).query_row(&select, [], |row| row.get(0)).unwrap()
    };
    (count("secrets"), count("slots"))
}

#[test]
fn refused_confirmation_forgets_nothing() {
    let world = stocked();
    let before = kept(&world);
    for words in ["", "forget", "Forget secrets"] {
        world.licet_locked(["secrets", "forget", "--confirm", words]).fails(5).saying("1 imported key");
    }
    let error = world.licet_locked(["secrets", "forget", "--json"]).fails(5).error();
    assert_eq!(error["code"], "not-confirmed");
    assert_eq!(kept(&world), before);
    world.licet(["accounts", "test", "north"]).ok();
}

#[test]
fn forgetting_is_the_way_out_of_lost_slots() {
    let world = stocked();
    library(&world).execute("DELETE FROM slots", []).unwrap();
    let lost = world.licet(["accounts", "test", "north"]).fails(6);
    world.snapshot("slots-lost", &lost.saying("licet secrets forget"));

    world.snapshot("secrets-forget-not-confirmed", &world.licet(["secrets", "forget"]).fails(5));
    world.snapshot("secrets-forget", &world.licet(FORGET).ok());
    assert_eq!(kept(&world), (0, 0));
    assert_eq!(world.names(&[]), ["one", "robot"]);
    world.snapshot("refresh-login-forgotten", &world.licet(["refresh"]));

    let token = world.text_path("token");
    world.licet(["accounts", "log-in", "north", "--token-file", &token]).ok();
    world.key_of("one");
    world.licet_locked(["accounts", "test", "north"]).fails(6).saying("--unlock-file");
}

#[test]
fn forgetting_needs_no_passphrase_and_has_a_json_form() {
    let world = stocked();
    world.write("passphrase", "not the right one");
    let json = world.licet([&FORGET[..], &["--json"]].concat()).ok().json();
    schema::check("secrets-forget", &json);
    assert_eq!(
        json["forgotten"],
        serde_json::json!({"logins": ["north"], "instance_tokens": 0, "license_keys": 1, "imported_keys": 1, "backups": []})
    );
    let again = world.licet_locked([&FORGET[..], &["--json"]].concat()).ok().json();
    assert_eq!(again["forgotten"]["logins"], serde_json::json!([]));
}

#[test]
fn forgetting_makes_no_home() {
    let world = World::new();
    let ran = world.licet_locked(FORGET).ok();
    assert!(ran.stdout.starts_with("Forgot no secrets"), "{ran:?}");
    assert!(!world.home().exists());
}
