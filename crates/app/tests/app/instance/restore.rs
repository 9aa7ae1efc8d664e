//! The way back to an instance's earlier token, and a token for an instance that cannot tell what it has.

use crate::common::{World, code, json};
use crate::instance::status::{connected, connected_at_its_root, token};
use testkit::Answer;

const READ: &str = "GET /instances/play/api/licensing/token";

/// The root URL that the instance knows itself by.
fn root(world: &World) -> String {
    format!("{}/instances/play", world.portal_address())
}

#[tokio::test]
async fn after_a_renewal_the_token_that_was_renewed_is_put_back_and_none_that_is_older() {
    let (world, id) = connected().await;
    let first = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let second = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    app::instance::renew_token(&world.context, id).await.unwrap();
    assert!(app::instance::instance(&world.context, id).await.unwrap().can_restore);
    let back = app::instance::restore(&world.context, id, true).await.unwrap();
    assert_eq!(back.token.jti, second.token.jti);
    let further_back = app::instance::restore(&world.context, id, true).await.unwrap();
    assert_eq!(further_back.token.jti, first.token.jti, "nothing that was held is lost");
}

#[tokio::test]
async fn a_token_that_takes_a_renewed_ones_place_leaves_the_one_that_was_renewed() {
    let (world, id) = connected().await;
    let first = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    app::instance::renew_token(&world.context, id).await.unwrap();
    assert!(
        app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap().previous_kept
    );
    assert_eq!(app::instance::restore(&world.context, id, true).await.unwrap().token.jti, first.token.jti);
}

#[tokio::test]
async fn once_a_renewed_token_is_removed_the_one_that_was_renewed_is_restored() {
    let (world, id) = connected_at_its_root().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let second = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let renewed = app::instance::renew_token(&world.context, id).await.unwrap();
    app::instance::remove_token(&world.context, id, &root(&world)).await.unwrap();
    let back = app::instance::restore(&world.context, id, true).await.unwrap();
    assert_eq!(back.token.jti, second.token.jti);
    assert_ne!(back.token.jti, renewed.token.jti);
}

#[tokio::test]
async fn once_a_token_from_elsewhere_is_removed_no_token_of_another_license_is_restored() {
    let (world, id) = connected_at_its_root().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    world.portal().add_instance("else", "admin", "a good password").unwrap();
    let elsewhere = world.portal().instance_token("else", None, Some(&root(&world))).unwrap();
    world.portal().apply_instance_token("play", &elsewhere).unwrap();
    app::instance::remove_token(&world.context, id, &root(&world)).await.unwrap();
    assert!(!app::instance::instance(&world.context, id).await.unwrap().can_restore);
    assert_eq!(code(app::instance::restore(&world.context, id, true).await), "nothing-to-restore");
}

#[tokio::test]
async fn a_change_that_never_arrived_leaves_what_can_be_put_back_as_it_was() {
    let (world, id) = connected().await;
    let first = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    world.proxy.once("POST ", Answer::Drop);
    assert_eq!(
        code(app::instance::apply_token(&world.context, id, &token(&world), true).await),
        "vendor-outcome-unknown"
    );
    assert_eq!(app::instance::restore(&world.context, id, true).await.unwrap().token.jti, first.token.jti);
}

#[tokio::test]
async fn an_instance_that_cannot_tell_its_token_is_given_one() {
    let (world, id) = connected().await;
    let first = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    world.proxy.always(READ, json(500, r#"{"message": "license.jwt is torn"}"#));
    let new = token(&world);
    let preview = app::instance::preflight_token(&world.context, id, &new).await.unwrap();
    assert!(preview.new.is_some() && preview.current.is_err());
    let applied = app::instance::apply_token(&world.context, id, &new, true).await.unwrap();
    assert!(applied.previous_kept, "what was given to it last is as near as can be told");
    world.proxy.clear();
    assert_eq!(app::instance::restore(&world.context, id, true).await.unwrap().token.jti, first.token.jti);
}

#[tokio::test]
async fn an_earlier_token_that_is_good_is_put_back_and_one_that_is_over_only_knowingly() {
    let (world, id) = connected_at_its_root().await;
    let first = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let second = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    world.clock.advance(60);
    assert_eq!(app::instance::restore(&world.context, id, false).await.unwrap().token.jti, first.token.jti);
    world.clock.advance(30 * 86_400);
    let earlier = app::instance::preflight_earlier(&world.context, id).await.unwrap();
    assert_eq!(earlier.new.as_ref().unwrap().jti, second.token.jti);
    assert!(!earlier.may_send && earlier.findings.iter().any(|found| found.word() == "token-expired"));
    assert_eq!(code(app::instance::restore(&world.context, id, false).await), "preflight-failed");
    let (_, current) = app::instance::current_token(&world.context, id).await.unwrap();
    assert_eq!(current.unwrap().jti, first.token.jti, "nothing was sent");
    assert_eq!(app::instance::restore(&world.context, id, true).await.unwrap().token.jti, second.token.jti);
}
