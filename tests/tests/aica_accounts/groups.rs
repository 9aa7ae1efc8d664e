//! The list in groups: folded by keyboard, searched with two words, with the seats in use.

use jiff::{Timestamp, ToSpan};
use journeys::{Hand, Looks, PATIENCE, Window, eventually};
use portal::NewEntitled;
use thirtyfour::Key;

use crate::world::World;

/// Two licenses that expired, one that never does, and “cell”, which is in use on its one machine.
fn with_four() -> anyhow::Result<World> {
    let world = World::new()?;
    let over = Some(Timestamp::now() - 48.hours());
    for (name, expires) in [("press left", over), ("press right", over), ("lab", None)] {
        let name = Some(name.to_owned());
        world.license(NewEntitled { name, expires, max_machines: Some(2), ..NewEntitled::default() })?;
    }
    world.cell()?;
    world.connect(&world.portal.url())?;
    Ok(world)
}

async fn names_are(hand: &Hand<'_>, wanted: &[&str]) -> anyhow::Result<()> {
    eventually(&format!("the rows {wanted:?}"), PATIENCE, || async {
        let names = hand.names().await?;
        if names == wanted { Ok(Some(())) } else { anyhow::bail!("they are {names:?}") }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn licenses_are_grouped_folded_and_found() -> anyhow::Result<()> {
    let world = with_four()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    let mut looks = Looks::default();

    hand.click("group").await?;
    looks.at(&window, "group-menu").await?;
    hand.click("group-expiry").await?;
    window.named("rowheader", "Expired, 2 licenses").await?;
    names_are(&hand, &["press left", "press right", "cell", "lab"]).await?;
    looks.at(&window, "grouped").await?;

    // From the first row to its heading, which folds and unfolds.
    window.press("/").await?;
    window.press(Key::Enter).await?;
    hand.selected("press left").await?;
    window.press(Key::Left).await?;
    hand.attribute("list", "aria-activedescendant", "heading-expired").await?;
    window.press(Key::Left).await?;
    names_are(&hand, &["cell", "lab"]).await?;
    window.shows("4 licenses").await?;
    looks.at(&window, "folded").await?;
    window.press(Key::Down).await?;
    window.press(Key::Down).await?;
    hand.selected("cell").await?;
    window.press(Key::Up).await?;
    window.press(Key::Up).await?;
    hand.attribute("list", "aria-activedescendant", "heading-expired").await?;
    window.press(Key::Enter).await?;
    names_are(&hand, &["press left", "press right", "cell", "lab"]).await?;

    let used = hand.row("cell").await?.cells.iter().any(|cell| cell.contains("1 of 1 seats used"));
    assert!(used, "{:?}", hand.row("cell").await?);
    assert!(hand.row("lab").await?.cells.iter().any(|cell| cell.contains("0 of 2 seats used")));

    window.press("/").await?;
    window.press("right press").await?;
    names_are(&hand, &["press right"]).await?;
    window.fill("search", "vendor:acme").await?;
    window.find("list-bad-filter").await?;
    looks.at(&window, "bad-filter").await?;
    window.fill("search", "sta").await?;
    window.press(Key::Down + Key::Enter).await?;
    window.find("search-suggestions").await?;
    looks.at(&window, "suggestions").await?;
    window.press("exp").await?;
    window.press(Key::Down + Key::Enter).await?;
    names_are(&hand, &["press left", "press right"]).await?;
    hand.click_named("button", "Remove filter status: expired").await?;
    names_are(&hand, &["press left", "press right", "cell", "lab"]).await?;

    for width in [720, 1320] {
        window.driver().set_window_rect(0, 0, width, 700).await?;
        looks.at(&window, &format!("grouped-{width}")).await?;
    }
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn grouping_outlasts_the_window() -> anyhow::Result<()> {
    let world = with_four()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("group").await?;
    hand.click("group-account").await?;
    hand.first_like("heading-").await?;
    window.close().await?;

    let window = Window::open(&world.session, &[]).await?;
    Hand::at(&window).first_like("heading-").await?;
    window.close().await
}
