//! Seats: who has them, what that means for another start, and how one is released.

use journeys::{Hand, Window};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn the_one_seat_is_shown_in_use_and_released_by_the_machines_typed_name() -> anyhow::Result<()> {
    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("cell").await?;
    let warning = window.text("seats-warning").await?;
    assert!(warning.contains("Your one seat is in use by cell-07, last seen 3 min"), "{warning}");
    assert!(warning.contains("A second start will fail"), "{warning}");
    let seats = window.text("seats").await?;
    assert!(seats.contains("5c:1f:0a:77:21:e0") && seats.contains("linux"), "{seats}");
    let release = hand.first_like("seat-release-").await?;
    hand.click(&release).await?;
    hand.enabled("release-confirm", false).await?;
    window.fill("release-typed", "cell-08").await?;
    hand.enabled("release-confirm", false).await?;
    window.fill("release-typed", "cell-07").await?;
    hand.click("release-confirm").await?;
    window.find("seats-none").await?;
    window.shows("cell-07 no longer has a seat").await?;
    // The button that opened the dialog is gone with the seat.
    let at = "return document.activeElement.closest('section')?.querySelector('h3')?.textContent ?? null";
    let at: Option<String> = window.driver().execute(at, vec![]).await?.convert()?;
    assert!(at.is_some(), "the keyboard stays in the section of the seats");
    assert_eq!(world.licet_json(&["seats", "cell"])?["seats"].as_array().map(Vec::len), Some(0));
    window.shows("Machine released").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_of_a_system_license_stand_beside_it_before_a_second_start_fails() -> anyhow::Result<()> {
    let world = World::new()?;
    let key = world.cell()?;
    world.connect(&world.portal.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("cell").await?;
    let told = window.text("detail-reported").await?;
    assert!(told.contains("active internet connection for the entire duration"), "{told}");
    assert!(told.contains("one running instance at a time"), "{told}");
    assert!(told.contains("AICA documentation, Licensing"), "each rule names where it is from: {told}");
    hand.text_that("seats-warning", "the second start", |text| text.contains("A second start will fail"))
        .await?;
    let second = world.service.add_machine(&key, "aa:bb:cc:dd:ee:ff", "cell-08", None);
    assert!(second.is_err(), "and so it does");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_is_gone_already_is_released_without_a_fuss() -> anyhow::Result<()> {
    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("cell").await?;
    let release = hand.first_like("seat-release-").await?;
    world.licet(&["seats", "cell", "--release", "cell-07", "--confirm", "cell-07"])?;
    hand.click(&release).await?;
    window.fill("release-typed", "cell-07").await?;
    hand.click("release-confirm").await?;
    window.find("seats-none").await?;
    window.shows("cell-07 no longer has a seat").await?;
    window.close().await
}
