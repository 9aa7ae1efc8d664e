//! What the commands of accounts and refreshing print.

use super::robot;
use crate::accounts::aica::{add, confirmed};
use crate::keygen::CODE;
use crate::world::{SYSTEM_KEY, World};
use std::path::Path;
use testkit::{Answer, FaultServer, put};

pub(super) fn add_aidbox<'a>(url: &'a str, token: &'a str) -> [&'a str; 9] {
    ["accounts", "add", "aidbox", "--name", "north", "--url", url, "--token-file", token]
}

#[test]
fn accounts_add() {
    let world = World::new();
    world.issue(&["one", "two"]);
    let (url, file) = (world.url(), world.text_path("token"));
    world.snapshot("accounts-add-aidbox", &world.licet(add_aidbox(&url, &file)).ok());
    let again =
        world.licet(["accounts", "add", "aidbox", "--name", "south", "--url", &url, "--token-file", &file]);
    world.snapshot("accounts-add-twice", &again.ok());
    world.snapshot("accounts-add-name-taken", &world.licet(add_aidbox(&url, &file)).fails(1));
    world.snapshot("accounts-add-local", &world.licet(["accounts", "add", "local", "--name", "here"]).ok());

    let other = World::new();
    let (url, file) = (other.url(), other.text_path("token"));
    let json = other.licet([&add_aidbox(&url, &file)[..], &["--json"]].concat());
    other.snapshot("accounts-add-aidbox-json", &json.ok());
}

#[test]
fn accounts_add_refused() {
    let world = World::new();
    let (url, file) = (world.url(), world.text_path("token"));
    let wrong = world.write("wrong", "licet_0000000000000000000000000000000000000000");
    let wrong = wrong.to_str().unwrap();
    world.snapshot("accounts-add-token-refused", &world.licet(add_aidbox(&url, wrong)).fails(1));
    let json = world.licet([&add_aidbox(&url, wrong)[..], &["--json"]].concat()).fails(1);
    world.snapshot("accounts-add-token-refused-json", &json);
    world.snapshot("accounts-add-no-address", &world.licet(add_aidbox("not an address", &file)).fails(2));
    let missing = world.text_path("missing");
    world.snapshot("accounts-add-no-token-file", &world.licet(add_aidbox(&url, &missing)).fails(1));
    world.snapshot("accounts-add-no-token", &world.licet(&add_aidbox(&url, &file)[..7]).fails(2));
    let proxy = FaultServer::before(&url).strict();
    proxy.always("POST", Answer::reply(200, "text/html", "<!doctype html><title>Welcome</title>"));
    world.snapshot("accounts-add-web-page", &world.licet(add_aidbox(&proxy.url(), &file)).fails(1));
}

#[test]
fn accounts_add_aica() {
    let (world, keygen) = (World::new(), crate::keygen::Keygen::start());
    world.snapshot("accounts-add-aica-host-not-confirmed", &world.licet(add(&keygen, &world)).fails(5));
    let login = confirmed(add(&keygen, &world));
    keygen.want_codes();
    world.snapshot("accounts-add-aica-code-needed", &world.licet(&login).fails(1));
    let code = ["--otp-file".to_owned(), world.write("otp", CODE).to_str().unwrap().to_owned()];
    world.snapshot("accounts-add-aica", &world.licet([&login[..], &code].concat()).ok());
}

#[test]
fn accounts_list_and_test() {
    let world = World::new();
    world.snapshots("accounts-list-empty", &["accounts", "list"]);
    world.issue(&["one"]);
    world.connect("north");
    world.licet(["accounts", "add", "local", "--name", "here"]).ok();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world.snapshots("accounts-list", &["accounts", "list"]);
    world.snapshots("accounts-test", &["accounts", "test", "north"]);
    world.snapshot("accounts-test-no-vendor", &world.licet(["accounts", "test", "files"]).fails(2));
    world.snapshot("accounts-test-unknown", &world.licet(["accounts", "test", "west"]).fails(3));
}

#[test]
fn accounts_log_in_and_out() {
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshot("accounts-log-out", &world.licet(["accounts", "log-out", "cells"]).ok());
    world.snapshot("refresh-logged-out", &world.licet(["refresh"]));
    let password = world.text_path("password");
    let log_in = ["accounts", "log-in", "cells", "--password-file", &password];
    world.snapshots("accounts-log-in", &log_in);
    world.snapshot("accounts-log-out-json", &world.licet(["accounts", "log-out", "cells", "--json"]).ok());
    let aidbox = World::connected();
    aidbox.snapshot("accounts-log-out-no-session", &aidbox.licet(["accounts", "log-out", "north"]).fails(2));
}

#[test]
fn accounts_remove() {
    let remove = ["accounts", "remove", "cells", "--confirm", "cells"];
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshot("accounts-remove-not-confirmed", &world.licet(&remove[..3]).fails(5));
    world.snapshot("accounts-remove", &world.licet(remove).ok());
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshot("accounts-remove-json", &world.licet([&remove[..], &["--json"]].concat()).ok());
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshot("accounts-remove-session-left", &world.licet_locked(remove).ok());
    let world = robot();
    let files = ["accounts", "remove", "files", "--confirm", "files"];
    world.snapshot("accounts-remove-imported-keys", &world.licet(files).fails(2));
}

#[test]
fn refresh() {
    let world = World::with(&["one"]);
    world.connect("south");
    world.issue(&["two"]);
    world.snapshot("refresh", &world.licet(["refresh"]).ok());
    world.issue(&["three"]);
    world.snapshot("refresh-json", &world.licet(["refresh", "--json"]).ok());
    world.snapshot("refresh-unknown-account", &world.licet(["refresh", "--account", "west"]).fails(3));
    let empty = World::new();
    empty.snapshots("refresh-no-accounts", &["refresh"]);
}

#[test]
fn refresh_finds_changed_file() {
    let world = World::with(&["one"]);
    let path = world.text_path(".env");
    world.licet(["export", "one", "--format", "env", "--to", &path, "--keep"]).ok();
    put(Path::new(&path), "BOX_LICENSE=mine\n");
    world.snapshots("refresh-file-changed", &["refresh"]);
    std::fs::remove_file(&path).unwrap();
    world.snapshot("refresh-file-missing", &world.licet(["refresh"]).ok());
}

#[test]
fn refresh_refused() {
    let world = World::new();
    world.issue(&["one"]);
    let proxy = FaultServer::before(&world.url()).strict();
    world.licet(add_aidbox(&proxy.url(), &world.text_path("token"))).ok();
    proxy.always("POST", Answer::reply(401, "application/json", r#"{"message": "revoked"}"#));
    world.snapshots("refresh-refused", &["refresh"]);
    world.snapshots("accounts-list-failed", &["accounts", "list"]);
}
