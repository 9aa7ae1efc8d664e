//! A change counts as done only on an answer that says so, or on a look that shows it.

use crate::common::{World, code, json, page, unknown};
use crate::instance::status;
use app::changes::Sent;
use errors::Kind;
use testkit::Answer;

/// A server error in the forms of all vendors.
const EXPLAINED: &str =
    r#"{"error":{"message":"out of order"},"errors":[{"detail":"out of order"}],"message":"out of order"}"#;

/// Answers with a good status that say nothing.
fn empty_answers() -> [Answer; 6] {
    [json(200, "null"), json(200, "[]"), json(200, "{}"), json(200, "\"ok\""), json(200, ""), page(200)]
}

#[tokio::test]
async fn a_server_error_after_a_create_is_looked_at() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.proxy.once("issue-license", json(500, EXPLAINED).after_commit());
    let id = world.created(account, "north").await;
    assert_eq!(world.named("north").await, id);
    assert!(world.status(account).await.unsettled.is_empty());
}

#[tokio::test]
async fn third_token_after_a_server_error_leaves_the_outcome_unknown() {
    let (world, id) = status::connected().await;
    app::instance::apply_token(&world.context, id, &status::token(&world), true).await.unwrap();
    // The instance takes another token than the one that was sent, and then fails to answer.
    world.proxy.once("POST ", json(500, EXPLAINED));
    let other = Answer::edited(|body| {
        let mut token: serde_json::Value = serde_json::from_str(&body).unwrap();
        token["jti"] = "third".into();
        token.to_string()
    });
    world.proxy.once("/api/licensing/token", Answer::replacing("", ""));
    world.proxy.once("/api/licensing/token", other);
    let failed =
        app::instance::apply_token(&world.context, id, &status::token(&world), true).await.unwrap_err();
    assert_eq!(
        (failed.report().code.as_str(), failed.kind()),
        ("vendor-outcome-unknown", Kind::OutcomeUnknown)
    );
}

#[tokio::test]
async fn a_server_error_without_a_create_is_a_failure() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.proxy.once("issue-license", json(500, EXPLAINED));
    let error = world.create(account, "north").await.unwrap_err();
    assert_eq!((error.report().code.as_str(), error.kind()), ("vendor-rejected", Kind::Failed));
    assert!(error.to_string().contains("out of order"), "in the vendor's words: {error}");
    assert!(world.status(account).await.unsettled.is_empty());
    world.created(account, "north").await;
    assert_eq!(world.names_at_portal().await, ["north"]);
}

#[tokio::test]
async fn server_error_with_unreachable_vendor_is_unknown() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.proxy.once("issue-license", json(500, EXPLAINED).after_commit());
    // The look before the create is answered, the one after it is not.
    world.proxy.once("get-licenses", Answer::edited(|body| body));
    world.proxy.always("get-licenses", Answer::Drop);
    assert_eq!(unknown(world.create(account, "north").await), "vendor-outcome-unknown");
    world.proxy.clear();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.names("").await, ["north"]);
    assert!(world.status(account).await.unsettled.is_empty());
}

#[tokio::test]
async fn a_server_error_after_a_delete_is_looked_at() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.proxy.once("remove-license", json(500, EXPLAINED));
    assert_eq!(code(app::changes::delete(&world.context, id, "north").await), "vendor-rejected");
    assert_eq!(world.names_at_portal().await, ["north"]);
    world.proxy.once("remove-license", json(500, EXPLAINED).after_commit());
    assert!(matches!(app::changes::delete(&world.context, id, "north").await.unwrap(), Sent::Done(_)));
    assert!(world.names_at_portal().await.is_empty());
}

#[tokio::test]
async fn an_empty_answer_is_not_a_deletion() {
    for fault in empty_answers() {
        let world = World::start().await;
        let account = world.connect("a").await;
        let id = world.created(account, "north").await;
        world.proxy.once("remove-license", fault);
        assert_eq!(
            unknown(app::changes::delete(&world.context, id, "north").await),
            "vendor-outcome-unknown"
        );
        assert_eq!(world.names("").await, ["north"], "it is still listed");
        assert_eq!(world.status(account).await.unsettled.len(), 1);
    }
}

#[tokio::test]
async fn an_empty_answer_after_a_deletion_is_looked_at() {
    for (status, body) in [(200, "null"), (204, "")] {
        let world = World::start().await;
        let account = world.connect("a").await;
        let id = world.created(account, "north").await;
        world.proxy.once("remove-license", json(status, body).after_commit());
        assert!(matches!(app::changes::delete(&world.context, id, "north").await.unwrap(), Sent::Done(_)));
        assert!(world.names("").await.is_empty());
    }
}

#[tokio::test]
async fn empty_listing_marks_nothing_gone() {
    for fault in empty_answers() {
        let world = World::start().await;
        let account = world.connect("a").await;
        world.created(account, "north").await;
        world.proxy.once("get-licenses", fault);
        app::refresh::refresh(&world.context, account).await.unwrap_err();
        assert_eq!(world.names("").await, ["north"]);
    }
}

#[tokio::test]
async fn an_empty_answer_is_not_an_applied_token() {
    for fault in empty_answers() {
        let (world, id) = status::connected().await;
        app::instance::apply_token(&world.context, id, &status::token(&world), true).await.unwrap();
        let before = app::instance::instance(&world.context, id).await.unwrap().token;
        world.proxy.once("POST ", fault.clone());
        let other = status::token(&world);
        assert_eq!(
            code(app::instance::apply_token(&world.context, id, &other, true).await),
            "vendor-outcome-unknown"
        );
        world.proxy.once("POST ", fault);
        assert_eq!(code(app::instance::renew_token(&world.context, id).await), "vendor-outcome-unknown");
        assert_eq!(app::instance::instance(&world.context, id).await.unwrap().token, before);
    }
}

#[tokio::test]
async fn an_empty_answer_is_not_a_removed_token() {
    for fault in empty_answers() {
        let (world, id) = status::connected().await;
        app::instance::apply_token(&world.context, id, &status::token(&world), true).await.unwrap();
        let root = app::instance::instance(&world.context, id).await.unwrap().root;
        world.proxy.once("DELETE ", fault);
        assert_eq!(
            code(app::instance::remove_token(&world.context, id, &root).await),
            "vendor-outcome-unknown"
        );
        assert_eq!(app::instance::instance(&world.context, id).await.unwrap().valid, Ok(true));
    }
}

#[tokio::test]
async fn a_server_error_after_a_token_is_looked_at() {
    let (world, id) = status::connected().await;
    world.proxy.once("POST ", json(500, EXPLAINED));
    assert_eq!(
        code(app::instance::apply_token(&world.context, id, &status::token(&world), true).await),
        "vendor-rejected"
    );
    world.proxy.once("POST ", json(500, EXPLAINED).after_commit());
    let applied =
        app::instance::apply_token(&world.context, id, &status::token(&world), true).await.unwrap().token;
    world.proxy.once("POST ", json(500, EXPLAINED));
    assert_eq!(code(app::instance::renew_token(&world.context, id).await), "vendor-rejected");
    world.proxy.once("POST ", json(500, EXPLAINED).after_commit());
    assert_ne!(app::instance::renew_token(&world.context, id).await.unwrap().token.jti, applied.jti);
}

#[tokio::test]
async fn wrong_clock_blocks_a_name_for_two_minutes() {
    let world = World::start().await;
    let account = world.connect("a").await;
    const YEAR: i64 = 365 * 86_400;
    world.clock.advance(YEAR);
    world.proxy.once("issue-license", Answer::Drop);
    assert_eq!(unknown(world.create(account, "north").await), "vendor-outcome-unknown");
    world.clock.advance(-YEAR);
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.status(account).await.unsettled.len(), 1, "it may still arrive");
    world.clock.advance(121);
    world.created(account, "north").await;
    assert_eq!(world.names_at_portal().await, ["north"]);
}
