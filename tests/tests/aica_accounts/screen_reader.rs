//! What a screen reader reads of the window.

use std::time::Duration;

use journeys::{Accessible, Hand, Role, Window, eventually};

use crate::world::World;

/// Reading the whole tree takes a call for each property of each object.
const READING: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn screen_reader_finds_rows_cells_and_badges_named() -> anyhow::Result<()> {
    let mut world = World::connected()?;
    world.session.start_accessibility()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("cell").await?;
    let _ = eventually("x", Duration::from_secs(3), || async { Ok(None::<()>) }).await;
    let tree = Accessible::of(&world.session).await?;
    for row in tree.all(Role::ROW) {
        eprintln!("{row:#?}");
    }
    panic!()
}
