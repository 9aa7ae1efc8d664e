//! Finishing a license on the vendor's own page, which Licet waits for.

use crate::common::{World, code, json};
use app::context::{Event, Message};
use license::AccountId;
use testkit::{Answer, until_async};

fn arrived(world: &World) -> Vec<(AccountId, Option<String>)> {
    let told = world.events().into_iter();
    told.filter_map(|event| match event {
        Event::Message(Message::Arrived { account, license, .. }) => {
            Some((account, license.map(|id| id.to_string())))
        }
        _ => None,
    })
    .collect()
}

/// How often the project was listed.
fn looks(world: &World) -> usize {
    world.proxy.count("get-licenses")
}

/// Five seconds pass until it has looked once more.
async fn it_looks(world: &World) {
    let before = looks(world);
    until_async("it looked", async || {
        world.clock.advance(5);
        looks(world) > before
    })
    .await;
}

#[tokio::test]
async fn the_vendors_page_opens_with_its_steps_and_the_new_license_arrives() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.issued_elsewhere("not known here yet").await;
    let vendor_page = app::refresh::finish_on_vendor_page(&world.context, account).await.unwrap();
    assert_eq!(world.host.opened(), ["https://aidbox.app/ui/portal"]);
    assert_eq!(vendor_page.problem, None);
    assert!(
        vendor_page.steps.iter().any(|step| step.english.contains("New Aidbox")),
        "{:?}",
        vendor_page.steps
    );

    it_looks(&world).await;
    assert_eq!(arrived(&world), [], "what was there before does not arrive");
    world.issued_elsewhere("by hand").await;
    until_async("it arrived", async || {
        world.clock.advance(5);
        !arrived(&world).is_empty()
    })
    .await;
    let id = world.named("by hand").await;
    assert_eq!(arrived(&world), [(account, Some(id.to_string()))]);
    let after = looks(&world);
    world.clock.advance(60);
    world.issued_elsewhere("later").await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!((looks(&world), arrived(&world).len()), (after + 1, 1), "it no longer looks");
}

#[tokio::test]
async fn a_portal_that_is_away_for_a_while_is_asked_again() {
    let world = World::start().await;
    let account = world.connect("a").await;
    app::refresh::finish_on_vendor_page(&world.context, account).await.unwrap();
    world.proxy.always("get-licenses", Answer::Drop);
    it_looks(&world).await;
    world.proxy.clear();
    world.issued_elsewhere("by hand").await;
    until_async("it arrived", async || {
        world.clock.advance(5);
        arrived(&world).len() == 1
    })
    .await;
}

/// Why it was given up, once it is.
async fn given_up(world: &World, step: i64) -> Option<String> {
    until_async("it gave up", async || {
        world.clock.advance(step);
        !arrived(world).is_empty()
    })
    .await;
    world.events().into_iter().find_map(|event| match event {
        Event::Message(Message::Arrived { problem, .. }) => problem.map(|facts| facts.code),
        _ => None,
    })
}

#[tokio::test]
async fn a_login_that_is_refused_by_now_is_said_at_once() {
    let world = World::start().await;
    let account = world.connect("a").await;
    app::refresh::finish_on_vendor_page(&world.context, account).await.unwrap();
    world.proxy.always("get-licenses", json(401, r#"{"message": "no"}"#));
    let before = looks(&world);
    assert_eq!(given_up(&world, 5).await.as_deref(), Some("vendor-unauthorized"));
    world.clock.advance(60);
    assert_eq!((looks(&world), arrived(&world)), (before + 1, vec![(account, None)]));
}

#[tokio::test]
async fn an_account_that_is_removed_is_not_waited_for() {
    let world = World::start().await;
    let account = world.connect("a").await;
    app::refresh::finish_on_vendor_page(&world.context, account).await.unwrap();
    world.context.vault().library().remove_account(account).unwrap();
    assert_eq!(given_up(&world, 5).await.as_deref(), Some("account-not-found"));
}

#[tokio::test]
async fn watching_ends_after_a_quarter_of_an_hour_and_says_so() {
    let world = World::start().await;
    let account = world.connect("a").await;
    app::refresh::finish_on_vendor_page(&world.context, account).await.unwrap();
    until_async("it gave up", async || {
        world.clock.advance(120);
        arrived(&world) == [(account, None)]
    })
    .await;
}

#[tokio::test]
async fn who_stops_it_hears_nothing_more() {
    let world = World::start().await;
    let account = world.connect("a").await;
    app::refresh::finish_on_vendor_page(&world.context, account).await.unwrap();
    app::refresh::stop_watching(&world.context, account).await;
    world.issued_elsewhere("by hand").await;
    let before = looks(&world);
    world.clock.advance(1_000);
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!((looks(&world), arrived(&world)), (before + 1, Vec::new()));
}

#[tokio::test]
async fn an_account_that_cannot_be_listed_is_not_waited_for() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.proxy.always("get-licenses", json(401, r#"{"message": "no"}"#));
    assert_eq!(
        code(app::refresh::finish_on_vendor_page(&world.context, account).await),
        "vendor-unauthorized"
    );
    assert!(world.host.opened().is_empty());
}

#[tokio::test]
async fn an_account_that_goes_is_not_looked_at_any_more() {
    let world = World::start().await;
    let account = world.connect("a").await;
    app::refresh::finish_on_vendor_page(&world.context, account).await.unwrap();
    it_looks(&world).await;
    app::accounts::remove_account(&world.context, account, "a").await.unwrap();
    let events = world.events().len();
    // Its time would be over, and that would be told.
    world.clock.advance(20 * 60);
    for _ in 0..20 {
        app::home::stored(&world.context).await.unwrap();
    }
    let told = |event: &Event| matches!(event, Event::Message(Message::Arrived { account: of, .. }) if *of == account);
    assert!(!world.events()[events..].iter().any(told), "{:?}", world.events());
}
