//! Many licenses at once: selected and deleted by keyboard, continued after the window was killed, and menus of rows.

use journeys::{Hand, Looks, PATIENCE, Window, eventually};
use testkit::{Answer, FaultServer};
use thirtyfour::Key;

use crate::world::World;

/// The one request that deletes.
const DELETE: &str = "remove-license";

/// A project with forty licenses for tests and two others, connected through a server that misbehaves on request.
async fn with_forty() -> anyhow::Result<(World, FaultServer)> {
    let world = World::new()?;
    for name in (0..40).map(|number| format!("test-{number:02}")).chain(["clinic".into(), "ward".into()]) {
        world.project().issue(&name).await?;
    }
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    Ok((world, between))
}

async fn names_left(world: &World) -> anyhow::Result<Vec<String>> {
    let all = world.project().licenses().await?;
    let mut names: Vec<_> =
        all.iter().map(|one| one["name"].as_str().unwrap_or_default().to_owned()).collect();
    names.sort();
    Ok(names)
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_licenses_are_deleted_with_eleven_keys() -> anyhow::Result<()> {
    let (world, between) = with_forty().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    window.shows("42 licenses").await?;

    // `/`, `test`, Enter, Ctrl+A, Delete, `40`, Enter.
    window.press("/").await?;
    window.press("test").await?;
    window.shows("40 licenses").await?;
    window.press(Key::Enter).await?;
    hand.selected("test-00").await?;
    window.press(Key::Control + "a").await?;
    window.shows("40 selected").await?;
    let mut looks = Looks::default();
    looks.at(&window, "selected").await?;
    window.press(Key::Delete).await?;
    hand.there("delete-many-typed").await?;
    window.shows("Delete 40 licenses?").await?;
    window.press("40").await?;
    hand.enabled("delete-many-confirm", true).await?;
    looks.at(&window, "delete-many").await?;
    window.press(Key::Enter).await?;

    window.shows("40 licenses deleted").await?;
    window.gone("delete-many-dialog").await?;
    assert_eq!(names_left(&world).await?, ["clinic", "ward"]);
    assert_eq!(between.count(DELETE), 40, "each was asked for once");
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn deletion_goes_on_after_the_window_was_killed() -> anyhow::Result<()> {
    let (world, between) = with_forty().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    window.shows("42 licenses").await?;
    hand.click("list").await?;
    window.press(Key::Control + "a").await?;
    window.press(Key::Delete).await?;
    hand.there("delete-many-typed").await?;
    between.always_after(DELETE, DELETE, Answer::Forward.held());
    window.press("42").await?;
    hand.enabled("delete-many-confirm", true).await?;
    window.press(Key::Enter).await?;
    eventually("the second request", PATIENCE, || async { Ok((between.count(DELETE) >= 2).then_some(())) })
        .await?;
    window.kill();
    between.clear();
    between.release_all();

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("unfinished-delete-continue").await?;
    let typed = hand.there("delete-many-typed").await?;
    eventually("the number to type", PATIENCE, || async {
        Ok(window.text("delete-many-dialog").await?.contains("deleted at the vendor").then_some(()))
    })
    .await?;
    let left = window.text("delete-many-confirm").await?;
    let number: String = left.chars().filter(char::is_ascii_digit).collect();
    typed.send_keys(&number).await?;
    hand.enabled("delete-many-confirm", true).await?;
    window.press(Key::Enter).await?;
    window.gone("delete-many-dialog").await?;
    window.gone("unfinished-delete").await?;
    assert_eq!(names_left(&world).await?, Vec::<String>::new());
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn row_has_a_menu_of_its_own() -> anyhow::Result<()> {
    let world = World::connected()?;
    world.project().issue("clinic").await?;
    world.licet(&["refresh"])?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    let row = hand.row("clinic").await?;
    let element = window.find(&format!("row-{}", row.id)).await?;
    window.driver().action_chain().context_click_element(&element).perform().await?;
    hand.selected("clinic").await?;
    hand.there("menu-copy-key").await?;
    hand.there("menu-export").await?;
    let mut looks = Looks::default();
    looks.at(&window, "row-menu").await?;
    window.press(Key::Escape).await?;
    window.gone("menu").await?;
    // The menu key is about the row that has the keyboard.
    hand.click("list").await?;
    window.press(Key::Shift + Key::F10).await?;
    hand.click("menu-export").await?;
    hand.there("export-path").await?;
    window.close().await?;
    looks.judged()
}
