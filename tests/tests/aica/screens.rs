//! Every screen, light and dark: axe-core finds no violation in it, and a picture of it is left for people to look at.

use journeys::{KeyringState, Looks, Session, Window};
use thirtyfour::{Key, prelude::By};

use crate::common::{
    DEPLOYMENT_KEY, SYSTEM_KEY, at_step, connect, fill, has, launcher_file, library, open_export, open_row,
    press, reveals, says, with_key,
};

/// From the first question to the list, without a keyring, so that every step is there.
#[tokio::test(flavor = "multi_thread")]
async fn the_wizard_in_light_and_dark() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Absent)?;
    let mut looks = Looks::default();
    xtask::repository::write(
        &launcher_file(&session),
        b"License = \"A0B1C2-D3E4F5-061728-394A5B-6C7D8E-V3\"\n",
    )?;
    let window = Window::open(&session, &[]).await?;
    at_step(&window, "where").await?;
    looks.at(&window, "setup-1-where").await?;
    window.fill("setup-paste", "5614D1-3E7A6G-932DEB").await?;
    has(&window, "setup-recognised", "data-kind", "mistake").await?;
    looks.at(&window, "setup-1-mistake").await?;

    window.fill("setup-paste", SYSTEM_KEY).await?;
    window.find("setup-file-preview").await?;
    looks.at(&window, "setup-1-file-exists").await?;
    window.fill("setup-paste", "x").await?;
    press(&window, "setup-card-aidbox").await?;
    window.fill("setup-field-url", "http://127.0.0.1:9").await?;
    window.fill("setup-field-token", "a-token-of-nobody").await?;
    press(&window, "setup-next").await?;
    has(&window, "setup-test-result", "data-result", "bad").await?;
    looks.at(&window, "setup-2-connect-refused").await?;
    press(&window, "setup-back").await?;
    press(&window, "setup-card-local").await?;
    window.find("setup-account-name").await?;
    looks.at(&window, "setup-2-local").await?;
    press(&window, "setup-back").await?;
    press(&window, "setup-card-key").await?;
    window.fill("setup-key", SYSTEM_KEY).await?;
    press(&window, "setup-key-add").await?;
    window.fill("setup-key", DEPLOYMENT_KEY).await?;
    says(&window, "setup-key-recognised", "Deployment Key").await?;
    looks.at(&window, "setup-2-keys").await?;

    press(&window, "setup-next").await?;
    at_step(&window, "keep").await?;
    window.fill("setup-passphrase", "four words in a row").await?;
    window.fill("setup-passphrase-again", "four words").await?;
    looks.at(&window, "setup-3-keep").await?;
    window.click("setup-session-only").await?;
    press(&window, "setup-next").await?;
    at_step(&window, "file").await?;
    says(&window, "setup-file-preview", "••").await?;
    looks.at(&window, "setup-4-file").await?;
    press(&window, "setup-file-write").await?;
    window.find("setup-file-done").await?;
    looks.at(&window, "setup-4-written").await?;
    press(&window, "setup-next").await?;
    window.find("setup-next-command").await?;
    looks.at(&window, "setup-5-done").await?;
    window.close().await?;
    looks.judged()
}

/// The list with every type and hosting, and what opens over it.
#[tokio::test(flavor = "multi_thread")]
async fn the_list_and_its_dialogs_in_light_and_dark() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut looks = Looks::default();
    let window = Window::open(&session, &["--portal"]).await?;
    window.find("list").await?;
    looks.at(&window, "list").await?;
    open_row(&window, "Robot cell 7").await?;
    window.find("key-masked").await?;
    looks.at(&window, "detail-aica").await?;
    open_export(&window, &launcher_file(&session)).await?;
    says(&window, "export-preview", "••").await?;
    looks.at(&window, "export").await?;
    fill(&window, "export-path", "/nowhere/at/all.toml").await?;
    window.shows("does not exist").await?;
    looks.at(&window, "export-problem").await?;
    fill(&window, "export-path", &launcher_file(&session).display().to_string()).await?;
    press(&window, "export-write").await?;
    window.find("export-done").await?;
    looks.at(&window, "export-done").await?;
    press(&window, "export-close").await?;
    xtask::repository::write(&launcher_file(&session), b"License = \"another\"\n")?;
    says(&window, "file-state-1", "Differs").await?;
    reveals(&window, SYSTEM_KEY).await?;
    press(&window, "key-copy").await?;
    looks.at(&window, "detail-drifted-revealed").await?;
    window.click("detail-menu").await?;
    window.find("delete-open").await?;
    looks.at(&window, "detail-menu").await?;
    window.click("delete-open").await?;
    window.find("delete-typed").await?;
    looks.at(&window, "remove").await?;
    window.press(Key::Escape).await?;
    window.gone("delete-dialog").await?;

    let rows = By::Css("[role=row][aria-selected]");
    let vendors = window.driver().find_all(rows.clone()).await?;
    vendors[0].click().await?;
    window.find("key-masked").await?;
    looks.at(&window, "detail-aidbox").await?;
    window.find("list").await?.send_keys(Key::Control + "a").await?;
    window.find("detail-many").await?;
    looks.at(&window, "many-selected").await?;
    press(&window, "create-open").await?;
    window.find("create-name").await?;
    looks.at(&window, "create").await?;
    window.press(Key::Escape).await?;
    window.gone("create-dialog").await?;
    window.click("columns").await?;
    window.find("column-product").await?;
    looks.at(&window, "columns").await?;
    window.press(Key::Escape).await?;
    window.fill("search", "type:dev nothing like it").await?;
    window.find("list-no-results").await?;
    looks.at(&window, "no-results").await?;
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_beside_the_list_in_light_and_dark() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut looks = Looks::default();
    let window = Window::open(&session, &["--portal"]).await?;
    open_row(&window, "Robot cell 7").await?;
    open_export(&window, &launcher_file(&session)).await?;
    press(&window, "export-write").await?;
    press(&window, "export-close").await?;
    window.gone("export-dialog").await?;

    window.click("open-shortcuts").await?;
    window.find("shortcuts").await?;
    looks.at(&window, "shortcuts").await?;
    window.press(Key::Escape).await?;
    window.gone("shortcuts").await?;
    window.click("open-activity").await?;
    window.find("activity-row").await?;
    looks.at(&window, "activity").await?;
    window.click("page-back").await?;
    window.click("open-settings").await?;
    window.click("settings-storage").await?;
    window.find("storage-table").await?;
    looks.at(&window, "storage").await?;
    window.click("storage-forget").await?;
    window.find("storage-forget-dialog").await?;
    looks.at(&window, "storage-forget").await?;
    window.press(Key::Escape).await?;
    window.gone("storage-forget-dialog").await?;
    window.click("page-back").await?;
    window.find("settings").await?;
    looks.at(&window, "settings").await?;
    window.click("settings-set-passphrase").await?;
    window.find("settings-passphrase-dialog").await?;
    looks.at(&window, "settings-passphrase").await?;
    window.press(Key::Escape).await?;
    window.gone("settings-passphrase-dialog").await?;
    for (menu, dialog) in
        [("settings-rename-", "rename-dialog"), ("settings-remove-", "remove-account-dialog")]
    {
        window.driver().find(By::Css(format!("[data-testid^={menu}]"))).await?.click().await?;
        window.find(dialog).await?;
        looks.at(&window, dialog).await?;
        window.press(Key::Escape).await?;
        window.gone(dialog).await?;
    }
    window.close().await?;
    looks.judged()
}

/// An empty library, a portal that is away, a keyring that is locked, a library of a newer version.
#[tokio::test(flavor = "multi_thread")]
async fn states_that_nobody_wishes_for_in_light_and_dark() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Unlocked)?;
    let mut looks = Looks::default();
    let window = Window::open(&session, &[]).await?;
    press(&window, "setup-leave").await?;
    window.find("list-empty").await?;
    looks.at(&window, "empty").await?;
    window.close().await?;

    let vendor = tempfile::tempdir()?;
    let mut portal = journeys::portal(vendor.path())?;
    connect(&session, &portal.url(), &portal.token("north")?, "north")?;
    portal.kill();
    crate::common::import(&session, SYSTEM_KEY, "Robot cell 7")?;
    session.keyring()?.lock()?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    says(&window, "banner", "Your keyring is locked").await?;
    looks.at(&window, "keyring-locked").await?;
    window.click("unlock").await?;
    session.answer_keyring_prompt()?;
    window.shows("north is offline").await?;
    looks.at(&window, "offline").await?;
    window.click("view-expired").await?;
    window.find("list-empty-view").await?;
    looks.at(&window, "empty-view").await?;
    window.close().await?;

    let session = with_key("Robot cell 7")?;
    let newer =
        session.command("sqlite3").arg(library(&session)).arg("PRAGMA user_version = 4711").output()?;
    assert!(newer.status.success());
    let window = Window::open(&session, &[]).await?;
    window.shows("newer Licet").await?;
    looks.at(&window, "newer-library").await?;
    window.close().await?;
    looks.judged()
}
