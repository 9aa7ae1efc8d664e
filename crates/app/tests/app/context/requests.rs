//! How many requests each use case sends to its server, counted in front of the local portal.

use crate::common::{Fault, World, done, wanted};
use crate::offers::seats::in_use;
use app::context::Context;
use license::{AccountId, LicenseId};
use vendors::CheckOut;

const LIST: &str = "get-licenses";

/// What is done, and the requests that it sends: each by the name of its call, or by its method and the end of its path.
async fn requests<T>(world: &World, doing: impl Future<Output = T>) -> (T, Vec<String>) {
    let before = world.proxy.seen().len();
    let done = doing.await;
    (done, world.proxy.seen()[before..].iter().map(|request| name(request)).collect())
}

fn name(request: &str) -> String {
    if let Some((_, call)) = request.split_once("portal.portal/") {
        return call.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = target.split('?').next().unwrap_or_default();
    format!("{method} {}", path.rsplit('/').next().unwrap_or_default())
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
    world.proxy.every("/rpc/capabilities", Fault::json(404, "{}"));
    let account = world.connect("a").await;
    let command_line = world.unlocked_second_context().await;
    for (context, license) in [(&world.context, "north"), (&command_line, "south")] {
        let (_, sent) = requests(&world, create(context, account, license)).await;
        assert_eq!(sent, [LIST, "issue-license"]);
    }
}

#[tokio::test]
async fn create_with_a_choice_sends_it_without_asking_for_capabilities() {
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
