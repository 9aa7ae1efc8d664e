//! A portal that does what was asked and then breaks the connection: nothing is done twice, nothing is forgotten.

use crate::schema;
use crate::world::World;
use testkit::{Answer, FaultServer};

/// The account `north` reaches its portal through the proxy.
fn behind_a_proxy(names: &[&str]) -> (World, FaultServer) {
    let world = World::new();
    world.issue(names);
    let proxy = FaultServer::before(&world.url()).strict();
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
    (world, proxy)
}

const CREATE: [&str; 6] = ["create", "one", "--account", "north", "--type", "dev"];

#[test]
fn a_create_whose_answer_got_lost_is_found_by_looking() {
    let (world, proxy) = behind_a_proxy(&[]);
    proxy.always("issue-license", Answer::CommitThenDrop);
    let json = world.licet([&CREATE[..], &["--json"]].concat()).ok().json();
    schema::check("license", &json);
    assert_eq!(world.names_at_portal(), ["one"]);
}

#[test]
fn a_create_that_cannot_be_looked_for_is_unknown_and_settled_later() {
    let (world, proxy) = behind_a_proxy(&[]);
    proxy.always("issue-license", Answer::CommitThenDrop);
    // The list before the create is let through; the ones after it are not.
    proxy.always_after("issue-license", "get-licenses", Answer::Drop);
    world
        .licet(CREATE)
        .fails(7)
        .saying("its outcome is unknown")
        .saying("hint: it is settled by looking: `licet refresh`");
    let accounts = world.licet(["accounts", "list", "--json"]).ok().json();
    schema::check("accounts", &accounts);
    assert_eq!(accounts[0]["unsettled"][0]["name"], "one");

    // While it is unknown, the same is not sent again, and is no more known for that.
    let error = world.licet([&CREATE[..], &["--json"]].concat()).fails(7).error();
    assert_eq!(error["code"], "unsettled");
    assert_eq!(world.names_at_portal(), ["one"]);

    proxy.clear();
    world.licet(["refresh"]).ok();
    assert_eq!(world.names(&[]), ["one"]);
    assert_eq!(
        world.licet(["accounts", "list", "--json"]).ok().json()[0]["unsettled"],
        serde_json::json!([])
    );
    world.licet(CREATE).fails(1).saying("already");
    assert_eq!(world.names_at_portal(), ["one"]);
}

#[test]
fn a_create_that_never_arrived_stays_unknown_while_it_may_still_arrive() {
    let (world, proxy) = behind_a_proxy(&[]);
    proxy.always("issue-license", Answer::Drop);
    world.licet(CREATE).fails(7);
    let error = world.licet([&CREATE[..], &["--json"]].concat()).fails(7).error();
    assert_eq!(error["code"], "unsettled");
    assert_eq!(world.at_portal().len(), 0);
}

#[test]
fn a_delete_whose_answer_got_lost_is_settled_by_looking() {
    let (world, proxy) = behind_a_proxy(&["one"]);
    proxy.always("remove-license", Answer::CommitThenDrop);
    world.licet(["delete", "one", "--confirm", "one"]).ok();
    assert_eq!(world.list(&[]).len(), 0);
    assert_eq!(world.at_portal().len(), 0);
}

#[test]
fn a_delete_that_cannot_be_looked_for_is_unknown_and_settled_later() {
    let (world, proxy) = behind_a_proxy(&["one"]);
    proxy.always("remove-license", Answer::CommitThenDrop);
    proxy.always_after("remove-license", "get-licenses", Answer::Drop);
    let error = world.licet(["delete", "one", "--confirm", "one", "--json"]).fails(7).error();
    assert_eq!(error["code"], "vendor-outcome-unknown");
    assert_eq!(world.names(&[]), ["one"], "it is not called gone before that is known");

    proxy.clear();
    world.licet(["refresh"]).ok();
    assert_eq!(world.list(&[]).len(), 0);
    assert_eq!(
        world.licet(["accounts", "list", "--json"]).ok().json()[0]["unsettled"],
        serde_json::json!([])
    );
}

#[test]
fn a_portal_that_refuses_is_no_unknown_outcome() {
    let (world, proxy) = behind_a_proxy(&[]);
    proxy.always(
        "issue-license",
        Answer::reply(422, "application/json", r#"{"error": {"message": "no more licenses for you"}}"#),
    );
    world.licet(CREATE).fails(1).saying("no more licenses for you");
    assert_eq!(
        world.licet(["accounts", "list", "--json"]).ok().json()[0]["unsettled"],
        serde_json::json!([])
    );
}
