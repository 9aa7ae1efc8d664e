//! Closing the window, killing it, and coming back.

use journeys::{Hand, KeyringState, LockState, Secrets, Session, Window, licet_home, readers, until};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_found_again() -> anyhow::Result<()> {
    let world = World::new()?;
    for name in ["clinic", "showroom"] {
        world.project().issue(name).await?;
    }
    world.connect(&world.portal.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("clinic").await?;
    hand.click("export-open").await?;
    hand.enabled("export-write", true).await?;
    hand.click("export-write").await?;
    hand.click("export-close").await?;
    window.close().await?;

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.attribute("app-ready", "data-screen", "main").await?;
    assert_eq!(hand.names().await?, ["clinic", "showroom"]);
    hand.select("clinic").await?;
    let state = hand.first_like("file-state-").await?;
    hand.text_that(&state, "as written", |text| text == "Up to date").await?;
    hand.unfold("history").await?;
    hand.text_that("history", "its history", |text| text.contains("File written")).await?;
    assert!(readers::dotenv(&world.session.home().join(".env"))?["BOX_LICENSE"].is_string());
    assert_eq!(world.listed("clinic")?["files"][0]["state"], "up-to-date");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_opens_while_no_portal_answers() -> anyhow::Result<()> {
    let mut world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    world.portal.kill();
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("clinic").await?;
    window.shows("north is offline").await?;
    window.shows("nothing is listening there").await?;
    let account = hand.first_like("account-").await?;
    hand.attribute(&account, "data-state", "offline").await?;

    world.portal.restart()?;
    world.project().issue("newcomer").await?;
    hand.click_named("button", "Try again").await?;
    hand.row("newcomer").await?;
    hand.attribute(&account, "data-state", "ready").await?;
    assert!(!window.everything_shown().await?.contains("is offline"));
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wizard_goes_on_where_it_was_and_asks_for_the_token_again() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("setup-card-aidbox").await?;
    window.fill("setup-field-url", &world.portal.url()).await?;
    hand.paste("setup-field-token", &world.token).await?;
    hand.attribute("setup-test-result", "data-result", "good").await?;
    until("the draft", || Ok(draft(&world.session)?.contains(&world.portal.url()))).await?;
    window.kill();
    let secrets = Secrets::new(&[("token", &world.token)]);
    assert_eq!(secrets.in_folders(&[&licet_home(&world.session)])?, []);

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.attribute("setup", "data-step", "connect").await?;
    let told = window.text("setup-retype").await?;
    assert!(told.contains("The token was not saved. Enter it again."), "{told}");
    assert_eq!(hand.value("setup-field-url").await?, world.portal.url());
    assert_eq!(hand.value("setup-field-token").await?, "");
    hand.paste("setup-field-token", &world.token).await?;
    hand.attribute("setup-test-result", "data-result", "good").await?;
    hand.click("setup-next").await?;
    window.find("setup-file-preview").await?;
    window.kill();

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.attribute("setup", "data-step", "file").await?;
    hand.text_that("setup-file-preview", "the variable", |text| text.contains("BOX_LICENSE=")).await?;
    hand.click("setup-file-write").await?;
    window.find("setup-file-done").await?;
    hand.click("setup-next").await?;
    hand.click("setup-finish").await?;
    hand.selected("clinic").await?;
    assert!(readers::dotenv(&world.session.home().join(".env"))?["BOX_LICENSE"].is_string());
    let accounts = world.licet_json(&["accounts", "list"])?;
    assert_eq!(accounts.as_array().map(Vec::len), Some(1), "connected once: {accounts}");
    window.close().await?;

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.attribute("app-ready", "data-screen", "main").await?;
    hand.row("clinic").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keyring_hides_no_list_and_opens_for_a_file() -> anyhow::Result<()> {
    let mut world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    world.session.keyring()?.lock()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("clinic").await?;
    window.shows("Your keyring is locked").await?;
    assert_eq!(world.session.keyring()?.state()?, LockState::Locked, "nobody was prompted at the start");
    hand.click("unlock").await?;
    world.session.answer_keyring_prompt()?;
    window.gone("unlock").await?;
    hand.select("clinic").await?;
    hand.click("export-open").await?;
    hand.enabled("export-write", true).await?;
    hand.click("export-write").await?;
    window.find("export-done").await?;
    assert!(readers::dotenv(&world.session.home().join(".env"))?["BOX_LICENSE"].is_string());
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_this_session_only_keeps_the_list_and_no_secret() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Absent)?;
    let portal = journeys::portal(&session.folder().join("vendor"))?;
    let token = portal.token("northwind")?;
    let window = Window::open(&session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("setup-card-aidbox").await?;
    window.fill("setup-field-url", &portal.url()).await?;
    hand.paste("setup-field-token", &token).await?;
    hand.attribute("setup-test-result", "data-result", "good").await?;
    hand.click("setup-next").await?;
    window.find("setup-keyring-absent").await?;
    hand.choose("setup-session-only").await?;
    hand.click("setup-next").await?;
    hand.click("setup-first-license-create").await?;
    window.find("setup-file-preview").await?;
    hand.click("setup-skip").await?;
    hand.selected("my-first-box").await?;
    window.close().await?;
    assert_eq!(Secrets::new(&[("token", &token)]).in_folders(&[session.folder()])?, []);

    let window = Window::open(&session, &[]).await?;
    let hand = Hand::at(&window);
    hand.attribute("app-ready", "data-screen", "main").await?;
    hand.row("my-first-box").await?;
    window.close().await
}

/// The wizard's draft, as it lies in the library.
fn draft(session: &Session) -> anyhow::Result<String> {
    let library = licet_home(session).join("library.sqlite3");
    let mut command = session.command("sqlite3");
    let output = command.arg("-readonly").arg(library).arg("SELECT * FROM drafts").output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
