//! The window and the command line on one home at the same time.

use journeys::{Hand, Window};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn window_and_command_line_see_each_others_changes() -> anyhow::Result<()> {
    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    window.find("list-empty").await?;

    world.licet(&["create", "from-the-shell", "--account", "north", "--type", "prod"])?;
    let row = hand.row("from-the-shell").await?;
    assert!(row.cells.iter().any(|cell| cell.starts_with("in 1")), "{row:?}");

    hand.click("create-open").await?;
    hand.there("create-type-dev").await?;
    hand.paste("create-name", "from-the-window").await?;
    hand.click("create-submit").await?;
    hand.selected("from-the-window").await?;
    assert_eq!(world.listed("from-the-window")?["type"], "dev");

    let env = world.session.home().join(".env");
    let path = env.display().to_string();
    world.licet(&["export", "from-the-window", "--format", "env", "--to", &path])?;
    let state = hand.first_like("file-state-").await?;
    hand.text_that(&state, "as written", |text| text == "Up to date").await?;
    std::fs::remove_file(&env)?;
    hand.text_that(&state, "the loss", |text| text == "Missing").await?;

    world.licet(&["delete", "from-the-shell", "--confirm", "from-the-shell"])?;
    hand.no_row("from-the-shell").await?;
    assert_eq!(world.project().licenses().await?.len(), 1);
    world.licet(&["accounts", "remove", "north", "--confirm", "north"])?;
    hand.no_row("from-the-window").await?;
    window.close().await
}
