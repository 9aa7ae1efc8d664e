//! The token of an instance in the window: seen, applied in each way, renewed, removed and restored.

use journeys::{Hand, Secrets, licet_home};

use crate::world::{World, apply, opened};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_pasted_applied_and_the_one_before_it_restored() -> anyhow::Result<()> {
    let world = World::connected()?;
    let (first, second) = (world.token()?, world.token()?);
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    apply(&hand, &first).await?;
    hand.text_that("instance-check", "yes", |text| text.contains("reports a valid license")).await?;
    hand.text_that("instance-usage", "the users", |text| text.contains("11 of 15 included users")).await?;
    hand.unfold("token").await?;
    let facts = window.text("token-facts").await?;
    for told in [
        "Licet local portal",
        "vendor says: 1 (probably valid)",
        "metrics-dashboard-enterprise",
        "Billed by usage",
    ] {
        assert!(facts.contains(told), "{told} is not in {facts}");
    }
    let ends = (window.text("instance-license-ends").await?, window.text("instance-token-ends").await?);
    assert!(ends.0.contains("in 12 months") || ends.0.contains("in 11 months"), "{ends:?}");
    assert!(ends.1.contains("in 7 days"), "{ends:?}");
    let before = world.token_id()?;
    hand.click("detail-menu").await?;
    window.find("token-renew").await?;
    assert!(!hand.is_there("apply-restore").await?, "there is none before the first");
    window.press(thirtyfour::Key::Escape).await?;

    hand.click("apply-open").await?;
    apply(&hand, &second).await?;
    assert_ne!(world.token_id()?, before);
    hand.click("detail-menu").await?;
    hand.click("apply-restore").await?;
    hand.click("restore-token-send").await?;
    hand.text_that("instance-done", "the way back", |text| text.contains("earlier token again")).await?;
    hand.click("restore-token-close").await?;
    assert_eq!(world.token_id()?, before);

    let row = hand.row("Licet local portal").await?;
    assert!(row.cells.iter().any(|cell| cell == "Valid"), "{row:?}");
    hand.text_that("detail-instance", "the users", |text| text.contains("11 of 15 included users")).await?;
    window.close().await?;
    let secrets = Secrets::new(&[("first token", &first), ("second token", &second)]);
    assert_eq!(secrets.in_folders(&[&licet_home(&world.session)])?, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_license_jwt_that_is_dropped_is_looked_over_and_applied_from_its_file() -> anyhow::Result<()> {
    let world = World::connected()?;
    let file = world.session.home().join("license.jwt");
    xtask::repository::write(&file, format!("{}\n", world.token()?).as_bytes())?;
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    window.drop_files(&[file]).await?;
    hand.text_that("instance-file", "its name", |text| text.contains("license.jwt")).await?;
    window.find("apply-fits").await?;
    hand.click("apply-send").await?;
    window.find("instance-done").await?;
    hand.text_that("instance-check", "yes", |text| text.contains("reports a valid license")).await?;
    let page = window.everything_shown().await?;
    assert!(!page.contains("eyJ"), "a file's text is not the page's: {page}");
    assert_eq!(world.licet(&["instance", "check", "--account", "play"])?.trim(), "valid");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_renewed_by_its_issuer_and_its_text_stays_with_the_instance() -> anyhow::Result<()> {
    let world = World::connected()?;
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    apply(&hand, &world.token()?).await?;
    hand.text_that("instance-held", "it is here", |text| text.contains("keeps the text")).await?;
    let before = world.token_id()?;
    hand.click("detail-menu").await?;
    hand.click("token-renew").await?;
    hand.text_that("instance-done", "the renewal", |text| text.contains("from its issuer")).await?;
    hand.text_that("instance-held", "it is not here", |text| text.contains("does not have the text")).await?;
    assert_ne!(world.token_id()?, before);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_removed_by_its_root_url_and_can_be_restored() -> anyhow::Result<()> {
    let world = World::connected()?;
    let window = opened(&world).await?;
    let hand = Hand::at(&window);

    // The second makes the first one known here before it is taken away.
    apply(&hand, &world.token()?).await?;
    hand.click("detail-menu").await?;
    hand.click("token-remove").await?;
    window.shows("The instance returns the same (202)").await?;
    window.fill("token-remove-typed", "http://localhost").await?;
    hand.enabled("token-remove-confirm", false).await?;
    window.fill("token-remove-typed", &format!("{}/", world.root())).await?;
    hand.click("token-remove-confirm").await?;
    window.gone("token-remove-dialog").await?;
    window.shows("The instance has no license token").await?;
    assert_eq!(
        world.licet_json(&["instance", "token", "--account", "play"])?["token"],
        serde_json::Value::Null
    );
    hand.click_named("button", "Undo").await?;
    hand.select("Licet local portal").await?;
    hand.text_that("instance-check", "yes", |text| text.contains("reports a valid license")).await?;
    window.close().await
}
