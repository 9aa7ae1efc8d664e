//! Refreshing several accounts at once: a slow vendor holds up no other, and only a few are asked at a time.

use crate::common::{World, code, json, unknown};
use crate::instance::status::{connect_as, connected};
use app::context::{Event, Message, State};
use license::AccountId;
use std::sync::{
    Mutex,
    mpsc::{self, Sender},
};
use testkit::{Answer, until_async};
use tokio::task::JoinHandle;
use vault::IntentVerb;

/// An account of its own project, whose name it has, at the local portal.
pub(crate) async fn project(world: &World, name: &str) -> AccountId {
    app::accounts::connect_local(&world.context, name).await.unwrap()
}

/// The project gets a license that no account lists yet.
fn issue(world: &World, project: &str, license: &str) {
    let order =
        |_| portal::Order::self_hosted(portal::Name::parse("license", license).unwrap(), portal::Tier::Ci);
    world.portal().issue_many(project, 1, order).unwrap();
}

/// What every request with an account's login contains.
pub(crate) fn login_of(world: &World, account: AccountId) -> &'static str {
    let token = world.context.vault().library().login(account, "token").unwrap().unwrap();
    token.expose().to_owned().leak()
}

fn refresh_all(world: &World) -> JoinHandle<Result<(), app::context::AppError>> {
    let context = world.context.clone();
    tokio::spawn(async move { app::refresh::refresh_all(&context).await })
}

#[tokio::test]
async fn slow_vendor_holds_up_no_other_account() {
    let world = World::start().await;
    let (slow, _quick) = (project(&world, "a").await, project(&world, "b").await);
    issue(&world, "a", "late");
    issue(&world, "b", "early");
    world.proxy.once(login_of(&world, slow), Answer::CommitThenHold);
    let refreshing = refresh_all(&world);
    until_async("the other account is listed", async || world.names("").await == ["early"]).await;
    assert!(matches!(world.state(slow).await, State::Refreshing { .. }));
    world.proxy.release_all();
    refreshing.await.unwrap().unwrap();
    assert_eq!(world.names("").await, ["early", "late"]);
}

#[tokio::test]
async fn at_most_four_accounts_are_refreshed_at_once() {
    let world = World::start().await;
    for name in ["a", "b", "c", "d", "e", "f"] {
        project(&world, name).await;
    }
    let before = world.proxy.count("get-licenses");
    world.proxy.always("get-licenses", Answer::CommitThenHold);
    let refreshing = refresh_all(&world);
    until_async("four accounts are asked", async || world.proxy.count("get-licenses") >= before + 4).await;
    let accounts = app::accounts::accounts(&world.context).await.unwrap();
    let running = accounts.iter().filter(|one| matches!(one.state, State::Refreshing { .. })).count();
    assert_eq!((running, world.proxy.count("get-licenses")), (4, before + 4));
    world.proxy.release_all();
    refreshing.await.unwrap().unwrap();
    assert_eq!(world.proxy.count("get-licenses"), before + 6);
}

#[tokio::test]
async fn first_failure_in_the_order_of_accounts_is_returned() {
    let world = World::start().await;
    let (first, last) = (project(&world, "a").await, project(&world, "b").await);
    let events = |id| world.events().iter().filter(|one| **one == Event::AccountChanged(id)).count();
    world.proxy.once(login_of(&world, first), Answer::CommitThenHang);
    world.proxy.once(login_of(&world, last), json(401, "{}"));
    world.host.forget_events();
    let refreshing = refresh_all(&world);
    until_async("the last account failed", async || matches!(world.state(last).await, State::Failed(_)))
        .await;
    assert!(matches!(world.state(first).await, State::Refreshing { .. }), "it fails later");
    assert_eq!(code(refreshing.await.unwrap()), "vendor-timed-out");
    assert!(matches!(world.state(first).await, State::Offline(_)));
    assert_eq!((events(first), events(last)), (2, 2), "each began and ended once");
}

#[tokio::test]
async fn cancelled_account_stops_and_the_others_go_on() {
    let world = World::start().await;
    let (slow, _quick) = (project(&world, "a").await, project(&world, "b").await);
    issue(&world, "b", "early");
    world.proxy.once(login_of(&world, slow), Answer::CommitThenHold);
    let token = login_of(&world, slow);
    let before = world.proxy.count(token);
    let refreshing = refresh_all(&world);
    until_async("it is asked", async || world.proxy.count(token) > before).await;
    app::refresh::cancel_refresh(&world.context, slow);
    assert_eq!(code(refreshing.await.unwrap()), "cancelled");
    assert_eq!(world.names("").await, ["early"]);
}

#[tokio::test]
async fn dropped_refresh_of_all_stops_every_account() {
    let world = World::start().await;
    let accounts = [project(&world, "a").await, project(&world, "b").await];
    let before = world.proxy.count("get-licenses");
    world.proxy.always("get-licenses", Answer::CommitThenHold);
    let refreshing = refresh_all(&world);
    until_async("both are asked", async || world.proxy.count("get-licenses") == before + 2).await;
    refreshing.abort();
    assert!(refreshing.await.unwrap_err().is_cancelled());
    for account in accounts {
        until_async("it is stopped", async || world.state(account).await == State::Ready).await;
    }
}

/// An answer that is given once the other end of it is told so.
fn gate() -> (Sender<()>, Answer) {
    let (open, opened) = mpsc::channel();
    let opened = Mutex::new(opened);
    let answer = Answer::by(move |_| {
        // A test that has ended waits for nothing.
        let _ended = opened.lock().unwrap().recv();
        Answer::Forward
    });
    (open, answer)
}

#[tokio::test]
async fn request_that_is_settled_slowly_holds_up_no_other_account() {
    let world = World::start().await;
    let (slow, quick) = (project(&world, "a").await, project(&world, "b").await);
    let doomed = world.created(slow, "doomed").await;
    world.proxy.once("remove-license", Answer::Drop);
    world.proxy.always("get-licenses", Answer::Drop);
    assert_eq!(
        unknown(app::changes::delete(&world.context, doomed, "doomed").await),
        "vendor-outcome-unknown"
    );
    world.proxy.clear();
    world.proxy.once("issue-license", Answer::CommitThenDrop);
    // The listing before it is answered; the one that looks for it is not.
    world.proxy.once("get-licenses", Answer::Forward);
    world.proxy.always("get-licenses", Answer::Drop);
    assert_eq!(unknown(world.create(quick, "sent").await), "vendor-outcome-unknown");
    world.proxy.clear();

    let ((look, looked), (list, listed)) = (gate(), gate());
    world.proxy.once("get-license\"", looked);
    world.proxy.once(login_of(&world, quick), listed);
    let asked = world.proxy.count("get-license\"");
    let refreshing = refresh_all(&world);
    until_async("the slow account is settled", async || world.proxy.count("get-license\"") > asked).await;
    list.send(()).unwrap();
    until_async("the other account is settled", async || {
        world.events().iter().any(|event| {
            matches!(event, Event::Message(Message::Settled { verb: IntentVerb::Create, label, done: true, .. }) if label == "sent")
        })
    })
    .await;
    look.send(()).unwrap();
    refreshing.await.unwrap().unwrap();
}

#[tokio::test]
async fn wrong_password_that_two_accounts_share_is_sent_once() {
    let (world, _) = connected().await;
    let address = world.proxy.url();
    connect_as(&world, &address, "again").await;
    world.proxy.always("/api/licensing/", json(401, "{}"));
    // A new process does not know yet whether the password is right.
    let command_line = world.unlocked_second_context().await;
    let before = world.proxy.count("/api/licensing/");
    app::refresh::refresh_all(&command_line).await.unwrap_err();
    assert_eq!(world.proxy.count("/api/licensing/"), before + 1);
}

#[tokio::test]
async fn create_in_one_account_lists_no_other_account_again() {
    let world = World::start().await;
    let (one, other) = (project(&world, "a").await, project(&world, "b").await);
    let token = login_of(&world, one);
    let before = world.proxy.count(token);
    world.proxy.once(token, Answer::CommitThenHold);
    let refreshing = refresh_all(&world);
    until_async("it is asked", async || world.proxy.count(token) > before).await;
    world.created(other, "north").await;
    world.proxy.release_all();
    refreshing.await.unwrap().unwrap();
    assert_eq!(world.proxy.count(token), before + 1);
}
