//! The license files of many licenses in one folder, and their names and dates in a table.

use journeys::{Hand, Looks, PATIENCE, Window, eventually, readers};
use serde_json::json;
use testkit::{Answer, FaultServer};
use thirtyfour::Key;

use crate::world::{World, mode};

/// The request for a license with its key.
const KEY: &str = "get-license";

/// A project with licenses whose keys were not fetched yet, connected through a server that misbehaves on request.
async fn with_licenses(names: &[&str]) -> anyhow::Result<(World, FaultServer)> {
    let world = World::new()?;
    for name in names {
        world.project().issue(name).await?;
    }
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    Ok((world, between))
}

async fn all_selected(world: &World, last: &str) -> anyhow::Result<Window> {
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row(last).await?;
    hand.click("list").await?;
    window.press(Key::Control + "a").await?;
    window.find("selection-bar").await?;
    Ok(window)
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_many_licenses_are_written_into_a_folder() -> anyhow::Result<()> {
    let (world, _between) = with_licenses(&["clinic", "north ward", "ward"]).await?;
    let folder = world.session.home().join("licenses");
    std::fs::create_dir(&folder)?;
    let window = all_selected(&world, "ward").await?;
    let hand = Hand::at(&window);
    window.press(Key::Control + "e").await?;
    hand.paste("write-many-folder", &folder.display().to_string()).await?;
    window.shows("licenses/north-ward.env").await?;
    let mut looks = Looks::default();
    looks.at(&window, "write-many").await?;
    hand.enabled("write-many-confirm", true).await?;
    window.press(Key::Enter).await?;
    window.shows("3 files written").await?;
    window.gone("write-many-dialog").await?;
    for name in ["clinic", "north-ward", "ward"] {
        let file = folder.join(format!("{name}.env"));
        let token = readers::dotenv(&file)?["BOX_LICENSE"].as_str().unwrap_or_default().to_owned();
        let claims = readers::jwt(&token, &world.portal.url())?;
        assert_eq!(claims["sub"], world.listed(&name.replace('-', " "))?["vendor_id"]);
        assert_eq!(mode(&file)?, 0o600);
    }
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_goes_on_after_the_window_was_killed() -> anyhow::Result<()> {
    let names = ["a", "b", "c", "d"];
    let (world, between) = with_licenses(&names).await?;
    let folder = world.session.home().join("licenses");
    std::fs::create_dir(&folder)?;
    let window = all_selected(&world, "d").await?;
    let hand = Hand::at(&window);
    hand.click("selection-write").await?;
    hand.paste("write-many-folder", &folder.display().to_string()).await?;
    hand.enabled("write-many-confirm", true).await?;
    let before = between.count(KEY);
    between.always_after(KEY, KEY, Answer::Forward.held());
    hand.click("write-many-confirm").await?;
    eventually("the second key's request", PATIENCE, || async {
        Ok((between.count(KEY) >= before + 2).then_some(()))
    })
    .await?;
    window.kill();
    between.clear();
    between.release_all();

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("unfinished-write-continue").await?;
    hand.enabled("write-many-confirm", true).await?;
    hand.click("write-many-confirm").await?;
    window.gone("write-many-dialog").await?;
    window.gone("unfinished-write").await?;
    for name in names {
        assert!(readers::dotenv(&folder.join(format!("{name}.env")))?["BOX_LICENSE"].is_string(), "{name}");
    }
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_dates_are_exported_as_a_table() -> anyhow::Result<()> {
    let (world, _between) = with_licenses(&["clinic", "north, \"ward\""]).await?;
    let window = all_selected(&world, "clinic").await?;
    let hand = Hand::at(&window);
    hand.click("selection-export").await?;
    let file = world.session.home().join("licenses.csv");
    hand.paste("export-table-path", &file.display().to_string()).await?;
    let mut looks = Looks::default();
    looks.at(&window, "export-table").await?;
    window.press(Key::Enter).await?;
    window.shows("2 licenses exported").await?;
    let rows = readers::csv(&file)?;
    let listed = world.listed("clinic")?;
    assert_eq!(rows.as_array().map(Vec::len), Some(2), "{rows}");
    assert_eq!((&rows[0]["name"], &rows[1]["name"]), (&json!("clinic"), &json!("north, \"ward\"")));
    assert_eq!((&rows[0]["account"], &rows[0]["status"]), (&json!("north"), &listed["status"]));
    assert_eq!(
        rows[0]["expires"].as_str().unwrap_or_default(),
        listed["expires"].as_str().unwrap_or_default()
    );

    // A second time it is replaced only on purpose.
    hand.click("selection-export").await?;
    hand.paste("export-table-path", &file.display().to_string()).await?;
    window.press(Key::Enter).await?;
    hand.text_that("export-table-confirm", "the question", |text| text == "Replace file").await?;
    window.press(Key::Enter).await?;
    window.gone("export-table-dialog").await?;
    window.close().await?;
    looks.judged()
}
