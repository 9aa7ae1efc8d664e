//! What goes wrong between this computer and a vendor: each in words of its own, each with a next step, and nothing lost.

use crate::world::{Ran, World};
use portal::{NewEntitled, OtpUrl, one_time_code};
use std::time::SystemTime;
use testkit::{Answer, FaultServer};

const EMAIL: &str = "ada@demo.example";
const PASSWORD: &str = "correct horse battery";

/// The words and the next step of a failure.
#[track_caller]
fn told(ran: &Ran, words: &str, next: &str) {
    let error = ran.stderr.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
    let hint = ran.stderr.lines().find(|line| line.starts_with("hint: ")).unwrap_or_default();
    assert!(error.contains(words), "{words:?} is not in {ran:?}");
    assert!(hint.contains(next), "{next:?} is not the next step of {ran:?}");
}

/// A user of the account `demo`, who has so many licenses.
fn user(world: &World, licenses: usize) -> Option<OtpUrl> {
    user_with(world, licenses, false)
}

fn user_with(world: &World, licenses: usize, one_time_codes: bool) -> Option<OtpUrl> {
    let url = world.portal.add_user("demo", EMAIL, PASSWORD, one_time_codes).unwrap();
    let named = |n| NewEntitled { name: Some(format!("cell-{n:03}")), ..NewEntitled::default() };
    world.portal.add_licenses("demo", EMAIL, licenses, named).unwrap();
    url
}

/// Connects it as `cells`.
fn add(world: &World, url: &str, password: &str, further: &[&str]) -> Ran {
    let file = world.write("password", password);
    let file = file.to_str().unwrap();
    let args = ["accounts", "add", "aica", "--name", "cells", "--url", url, "--vendor-account", "demo"];
    let login = ["--email", EMAIL, "--password-file", file, "--confirm-host", "127.0.0.1"];
    world.licet([&args[..], &login, further].concat())
}

/// An instance `play`, connected as one of its users.
fn instance(world: &World, url: &str, user: &str, password: &str) -> Ran {
    let (root, file) = (format!("{url}/instances/play"), world.write("admin", password));
    let args = ["accounts", "add", "dashboard", "--name", "play", "--url", &root, "--user", user];
    world.licet([&args[..], &["--password-file", file.to_str().unwrap()]].concat())
}

fn of_play<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [&["instance"], args, &["--account", "play"]].concat()
}

#[test]
fn a_wrong_password_five_times_and_then_the_limit_of_the_service() {
    let world = World::new();
    user(&world, 1);
    for _ in 0..5 {
        let refused = add(&world, &world.url(), "wrong", &[]).fails(1);
        told(&refused, "the login was refused: wrong name or password", "type it again");
    }
    let limited = add(&world, &world.url(), PASSWORD, &[]).fails(1);
    told(&limited, "too many logins in too short a time", "try again in ");
}

#[test]
fn a_wrong_password_five_times_shuts_the_right_one_out_of_an_instance() {
    let world = World::new();
    world.portal.add_instance("play", "admin", PASSWORD).unwrap();
    for _ in 0..5 {
        instance(&world, &world.url(), "admin", "wrong").fails(1);
    }
    let refused = instance(&world, &world.url(), "admin", PASSWORD).fails(1);
    told(&refused, "wrong name or password", "after several wrong ones a vendor refuses the right one too");
}

#[test]
fn a_one_time_code_that_is_wrong_or_late() {
    let world = World::new();
    let url = user_with(&world, 1, true).unwrap();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let needed = add(&world, &world.url(), PASSWORD, &[]).fails(1);
    told(&needed, "a one-time code is needed", "the code of your authenticator");
    for code in [one_time_code(&url, now - 120).unwrap(), "12 34".to_owned()] {
        let file = world.write("otp", &code);
        let refused = add(&world, &world.url(), PASSWORD, &["--otp-file", file.to_str().unwrap()]).fails(1);
        told(&refused, "the one-time code is wrong or late", "wait for the next code");
    }
}

#[test]
fn a_permission_that_is_lacking_is_named() {
    let world = World::new();
    world.portal.add_instance("play", "admin", PASSWORD).unwrap();
    world.portal.add_instance_user("play", "reader", PASSWORD, &["read"]).unwrap();
    instance(&world, &world.url(), "reader", PASSWORD).ok();
    let root = format!("{}/instances/play", world.url());
    let refused = world.licet(of_play(&["remove", "--confirm", &root])).fails(1);
    told(&refused, "licensing:delete", "ask the administrator for licensing:delete");
    let refused = world.licet(of_play(&["renew"])).fails(1);
    told(&refused, "licensing:write", "ask the administrator for licensing:write");
}

#[test]
fn an_instance_that_has_another_root_url_names_the_one_that_was_sent() {
    let world = World::new();
    world.portal.add_instance("play", "admin", PASSWORD).unwrap();
    let proxy = FaultServer::before(&world.url()).strict();
    instance(&world, &proxy.url(), "admin", PASSWORD).ok();
    let root = format!("{}/instances/play", proxy.url());
    let refused = world.licet(of_play(&["remove", "--confirm", &root])).fails(1);
    told(&refused, &root, "compare with `root_url`");
}

#[test]
fn a_token_that_is_expired_cut_off_in_two_parts_or_foreign() {
    let world = World::new();
    world.portal.add_instance("play", "admin", PASSWORD).unwrap();
    instance(&world, &world.url(), "admin", PASSWORD).ok();
    let good = world.portal.instance_token("play", None, None).unwrap().expose().to_owned();
    let past = Some("2020-01-01T00:00:00Z".parse().unwrap());
    let expired = world.portal.instance_token("play", past, None).unwrap().expose().to_owned();
    let elsewhere = World::new();
    elsewhere.portal.add_instance("play", "admin", PASSWORD).unwrap();
    let sub = format!("{}/instances/play", world.url());
    let foreign = elsewhere.portal.instance_token("play", None, Some(&sub)).unwrap().expose().to_owned();
    let apply = |token: &str, further: &[&str]| {
        let file = world.write("token.jwt", token).to_str().unwrap().to_owned();
        world.licet([&of_play(&["apply", &file])[..], further].concat())
    };
    for (token, words) in [
        (expired.as_str(), "2020-01-01"),
        (good.rsplit_once('.').unwrap().0, "it has 2 parts, a JWT has 3"),
        (&good[..good.len() / 2], "2 parts"),
    ] {
        told(&apply(token, &[]).fails(5), words, "--force");
    }
    told(&apply(&foreign, &[]).fails(1), "license token is invalid", "the vendor's words say why");
    assert_eq!(world.licet(of_play(&["check"])).code, 8, "the instance has no license still");
}

#[test]
fn a_list_that_repeats_or_drops_a_license_is_told_and_nothing_counts_as_gone() {
    let world = World::new();
    user(&world, 101);
    let proxy = FaultServer::before(&world.url()).strict();
    add(&world, &proxy.url(), PASSWORD, &[]).ok();
    for fault in [
        Answer::asking("number%5D=2", "number%5D=1"),
        Answer::edited(|body| body.replacen(r#""data":["#, r#""data":[],"was":["#, 1)),
    ] {
        proxy.always("GET /v1/accounts/demo/licenses?page%5Bnumber%5D=2", fault);
        let refreshed = world.licet(["refresh"]).ok();
        assert!(refreshed.stdout.contains("0 new, 0 changed, 0 gone"), "{refreshed:?}");
        let warning = "warning: cells: 1 license that the vendor counts did not come, or came twice; nothing counts as gone";
        assert!(refreshed.stderr.contains(warning), "{refreshed:?}");
        assert!(refreshed.stderr.contains("`licet refresh` asks again"), "{refreshed:?}");
        let json = world.licet(["refresh", "--json"]).ok().json();
        crate::schema::check("refresh", &json);
        assert_eq!((&json[0]["missing"], &json[0]["gone"]), (&1.into(), &0.into()));
        assert_eq!(world.names(&[]).len(), 101);
        proxy.clear();
    }
    assert_eq!(world.licet(["refresh"]).ok().stderr, "");
}

#[test]
fn an_account_that_is_switched_off_in_the_middle_of_a_refresh_loses_nothing() {
    let world = World::new();
    user(&world, 101);
    let proxy = FaultServer::before(&world.url()).strict();
    add(&world, &proxy.url(), PASSWORD, &[]).ok();
    let portal = world.portal.clone();
    let switched_off = Answer::by(move |_| {
        portal.ban_user("demo", EMAIL, true).unwrap();
        Answer::Forward
    });
    proxy.always("GET /v1/accounts/demo/licenses?page%5Bnumber%5D=2", switched_off);
    let refused = world.licet(["refresh"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    told(&refused, "the vendor has switched this account off", "its licenses stay as they were last seen");
    assert_eq!(world.names(&[]).len(), 101, "what came before is kept, and the rest as it was");
    let account = &world.licet(["accounts", "list", "--json"]).ok().json()[0];
    assert_eq!((&account["state"], &account["problem"]), (&"failed".into(), &"vendor-switched-off".into()));
}

#[test]
fn a_status_and_a_field_that_nobody_knows_are_shown_as_given() {
    let world = World::new();
    user(&world, 1);
    let proxy = FaultServer::before(&world.url()).strict();
    proxy.always(
        "GET /v1/accounts/demo/licenses",
        Answer::edited(|body| {
            body.replacen(r#""status":"ACTIVE""#, r#""status":"Under review","cellColor":"teal""#, 1)
        }),
    );
    add(&world, &proxy.url(), PASSWORD, &[]).ok();
    let shown = world.licet(["show", "cell-000"]).ok().stdout;
    for given in ["Under review", "cell-color", "teal"] {
        assert!(shown.contains(given), "{given:?} is not in {shown}");
    }
    assert_eq!(world.list(&[])[0]["status"], "unknown");
}

#[test]
fn a_license_without_a_name_goes_by_the_end_of_its_id() {
    let world = World::new();
    world.portal.add_user("demo", EMAIL, PASSWORD, false).unwrap();
    world.portal.add_license("demo", EMAIL, NewEntitled::default()).unwrap();
    add(&world, &world.url(), PASSWORD, &[]).ok();
    let license = &world.list(&[])[0];
    assert!(license["name"].is_null());
    let id = license["vendor_id"].as_str().unwrap();
    let label = &id[id.len() - 6..];
    assert!(world.licet(["list"]).ok().stdout.contains(label));
    world.licet(["show", label]).ok();
    let refused = world.licet(["seats", label, "--release", "none", "--confirm", "none"]).fails(3);
    told(&refused, "machine", "licet seats");
}
