//! What the activity says came of a change of an instance's token. The world's clock stands still, so its tokens begin in the future and are
//! sent although they do not pass.

use crate::common::{World, code, json};
use crate::instance::status::{connected, connected_at_its_root, token};
use app::context::Report;

/// The last thing that happened: its outcome, and what came of it.
async fn last(world: &World) -> (String, Report) {
    let recorded = world.context.activity(None, 1).await.unwrap().remove(0).activity;
    let report = Report::of(&recorded).unwrap();
    (recorded.outcome, report)
}

#[tokio::test]
async fn right_token_is_recorded_with_expiry_and_users() {
    let (world, id) = connected_at_its_root().await;
    let applied = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let (outcome, report) = last(&world).await;
    assert_eq!((outcome.as_str(), report.code.as_str()), ("done", "token-valid"));
    let expires = applied.token.license_expires.unwrap().to_string();
    assert_eq!((&report.args["expires"], &report.args["users"]), (&expires, &"15".to_owned()));
    assert_eq!(report, applied.report);
}

#[tokio::test]
async fn wrong_and_restored_tokens_are_recorded_as_the_instance_reports_them() {
    let (world, id) = connected_at_its_root().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let other = world.portal().instance_token("play", None, Some("https://other.example")).unwrap();
    app::instance::apply_token(&world.context, id, other.expose(), true).await.unwrap();
    let (_, report) = last(&world).await;
    assert_eq!(report.code, "token-wrong-instance");
    assert_eq!(report.args["sub"], "https://other.example");
    app::instance::restore(&world.context, id, true).await.unwrap();
    assert_eq!(last(&world).await.1.code, "token-valid");
}

#[tokio::test]
async fn check_that_fails_does_not_fail_the_change() {
    let (world, id) = connected().await;
    let check = "GET /instances/play/api/licensing/check";
    let before = world.proxy.count(check);
    world.proxy.once(check, json(500, "{}"));
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    assert_eq!(last(&world).await.0, "done");
    assert_eq!(world.proxy.count(check), before + 1, "the failing check was asked");
}

#[tokio::test]
async fn refused_token_is_recorded_with_the_vendors_words() {
    let (world, id) = connected().await;
    let refused = app::instance::apply_token(&world.context, id, "ey.torn", true).await;
    assert_eq!(code(refused), "vendor-rejected");
    let (outcome, report) = last(&world).await;
    assert_eq!((outcome.as_str(), report.code.as_str()), ("failed", "vendor-rejected"));
    assert_eq!(report.args["status"], "400");
    assert!(report.words.is_some_and(|words| !words.contains("ey.torn")));
}

#[tokio::test]
async fn removal_is_recorded_with_whether_a_license_is_left() {
    let (world, id) = connected_at_its_root().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let root = format!("{}/instances/play", world.portal_address());
    app::instance::remove_token(&world.context, id, &root).await.unwrap();
    assert_eq!(last(&world).await.1.code, "token-gone");

    let (world, id) = connected().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    // The instance accepts the removal, and still has the token when it is read again.
    world.proxy.once("DELETE", json(202, "{}"));
    let root = format!("{}/instances/play", world.proxy.url());
    app::instance::remove_token(&world.context, id, &root).await.unwrap();
    assert_eq!(last(&world).await.1.code, "token-left");
}
