//! The table of every written file: what changed is seen and repaired without selecting its license.

use journeys::{Hand, Looks, Window, readers};
use thirtyfour::Key;

use crate::world::{World, put};

#[tokio::test(flavor = "multi_thread")]
async fn files_are_listed_and_repaired_in_one_table() -> anyhow::Result<()> {
    let world = World::new()?;
    world.connect(&world.portal.url())?;
    let mut paths = Vec::new();
    for name in ["clinic", "ward"] {
        world.project().issue(name).await?;
        world.licet(&["refresh"])?;
        let env = world.session.home().join(format!("{name}.env"));
        world.licet(&["export", name, "--format", "env", "--to", &env.display().to_string()])?;
        paths.push(env);
    }
    put(&paths[1], "BOX_LICENSE=somebody-elses\n")?;

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("clinic").await?;
    window.press(Key::Control + "3").await?;
    hand.text_that("files-count", "both files", |text| text == "2 files, 1 needs attention").await?;
    let mut looks = Looks::default();
    looks.at(&window, "files").await?;
    let changed = hand.first_like("file-settle-").await?;
    let row = changed.replace("-settle", "");
    hand.text_that(&row, "the changed file", |text| text.contains("Differs from the license")).await?;
    window.shows("ward.env").await?;

    hand.click(&changed).await?;
    hand.attribute(&row, "data-state", "up-to-date").await?;
    hand.text_that("files-count", "nothing to repair", |text| text == "2 files").await?;
    assert_ne!(readers::dotenv(&paths[1])?["BOX_LICENSE"], "somebody-elses");
    hand.paste("files-search", "clin").await?;
    window.gone(&row).await?;
    looks.at(&window, "files-found").await?;
    window.close().await?;
    looks.judged()
}
