//! Files that are dragged from another program onto the window.

use journeys::{KeyringState, Secrets, Session, Window, licet_home, readers};
use serde_json::json;

use crate::common::{
    DEPLOYMENT_KEY, OTHER_SYSTEM_KEY, SYSTEM_KEY, at_step, data_key, has, holds, launcher_file, listed,
    open_row, press, reveals, says, with_key,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_license_file_that_is_dropped_on_the_list_is_brought_in_and_shown() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    let file = session.home().join("buňka č. 9.toml");
    let text = format!("# of cell 9\nLicense = \"{OTHER_SYSTEM_KEY}\"\n");
    xtask::repository::write(&file, text.as_bytes())?;

    window.drop_files(std::slice::from_ref(&file)).await?;
    window.shows("1 license imported").await?;
    says(&window, "detail-name", "buňka č. 9").await?;
    reveals(&window, OTHER_SYSTEM_KEY).await?;
    assert_eq!(listed(&session)?.len(), 2);
    assert_eq!(std::fs::read_to_string(&file)?, text, "reading a file changes nothing");
    let secrets = Secrets::new(&[("dropped key", OTHER_SYSTEM_KEY)]);
    assert_eq!(secrets.in_folders(&[&licet_home(&session)])?, [], "it is sealed in the library");

    window.drop_files(&[file]).await?;
    window.shows("is in your library already").await?;
    assert_eq!(listed(&session)?.len(), 2, "the same key is the same license");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_dropped_files_those_that_are_no_licenses_are_named() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    let (notes, folder) = (session.home().join("notes.toml"), session.home().join("a folder"));
    let file = session.home().join("cell-09.toml");
    xtask::repository::write(&notes, b"buy milk\n")?;
    std::fs::create_dir(&folder)?;
    xtask::repository::write(&file, DEPLOYMENT_KEY.as_bytes())?;

    window.drop_files(&[notes, folder, file]).await?;
    window.shows("1 license imported").await?;
    window.shows("notes").await?;
    window.shows("a folder").await?;
    says(&window, "detail-name", "cell-09").await?;
    assert_eq!(listed(&session)?.len(), 2);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_dropped_on_the_wizard_is_its_answer() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Unlocked)?;
    let file = session.home().join("cell-07.toml");
    xtask::repository::write(&file, format!("License = \"{SYSTEM_KEY}\"\n").as_bytes())?;
    let window = Window::open(&session, &[]).await?;
    at_step(&window, "where").await?;
    window.drop_files(&[file]).await?;
    at_step(&window, "connect").await?;
    says(&window, "setup-keys", "imported: cell-07").await?;
    press(&window, "setup-next").await?;
    at_step(&window, "file").await?;
    holds(&window, "setup-file-path", &launcher_file(&session).display().to_string()).await?;
    press(&window, "setup-file-write").await?;
    window.find("setup-file-done").await?;
    press(&window, "setup-next").await?;
    press(&window, "setup-finish").await?;
    has(&window, "app-ready", "data-screen", "main").await?;
    open_row(&window, "cell-07").await?;
    assert_eq!(readers::toml(&launcher_file(&session))?, json!({ "License": SYSTEM_KEY }));
    assert!(data_key(&mut session)?.is_some());
    window.close().await
}
