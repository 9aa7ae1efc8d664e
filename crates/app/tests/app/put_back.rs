//! The way back to an instance's earlier token, and a token for an instance that cannot tell what it has.

use crate::{
    common::{Fault, World, code},
    instance::{connected, connected_at_its_root, token},
};

const READ: &str = "GET /instances/play/api/licensing/token";

/// The root URL that the instance knows itself by.
fn root(world: &World) -> String {
    format!("{}/instances/play", world.portal_address())
}

#[tokio::test]
async fn after_a_renewal_the_token_that_was_renewed_is_put_back_and_none_that_is_older() {
    let (world, id) = connected().await;
    let first = world.desk.apply_token(id, &token(&world), true).await.unwrap();
    let second = world.desk.apply_token(id, &token(&world), true).await.unwrap();
    world.desk.renew_token(id).await.unwrap();
    assert!(world.desk.instance(id).await.unwrap().can_put_back);
    let back = world.desk.put_back(id, true).await.unwrap();
    assert_eq!(back.token.jti, second.token.jti);
    let further_back = world.desk.put_back(id, true).await.unwrap();
    assert_eq!(further_back.token.jti, first.token.jti, "nothing that was held is lost");
}

#[tokio::test]
async fn a_token_that_takes_a_renewed_ones_place_leaves_the_one_that_was_renewed() {
    let (world, id) = connected().await;
    let first = world.desk.apply_token(id, &token(&world), true).await.unwrap();
    world.desk.renew_token(id).await.unwrap();
    assert!(world.desk.apply_token(id, &token(&world), true).await.unwrap().previous_kept);
    assert_eq!(world.desk.put_back(id, true).await.unwrap().token.jti, first.token.jti);
}

#[tokio::test]
async fn once_a_renewed_token_is_removed_the_one_that_was_renewed_is_put_back() {
    let (world, id) = connected_at_its_root().await;
    world.desk.apply_token(id, &token(&world), true).await.unwrap();
    let second = world.desk.apply_token(id, &token(&world), true).await.unwrap();
    let renewed = world.desk.renew_token(id).await.unwrap();
    world.desk.remove_token(id, &root(&world)).await.unwrap();
    let back = world.desk.put_back(id, true).await.unwrap();
    assert_eq!(back.token.jti, second.token.jti);
    assert_ne!(back.token.jti, renewed.token.jti);
}

#[tokio::test]
async fn once_a_token_from_elsewhere_is_removed_no_token_of_another_license_is_put_back() {
    let (world, id) = connected_at_its_root().await;
    world.desk.apply_token(id, &token(&world), true).await.unwrap();
    world.desk.apply_token(id, &token(&world), true).await.unwrap();
    world.portal().add_instance("else", "admin", "a good password").unwrap();
    let elsewhere = world.portal().instance_token("else", None, Some(&root(&world))).unwrap();
    world.portal().apply_instance_token("play", &elsewhere).unwrap();
    world.desk.remove_token(id, &root(&world)).await.unwrap();
    assert!(!world.desk.instance(id).await.unwrap().can_put_back);
    assert_eq!(code(world.desk.put_back(id, true).await), "nothing-to-put-back");
}

#[tokio::test]
async fn a_change_that_never_arrived_leaves_what_can_be_put_back_as_it_was() {
    let (world, id) = connected().await;
    let first = world.desk.apply_token(id, &token(&world), true).await.unwrap();
    world.desk.apply_token(id, &token(&world), true).await.unwrap();
    world.proxy.next("POST ", Fault::DropBefore);
    assert_eq!(code(world.desk.apply_token(id, &token(&world), true).await), "vendor-outcome-unknown");
    assert_eq!(world.desk.put_back(id, true).await.unwrap().token.jti, first.token.jti);
}

#[tokio::test]
async fn an_instance_that_cannot_tell_its_token_is_given_one() {
    let (world, id) = connected().await;
    let first = world.desk.apply_token(id, &token(&world), true).await.unwrap();
    world.proxy.every(READ, Fault::json(500, r#"{"message": "license.jwt is torn"}"#));
    let new = token(&world);
    let preview = world.desk.preflight_token(id, &new).await.unwrap();
    assert!(preview.new.is_some() && preview.current.is_err());
    let applied = world.desk.apply_token(id, &new, true).await.unwrap();
    assert!(applied.previous_kept, "what was given to it last is as near as can be told");
    world.proxy.clear();
    assert_eq!(world.desk.put_back(id, true).await.unwrap().token.jti, first.token.jti);
}

#[tokio::test]
async fn an_earlier_token_that_is_good_is_put_back_and_one_that_is_over_only_knowingly() {
    let (world, id) = connected_at_its_root().await;
    let first = world.desk.apply_token(id, &token(&world), true).await.unwrap();
    let second = world.desk.apply_token(id, &token(&world), true).await.unwrap();
    world.clock.advance(60);
    assert_eq!(world.desk.put_back(id, false).await.unwrap().token.jti, first.token.jti);
    world.clock.advance(30 * 86_400);
    let earlier = world.desk.preflight_earlier(id).await.unwrap();
    assert_eq!(earlier.new.as_ref().unwrap().jti, second.token.jti);
    assert!(!earlier.may_send && earlier.findings.iter().any(|found| found.word() == "token-expired"));
    assert_eq!(code(world.desk.put_back(id, false).await), "preflight-failed");
    let (_, current) = world.desk.current_token(id).await.unwrap();
    assert_eq!(current.unwrap().jti, first.token.jti, "nothing was sent");
    assert_eq!(world.desk.put_back(id, true).await.unwrap().token.jti, second.token.jti);
}
