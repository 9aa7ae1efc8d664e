//! What listing, creating, deleting, importing and replacing licenses prints.

use super::accounts::add_aidbox;
use super::robot;
use crate::licenses::leaked::SUCCESSOR;
use crate::world::{SYSTEM_KEY, UNKNOWN_KEY, World};
use testkit::{Answer, FaultServer};

#[test]
fn list() {
    let world = World::new();
    world.snapshots("list-empty", &["list"]);
    let world = crate::licenses::list::stocked();
    let path = world.text_path(".env");
    world.licet(["export", "dev box", "--format", "env", "--to", &path]).ok();
    world.snapshots("list", &["list"]);
    world.snapshot("list-quiet", &world.licet(["list", "--quiet"]).ok());
    world.snapshot("list-filtered", &world.licet(["list", "type:dev"]).ok());
    world.snapshot("list-nothing-found", &world.licet(["list", "status:expired"]).ok());
}

#[test]
fn filter_errors() {
    let world = World::connected();
    for (name, word) in [
        ("filter-field", "typ:dev"),
        ("filter-type", "type:test"),
        ("filter-hosting", "hosting:cloud"),
        ("filter-expires-in", "expires-in:soon"),
        ("filter-expires-after", "expires-after:soon"),
        ("filter-status", "status:fine"),
        ("filter-account", "account:west"),
    ] {
        world.snapshot(name, &world.licet(["list", word]).fails(2));
    }
    world.snapshot("filter-json", &world.licet(["list", "typ:dev", "--json"]).fails(2));
}

#[test]
fn show() {
    let world = World::with(&["one"]);
    world.licet(["create", "play", "--account", "north", "--type", "prod", "--hosting", "sandbox"]).ok();
    let path = world.text_path(".env");
    world.licet(["export", "one", "--format", "env", "--to", &path]).ok();
    world.snapshots("show-aidbox", &["show", "one"]);
    world.snapshot("show-aidbox-sandbox", &world.licet(["show", "play"]).ok());
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshots("show-aica", &["show", "cell"]);
    let world = robot();
    world.snapshots("show-imported", &["show", "robot"]);
    world.licet(["leaked", "robot"]).ok();
    world.snapshots("show-leaked", &["show", "robot"]);
}

#[test]
fn show_of_no_license_or_several() {
    let world = World::with(&["twin", "twin"]);
    world.snapshot("show-unknown", &world.licet(["show", "none"]).fails(3));
    world.snapshot("show-unknown-json", &world.licet(["show", "none", "--json"]).fails(3));
    world.snapshot("show-ambiguous", &world.licet(["show", "twin"]).fails(4));
    world.snapshot("show-ambiguous-json", &world.licet(["show", "twin", "--json"]).fails(4));
}

#[test]
fn create() {
    let world = World::connected();
    let create = |name: &'static str, more: &[&'static str]| {
        world.licet([&["create", name, "--account", "north", "--type", "dev"], more].concat())
    };
    world.snapshot("create", &create("one", &[]).ok());
    world.snapshot("create-json", &create("two", &["--hosting", "sandbox", "--json"]).ok());
    world.snapshot("create-quiet", &create("three", &["--quiet"]).ok());
    world.snapshot("create-name-taken", &create("one", &[]).fails(1));
    world.snapshot("create-name-empty", &create("", &[]).fails(2));
    world.snapshot("create-hosting-aws", &create("x", &["--hosting", "aws"]).fails(2));
    world.snapshot("create-goal-unknown", &create("x", &["--goal", "fun"]).fails(2));
    world.snapshot("create-pointless-option", &create("x", &["--fhir-version", "5.0.0"]).fails(2));
}

#[test]
fn create_and_delete_of_unknown_outcome() {
    let world = World::new();
    let proxy = FaultServer::before(&world.url()).strict();
    let token = world.text_path("token");
    world.licet(add_aidbox(&proxy.url(), &token)).ok();
    proxy.always("issue-license", Answer::CommitThenDrop);
    proxy.always_after("issue-license", "get-licenses", Answer::Drop);
    let create = ["create", "one", "--account", "north", "--type", "dev"];
    world.snapshot("create-outcome-unknown", &world.licet(create).fails(7));
    world.snapshot("create-unsettled", &world.licet(create).fails(7));
    world.snapshot("create-unsettled-json", &world.licet([&create[..], &["--json"]].concat()).fails(7));
    world.snapshots("accounts-list-unsettled", &["accounts", "list"]);
}

#[test]
fn delete() {
    let world = World::with(&["one", "two", "three"]);
    let path = world.text_path(".env");
    world.licet(["export", "one", "--format", "env", "--to", &path]).ok();
    world.snapshot("delete-not-confirmed", &world.licet(["delete", "one"]).fails(5));
    world.snapshot("delete-not-confirmed-json", &world.licet(["delete", "one", "--json"]).fails(5));
    world.snapshot("delete", &world.licet(["delete", "one", "--confirm", "one"]).ok());
    world.snapshot("delete-json", &world.licet(["delete", "two", "--confirm", "two", "--json"]).ok());
    world.snapshot("export-gone", &world.licet(["export", "L1", "--format", "jwt", "--stdout"]).fails(1));
    world.snapshot("list-gone", &world.licet(["list", "status:gone"]).ok());
    let by_key = ["delete", "--account", "north", "--key-file", "-", "--confirm", "three"];
    world.snapshot("delete-by-unknown-key", &world.licet_reading(by_key, UNKNOWN_KEY).fails(3));
    let key = world.key_of("three");
    world.snapshot("delete-by-key", &world.licet_reading(by_key, &key).ok());
}

#[test]
fn import_and_forget() {
    let world = World::new();
    let file = world.write("cell-07.toml", &format!("License = \"{SYSTEM_KEY}\"\n"));
    let file = file.to_str().unwrap();
    world.snapshot("import-file", &world.licet(["import", file]).ok());
    world.snapshot("import-known", &world.licet(["import", file]).ok());
    world.snapshot("import-json", &world.licet(["import", file, "--json"]).ok());
    let renamed = world.licet(["import", file, "--name", "cell"]).ok();
    world.snapshot("import-renamed", &renamed);
    world.snapshot("import-bare-key", &world.licet_reading(["import", "-"], SUCCESSOR).ok());
    let other = SUCCESSOR.replace("V3", "V4");
    world
        .snapshot("import-other-version", &world.licet_reading(["import", "-", "--name", "v4"], &other).ok());

    let (bad, none) = (world.write("bad.txt", "hello"), world.text_path("none.toml"));
    let several = ["import", bad.to_str().unwrap(), file, &none];
    world.snapshot("import-failed", &world.licet(several));
    world.snapshot("import-failed-json", &world.licet([&several[..], &["--json"]].concat()));
    let mistyped = SYSTEM_KEY.replace("3E7A6C", "3E7A6G");
    world.snapshot("import-mistyped", &world.licet_reading(["import", "-"], &mistyped).fails(1));
    world.snapshot("import-key-as-argument", &world.licet(["import", SYSTEM_KEY]).fails(2));

    world.snapshot("remove-not-confirmed", &world.licet(["remove", "cell"]).fails(5));
    world.snapshot("remove", &world.licet(["remove", "cell", "--confirm", "cell"]).ok());
    world.snapshot("remove-json", &world.licet(["remove", "v4", "--confirm", "v4", "--json"]).ok());
    let aidbox = World::with(&["one"]);
    aidbox.snapshot("remove-of-vendor", &aidbox.licet(["remove", "one", "--confirm", "one"]).fails(2));
}

#[test]
fn look_up() {
    let world = World::with(&["one"]);
    let key = world.write("key", &world.key_of("one"));
    world.snapshots("look-up", &["look-up", "--account", "north", "--key-file", key.to_str().unwrap()]);
    let by_input = ["look-up", "--account", "north", "--key-file", "-"];
    world.snapshot("look-up-unknown", &world.licet_reading(by_input, UNKNOWN_KEY).fails(3));
    world.snapshot("look-up-no-key", &world.licet(&by_input[..3]).fails(2));
}

#[test]
fn leaked() {
    let world = robot();
    let file = world.text_path("aica-license.toml");
    world.licet(["export", "robot", "--format", "launcher-toml", "--to", &file]).ok();
    world.snapshots("leaked", &["leaked", "robot"]);
    world.snapshot("list-leaked", &world.licet(["list"]).ok());
    world.snapshots("leaked-take-back", &["leaked", "robot", "--take-back"]);
    let successor = ["leaked", "robot", "--successor-file", "-"];
    world.snapshot("leaked-same-key", &world.licet_reading(successor, SYSTEM_KEY).fails(1));
    world.licet(["leaked", "robot"]).ok();
    world.snapshot("leaked-successor", &world.licet_reading(successor, SUCCESSOR).ok());
    let world = robot();
    world.licet(["leaked", "robot"]).ok();
    let json = [&successor[..], &["--json"]].concat();
    world.snapshot("leaked-successor-json", &world.licet_reading(json, SUCCESSOR).ok());
}

#[test]
fn replace() {
    let world = World::with(&["old"]);
    let path = world.text_path(".env");
    world.licet(["export", "old", "--format", "env", "--to", &path]).ok();
    let replace = |old: &str, new: &str, more: &[&str]| {
        world.licet([&["replace", old, "--name", new, "--confirm", old], more].concat())
    };
    let not_confirmed = ["replace", "old", "--name", "new", "--confirm", "new"];
    world.snapshot("replace-not-confirmed", &world.licet(not_confirmed).fails(5));
    world.snapshot("replace", &replace("old", "new", &[]).ok());
    world.snapshot("replace-json", &replace("new", "newer", &["--json"]).ok());
    std::fs::remove_file(&path).unwrap();
    world.snapshot("replace-interrupted", &replace("newer", "newest", &[]).fails(1));
    world.snapshot("replace-under-way", &replace("newer", "newest", &[]).fails(1));
    world.snapshot("replace-give-up", &world.licet(["replace", "newer", "--give-up"]).ok());
    world.snapshot("replace-nothing-open", &world.licet(["replace", "newer", "--resume"]).fails(3));
    replace("newer", "another", &[]).fails(1);
    world.snapshot("replace-give-up-json", &world.licet(["replace", "newer", "--give-up", "--json"]).ok());
}
