//! Refreshing: an upsert by (account, vendor id), and gone only after a complete listing.

use crate::common::{World, code, json, page};
use crate::refresh::concurrent::login_of;
use app::context::{Event, State};
use app::listing::Refreshed;
use license::{Status, file::Format};
use std::sync::Arc;
use testkit::{Answer, until_async};

#[tokio::test]
async fn a_license_stays_the_same_row_however_often_it_is_listed() {
    let world = World::start().await;
    world.issued_elsewhere("north").await;
    let id = world.connect("a").await;
    let license = world.named("north").await;
    world.proxy.once("get-licenses", Answer::replacing("\"north\"", "\"north pole\""));
    let refreshed = app::refresh::refresh(&world.context, id).await.unwrap();
    assert_eq!(refreshed, Refreshed { added: 0, changed: 1, gone: 0 });
    assert_eq!(world.named("north pole").await, license);
}

#[tokio::test]
async fn two_accounts_may_hold_the_same_license_each_with_a_row_of_its_own() {
    let world = World::start().await;
    world.issued_elsewhere("north").await;
    let (one, other) = (world.connect("one").await, world.connect("other").await);
    assert_eq!(world.rows("").await.len(), 2);
    app::accounts::remove_account(&world.context, one, "one").await.unwrap();
    assert_eq!(world.rows("").await[0].stored.account, other);
    assert_eq!(code(app::list::resolve_license(&world.context, "nobody").await), "license-not-found");
}

#[tokio::test]
async fn an_unchanged_answer_changes_no_row() {
    let world = World::start().await;
    world.issued_elsewhere("north").await;
    let id = world.connect("a").await;
    let library = world.context.vault().library();
    let before = library.rev().unwrap();
    world.clock.advance(60);
    assert_eq!(app::refresh::refresh(&world.context, id).await.unwrap(), Refreshed::default());
    assert!(library.changed_since(before).unwrap().licenses.is_empty());
    let status = world.status(id).await;
    assert_eq!(status.as_of, Some(app::context::Clock::now(&*world.clock)), "it was looked at now");
}

#[tokio::test]
async fn what_a_complete_listing_no_longer_has_is_gone_and_comes_back_with_everything() {
    let world = World::start().await;
    let found = world.issued_elsewhere("north").await;
    let id = world.connect("a").await;
    let license = world.named("north").await;
    let target =
        app::files::Target { format: Format::Jwt, path: world.path("l.jwt"), in_place: false, keep: false };
    app::export::export(&world.context, license, target).await.unwrap();
    world.proxy.once("get-licenses", json(200, r#"{"result": []}"#));
    assert_eq!(app::refresh::refresh(&world.context, id).await.unwrap().gone, 1);
    assert!(world.names("").await.is_empty());
    let gone = world.rows("status:gone").await;
    assert_eq!((gone[0].stored.id, &gone[0].status), (license, &Status::Gone));
    assert_eq!(world.detail(license).await.files.len(), 1);
    assert!(!world.detail(license).await.activity.is_empty());
    assert_eq!(app::refresh::refresh(&world.context, id).await.unwrap().changed, 1);
    assert_eq!(world.named("north").await, license);
    assert_eq!(world.vendor_id(license).await, found.license.vendor_id);
}

#[tokio::test]
async fn an_interrupted_listing_takes_nothing_away() {
    let world = World::start().await;
    world.issued_elsewhere("north").await;
    let id = world.connect("a").await;
    for fault in [Answer::CommitThenHang, Answer::CommitThenDrop, page(200), json(200, "[")] {
        world.proxy.always("get-licenses", fault);
        app::refresh::refresh(&world.context, id).await.unwrap_err();
        assert_eq!(world.names("").await, ["north"]);
        world.proxy.clear();
    }
}

#[tokio::test]
async fn a_listing_with_an_entry_that_cannot_be_read_takes_nothing_away() {
    let world = World::start().await;
    world.issued_elsewhere("north").await;
    let id = world.connect("a").await;
    world.proxy.once("get-licenses", json(200, r#"{"result": [{"name": "no id"}]}"#));
    assert_eq!(app::refresh::refresh(&world.context, id).await.unwrap().gone, 0);
    assert_eq!(world.names("").await, ["north"]);
    world.proxy.once("get-licenses", json(200, r#"{"result": [{"name": "no id"}]}"#));
    assert_eq!(
        app::refresh::refresh(&world.context, id).await.unwrap().gone,
        0,
        "nor is it taken for unchanged"
    );
}

#[tokio::test]
async fn offline_is_a_state_that_a_restart_remembers() {
    let mut world = World::with_passphrase().await;
    world.issued_elsewhere("north").await;
    let id = world.connect("a").await;
    let as_of = world.status(id).await.as_of;
    world.clock.advance(60);
    world.proxy.go_away();
    assert_eq!(code(app::refresh::refresh(&world.context, id).await), "vendor-unreachable");
    world.restart();
    let status = world.status(id).await;
    assert!(matches!(&status.state, State::Offline(facts) if facts.code == "vendor-unreachable"));
    assert_eq!(status.as_of, as_of, "what is shown is as old as it was");
    assert_eq!(world.names("").await, ["north"]);
    world.proxy.come_back();
    world.unlock().await;
    app::refresh::refresh(&world.context, id).await.unwrap();
    assert_eq!(world.state(id).await, State::Ready);
}

#[tokio::test]
async fn a_refusal_is_a_failure_that_a_restart_remembers() {
    let mut world = World::with_passphrase().await;
    let id = world.connect("a").await;
    world.proxy.once("get-licenses", json(401, r#"{"error": {"message": "revoked"}}"#));
    assert_eq!(code(app::refresh::refresh(&world.context, id).await), "vendor-unauthorized");
    world.restart();
    assert!(
        matches!(world.state(id).await, State::Failed(facts) if facts.detail.as_deref() == Some("revoked"))
    );
}

#[tokio::test]
async fn a_create_that_reached_the_portal_ends_the_offline_state() {
    let world = World::start().await;
    let id = world.connect("a").await;
    world.proxy.go_away();
    app::refresh::refresh(&world.context, id).await.unwrap_err();
    world.proxy.come_back();
    world.created(id, "north").await;
    assert_eq!(world.state(id).await, State::Ready);
}

#[tokio::test]
async fn a_refresh_shows_that_it_runs_and_can_be_stopped() {
    let world = Arc::new(World::start().await);
    world.issued_elsewhere("north").await;
    let id = world.connect("a").await;
    let before = world.state(id).await;
    let asked = world.proxy.count("get-licenses");
    world.proxy.once("get-licenses", Answer::CommitThenHold);
    world.host.forget_events();
    let refreshing = tokio::spawn({
        let context = world.context.clone();
        async move { app::refresh::refresh(&context, id).await }
    });
    // The fault is for this request: one that is stopped before it arrives would leave it to the next.
    until_async("it is asked", async || world.proxy.count("get-licenses") > asked).await;
    assert!(matches!(world.state(id).await, State::Refreshing { .. }));
    assert!(world.host.saw(&Event::AccountChanged(id)));
    app::refresh::cancel_refresh(&world.context, id);
    assert_eq!(code(refreshing.await.unwrap()), "cancelled");
    assert_eq!(world.state(id).await, before, "stopping is no failure");
    assert_eq!(world.names("").await, ["north"]);
    app::refresh::refresh(&world.context, id).await.unwrap();
}

#[tokio::test]
async fn a_refresh_that_is_dropped_in_the_middle_can_be_started_again() {
    let world = World::start().await;
    let id = world.connect("a").await;
    let before = world.proxy.count("get-licenses");
    world.proxy.once("get-licenses", Answer::CommitThenHold);
    let refreshing = tokio::spawn({
        let context = world.context.clone();
        async move { app::refresh::refresh(&context, id).await }
    });
    until_async("it is asked", async || world.proxy.count("get-licenses") > before).await;
    assert!(matches!(world.state(id).await, State::Refreshing { .. }));
    refreshing.abort();
    assert!(refreshing.await.unwrap_err().is_cancelled());
    assert_eq!(world.state(id).await, State::Ready);
    world.issued_elsewhere("north").await;
    assert_eq!(app::refresh::refresh(&world.context, id).await.unwrap().added, 1);
}

#[tokio::test]
async fn two_refreshes_at_once_ask_the_portal_once() {
    let world = World::start().await;
    let id = world.connect("a").await;
    let before = world.proxy.count("get-licenses");
    let (one, other) =
        tokio::join!(app::refresh::refresh(&world.context, id), app::refresh::refresh(&world.context, id));
    one.unwrap();
    other.unwrap();
    assert_eq!(world.proxy.count("get-licenses"), before + 1);
}

#[tokio::test]
async fn refreshing_everything_asks_each_account_though_one_fails() {
    let world = World::start().await;
    let first = world.connect("a").await;
    app::import::import_text(&world.context, crate::common::SYSTEM_KEY, None).await.unwrap();
    let local = app::accounts::connect_local(&world.context, "z").await.unwrap();
    world.proxy.once(login_of(&world, first), json(401, "{}"));
    let mine =
        |_| portal::Order::self_hosted(portal::Name::parse("license", "mine").unwrap(), portal::Tier::Ci);
    world.portal().issue_many("z", 1, mine).unwrap();
    assert_eq!(code(app::refresh::refresh_all(&world.context).await), "vendor-unauthorized");
    assert!(matches!(world.state(first).await, State::Failed(_)));
    assert_eq!(world.status(local).await.licenses, 1);
}

#[tokio::test]
async fn a_listing_that_began_before_a_create_does_not_take_the_new_license_away() {
    let world = Arc::new(World::start().await);
    let id = world.connect("a").await;
    world.issued_elsewhere("elsewhere").await;
    // An old answer is on its way while the license is created and taken over.
    world.proxy.once("get-licenses", Answer::CommitThenHold);
    let before = world.proxy.count("get-licenses");
    let refreshing = tokio::spawn({
        let context = world.context.clone();
        async move { app::refresh::refresh(&context, id).await }
    });
    until_async("it is asked", async || world.proxy.count("get-licenses") > before).await;
    world.created(id, "north").await;
    world.proxy.release();
    refreshing.await.unwrap().unwrap();
    assert_eq!(world.names("").await, ["elsewhere", "north"]);
}

#[tokio::test]
async fn a_listing_that_began_before_a_delete_does_not_bring_the_license_back() {
    let world = Arc::new(World::start().await);
    world.issued_elsewhere("north").await;
    let id = world.connect("a").await;
    world.issued_elsewhere("elsewhere").await;
    world.proxy.once("get-licenses", Answer::CommitThenHold);
    let before = world.proxy.count("get-licenses");
    let refreshing = tokio::spawn({
        let context = world.context.clone();
        async move { app::refresh::refresh(&context, id).await }
    });
    until_async("it is asked", async || world.proxy.count("get-licenses") > before).await;
    app::changes::delete(&world.context, world.named("north").await, "north").await.unwrap();
    world.proxy.release();
    refreshing.await.unwrap().unwrap();
    assert_eq!(world.names("").await, ["elsewhere"]);
}

#[tokio::test]
async fn a_new_license_that_is_deleted_elsewhere_is_noticed() {
    let world = World::start().await;
    let id = world.connect("a").await;
    let license = world.created(id, "north").await;
    world.deleted_elsewhere(&world.vendor_id(license).await).await;
    // The answer is the very one that came before the license was created.
    assert_eq!(app::refresh::refresh(&world.context, id).await.unwrap().gone, 1);
    assert!(world.names("").await.is_empty());
}

#[tokio::test]
async fn an_account_that_is_removed_in_the_middle_leaves_nothing_behind() {
    let world = World::start().await;
    let id = world.connect("a").await;
    world.issued_elsewhere("north").await;
    let before = world.proxy.count("get-licenses");
    world.proxy.once("get-licenses", Answer::CommitThenHold);
    let refreshing = tokio::spawn({
        let context = world.context.clone();
        async move { app::refresh::refresh(&context, id).await }
    });
    until_async("it is asked", async || world.proxy.count("get-licenses") > before).await;
    app::accounts::remove_account(&world.context, id, "a").await.unwrap();
    world.proxy.release();
    assert_eq!(code(refreshing.await.unwrap()), "account-not-found");
    assert!(
        world.names("").await.is_empty() && app::accounts::accounts(&world.context).await.unwrap().is_empty()
    );
}

#[tokio::test]
async fn a_listing_with_an_entry_that_cannot_be_read_is_told_and_is_no_newer_than_the_last_whole_one() {
    let mut world = World::with_passphrase().await;
    world.issued_elsewhere("north").await;
    let id = world.connect("a").await;
    let whole = world.status(id).await.as_of;
    world.clock.advance(60);
    let partly = r#"{"result": [{"name": "no id"}, {"name": "nor here"}]}"#;
    world.proxy.once("get-licenses", json(200, partly));
    app::refresh::refresh(&world.context, id).await.unwrap();
    world.restart();
    let status = world.status(id).await;
    assert_eq!((status.unreadable, status.as_of, status.state), (2, whole, State::Ready));
    world.unlock().await;
    app::refresh::refresh(&world.context, id).await.unwrap();
    let status = world.status(id).await;
    assert_eq!((status.unreadable, status.as_of), (0, Some(app::context::Clock::now(&*world.clock))));
}
