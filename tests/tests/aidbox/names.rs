//! Names that people give: every script and sign is shown as it is, and nothing in a name is ever obeyed.

use journeys::{Hand, Window};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_cannot_be_is_told_at_its_field_before_anything_is_sent() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("create-open").await?;
    hand.there("create-type-dev").await?;
    hand.click("create-submit").await?;
    window.shows("Give it a name.").await?;
    hand.enabled("create-submit", false).await?;

    hand.paste("create-name", &"x".repeat(300)).await?;
    window.shows("300 characters; at most 200 fit.").await?;
    hand.enabled("create-submit", false).await?;

    hand.paste("create-name", "a\tb").await?;
    window.shows("A name is one line, without tabs or other control characters.").await?;
    hand.enabled("create-submit", false).await?;

    hand.paste("create-name", "  clinic ").await?;
    let same = window.text("create-same-name").await?;
    assert!(same.contains("This account has a license of that name already."), "{same}");
    hand.enabled("create-submit", false).await?;
    assert_eq!(world.project().licenses().await?.len(), 1, "nothing was sent");

    hand.click("create-allow-same").await?;
    hand.click("create-submit").await?;
    window.gone("create-dialog").await?;
    assert_eq!(world.project().named("clinic").await?.len(), 2, "a second one is made when it is meant");
    window.close().await
}

const NAMES: &[&str] = &[
    r#"it's "quoted" \ `x` $(y)"#,
    "🚀 launch 👩‍🔬",
    "رخصة المختبر",
    "<img src=x onerror=document.title='owned'><b id=injected>bold</b>",
    "žluťoučký kůň",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_script_and_sign_is_a_name_and_only_text() -> anyhow::Result<()> {
    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    for name in NAMES {
        hand.click("create-open").await?;
        hand.there("create-type-dev").await?;
        hand.paste("create-name", name).await?;
        hand.click("create-submit").await?;
        window.gone("create-dialog").await?;
        hand.selected(name).await?;
        hand.text_that("detail-name", name, |text| text == *name).await?;
        world.project().the_one(name).await?;
        assert_eq!(world.listed(name)?["name"], *name);
    }
    only_text(&window).await?;

    for name in NAMES {
        hand.select(name).await?;
        hand.text_that("detail-name", name, |text| text == *name).await?;
        hand.click("detail-menu").await?;
        hand.click("delete-open").await?;
        window.shows(&format!("Delete “{name}”?")).await?;
        only_text(&window).await?;
        hand.paste("delete-typed", name).await?;
        hand.enabled("delete-confirm", true).await?;
        hand.click("delete-confirm").await?;
        hand.no_row(name).await?;
    }
    assert!(world.project().licenses().await?.is_empty());
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_two_lines_from_elsewhere_is_shown_on_one_and_can_be_deleted() -> anyhow::Result<()> {
    let world = World::new()?;
    let name = "two\nlines";
    world.project().issue(name).await?;
    world.connect(&world.portal.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    let row = hand.select(name).await?;
    assert_eq!(row.cells[0], "two lines");
    hand.click("detail-menu").await?;
    hand.click("delete-open").await?;
    // A field of one line takes what is pasted as one line.
    hand.paste("delete-typed", name).await?;
    hand.enabled("delete-confirm", true).await?;
    hand.click("delete-confirm").await?;
    hand.no_row(name).await?;
    assert!(world.project().licenses().await?.is_empty());
    window.close().await
}

/// Nothing of a name became a part of the page.
async fn only_text(window: &Window) -> anyhow::Result<()> {
    let page = "return [document.querySelectorAll('#injected, img[src=x]').length, document.title]";
    let (injected, title): (usize, String) = window.driver().execute(page, vec![]).await?.convert()?;
    assert_eq!((injected, title.contains("owned")), (0, false));
    Ok(())
}
