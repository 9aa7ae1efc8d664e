//! What an instance refuses: without the permission, and for another root URL.

use journeys::Hand;
use testkit::Answer;

use crate::world::{PASSWORD, World, apply, opened};

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_is_named_with_the_way_to_it() -> anyhow::Result<()> {
    let world = World::new()?;
    world.issuer.add_instance_user("play", "reader", PASSWORD, &["read"])?;
    world.connect(&world.root(), "reader")?;
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    hand.paste("instance-paste", &world.token()?).await?;
    hand.click("apply-send").await?;
    let told = hand.text_that("instance-refused", "the permission", |text| text.contains("licensing:write"));
    assert!(told.await?.contains("Ask the administrator"), "and what to do");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_knows_itself_by_another_address_says_so() -> anyhow::Result<()> {
    let (world, _between) = World::connected_behind()?;
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    hand.paste("instance-paste", &world.token()?).await?;
    hand.click("apply-send-anyway").await?;
    hand.click("apply-close").await?;
    hand.select("Licet local portal").await?;
    hand.click("detail-menu").await?;
    hand.click("token-remove").await?;
    let root = window.text("instance-root").await?;
    window.fill("token-remove-typed", &root).await?;
    hand.click("token-remove-confirm").await?;
    let told = hand.text_that("token-remove-error", "the address", |text| text.contains(&root)).await?;
    assert!(told.contains("root_url"), "{told}");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_without_an_answer_is_looked_up_and_not_sent_again() -> anyhow::Result<()> {
    let (world, between) = World::connected_behind()?;
    let root = crate::world::root_at(&between.url());
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    between.once("POST /instances/play/api/licensing/token", Answer::CommitThenDrop);
    apply(&hand, &world.token_for(&root)?).await?;
    assert_eq!(between.count("POST /instances/play/api/licensing/token"), 1);
    window.close().await
}
