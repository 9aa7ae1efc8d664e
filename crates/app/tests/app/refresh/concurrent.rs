//! Refreshing several accounts at once: a slow vendor holds up no other, and only a few are asked at a time.

use crate::common::{Fault, World, code, unknown, until};
use crate::instance::status::{connect_as, connected};
use app::context::{Event, State};
use license::AccountId;
use std::sync::Arc;
use tokio::{sync::Semaphore, task::JoinHandle};
use vault::IntentVerb;

/// An account of its own project, whose name it has, at the local portal.
async fn project(world: &World, name: &str) -> AccountId {
    app::accounts::connect_local(&world.context, name).await.unwrap()
}

/// The project gets a license that no account lists yet.
fn issue(world: &World, project: &str, license: &str) {
    let order =
        |_| portal::Order::self_hosted(portal::Name::parse("license", license).unwrap(), portal::Tier::Ci);
    world.portal().issue_many(project, 1, order).unwrap();
}

/// What every request with an account's login contains.
fn login_of(world: &World, account: AccountId) -> &'static str {
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
    let released = Arc::new(Semaphore::new(0));
    world.proxy.next(login_of(&world, slow), Fault::Hold(released.clone()));
    let refreshing = refresh_all(&world);
    until("the other account is listed", async || world.names("").await == ["early"]).await;
    assert!(matches!(world.state(slow).await, State::Refreshing { .. }));
    released.add_permits(1);
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
    let released = Arc::new(Semaphore::new(0));
    world.proxy.every("get-licenses", Fault::Hold(released.clone()));
    let refreshing = refresh_all(&world);
    until("four accounts are asked", async || world.proxy.count("get-licenses") >= before + 4).await;
    let accounts = app::accounts::accounts(&world.context).await.unwrap();
    let running = accounts.iter().filter(|one| matches!(one.state, State::Refreshing { .. })).count();
    assert_eq!((running, world.proxy.count("get-licenses")), (4, before + 4));
    released.add_permits(1);
    refreshing.await.unwrap().unwrap();
    assert_eq!(world.proxy.count("get-licenses"), before + 6);
}

#[tokio::test]
async fn first_failure_in_the_order_of_accounts_is_returned() {
    let world = World::start().await;
    let (first, last) = (project(&world, "a").await, project(&world, "b").await);
    let events = |id| world.events().iter().filter(|one| **one == Event::AccountChanged(id)).count();
    world.proxy.next(login_of(&world, first), Fault::HangAfter);
    world.proxy.next(login_of(&world, last), Fault::json(401, "{}"));
    world.host.forget_events();
    let refreshing = refresh_all(&world);
    until("the last account failed", async || matches!(world.state(last).await, State::Failed(_))).await;
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
    world.proxy.next(login_of(&world, slow), Fault::Hold(Arc::new(Semaphore::new(0))));
    let token = login_of(&world, slow);
    let before = world.proxy.count(token);
    let refreshing = refresh_all(&world);
    until("it is asked", async || world.proxy.count(token) > before).await;
    app::refresh::cancel_refresh(&world.context, slow);
    assert_eq!(code(refreshing.await.unwrap()), "cancelled");
    assert_eq!(world.names("").await, ["early"]);
}

#[tokio::test]
async fn dropped_refresh_of_all_stops_every_account() {
    let world = World::start().await;
    let accounts = [project(&world, "a").await, project(&world, "b").await];
    let before = world.proxy.count("get-licenses");
    world.proxy.every("get-licenses", Fault::Hold(Arc::new(Semaphore::new(0))));
    let refreshing = refresh_all(&world);
    until("both are asked", async || world.proxy.count("get-licenses") == before + 2).await;
    refreshing.abort();
    assert!(refreshing.await.unwrap_err().is_cancelled());
    for account in accounts {
        until("it is stopped", async || world.state(account).await == State::Ready).await;
    }
}

#[tokio::test]
async fn request_that_is_settled_slowly_holds_up_no_other_account() {
    let world = World::start().await;
    let (slow, quick) = (project(&world, "a").await, project(&world, "b").await);
    let doomed = world.created(slow, "doomed").await;
    world.proxy.next("remove-license", Fault::DropBefore);
    world.proxy.every("get-licenses", Fault::DropBefore);
    assert_eq!(
        unknown(app::changes::delete(&world.context, doomed, "doomed").await),
        "vendor-outcome-unknown"
    );
    world.proxy.clear();
    world.proxy.next("issue-license", Fault::DropAfter);
    // The listing before it is answered; the one that looks for it is not.
    world.proxy.next("get-licenses", Fault::replace("", ""));
    world.proxy.every("get-licenses", Fault::DropBefore);
    assert_eq!(unknown(world.create(quick, "sent").await), "vendor-outcome-unknown");
    world.proxy.clear();

    let [looking, listing] = [0, 0].map(|permits| Arc::new(Semaphore::new(permits)));
    world.proxy.next("get-license\"", Fault::Hold(looking.clone()));
    world.proxy.next(login_of(&world, quick), Fault::Hold(listing.clone()));
    let asked = world.proxy.count("get-license\"");
    let refreshing = refresh_all(&world);
    until("the slow account is settled", async || world.proxy.count("get-license\"") > asked).await;
    listing.add_permits(1);
    until("the other account is settled", async || {
        world.events().iter().any(|event| {
            matches!(event, Event::Settled { verb: IntentVerb::Create, label, done: true, .. } if label == "sent")
        })
    })
    .await;
    looking.add_permits(1);
    refreshing.await.unwrap().unwrap();
}

#[tokio::test]
async fn wrong_password_that_two_accounts_share_is_sent_once() {
    let (world, _) = connected().await;
    let address = world.proxy.address();
    connect_as(&world, &address, "again").await;
    world.proxy.every("/api/licensing/", Fault::json(401, "{}"));
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
    let released = Arc::new(Semaphore::new(0));
    world.proxy.next(token, Fault::Hold(released.clone()));
    let refreshing = refresh_all(&world);
    until("it is asked", async || world.proxy.count(token) > before).await;
    world.created(other, "north").await;
    released.add_permits(1);
    refreshing.await.unwrap().unwrap();
    assert_eq!(world.proxy.count(token), before + 1);
}
