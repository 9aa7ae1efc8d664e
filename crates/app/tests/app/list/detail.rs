//! One license: what is known at once, and a closer look where the list did not tell.

use crate::common::{World, code};
use app::context::Event;
use app::list::{KeyStatus, Removal};
use license::{LicenseId, Status};
use testkit::Answer;

/// A license of which the list tells no entitlements.
async fn barely_known(world: &World) -> LicenseId {
    world.issued_elsewhere("north").await;
    world.proxy.always("get-licenses", Answer::replacing("\"entitlements\":", "\"further\":"));
    world.connect("a").await;
    world.named("north").await
}

#[tokio::test]
async fn everything_about_a_license_is_there_at_once() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    app::list::reveal(&world.context, id).await.unwrap();
    let detail = world.detail(id).await;
    assert_eq!((detail.account.name.as_str(), detail.removal), ("a", Removal::Delete));
    assert_eq!(detail.row.status, Status::Valid);
    assert_eq!(detail.as_of, world.status(account).await.as_of);
    let verbs: Vec<_> = detail.activity.iter().map(|one| one.activity.verb.as_str()).collect();
    assert_eq!(verbs, ["revealed", "created"]);
    assert!(matches!(detail.key, KeyStatus::Kept { .. }));
    assert_eq!(code(app::list::detail(&world.context, LicenseId(99)).await), "license-not-found");
}

#[tokio::test]
async fn a_closer_look_brings_entitlements_and_the_key_once() {
    let world = World::start().await;
    let id = barely_known(&world).await;
    assert_eq!(world.detail(id).await.row.stored.license.entitlements, None);
    world.follow().await;
    app::list::look_closer(&world.context, id).await.unwrap();
    let detail = world.detail(id).await;
    assert!(world.host.saw(&Event::AccountChanged(detail.account.id)));
    world.host.sees_change("the license", |change| change.licenses == [id]).await;
    assert!(!detail.row.stored.license.entitlements.unwrap().is_empty());
    assert!(matches!(detail.key, KeyStatus::Kept { .. }));
    let asked = world.proxy.count("get-license\"");
    world.clock.advance(3600);
    app::list::look_closer(&world.context, id).await.unwrap();
    assert_eq!(world.proxy.count("get-license\""), asked, "there is nothing more to ask for");
}

#[tokio::test]
async fn entitlements_that_a_closer_look_brought_survive_a_list_without_them() {
    let world = World::start().await;
    let id = barely_known(&world).await;
    app::list::look_closer(&world.context, id).await.unwrap();
    world.issued_elsewhere("south").await;
    app::refresh::refresh_all(&world.context).await.unwrap();
    assert!(world.detail(id).await.row.stored.license.entitlements.is_some());
}

#[tokio::test]
async fn a_closer_look_that_fails_is_told_with_what_is_known() {
    let world = World::start().await;
    let id = barely_known(&world).await;
    world.proxy.go_away();
    assert_eq!(code(app::list::look_closer(&world.context, id).await), "vendor-unreachable");
    let detail = world.detail(id).await;
    assert_eq!(detail.fetch_problem.unwrap().code, "vendor-unreachable");
    assert_eq!(detail.row.stored.license.name.as_deref(), Some("north"));
    world.proxy.come_back();
    world.clock.advance(60);
    app::list::look_closer(&world.context, id).await.unwrap();
    assert_eq!(world.detail(id).await.fetch_problem, None);
}

#[tokio::test]
async fn a_person_who_asks_again_does_not_wait_a_minute() {
    let world = World::start().await;
    let id = barely_known(&world).await;
    world.proxy.go_away();
    app::list::look_closer(&world.context, id).await.unwrap_err();
    world.proxy.come_back();
    app::list::look_closer(&world.context, id).await.unwrap();
    assert!(world.detail(id).await.fetch_problem.is_some(), "it was left at the look of just now");
    app::list::fetch_again(&world.context, id).await.unwrap();
    assert_eq!(world.detail(id).await.fetch_problem, None);
}

#[tokio::test]
async fn what_failed_before_is_forgotten_once_the_account_was_fetched() {
    let world = World::start().await;
    let id = barely_known(&world).await;
    world.proxy.go_away();
    app::list::look_closer(&world.context, id).await.unwrap_err();
    assert!(world.detail(id).await.fetch_problem.is_some());
    world.proxy.come_back();
    let account = world.detail(id).await.account.id;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.detail(id).await.fetch_problem, None);
}

#[tokio::test]
async fn a_sandboxs_address_is_shown_without_the_token_in_it() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let wanted = crate::common::wanted(account, "box", &[("hosting", "sandbox")]);
    let id = crate::common::done(app::changes::create(&world.context, wanted).await);
    let detail = format!("{:?}", world.detail(id).await);
    assert!(world.detail(id).await.row.stored.license.instance_origin.is_some());
    assert!(!detail.contains("_sudo") && !detail.contains("token="), "{detail}");
}
