//! A token is looked over before it is sent: what is wrong with it is said, and it is sent only knowingly.

use jiff::{Timestamp, ToSpan};
use journeys::Hand;

use crate::world::{World, opened, root_at};

/// Applying, as the instance hears it.
const APPLY: &str = "POST /instances/play/api/licensing/token";

#[tokio::test(flavor = "multi_thread")]
async fn a_token_for_another_instance_shows_both_addresses_and_is_sent_only_knowingly() -> anyhow::Result<()>
{
    let (world, between) = World::connected_behind()?;
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    // The instance knows itself by its own address, the account by the one in between.
    hand.paste("instance-paste", &world.token()?).await?;
    window.find("apply-finding-wrong-instance").await?;
    let addresses = window.text("apply-addresses").await?;
    assert!(addresses.contains(&world.root()) && addresses.contains(&root_at(&between.url())), "{addresses}");
    assert_eq!(window.text("apply-new-sub").await?, world.root());
    window.shows("The instance may have another root_url").await?;
    assert!(!hand.is_there("apply-send").await?);
    assert_eq!(between.count(APPLY), 0, "nothing is sent by looking");
    hand.click("apply-send-anyway").await?;
    window.find("instance-done").await?;
    hand.text_that("instance-check", "yes", |text| text.contains("reports a valid license")).await?;
    assert_eq!(between.count(APPLY), 1);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_of_a_token_is_told_in_its_own_words() -> anyhow::Result<()> {
    let (world, between) = World::connected_behind()?;
    let good = world.token_for(&root_at(&between.url()))?;
    let ended = Timestamp::now() - 24.hours();
    let root = root_at(&between.url());
    let ended = world.issuer.instance_token("play", Some(ended), Some(&root))?.expose().to_owned();
    let two_parts = good.rsplit_once('.').map(|(two, _)| two.to_owned()).unwrap_or_default();
    let torn = format!("{}.sig", &good[..good.find('.').unwrap_or(0) + 40]);
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    for (token, finding, words) in [
        (ended.as_str(), "license-expired", "The license expired on"),
        (&two_parts, "not-a-jwt", "it has 2 parts"),
        (&torn, "not-a-jwt", "incomplete or mistyped"),
        ("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3", "not-a-jwt", "three parts, separated by dots"),
    ] {
        hand.paste("instance-paste", token).await?;
        hand.text_that(&format!("apply-finding-{finding}"), words, |text| text.contains(words)).await?;
    }
    assert_eq!(between.count(APPLY), 0);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_issuer_is_refused_by_the_instance_in_its_words() -> anyhow::Result<()> {
    let world = World::connected()?;
    let elsewhere = tempfile::tempdir()?;
    let other = portal::Portal::open(elsewhere.path())?;
    other.add_instance("play", "admin", "another password")?;
    let foreign = other.instance_token("play", None, Some(&world.root()))?.expose().to_owned();
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    hand.paste("instance-paste", &foreign).await?;
    window.shows("Licet does not know the issuer’s key").await?;
    hand.click("apply-send").await?;
    hand.text_that("instance-refused", "the refusal", |text| text.contains("400")).await?;
    assert_eq!(world.token_id()?, serde_json::Value::Null, "it has none still");
    window.close().await
}
