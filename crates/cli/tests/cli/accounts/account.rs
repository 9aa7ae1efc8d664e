//! Connecting, listing, testing and removing accounts.

use crate::schema;
use crate::world::{Ran, World};
use jiff::Timestamp;
use license::Password;
use std::collections::BTreeMap;
use testkit::{Answer, FaultServer};
use vault::{Home, NewAccount, Refresh, Vault};

fn add<'a>(name: &'a str, url: &'a str, token: &'a str) -> [&'a str; 9] {
    ["accounts", "add", "aidbox", "--name", name, "--url", url, "--token-file", token]
}

#[test]
fn connecting_keeps_the_login_fetches_once_and_says_what_was_found() {
    let world = World::new();
    world.issue(&["one", "two"]);
    let ran = world.licet(add("north", &world.url(), &world.text_path("token"))).ok();
    world.snapshot("accounts-add-aidbox", &ran);
    assert_eq!(world.names(&[]), ["one", "two"]);
}

#[test]
fn the_entitlements_come_with_the_first_fetch() {
    let world = World::with(&["one"]);
    let codes = world.list(&[])[0]["entitlements"].clone();
    assert!(codes.as_array().unwrap().iter().any(|one| one["code"] == "fhir-server"), "{codes}");
}

#[test]
fn connecting_has_a_json_form() {
    let world = World::new();
    let (url, token) = (world.url(), world.text_path("token"));
    let args = [&add("north", &url, &token)[..], &["--json"]].concat();
    let json = world.licet(args).ok().json();
    schema::check("account", &json);
    assert_eq!(json["name"], "north");
    assert_eq!(json["state"], "ready");
}

#[test]
fn a_token_comes_through_standard_input_and_one_newline_at_its_end_is_dropped() {
    for end in ["", "\n", "\r\n"] {
        let world = World::new();
        world.licet_reading(add("north", &world.url(), "-"), &format!("{}{end}", world.token)).ok();
    }
}

#[test]
fn a_wrong_token_is_told_with_a_hint_and_nothing_is_kept() {
    let world = World::new();
    let token = world.write("wrong", "licet_0000000000000000000000000000000000000000");
    let ran = world.licet(add("north", &world.url(), token.to_str().unwrap()));
    let ran = ran.fails(1).saying(&format!("at {}", world.url()));
    world.snapshot("accounts-add-token-refused", &ran);
    assert_eq!(world.licet(["accounts", "list", "--json"]).ok().json(), serde_json::json!([]));
}

#[test]
fn a_name_that_an_account_has_is_refused_whatever_its_case() {
    let world = World::connected();
    for name in ["north", "North", " NORTH "] {
        let ran = world.licet(add(name, &world.url(), &world.text_path("token")));
        ran.fails(1).saying("already").saying("hint: choose another name");
    }
}

#[test]
fn the_name_of_the_imported_keys_is_taken() {
    let world = World::new();
    world.licet(add("files", &world.url(), &world.text_path("token"))).fails(1).saying("already");
}

#[test]
fn what_is_no_address_is_wrong_usage() {
    let world = World::new();
    for url in ["not an address", "ftp://127.0.0.1", "http://user:secret@127.0.0.1:1"] {
        world.licet(add("north", url, &world.text_path("token"))).fails(2).saying("address");
    }
}

#[test]
fn an_address_where_nothing_listens_is_told() {
    let world = World::new();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let ran = world.licet(add("north", &format!("http://{closed}"), &world.text_path("token")));
    ran.fails(1).saying("cannot be reached").saying("hint: check the port");
}

#[test]
fn a_web_page_instead_of_a_portal_is_told() {
    let world = World::new();
    let proxy = FaultServer::before(&world.url()).strict();
    proxy.always("POST", Answer::reply(200, "text/html", "<!doctype html><title>Welcome</title>"));
    let ran = world.licet(add("north", &proxy.url(), &world.text_path("token")));
    ran.fails(1).saying("not a licensing system").saying("hint: ");
}

#[test]
fn without_a_terminal_a_missing_token_is_wrong_usage_and_nothing_is_asked() {
    let world = World::new();
    let ran = world.licet(["accounts", "add", "aidbox", "--name", "north", "--url", &world.url()]);
    world.snapshot("accounts-add-no-token", &ran.fails(2));
}

#[test]
fn a_token_file_that_is_not_there_is_named() {
    let world = World::new();
    let missing = world.text_path("missing");
    world.licet(add("north", &world.url(), &missing)).fails(1).saying(&missing);
}

#[test]
fn standard_input_is_read_once_at_most() {
    let world = World::new();
    let mut command = world.locked_command();
    command.args(["--unlock-file", "-"]).args(add("north", &world.url(), "-"));
    world.run(&mut command, "x").fails(2).saying("standard input can be read only once");
}

#[test]
fn the_local_portal_is_started_for_the_command_and_keeps_its_licenses() {
    let world = World::new();
    world.licet(["accounts", "add", "local", "--name", "here"]).ok();
    world.licet(["create", "mine", "--account", "here", "--type", "dev"]).ok();
    world.licet(["refresh"]).ok();
    assert_eq!(world.names(&["account:here"]), ["mine"]);
    let accounts = world.licet(["accounts", "list", "--json"]).ok().json();
    assert_eq!(accounts[0]["address"], "local");
}

#[test]
fn two_programs_use_the_local_portal_at_the_same_time() {
    let world = World::new();
    world.licet(["accounts", "add", "local", "--name", "here"]).ok();
    std::thread::scope(|scope| {
        for name in ["a", "b", "c"] {
            let world = &world;
            scope.spawn(move || world.licet(["create", name, "--account", "here", "--type", "dev"]).ok());
        }
    });
    world.licet(["refresh"]).ok();
    assert_eq!(world.names(&[]), ["a", "b", "c"]);
}

#[test]
fn accounts_are_listed_as_text_and_as_json() {
    let world = World::with(&["one"]);
    world.snapshot("accounts-list-one", &world.licet_locked(["accounts", "list"]).ok());
    let json = world.licet_locked(["accounts", "list", "--json"]).ok().json();
    schema::check("accounts", &json);
    assert_eq!(json[0]["licenses"], 1);
}

#[test]
fn no_accounts_are_an_empty_list() {
    let world = World::new();
    assert_eq!(world.licet(["accounts", "list", "--json"]).ok().json(), serde_json::json!([]));
    assert_eq!(world.licet(["accounts", "list"]).ok().stdout, "no accounts\n");
}

#[test]
fn testing_an_account_asks_its_vendor() {
    let world = World::connected();
    assert_eq!(world.licet(["accounts", "test", "north"]).ok().stdout, "The login of \"north\" works.\n");
    let json = world.licet(["accounts", "test", "north", "--json"]).ok().json();
    schema::check("accounts-test", &json);
}

#[test]
fn testing_an_account_whose_portal_refuses_the_token_fails() {
    let world = World::new();
    let proxy = FaultServer::before(&world.url()).strict();
    world.licet(add("north", &proxy.url(), &world.text_path("token"))).ok();
    proxy.always("POST", Answer::reply(401, "application/json", r#"{"message": "revoked"}"#));
    world.licet(["accounts", "test", "north"]).fails(1).saying("the login was refused");
}

#[test]
fn an_account_that_is_not_there_is_not_found() {
    let world = World::new();
    for args in [["accounts", "test", "west"], ["accounts", "remove", "west"]] {
        world.licet(args).fails(3).saying("there is no account \"west\"").saying("licet accounts list");
    }
}

#[test]
fn removing_an_account_takes_its_name_typed_and_changes_nothing_at_the_portal() {
    let world = World::with(&["one"]);
    world.licet(["accounts", "remove", "north"]).fails(5).saying("hint: say --confirm north");
    world.licet(["accounts", "remove", "north", "--confirm", "south"]).fails(5);
    assert_eq!(world.names(&[]), ["one"]);

    let json = world.licet(["accounts", "remove", "north", "--confirm", "north", "--json"]).ok().json();
    schema::check("accounts-remove", &json);
    assert_eq!(world.list(&[]).len(), 0);
    assert_eq!(world.names_at_portal(), ["one"]);
}

#[test]
fn a_token_that_is_dead_is_replaced_and_everything_else_stays() {
    let world = World::with(&["one"]);
    let new = world.portal.issue_token(crate::world::PROJECT).unwrap().expose().to_owned();
    let json = world.licet_reading(["accounts", "log-in", "north", "--token-file", "-", "--json"], &new);
    let json = json.ok().json();
    schema::check("account", &json);
    assert_eq!((&json["name"], &json["licenses"]), (&"north".into(), &1.into()));
    assert_eq!(world.list(&[])[0]["id"], "L1");
    let wrong = "licet_0000000000000000000000000000000000000000";
    world
        .licet_reading(["accounts", "log-in", "north", "--token-file", "-"], wrong)
        .fails(1)
        .saying("refused");
    world.licet(["accounts", "test", "north"]).ok();
    world.licet_reading(["accounts", "log-in", "west", "--token-file", "-"], &new).fails(3);
    let other = world.portal.issue_token("another project").unwrap().expose().to_owned();
    world
        .licet_reading(["accounts", "log-in", "north", "--token-file", "-"], &other)
        .fails(1)
        .saying("none of the");
}

#[test]
fn connecting_the_same_project_once_more_is_remarked() {
    let world = World::connected();
    let ran = world.licet(add("again", &world.url(), &world.text_path("token"))).ok();
    ran.saying("note: the same is connected already as \"north\"");
    let other = world.portal.issue_token("another project").unwrap().expose().to_owned();
    let other = world.write("other", &other);
    assert_eq!(world.licet(add("other", &world.url(), other.to_str().unwrap())).ok().stderr, "");
}

#[test]
fn imported_keys_are_not_removed_all_at_once() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], crate::world::SYSTEM_KEY).ok();
    let remove = ["accounts", "remove", "files", "--confirm", "files"];
    world.snapshot("accounts-remove-imported-keys", &world.licet(remove).fails(2));
    assert_eq!(world.names(&[]), ["robot"]);
    world.licet(["remove", "robot", "--confirm", "robot"]).ok();
    world.licet(remove).ok();
}

#[test]
fn an_accounts_name_may_hold_anything_that_fits_on_a_line() {
    let world = World::new();
    for name in ["it's \"mine\"", "🚀 名前", "<b>bold</b>"] {
        world.licet(add(name, &world.url(), &world.text_path("token"))).ok();
        world.licet(["accounts", "test", name]).ok();
    }
    world.licet(add("two\nlines", &world.url(), &world.text_path("token"))).fails(2).saying("line break");
}

#[test]
fn unencrypted_address_requires_allow_http() {
    let world = World::new();
    let token = world.text_path("token");
    let args = add("north", "http://portal.invalid", &token);
    let refused = world.licet(args).fails(5).saying("unencrypted").saying("--allow-http");
    world.snapshot("accounts-add-http", &refused);
    assert_eq!(world.licet([&args[..], &["--json"]].concat()).fails(5).error()["code"], "http-not-allowed");
    let allowed = [&args[..], &["--allow-http", "--json"]].concat();
    assert_eq!(world.licet(allowed).fails(1).error()["code"], "vendor-unreachable", "it was tried");
}

/// The account `north` at `http://portal.invalid`, connected before that took a permission.
fn unencrypted() -> World {
    let world = World::connected();
    world.licet(["accounts", "remove", "north", "--confirm", "north"]).ok();
    let vault = Vault::open(Home::at(world.home())).unwrap();
    let passphrase = Password::new(world.read("passphrase").trim_end().to_owned());
    vault.lock().unlock_with_passphrase(&passphrase).unwrap();
    let account = NewAccount {
        provider: "aidbox".to_owned(),
        name: "north".to_owned(),
        address: "http://portal.invalid".to_owned(),
        fields: BTreeMap::new(),
    };
    let first = Refresh {
        at: Timestamp::now(),
        outcome: String::new(),
        validator: None,
        subject: None,
        capabilities: None,
    };
    vault.library().connect(&account, [("token", world.token.as_str())], &first).unwrap();
    world
}

/// Runs the program where the environment names a proxy.
fn through(world: &World, proxy: &FaultServer, args: &[&str]) -> Ran {
    world.run(world.command().args(args).env("HTTP_PROXY", proxy.url()), "")
}

#[test]
fn account_without_permission_for_http_is_given_it_by_log_in() {
    let world = unencrypted();
    let proxy = FaultServer::before(&world.url()).strict();
    let refused = through(&world, &proxy, &["refresh", "--account", "north"]);
    world.snapshot("refresh-http", &refused);
    let token = world.text_path("token");
    let log_in = ["accounts", "log-in", "north", "--token-file", &token];
    through(&world, &proxy, &log_in).fails(5).saying("--allow-http");
    through(&world, &proxy, &[&log_in[..], &["--allow-http"]].concat()).ok();
    through(&world, &proxy, &["refresh", "--account", "north"]).ok();
}

#[test]
fn log_in_accepts_a_certificate_where_the_vendor_does() {
    let world = crate::instance::token::connected();
    let (pem, password) = (world.write("ca.pem", "not a certificate"), world.text_path("admin"));
    let ca = ["--ca-file", pem.to_str().unwrap()];
    let log_in = ["accounts", "log-in", "play", "--password-file", &password];
    world.licet([&log_in[..], &ca].concat()).fails(2).saying("PEM");
    world.licet(log_in).ok();
    let aidbox = World::connected();
    let token = aidbox.text_path("token");
    let refused = aidbox.licet([&["accounts", "log-in", "north", "--token-file", &token], &ca[..]].concat());
    refused.fails(2).saying("has no --ca-file");
}

#[test]
fn address_that_redirects_is_replaced_and_said() {
    let world = World::new();
    let new = world.url().replace("127.0.0.1", "localhost");
    let proxy = FaultServer::before(&world.url()).strict();
    let moved = Answer::reply(308, "text/plain", "").with_header("location", &format!("{new}/rpc"));
    proxy.always("GET /rpc", moved);
    let (url, token) = (proxy.url(), world.text_path("token"));
    let args = add("north", &url, &token);
    world.licet(args).fails(5).saying("--confirm-host localhost");
    let ran = world.licet([&args[..], &["--confirm-host", "localhost"]].concat()).ok();
    ran.saying(&format!("note: the address redirects to {new}; Licet keeps that address"));
    assert_eq!(world.licet(["accounts", "list", "--json"]).ok().json()[0]["address"], new.as_str());
}
