//! Creating licenses: every type and hosting, and what is refused before anything is sent.

use crate::schema;
use crate::world::{SYSTEM_KEY, World};
use testkit::{Answer, FaultServer};

fn create<'a>(name: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["create", name, "--account", "north", "--type", "dev"], more].concat()
}

#[test]
fn a_license_of_every_type_and_hosting_is_created() {
    let world = World::connected();
    for tier in ["dev", "prod", "ci"] {
        for hosting in ["self-hosted", "sandbox"] {
            let name = format!("{tier} {hosting}");
            let args =
                ["create", &name, "--account", "north", "--type", tier, "--hosting", hosting, "--json"];
            let json = world.licet(args).ok().json();
            schema::check("license", &json);
            assert_eq!((&json["type"], &json["hosting"]), (&tier.into(), &hosting.into()));
        }
    }
    assert_eq!(world.names_at_portal().len(), 6);
}

#[test]
fn the_new_licenses_id_stands_on_a_line_of_its_own_for_scripts() {
    let world = World::connected();
    let ran = world.licet(create("one", &[])).ok();
    assert_eq!(ran.stdout.lines().next(), Some("L1"));
    world.snapshot("create", &ran);
    assert_eq!(world.licet(create("two", &["--quiet"])).ok().stdout, "L2\n");
}

#[test]
fn goal_and_versions_reach_the_portal() {
    let world = World::connected();
    let more =
        ["--goal", "research", "--hosting", "sandbox", "--aidbox-version", "edge", "--fhir-version", "5.0.0"];
    world.licet(create("play", &more)).ok();
    let one = &world.list(&[])[0];
    assert_eq!(one["goal"], "research");
    assert_eq!(one["limits"]["aidbox-version"], "edge");
    assert_eq!(one["limits"]["fhir-version"], "5.0.0");
}

#[test]
fn a_name_that_the_account_has_is_refused_unless_it_is_meant() {
    let world = World::connected();
    world.licet(create("one", &[])).ok();
    world.licet(create("one", &[])).fails(1).saying("already").saying("--allow-same-name");
    world.licet(create("one", &["--allow-same-name"])).ok();
    assert_eq!(world.names_at_portal(), ["one", "one"]);
}

#[test]
fn a_name_that_was_taken_meanwhile_is_noticed_before_anything_is_sent() {
    let world = World::connected();
    world.issue(&["one"]);
    world.licet(create("one", &[])).fails(1).saying("already");
    assert_eq!(world.names_at_portal(), ["one"]);
}

#[test]
fn names_of_every_script_with_quotes_emoji_and_html_stay_as_they_are() {
    let world = World::connected();
    let names = ["it's \"mine\"", "🚀 rocket", "<b>bold</b> & co", "שלום עולם", "名前", "a\\b $HOME `x`"];
    for name in names {
        world.licet(create(name, &[])).ok();
    }
    let mut expected: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    expected.sort();
    assert_eq!(world.names_at_portal(), expected);
    let mut listed = world.names(&[]);
    listed.sort();
    assert_eq!(listed, expected);
}

#[test]
fn a_name_that_is_none_is_wrong_usage_and_nothing_is_sent() {
    let world = World::connected();
    let long = "ž".repeat(300);
    for (name, words) in
        [("", "empty"), ("  ", "empty"), (long.as_str(), "300 characters"), ("two\nlines", "line break")]
    {
        world.licet(create(name, &[])).fails(2).saying(words);
    }
    assert_eq!(world.at_portal().len(), 0);
}

#[test]
fn a_choice_that_there_is_not_is_wrong_usage_and_says_which_there_are() {
    let world = World::connected();
    world.licet(["create", "x", "--account", "north", "--type", "test"]).fails(2).saying("dev, prod, ci");
    world.licet(create("x", &["--goal", "fun"])).fails(2).saying("development, research, evaluation");
    world.licet(create("x", &["--hosting", "sandbox", "--fhir-version", "9"])).fails(2).saying("4.0.1");
}

#[test]
fn aws_is_a_guide_and_not_a_call() {
    let world = World::connected();
    world.snapshot("create-hosting-aws", &world.licet(create("x", &["--hosting", "aws"])).fails(2));
}

#[test]
fn what_goes_with_a_sandbox_only_is_not_passed_over_in_silence() {
    let world = World::connected();
    for more in [&["--fhir-version", "5.0.0"][..], &["--aidbox-version", "edge", "--hosting", "self-hosted"]]
    {
        world.licet(create("x", more)).fails(2).saying("goes with --hosting sandbox only");
    }
    assert_eq!(world.at_portal().len(), 0);
}

#[test]
fn a_portal_of_documented_parameters_carries_no_more_and_that_is_said() {
    let world = World::new();
    let proxy = FaultServer::before(&world.url()).strict();
    proxy.always("/rpc/capabilities", Answer::reply(404, "text/plain", "no such page"));
    let token = world.text_path("token");
    world
        .licet([
            "accounts",
            "add",
            "aidbox",
            "--name",
            "north",
            "--url",
            &proxy.url(),
            "--token-file",
            &token,
        ])
        .ok();
    for (more, choice) in
        [(["--goal", "research"], "goal=research"), (["--hosting", "sandbox"], "hosting=sandbox")]
    {
        world.licet(create("x", &more)).fails(2).saying(choice).saying("hint: make this choice at https://");
    }
    world.licet(create("plain", &["--hosting", "self-hosted"])).ok();
    assert_eq!(world.names_at_portal(), ["plain"]);
    assert_eq!(world.at_portal()[0]["type"], "development");
}

#[test]
fn an_account_that_is_not_there_or_has_no_vendor_issues_nothing() {
    let world = World::new();
    world.licet(["create", "x", "--account", "west", "--type", "dev"]).fails(3).saying("west");
    world.licet_reading(["import", "-"], SYSTEM_KEY).ok();
    world.licet(["create", "x", "--account", "files", "--type", "dev"]).fails(2).saying("imported keys");
}

#[test]
fn without_type_or_account_it_is_wrong_usage() {
    let world = World::connected();
    world.licet(["create", "x", "--account", "north"]).fails(2).saying("--type");
    world.licet(["create", "x", "--type", "dev"]).fails(2).saying("--account");
}
