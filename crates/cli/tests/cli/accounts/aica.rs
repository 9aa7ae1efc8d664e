//! An account at a Keygen-compatible service: its login, session, machines and validation.

use crate::keygen::{CODE, Keygen, PASSWORD};
use crate::schema;
use crate::world::World;

/// `accounts add aica`, without the host's confirmation.
pub(crate) fn add(keygen: &Keygen, world: &World) -> Vec<String> {
    let password = world.write("password", &format!("{PASSWORD}\n"));
    let (url, file) = (keygen.url(), password.to_str().unwrap().to_owned());
    ["accounts", "add", "aica", "--name", "cells", "--url", &url, "--vendor-account", "demo", "--email"]
        .into_iter()
        .chain(["ada@demo.example", "--password-file", &file])
        .map(str::to_owned)
        .collect()
}

pub(crate) fn confirmed(mut args: Vec<String>) -> Vec<String> {
    args.extend(["--confirm-host", "127.0.0.1"].map(str::to_owned));
    args
}

pub(crate) fn connected() -> (World, Keygen) {
    let (world, keygen) = (World::new(), Keygen::start());
    world.licet(confirmed(add(&keygen, &world))).ok();
    (world, keygen)
}

#[test]
fn a_host_outside_the_vendors_domain_is_asked_once_it_is_confirmed_and_never_again() {
    let (world, keygen) = (World::new(), Keygen::start());
    let refused = world.licet(add(&keygen, &world)).fails(5);
    world.snapshot("accounts-add-aica-host-not-confirmed", &refused);
    assert_eq!(keygen.count("POST tokens"), 0);
    world.snapshot("accounts-add-aica-confirmed", &world.licet(confirmed(add(&keygen, &world))).ok());
    world.licet(["refresh"]).ok();
    assert_eq!(keygen.count("POST tokens"), 1);
}

#[test]
fn the_same_account_connected_once_more_is_remarked() {
    let (world, keygen) = connected();
    let mut again = confirmed(add(&keygen, &world));
    again[4] = "again".to_owned();
    world.licet(again).ok().saying("note: the same is connected already as \"cells\"");
}

#[test]
fn a_login_without_its_one_time_code_is_told_and_the_code_is_sent_with_it() {
    let (world, keygen) = (World::new(), Keygen::start());
    keygen.want_codes();
    let args = confirmed(add(&keygen, &world));
    assert_eq!(
        world.licet([args.clone(), vec!["--json".to_owned()]].concat()).fails(1).error()["code"],
        "vendor-otp-needed"
    );
    let with_code = |code| {
        let file = world.write("otp", code).to_str().unwrap().to_owned();
        world.licet([args.clone(), vec!["--otp-file".to_owned(), file, "--json".to_owned()]].concat())
    };
    assert_eq!(with_code("000000").fails(1).error()["code"], "vendor-otp-wrong");
    let json = with_code(CODE).ok().json();
    schema::check("account", &json);
    assert_eq!(json["subject"], "ada@demo.example");
    assert_eq!(keygen.count("POST tokens"), 3);
}

#[test]
fn a_session_that_is_not_kept_is_ended_before_the_command_ends() {
    let (world, keygen) = connected();
    let refused = world.licet(confirmed(add(&keygen, &world))).fails(1);
    assert!(refused.stderr.contains("cells"), "the name is taken: {refused:?}");
    assert_eq!((keygen.count("POST tokens"), keygen.count("DELETE tokens/t1")), (2, 1));
}

#[test]
fn neither_the_password_nor_the_session_lies_open_in_the_home() {
    let (world, _keygen) = connected();
    for entry in std::fs::read_dir(world.home()).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        let bytes = std::fs::read(entry.path()).unwrap();
        for secret in [PASSWORD.as_bytes(), b"user-5f0c2a9e"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{entry:?}");
        }
    }
}

#[test]
fn a_session_that_ended_asks_for_the_login_again_and_nothing_is_lost() {
    let (world, keygen) = connected();
    keygen.end_sessions();
    assert_eq!(world.licet(["refresh", "--json"]).code, 1);
    let listed = world.licet(["accounts", "list", "--json"]).ok().json();
    assert_eq!(listed[0]["problem"], "vendor-session-expired");
    assert_eq!(world.names(&[]), ["cell"]);
    let password = world.text_path("password");
    let json =
        world.licet(["accounts", "log-in", "cells", "--password-file", &password, "--json"]).ok().json();
    schema::check("account", &json);
    assert_eq!((json["state"].as_str(), json["licenses"].as_i64()), (Some("ready"), Some(1)));
}

#[test]
fn logging_out_ends_the_session_at_the_vendor_and_keeps_the_licenses() {
    let (world, keygen) = connected();
    let json = world.licet(["accounts", "log-out", "cells", "--json"]).ok().json();
    schema::check("accounts-log-out", &json);
    assert_eq!(keygen.count("DELETE tokens/t1"), 1);
    assert_eq!(world.names(&[]), ["cell"]);
    assert_eq!(world.licet(["refresh"]).saying("not kept").code, 6);
}

#[test]
fn an_account_that_is_removed_leaves_no_session_behind() {
    let (world, keygen) = connected();
    let json = world.licet(["accounts", "remove", "cells", "--confirm", "cells", "--json"]).ok().json();
    schema::check("accounts-remove", &json);
    assert_eq!((json["session"].as_str(), keygen.count("DELETE tokens/t1")), (Some("ended"), 1));
}

#[test]
fn an_account_that_is_removed_while_secrets_are_locked_says_that_its_session_goes_on() {
    for json in [false, true] {
        let (world, keygen) = connected();
        let mut args = vec!["accounts", "remove", "cells", "--confirm", "cells"];
        args.extend(json.then_some("--json"));
        let ran = world.licet_locked(args).ok();
        assert_eq!(keygen.count("DELETE tokens/t1"), 0);
        if json {
            schema::check("accounts-remove", &ran.json());
            assert_eq!(ran.json()["session"], "left");
        } else {
            world.snapshot("accounts-remove-session-left", &ran);
        }
    }
}

#[test]
fn machines_are_listed_and_one_is_released_when_it_is_named_twice() {
    let (world, keygen) = connected();
    let json = world.licet(["seats", "cell", "--json"]).ok().json();
    schema::check("seats", &json);
    assert_eq!((json["most"].as_i64(), json["seats"].as_array().unwrap().len()), (Some(2), 2));
    assert_eq!(
        (json["seats"][0]["host"].as_str(), json["complete"].as_bool()),
        (Some("cell-07"), Some(true))
    );
    world.snapshot("seats", &world.licet(["seats", "cell"]).ok());
    let not_confirmed = world.licet(["seats", "cell", "--release", "cell-07"]).fails(5);
    world.snapshot("seats-release-not-confirmed", &not_confirmed);
    let unknown = world.licet(["seats", "cell", "--release", "cell-9", "--confirm", "cell-9"]).fails(3);
    world.snapshot("seats-release-unknown", &unknown);
    assert_eq!(keygen.count("DELETE machines/m1"), 0);
    let args = ["seats", "cell", "--release", "cell-07", "--confirm", "cell-07", "--json"];
    let json = world.licet(args).ok().json();
    schema::check("seats-release", &json);
    assert_eq!((json["released"].as_str(), keygen.count("DELETE machines/m1")), (Some("m1"), 1));
}

#[test]
fn a_key_is_validated_and_a_clear_no_has_an_exit_code_of_its_own() {
    let (world, keygen) = connected();
    let json = world.licet(["validate", "cell", "--json"]).ok().json();
    schema::check("validate", &json);
    assert_eq!((json["valid"].as_bool(), json["code"].as_str()), (Some(true), Some("VALID")));
    keygen.suspend_license();
    let no = world.licet(["validate", "cell"]);
    assert_eq!((no.code, no.stderr.as_str()), (8, ""), "{no:?}");
    world.snapshot("validate-no", &no);
}

#[test]
fn an_imported_key_is_sent_nowhere_and_has_no_machines() {
    let (world, keygen) = connected();
    let key = world.write("robot.key", &crate::world::SYSTEM_KEY.replace("-V3", "-V4"));
    world.licet(["import", key.to_str().unwrap(), "--name", "robot"]).ok();
    world.licet(["validate", "robot"]).fails(2);
    world.licet(["seats", "robot"]).fails(2);
    assert_eq!(keygen.count("POST licenses/actions/validate-key"), 0);
}

#[test]
fn a_vendor_without_machines_says_so() {
    let world = World::with(&["one"]);
    world.licet(["seats", "one"]).fails(2).saying("has no seats");
    world.licet(["validate", "one"]).fails(2).saying("has no validation");
    world.licet(["accounts", "log-out", "north"]).fails(2).saying("has no sign-in");
}
