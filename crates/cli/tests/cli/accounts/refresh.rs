//! Fetching what changed at the vendors.

use crate::schema;
use crate::world::World;
use testkit::{Answer, FaultServer};

#[test]
fn what_is_new_and_what_is_gone_is_counted() {
    let world = World::with(&["one", "two"]);
    let key = world.key_of("two");
    world.issue(&["three"]);
    delete_at_portal(&world, &key);

    let json = world.licet(["refresh", "--json"]).ok().json();
    schema::check("refresh", &json);
    assert_eq!(
        json,
        serde_json::json!([{"account": "north", "added": 1, "changed": 0, "gone": 1, "unreadable": 0,
            "missing": 0, "problem": null, "drifted": []}])
    );
    assert_eq!(world.names(&[]), ["one", "three"]);
    assert_eq!(world.licet(["refresh"]).ok().stdout, "north: 0 new, 0 changed, 0 gone\n");
}

/// Deletes behind this home's back: from another home.
fn delete_at_portal(world: &World, key: &str) {
    let url = world.url();
    let other = |args: &[&str], input: &str| {
        let mut command = std::process::Command::new(crate::world::PROGRAM);
        command.arg("--home").arg(world.path("elsewhere")).arg("--unlock-file").arg(world.path("passphrase"));
        world.run(command.args(args), input).ok();
    };
    let token = world.text_path("token");
    other(&["accounts", "add", "aidbox", "--name", "x", "--url", &url, "--token-file", &token], "");
    other(&["delete", "--account", "x", "--key-file", "-", "--confirm", "two"], key);
}

#[test]
fn one_account_is_refreshed_by_its_name() {
    let world = World::connected();
    world.connect("south");
    world.issue(&["one"]);
    let json = world.licet(["refresh", "--account", "south", "--json"]).ok().json();
    assert_eq!(json.as_array().unwrap().len(), 1);
    assert_eq!(world.names(&["account:south"]), ["one"]);
    assert_eq!(world.names(&["account:north"]), [""; 0]);
    world.licet(["refresh", "--account", "west"]).fails(3);
}

#[test]
fn without_accounts_there_is_nothing_to_do_and_that_is_no_failure() {
    let world = World::new();
    assert_eq!(world.licet(["refresh", "--json"]).ok().json(), serde_json::json!([]));
}

#[test]
fn an_account_out_of_reach_keeps_what_was_known_and_holds_up_no_other() {
    let world = World::with(&["one"]);
    let proxy = FaultServer::before(&world.url()).strict();
    let token = world.text_path("token");
    world
        .licet([
            "accounts",
            "add",
            "aidbox",
            "--name",
            "a far one",
            "--url",
            &proxy.url(),
            "--token-file",
            &token,
        ])
        .ok();
    proxy.always("POST", Answer::Drop);
    world.issue(&["two"]);

    let ran = world.licet(["refresh"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("north: 1 new"), "{ran:?}");
    assert_eq!(world.names(&["account:far"]), ["one"]);
    let accounts = world.licet(["accounts", "list", "--json"]).ok().json();
    schema::check("accounts", &accounts);
    assert_eq!(accounts[0]["state"], "offline");
    assert_eq!(accounts[1]["state"], "ready");
}

#[test]
fn a_file_that_is_kept_up_to_date_and_was_changed_by_hand_is_left_alone() {
    let world = World::with(&["one"]);
    let path = world.text_path(".env");
    world.licet(["export", "one", "--format", "env", "--to", &path, "--keep"]).ok();
    testkit::put(&world.path(".env"), "BOX_LICENSE=mine\n");
    let told = world.licet(["refresh"]).ok();
    told.saying(&format!("warning: {path} is kept up to date and is not as it was written"));
    assert_eq!(world.read(".env"), "BOX_LICENSE=mine\n");
    assert_eq!(world.list(&[])[0]["files"][0]["state"], "drifted");
    std::fs::remove_file(&path).unwrap();
    world.licet(["refresh"]).ok().saying("is missing; `licet export L1 --format env --to");
    let json = world.licet(["refresh", "--json"]).ok().json();
    schema::check("refresh", &json);
    assert_eq!(json[0]["drifted"][0]["state"], "missing");
    world.licet(["export", "L1", "--format", "env", "--to", &path, "--keep"]).ok();
    assert_eq!(world.licet(["refresh"]).ok().stderr, "");
}

#[test]
fn the_command_that_writes_a_file_again_quotes_its_path() {
    let world = World::with(&["one"]);
    std::fs::create_dir(world.path("my box")).unwrap();
    let path = world.text_path("my box/.env");
    world.licet(["export", "one", "--format", "env", "--to", &path, "--keep"]).ok();
    testkit::put(&world.path("my box/.env"), "BOX_LICENSE=mine\n");
    world
        .licet(["refresh"])
        .ok()
        .saying(&format!("`licet export L1 --format env --to '{path}' --keep` writes"));
}
