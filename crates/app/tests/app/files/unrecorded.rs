//! A change that the vendor confirmed and that the library could not take is no failure of the change.

use crate::common::{World, unknown};
use crate::instance::status;
use crate::offers::seats;
use app::context::AppError;
use errors::Kind;
use testkit::Answer;

/// What an error says of a change that was made, and could not be noted.
fn assert_not_recorded<T: std::fmt::Debug>(ended: Result<T, AppError>) {
    let error = ended.unwrap_err();
    assert_eq!(
        (error.report().code.as_str(), error.kind()),
        ("not-recorded", Kind::OutcomeUnknown),
        "{error}"
    );
}

#[tokio::test]
async fn a_create_that_cannot_be_noted_is_found_by_the_next_refresh() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.refuse_to_store("INSERT ON licenses");
    assert_eq!(unknown(world.create(account, "north").await), "not-recorded");
    assert_eq!(world.names_at_portal().await, ["north"]);
    world.store_again();
    assert_eq!(world.status(account).await.unsettled[0].label, "north");
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.names("").await, ["north"]);
    assert!(world.status(account).await.unsettled.is_empty());
}

#[tokio::test]
async fn a_create_whose_activity_cannot_be_noted_is_not_forgotten() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.refuse_to_store("INSERT ON activity");
    assert_eq!(unknown(world.create(account, "north").await), "not-recorded");
    world.store_again();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.happened().await[0], "created north done");
}

#[tokio::test]
async fn a_delete_that_cannot_be_noted_is_found_by_the_next_refresh() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let north = world.created(account, "north").await;
    world.refuse_to_store("UPDATE OF gone_since ON licenses");
    assert_eq!(unknown(app::changes::delete(&world.context, north, "north").await), "not-recorded");
    assert!(world.names_at_portal().await.is_empty());
    world.store_again();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert!(world.names("").await.is_empty());
    assert!(world.status(account).await.unsettled.is_empty());
}

#[tokio::test]
async fn a_lost_answer_and_a_library_without_room_leave_the_outcome_unknown() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.proxy.once("issue-license", Answer::CommitThenDrop);
    world.refuse_to_store("INSERT ON activity");
    assert_eq!(unknown(world.create(account, "north").await), "vendor-outcome-unknown");
    world.store_again();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.names("").await, ["north"]);
}

#[tokio::test]
async fn a_release_that_cannot_be_noted_is_no_failed_release() {
    let world = World::start().await;
    let (license, _) = seats::in_use(&world).await;
    world.refuse_to_store("INSERT ON activity");
    assert_not_recorded(app::offers::release_seat(&world.context, license, "hall-07", "hall-07").await);
    assert!(app::offers::seats(&world.context, license).await.unwrap().seats.is_empty());
}

#[tokio::test]
async fn a_token_that_cannot_be_noted_was_applied_and_replaced_all_the_same() {
    let (world, id) = status::connected_at_its_root().await;
    let root = format!("{}/instances/play", world.portal_address());
    world.refuse_to_store("INSERT ON activity");
    assert_not_recorded(app::instance::apply_token(&world.context, id, &status::token(&world), true).await);
    let (_, applied) = app::instance::current_token(&world.context, id).await.unwrap();
    assert_not_recorded(app::instance::renew_token(&world.context, id).await);
    let (_, renewed) = app::instance::current_token(&world.context, id).await.unwrap();
    assert!(applied.is_some() && renewed.is_some() && applied != renewed);
    assert_not_recorded(app::instance::restore(&world.context, id, true).await);
    let (_, restored) = app::instance::current_token(&world.context, id).await.unwrap();
    assert_eq!(restored.and_then(|token| token.jti), applied.and_then(|token| token.jti));
    assert_not_recorded(app::instance::remove_token(&world.context, id, &root).await);
    assert_eq!(app::instance::current_token(&world.context, id).await.unwrap().1, None);
}
