//! How many requests each use case sends to its server, counted in front of the local portal.

use crate::common::{World, done, json, wanted};
use crate::instance::status::{connected, token};
use crate::offers::seats::in_use;
use app::context::Context;
use license::{AccountId, LicenseId, TokenFields};
use testkit::{Answer, Received};
use vendors::CheckOut;

const LIST: &str = "get-licenses";
const CHECK: &str = "GET check";
const READ: &str = "GET token";

/// What is done, and the requests that it sends: each by the name of its call, or by its method and the end of its path.
async fn requests<T>(world: &World, doing: impl Future<Output = T>) -> (T, Vec<String>) {
    let before = world.proxy.received().len();
    let done = doing.await;
    (done, world.proxy.received()[before..].iter().map(name).collect())
}

fn name(request: &Received) -> String {
    if let Some((_, call)) = request.text().split_once("portal.portal/") {
        return call.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
    }
    let path = request.target.split('?').next().unwrap_or_default();
    format!("{} {}", request.method, path.rsplit('/').next().unwrap_or_default())
}

fn claims(token: &str) -> TokenFields {
    TokenFields::from_json(&license::jwt::decode(token).unwrap().claims)
}

async fn create(context: &Context, account: AccountId, name: &str) -> LicenseId {
    done(app::changes::create(context, wanted(account, name, &[])).await)
}

#[tokio::test]
async fn create_asks_its_server_twice() {
    let world = World::start().await;
    let account = world.connect("a").await;
    for license in ["north", "south"] {
        let (_, sent) = requests(&world, create(&world.context, account, license)).await;
        assert_eq!(sent, [LIST, "issue-license"]);
    }
}

#[tokio::test]
async fn create_in_a_new_process_asks_its_server_twice() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let command_line = world.unlocked_second_context().await;
    let (_, sent) = requests(&world, create(&command_line, account, "north")).await;
    assert_eq!(sent, [LIST, "issue-license"]);
}

#[tokio::test]
async fn create_at_a_portal_without_capabilities_asks_it_twice() {
    let world = World::with_passphrase().await;
    world.proxy.always("/rpc/capabilities", json(404, "{}"));
    let account = world.connect("a").await;
    let command_line = world.unlocked_second_context().await;
    for (context, license) in [(&world.context, "north"), (&command_line, "south")] {
        let (_, sent) = requests(&world, create(context, account, license)).await;
        assert_eq!(sent, [LIST, "issue-license"]);
    }
}

#[tokio::test]
async fn create_with_a_choice_does_not_ask_for_capabilities() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let command_line = world.unlocked_second_context().await;
    let wanted = wanted(account, "north", &[("goal", "research")]);
    let (_, sent) = requests(&world, app::changes::create(&command_line, wanted)).await;
    assert_eq!(sent, [LIST, "issue-license"]);
    assert_eq!(world.proxy.count("\"goal\":\"research\""), 1);
}

#[tokio::test]
async fn delete_asks_its_server_once() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let license = world.created(account, "north").await;
    let (_, sent) = requests(&world, app::changes::delete(&world.context, license, "north")).await;
    assert_eq!(sent, ["remove-license"]);
}

#[tokio::test]
async fn refresh_of_a_project_asks_its_server_once() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let command_line = world.unlocked_second_context().await;
    for context in [&world.context, &command_line] {
        let (refreshed, sent) = requests(&world, app::refresh::refresh(context, account)).await;
        refreshed.unwrap();
        assert_eq!(sent, [LIST]);
    }
}

#[tokio::test]
async fn key_that_is_not_kept_is_fetched_with_one_request() {
    let world = World::start().await;
    world.issued_elsewhere("north").await;
    world.connect("a").await;
    let license = world.named("north").await;
    let (key, sent) = requests(&world, world.key_of(license)).await;
    key.unwrap();
    assert_eq!(sent, ["get-license"]);
}

#[tokio::test]
async fn seats_are_listed_with_one_request_and_released_with_two() {
    let world = World::start().await;
    let (license, seen) = in_use(&world).await;
    let (_, sent) = requests(&world, app::offers::seats(&world.context, license)).await;
    assert_eq!(sent, ["GET machines"]);
    let released = app::offers::release_seat(&world.context, license, "hall-07", "hall-07");
    let (_, sent) = requests(&world, released).await;
    assert_eq!(sent, ["GET machines", &format!("DELETE {}", seen.seats[0].id)]);
}

#[tokio::test]
async fn packages_validation_and_certificate_take_one_request_each() {
    let world = World::start().await;
    world.connect_demo(&[]).await;
    let license = world.named("cell-07").await;
    world.key_of(license).await.unwrap();
    let (packages, sent) = requests(&world, app::offers::packages(&world.context, license)).await;
    assert!(packages.is_ok());
    assert_eq!(sent, ["GET packages"]);
    let (validated, sent) = requests(&world, app::offers::validate(&world.context, license)).await;
    assert!(validated.is_ok());
    assert_eq!(sent, ["POST validate-key"]);
    let terms = CheckOut::default();
    let (checked, sent) =
        requests(&world, app::certificates::check_out(&world.context, license, terms)).await;
    assert!(checked.is_ok());
    assert_eq!(sent, ["POST check-out"]);
}

#[tokio::test]
async fn refresh_of_a_keygen_account_asks_once_and_once_a_license() {
    let world = World::start().await;
    let account = world.connect_demo(&[]).await;
    let licenses = world.status(account).await.licenses;
    let (refreshed, sent) = requests(&world, app::refresh::refresh(&world.context, account)).await;
    refreshed.unwrap();
    assert_eq!(sent[0], "GET licenses");
    assert_eq!(sent[1..], vec!["GET entitlements"; licenses]);
}

#[tokio::test]
async fn apply_asks_its_instance_three_times() {
    let (world, id) = connected().await;
    for token in [token(&world), token(&world)] {
        let applied = app::instance::apply_token(&world.context, id, &token, true);
        let (applied, sent) = requests(&world, applied).await;
        applied.unwrap();
        assert_eq!(sent, [READ, "POST token", CHECK]);
    }
}

#[tokio::test]
async fn apply_and_the_overview_after_it_ask_the_instance_four_times() {
    let (world, id) = connected().await;
    for _ in 0..2 {
        let token = token(&world);
        let jti = claims(&token).jti;
        let both = async {
            app::instance::apply_token(&world.context, id, &token, true).await.unwrap();
            app::instance::instance(&world.context, id).await.unwrap()
        };
        let (overview, sent) = requests(&world, both).await;
        assert_eq!(sent, [READ, "POST token", CHECK, "GET refresh-stats"]);
        assert_eq!(overview.token.unwrap().unwrap().jti, jti);
    }
}

#[tokio::test]
async fn overview_asks_for_the_token_unless_it_was_changed_just_now() {
    let (world, id) = connected().await;
    let overview = || app::instance::instance(&world.context, id);
    let apply = async || app::instance::apply_token(&world.context, id, &token(&world), true).await;
    let all = [CHECK, READ, "GET refresh-stats"];
    apply().await.unwrap();
    overview().await.unwrap();
    assert_eq!(requests(&world, overview()).await.1, all, "its second one");
    apply().await.unwrap();
    world.clock.advance(5);
    assert_eq!(requests(&world, overview()).await.1, all, "five seconds later");
    apply().await.unwrap();
    world.proxy.once("POST ", json(400, r#"{"message": "no"}"#));
    apply().await.unwrap_err();
    assert_eq!(requests(&world, overview()).await.1, all, "after a change that was refused");
}

#[tokio::test]
async fn first_apply_after_a_removal_confirms_that_there_is_no_token() {
    let (world, id) = connected().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    world.proxy.once("GET /instances/play/api/licensing/token", json(200, "{}"));
    world.proxy.once("GET /instances/play/api/licensing/check", json(200, "false"));
    let next = token(&world);
    let applied = app::instance::apply_token(&world.context, id, &next, true);
    let (applied, sent) = requests(&world, applied).await;
    applied.unwrap();
    assert_eq!(sent, [READ, CHECK, "POST token", CHECK]);
}

#[tokio::test]
async fn renewal_asks_its_instance_three_times() {
    let (world, id) = connected().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let (renewed, sent) = requests(&world, app::instance::renew_token(&world.context, id)).await;
    renewed.unwrap();
    assert_eq!(sent, [READ, "POST renew", CHECK]);
}

#[tokio::test]
async fn removal_asks_its_instance_four_times() {
    let (world, id) = connected().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    // The portal knows the instance by another address than the one that is counted at, and would refuse the removal.
    world.proxy.once("GET /instances/play/api/licensing/token", Answer::Forward);
    world.proxy.once("DELETE", json(202, "{}"));
    world.proxy.once("GET /instances/play/api/licensing/token", json(200, "{}"));
    world.proxy.once("GET /instances/play/api/licensing/check", json(200, "false"));
    let root = format!("{}/instances/play", world.proxy.url());
    let (removed, sent) = requests(&world, app::instance::remove_token(&world.context, id, &root)).await;
    removed.unwrap();
    assert_eq!(sent, [READ, "DELETE token", READ, CHECK]);
}

#[tokio::test]
async fn earlier_token_is_restored_with_three_requests() {
    let (world, id) = connected().await;
    for _ in 0..2 {
        app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    }
    let (restored, sent) = requests(&world, app::instance::restore(&world.context, id, true)).await;
    restored.unwrap();
    assert_eq!(sent, [READ, "POST token", CHECK]);
    // As after a removal: there is no token to read, and the first look is confirmed.
    world.proxy.once("GET /instances/play/api/licensing/token", json(200, "{}"));
    world.proxy.once("GET /instances/play/api/licensing/check", json(200, "false"));
    let (restored, sent) = requests(&world, app::instance::restore(&world.context, id, true)).await;
    restored.unwrap();
    assert_eq!(sent, [READ, CHECK, "POST token", CHECK]);
}

#[tokio::test]
async fn refresh_of_an_instance_asks_once_and_again_without_a_token() {
    let (world, id) = connected().await;
    let (refreshed, sent) = requests(&world, app::refresh::refresh(&world.context, id)).await;
    refreshed.unwrap();
    assert_eq!(sent, [READ, CHECK]);
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let (refreshed, sent) = requests(&world, app::refresh::refresh(&world.context, id)).await;
    refreshed.unwrap();
    assert_eq!(sent, [READ]);
}
