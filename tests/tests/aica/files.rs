//! The launcher's file: what stands in it besides, how it drifts, and where it cannot be written.

use std::{os::unix::fs::MetadataExt, path::Path};

use journeys::{PATIENCE, Session, Window, eventually, readers};
use serde_json::json;

use crate::common::{
    OTHER_SYSTEM_KEY, SYSTEM_KEY, fill, import, launcher_file, library, listed, mode, open_export, open_row,
    press, row, says, with_key,
};
use crate::places::{Place, of_another_user, window_in};

const MINE: &str = "# the launcher of cell 7\nTheme = \"dark\"\n\n[Studio]\nport = 8080 # not 80\n";

#[tokio::test(flavor = "multi_thread")]
async fn what_else_stands_in_a_file_stays_and_the_old_one_is_kept() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let file = launcher_file(&session);
    xtask::repository::write(&file, MINE.as_bytes())?;
    set_mode(&file, 0o640)?;
    let before = std::fs::metadata(&file)?;

    let window = open(&session).await?;
    open_export(&window, &file).await?;
    window.shows("The file exists. Its other contents are kept.").await?;
    says(&window, "export-preview", "port = 8080 # not 80").await?;
    press(&window, "export-write").await?;
    says(&window, "export-done", "~/.aica-license.toml.bak").await?;
    press(&window, "export-close").await?;
    window.gone("export-dialog").await?;

    let expected = json!({ "Theme": "dark", "License": SYSTEM_KEY, "Studio": { "port": 8080 } });
    assert_eq!(readers::toml(&file)?, expected);
    let text = std::fs::read_to_string(&file)?;
    assert!(text.contains("# the launcher of cell 7") && text.contains("# not 80"), "comments stay");
    let after = std::fs::metadata(&file)?;
    let facts = |of: &std::fs::Metadata| (of.uid(), of.gid(), of.mode());
    assert_eq!(facts(&after), facts(&before));
    let backup = file.with_extension("toml.bak");
    assert_eq!(std::fs::read_to_string(&backup)?, MINE);
    assert_eq!(mode(&backup)?, 0o600);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn drift_is_seen_as_it_happens_and_mended_with_one_click() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let file = launcher_file(&session);
    let window = open(&session).await?;
    write(&window, &file).await?;
    says(&window, "file-state-1", "Up to date").await?;

    // Another program replaces the file, as an editor does.
    let other = file.with_extension("new");
    xtask::repository::write(
        &other,
        format!("Theme = \"dark\"\nLicense = \"{OTHER_SYSTEM_KEY}\"\n").as_bytes(),
    )?;
    std::fs::rename(&other, &file)?;
    says(&window, "file-state-1", "Differs from the license").await?;
    assert_eq!(listed(&session)?[0]["files"][0]["state"], "drifted");
    press(&window, "file-repair-1").await?;
    says(&window, "file-state-1", "Up to date").await?;
    assert_eq!(readers::toml(&file)?, json!({ "Theme": "dark", "License": SYSTEM_KEY }));

    std::fs::remove_file(&file)?;
    says(&window, "file-state-1", "Missing").await?;
    press(&window, "file-repair-1").await?;
    says(&window, "file-state-1", "Up to date").await?;
    assert_eq!(readers::toml(&file)?, json!({ "License": SYSTEM_KEY }));
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_taken_over_is_told_and_left_alone() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = open(&session).await?;

    let notes = session.home().join("notes.toml");
    xtask::repository::write(&notes, b"License = \"x\"\nbuy milk\n")?;
    open_export(&window, &notes).await?;
    window.shows("notes.toml is not of this format: line 2.").await?;
    window.shows("Nothing was written.").await?;
    assert!(!window.find("export-write").await?.is_enabled().await?);

    fill(&window, "export-path", &session.home().join("away/aica-license.toml").display().to_string())
        .await?;
    window.shows(&format!("The folder {} does not exist.", session.home().join("away").display())).await?;
    assert!(!window.find("export-write").await?.is_enabled().await?);

    fill(&window, "export-path", &session.home().display().to_string()).await?;
    window.shows("is a folder.").await?;
    assert!(!window.find("export-write").await?.is_enabled().await?);

    fill(&window, "export-path", &launcher_file(&session).display().to_string()).await?;
    press(&window, "export-write").await?;
    window.find("export-done").await?;
    assert_eq!(std::fs::read(&notes)?, b"License = \"x\"\nbuy milk\n");
    assert!(!session.home().join("away").exists());
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_takes_nothing_away() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let place = Place::full(&session, MINE)?;
    let window = window_in(&session, &place).await?;
    open_row(&window, "Robot cell 7").await?;
    open_export(&window, &place.file()).await?;
    says(&window, "export-preview", "Theme").await?;
    press(&window, "export-write").await?;
    window.shows("There is no room left to write").await?;
    window.shows("What was there is untouched.").await?;
    assert_eq!(place.read()?, MINE);
    assert_eq!(place.names()?, ["aica-license.toml", "filler"], "nothing is left lying about");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_disk_is_told_before_the_button() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let place = Place::read_only(&session, MINE)?;
    let window = window_in(&session, &place).await?;
    open_row(&window, "Robot cell 7").await?;
    open_export(&window, &place.file()).await?;
    window.shows("is on a read-only place.").await?;
    assert!(!window.find("export-write").await?.is_enabled().await?);
    assert_eq!(place.read()?, MINE);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_without_permission_and_a_file_of_another_user_are_told() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let place = Place::without_permission(&session, MINE)?;
    let window = window_in(&session, &place).await?;
    open_row(&window, "Robot cell 7").await?;
    open_export(&window, &place.file()).await?;
    window.shows("you do not have permission.").await?;
    assert!(!window.find("export-write").await?.is_enabled().await?);
    assert_eq!(place.read()?, MINE);

    // A file of another user is written into on consent, and stays theirs.
    let (theirs, owner) = of_another_user(&session, MINE)?;
    fill(&window, "export-path", &theirs.display().to_string()).await?;
    window.shows("whom replacing it would change.").await?;
    assert!(!window.find("export-write").await?.is_enabled().await?);
    window.click("export-in-place").await?;
    press(&window, "export-write").await?;
    window.find("export-done").await?;
    assert_eq!(readers::toml(&theirs)?["License"], SYSTEM_KEY);
    assert_eq!(std::fs::metadata(&theirs)?.uid(), owner);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_key_is_gone_and_its_file_stays() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    import(&session, OTHER_SYSTEM_KEY, "Cell 9")?;
    let window = open(&session).await?;
    write(&window, &launcher_file(&session)).await?;

    window.click("detail-menu").await?;
    press(&window, "delete-open").await?;
    window.shows("Remove “Robot cell 7”?").await?;
    says(&window, "delete-dialog", "~/.aica-license.toml").await?;
    fill(&window, "delete-typed", "Robot cell 8").await?;
    assert!(!window.find("delete-confirm").await?.is_enabled().await?);
    fill(&window, "delete-typed", "Robot cell 7").await?;
    press(&window, "delete-confirm").await?;
    window.gone("delete-dialog").await?;
    window.shows("“Robot cell 7” was removed").await?;
    eventually("the row to go", PATIENCE, || async {
        Ok(window.driver().find_all(row("Robot cell 7")).await?.is_empty().then_some(()))
    })
    .await?;

    let left = listed(&session)?;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["name"], "Cell 9");
    assert_eq!(sealed_keys(&session)?, "1", "its sealed key is gone from the library");
    assert_eq!(readers::toml(&launcher_file(&session))?, json!({ "License": SYSTEM_KEY }));
    window.close().await
}

async fn open(session: &Session) -> anyhow::Result<Window> {
    let window = Window::open(session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    Ok(window)
}

async fn write(window: &Window, file: &Path) -> anyhow::Result<()> {
    open_export(window, file).await?;
    press(window, "export-write").await?;
    press(window, "export-close").await?;
    window.gone("export-dialog").await
}

fn set_mode(file: &Path, mode: u32) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode))?)
}

fn sealed_keys(session: &Session) -> anyhow::Result<String> {
    let output = session
        .command("sqlite3")
        .arg(library(session))
        .arg("SELECT count(*) FROM secrets WHERE owner_kind = 'license'")
        .output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
