//! What was sent without an answer: never twice, never forgotten, settled by looking, at the next start too.

use crate::common::{World, code, json, unknown, wanted};
use crate::refresh::concurrent::{login_of, project};
use app::changes::Sent;
use app::context::{Event, Message};
use std::sync::Arc;
use testkit::{Answer, until_async};
use vault::IntentVerb;

#[tokio::test]
async fn a_create_whose_answer_is_lost_is_found_by_looking() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.proxy.once("issue-license", Answer::CommitThenDrop);
    let id = world.created(account, "north").await;
    assert_eq!(world.named("north").await, id);
    assert_eq!(world.names_at_portal().await, ["north"], "exactly one");
    assert_eq!(world.happened().await[..2], ["created north done", "created north unknown"]);
    let settled = Event::Message(Message::Settled {
        verb: IntentVerb::Create,
        label: "north".into(),
        license: Some(id),
        done: true,
    });
    assert!(world.host.saw(&settled));
    assert!(world.status(account).await.unsettled.is_empty());
}

#[tokio::test]
async fn a_create_whose_answer_breaks_off_is_settled_at_the_next_start() {
    let mut world = World::with_passphrase().await;
    let account = world.connect("a").await;
    world.proxy.once("issue-license", Answer::CommitThenHang);
    let creating = world.create(account, "north");
    let failing = async {
        until_async("it is sent", async || world.proxy.count("issue-license") == 1).await;
        world.proxy.always("get-licenses", Answer::Drop);
    };
    let (sent, ()) = tokio::join!(creating, failing);
    assert_eq!(unknown(sent), "vendor-outcome-unknown");
    assert_eq!(world.status(account).await.unsettled[0].label, "north");
    world.proxy.clear();
    world.restart();
    world.unlock().await;
    app::refresh::refresh_all(&world.context).await.unwrap();
    assert!(world.status(account).await.unsettled.is_empty());
    assert_eq!(world.names("").await, ["north"]);
    assert_eq!(world.names_at_portal().await, ["north"]);
}

#[tokio::test]
async fn unlocking_and_refreshing_at_the_next_start_settles() {
    let mut world = World::with_passphrase().await;
    let account = world.connect("a").await;
    never_arrives(&world, account).await;
    world.issued_elsewhere("north").await;
    world.restart();
    world.unlock().await;
    app::refresh::refresh_all(&world.context).await.unwrap();
    assert!(world.status(account).await.unsettled.is_empty());
    assert_eq!(world.names("").await, ["north"]);
}

#[tokio::test]
async fn a_create_that_never_arrived_is_given_up_after_two_minutes_and_can_be_repeated() {
    let world = World::start().await;
    let account = world.connect("a").await;
    never_arrives(&world, account).await;
    world.clock.advance(119);
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.status(account).await.unsettled.len(), 1, "it may still arrive");
    assert_eq!(code(world.create(account, "north").await), "unsettled");
    world.clock.advance(1);
    app::refresh::refresh_all(&world.context).await.unwrap();
    let settled = Event::Message(Message::Settled {
        verb: IntentVerb::Create,
        label: "north".into(),
        license: None,
        done: false,
    });
    assert!(world.host.saw(&settled));
    assert_eq!(world.happened().await[0], "created north failed");
    world.created(account, "north").await;
    assert_eq!(world.names_at_portal().await, ["north"]);
}

#[tokio::test]
async fn while_the_outcome_is_unknown_the_same_is_not_sent_again_but_other_names_are() {
    let world = World::start().await;
    let account = world.connect("a").await;
    never_arrives(&world, account).await;
    let again = app::changes::Wanted { allow_same_name: true, ..wanted(account, " north ", &[]) };
    let error = app::changes::create(&world.context, again).await.unwrap_err();
    assert_eq!((error.report().code.as_str(), error.kind()), ("unsettled", errors::Kind::OutcomeUnknown));
    assert_eq!(world.proxy.count("issue-license"), 1);
    world.created(account, "south").await;
}

#[tokio::test]
async fn a_create_that_arrives_late_is_found_by_the_next_one() {
    let world = World::start().await;
    let account = world.connect("a").await;
    never_arrives(&world, account).await;
    world.issued_elsewhere("north").await;
    assert_eq!(code(world.create(account, "north").await), "name-taken");
    assert_eq!(world.names_at_portal().await, ["north"]);
}

#[tokio::test]
async fn of_several_licenses_of_a_name_only_a_new_one_is_taken_for_the_created_one() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let old = world.created(account, "north").await;
    world.proxy.once("issue-license", Answer::CommitThenDrop);
    let second = app::changes::Wanted { allow_same_name: true, ..wanted(account, "north", &[]) };
    let Sent::Done(Some(id)) = app::changes::create(&world.context, second.clone()).await.unwrap() else {
        panic!("not found")
    };
    assert_ne!(id, old);
    world.proxy.once("issue-license", Answer::Drop);
    assert_eq!(unknown(app::changes::create(&world.context, second).await), "vendor-outcome-unknown");
}

#[tokio::test]
async fn a_license_that_was_gone_and_comes_back_is_not_taken_for_the_created_one() {
    let world = World::start().await;
    world.issued_elsewhere("north").await;
    let account = world.connect("a").await;
    world.proxy.always("get-licenses", json(200, r#"{"result": []}"#));
    app::refresh::refresh(&world.context, account).await.unwrap();
    never_arrives(&world, account).await;
    world.proxy.clear();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.names("").await, ["north"]);
    assert_eq!(world.status(account).await.unsettled.len(), 1);
}

#[tokio::test]
async fn a_refresh_while_a_create_is_on_its_way_tells_nothing_of_it() {
    let world = Arc::new(World::start().await);
    let account = world.connect("a").await;
    world.proxy.once("issue-license", Answer::CommitThenHold);
    let creating = tokio::spawn({
        let world = world.clone();
        async move { world.created(account, "north").await }
    });
    until_async("the portal has it", async || world.names_at_portal().await == ["north"]).await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    world.proxy.release();
    let id = creating.await.unwrap();
    assert_eq!(world.happened().await, ["created north done", "connected a done"]);
    assert!(!world.events().iter().any(|event| matches!(event, Event::Message(Message::Settled { .. }))));
    assert_eq!(world.named("north").await, id);
}

#[tokio::test]
async fn two_clicks_at_once_create_one_license() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let (one, other) = tokio::join!(world.create(account, "north"), world.create(account, "north"));
    let refused = [one, other].into_iter().filter_map(Result::err).map(|error| error.report().code);
    assert_eq!(refused.collect::<Vec<_>>(), ["unsettled"]);
    assert_eq!(world.names_at_portal().await, ["north"]);
}

#[tokio::test]
async fn another_program_on_the_same_home_does_not_send_it_again() {
    let world = Arc::new(World::with_passphrase().await);
    let account = world.connect("a").await;
    world.proxy.once("issue-license", Answer::CommitThenHold);
    let creating = tokio::spawn({
        let world = world.clone();
        async move { world.created(account, "north").await }
    });
    until_async("it is sent", async || world.proxy.count("issue-license") == 1).await;
    let command_line = world.second_context();
    let passphrase = license::Password::new(crate::common::PASSPHRASE.to_owned());
    app::keys::unlock_with_passphrase(&command_line, passphrase).await.unwrap();
    app::changes::create(&command_line, wanted(account, "north", &[])).await.unwrap_err();
    world.proxy.release();
    creating.await.unwrap();
    assert_eq!(world.names_at_portal().await, ["north"]);
}

#[tokio::test]
async fn a_create_that_is_dropped_in_the_middle_is_not_forgotten() {
    let world = Arc::new(World::start().await);
    let account = world.connect("a").await;
    world.proxy.once("issue-license", Answer::CommitThenHold);
    let creating = tokio::spawn({
        let world = world.clone();
        async move { world.create(account, "north").await }
    });
    until_async("the portal has it", async || world.names_at_portal().await == ["north"]).await;
    creating.abort();
    assert!(creating.await.unwrap_err().is_cancelled());
    app::refresh::refresh_all(&world.context).await.unwrap();
    assert_eq!(world.happened().await[0], "created north done");
    assert!(world.status(account).await.unsettled.is_empty());
}

#[tokio::test]
async fn an_account_that_is_offline_does_not_keep_another_one_unsettled() {
    let world = World::start().await;
    let (first, second) = (project(&world, "a").await, project(&world, "b").await);
    never_arrives(&world, first).await;
    never_arrives(&world, second).await;
    world.clock.advance(120);
    world.proxy.once(login_of(&world, first), json(401, "{}"));
    assert_eq!(code(app::refresh::refresh_all(&world.context).await), "vendor-unauthorized");
    assert_eq!(world.status(first).await.unsettled.len(), 1);
    assert!(world.status(second).await.unsettled.is_empty());
}

#[tokio::test]
async fn an_unreachable_portal_was_sent_nothing_and_nothing_is_left_open() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.proxy.go_away();
    assert_eq!(code(world.create(account, "north").await), "vendor-unreachable");
    assert!(world.status(account).await.unsettled.is_empty());
}

/// A create that is lost on its way to the portal.
async fn never_arrives(world: &World, account: license::AccountId) {
    world.proxy.once("issue-license", Answer::Drop);
    assert_eq!(unknown(world.create(account, "north").await), "vendor-outcome-unknown");
}

#[tokio::test]
async fn two_programs_that_create_the_same_at_once_create_one_license() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let command_line = world.unlocked_second_context().await;
    // Whatever either of them looks at before it sends is held up, until both are under way.
    world.proxy.always("get-licenses", Answer::CommitThenHold);
    let both = async {
        tokio::join!(
            world.create(account, "north"),
            app::changes::create(&command_line, wanted(account, "north", &[])),
            async {
                until_async("one looks", async || world.proxy.count("get-licenses") > 1).await;
                world.proxy.release_all();
            }
        )
    };
    let (one, other, ()) = both.await;
    let refused: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    let codes: Vec<_> = refused.iter().map(|error| error.report().code).collect();
    assert!(codes == ["unsettled"] || codes == ["name-taken"], "{codes:?}");
    assert_eq!(world.proxy.count("issue-license"), 1);
    assert_eq!(world.names_at_portal().await, ["north"]);
}

#[tokio::test]
async fn two_programs_that_delete_the_same_at_once_delete_it_once() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let command_line = world.unlocked_second_context().await;
    world.proxy.always("remove-license", Answer::CommitThenHold);
    let (one, other, ()) = tokio::join!(
        app::changes::delete(&world.context, id, "north"),
        app::changes::delete(&command_line, id, "north"),
        async {
            until_async("it is sent", async || world.proxy.count("remove-license") == 1).await;
            world.proxy.release_all();
        }
    );
    let refused = [one, other].into_iter().filter_map(Result::err).map(|error| error.report().code);
    assert_eq!(refused.collect::<Vec<_>>(), ["unsettled"]);
    assert_eq!(world.proxy.count("remove-license"), 1);
}

#[tokio::test]
async fn what_another_program_is_sending_is_left_to_it() {
    let world = Arc::new(World::with_passphrase().await);
    let account = world.connect("a").await;
    world.proxy.once("issue-license", Answer::CommitThenHold);
    let creating = tokio::spawn({
        let world = world.clone();
        async move { world.created(account, "north").await }
    });
    until_async("the portal has it", async || world.names_at_portal().await == ["north"]).await;
    let command_line = world.unlocked_second_context().await;
    app::refresh::refresh_all(&command_line).await.unwrap();
    assert!(
        app::accounts::accounts(&command_line).await.unwrap()[0].unsettled.is_empty(),
        "its outcome is not unknown"
    );
    world.proxy.release();
    creating.await.unwrap();
    assert_eq!(world.happened().await, ["created north done", "connected a done"]);
    assert!(!world.events().iter().any(|event| matches!(event, Event::Message(Message::Settled { .. }))));
}

#[tokio::test]
async fn what_was_claimed_and_never_sent_leaves_nothing_behind() {
    let world = Arc::new(World::with_passphrase().await);
    let account = world.connect("a").await;
    let before = world.proxy.count("get-licenses");
    world.proxy.once("get-licenses", Answer::CommitThenHold);
    let creating = tokio::spawn({
        let world = world.clone();
        async move { world.create(account, "north").await }
    });
    until_async("it looks", async || world.proxy.count("get-licenses") > before).await;
    creating.abort();
    assert!(creating.await.unwrap_err().is_cancelled());
    assert!(world.status(account).await.unsettled.is_empty(), "nothing was sent");
    app::refresh::refresh_all(&world.context).await.unwrap();
    assert_eq!(world.happened().await, ["connected a done"]);
    world.created(account, "north").await;
}
