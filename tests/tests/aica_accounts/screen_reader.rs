//! What a screen reader reads of the window, over AT-SPI.

use journeys::{Accessible, Hand, PATIENCE, Role, Window, eventually};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn screen_reader_reads_names_of_rows_cells_and_badges() -> anyhow::Result<()> {
    let mut world = World::connected()?;
    world.session.start_accessibility()?;
    let window = Window::open(&world.session, &[]).await?;
    Hand::at(&window).select("cell").await?;
    window.find("seats-warning").await?;
    let tree = eventually("the row of “cell”", PATIENCE, || async {
        let tree = Accessible::of(&world.session).await?;
        Ok(tree.all(Role::ROW).iter().any(|row| row.name.starts_with("cell, Valid")).then_some(tree))
    })
    .await?;

    let rows = tree.all(Role::ROW);
    assert!(rows[1..].iter().all(|row| !row.name.is_empty()), "{rows:#?}");
    let headers: Vec<_> = rows[0].children.iter().map(|header| header.name.as_str()).collect();
    assert!(headers.contains(&"Name") && headers.contains(&"Status"), "{headers:?}");
    for row in &rows[1..] {
        let cells = row.all(Role::CELL);
        assert_eq!(cells.len(), headers.len(), "each cell has its header: {headers:?}, {row:#?}");
        let read: Vec<_> = cells.iter().map(|cell| format!("{} {}", cell.name, cell.text)).collect();
        assert!(read.iter().all(|text| !text.trim().is_empty()), "{read:?}");
        assert!(read.iter().all(|text| !text.contains(" ,")), "{read:?}");
    }
    assert!(!tree.all(Role::IMAGE).iter().any(|image| image.name.is_empty()), "pictures have names");
    tree.named(Role::IMAGE, "Status: Valid")?;
    // Folded parts say what they are and that they are folded.
    tree.named(Role::BUTTON, "Technical details")?;
    window.close().await
}
