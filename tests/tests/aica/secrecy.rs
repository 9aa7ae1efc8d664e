//! One long run with secrets that are known, and then a search for them everywhere.

use anyhow::Context;
use journeys::{KeyringState, Portal, Recorder, Secrets, Session, Window, licet, readers};
use thirtyfour::Key;

use crate::clipboard::{self, Copier};
use crate::common::{
    OTHER_SYSTEM_KEY, SYSTEM_KEY, at_step, data_key, fill, hand_over, has, launcher_file, listed,
    open_export, open_row, press, reveals, row, says,
};

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_anywhere_but_in_the_files_that_were_asked_for() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Unlocked)?;
    let vendor = tempfile::tempdir()?;
    let portal = journeys::portal(vendor.path())?;
    let token = portal.token("north")?;
    let window = Window::open(&session, &[]).await?;
    let recorder = Recorder::start(&window).await?;

    let env = session.home().join("compose/.env");
    std::fs::create_dir(session.home().join("compose"))?;
    from_token_to_file(&session, &window, &portal, &token, &env).await?;
    let jwt = readers::dotenv(&env)?["BOX_LICENSE"].as_str().context("a license")?.to_owned();
    let data_key = data_key(&mut session)?.context("the data key is in the keyring")?;
    let secrets = Secrets::new(&[
        ("portal token", &token),
        ("license JWT", &jwt),
        ("System key", SYSTEM_KEY),
        ("second System key", OTHER_SYSTEM_KEY),
        ("data key", &data_key),
    ]);
    nothing_in_processes(&secrets, &session)?;

    use_aica_keys(&session, &window, &secrets).await?;
    create_and_delete(&window, &secrets, &session).await?;
    make_mistakes(&session, &window, &token).await?;

    let heard = recorder.heard(&window).await?;
    for needed in ["test_account", "detail", "preview_export", "create", "remove", "opening", "import_text"] {
        assert!(heard.answers.iter().any(|answer| answer.command == needed), "{needed} was recorded");
    }
    assert!(heard.events.iter().any(|event| event.contains("library-changed")), "events were recorded");
    for answer in heard.answers.iter().filter(|answer| answer.command != "reveal") {
        assert_eq!(secrets.in_bytes(&format!("answer to {}", answer.command), answer.text.as_bytes()), []);
    }
    assert_eq!(secrets.in_bytes("events", heard.events.join("\n").as_bytes()), []);
    assert!(!secrets.in_bytes("reveal", heard.of("reveal").as_bytes()).is_empty(), "the search does find");
    assert_eq!(secrets.in_bytes("the page", window.driver().source().await?.as_bytes()), []);
    assert_eq!(secrets.in_bytes("what the window wrote", window.log()?.as_bytes()), []);
    nothing_in_processes(&secrets, &session)?;
    nothing_from_the_command_line(&secrets, &session)?;
    window.close().await?;

    let secrets = secrets.allowing(&env).allowing(launcher_file(&session));
    assert_eq!(secrets.in_folders(&[session.folder()])?, []);
    Ok(())
}

/// The wizard: a token is pasted, the first license created, and its file written.
async fn from_token_to_file(
    session: &Session,
    window: &Window,
    portal: &Portal,
    token: &str,
    file: &std::path::Path,
) -> anyhow::Result<()> {
    press(window, "setup-card-aidbox").await?;
    window.fill("setup-field-url", &portal.url()).await?;
    let copier = Copier::copies(session, token).await?;
    window.find("setup-field-token").await?.send_keys(Key::Control + "v").await?;
    drop(copier);
    has(window, "setup-test-result", "data-result", "good").await?;
    press(window, "setup-next").await?;
    at_step(window, "file").await?;
    press(window, "setup-first-license-create").await?;
    window.find("setup-file-path").await?;
    fill(window, "setup-file-path", &file.display().to_string()).await?;
    press(window, "setup-file-write").await?;
    press(window, "setup-next").await?;
    press(window, "setup-finish").await
}

/// Imports, reveals, copies and writes AICA's keys.
async fn use_aica_keys(session: &Session, window: &Window, secrets: &Secrets) -> anyhow::Result<()> {
    window.click("add-account").await?;
    press(window, "setup-card-key").await?;
    for key in [SYSTEM_KEY, OTHER_SYSTEM_KEY] {
        window.fill("setup-key", key).await?;
        press(window, "setup-key-add").await?;
    }
    says(window, "setup-keys", "AICA license …D8E").await?;
    press(window, "setup-leave").await?;
    open_row(window, "AICA license …0F2").await?;
    reveals(window, SYSTEM_KEY).await?;
    press(window, "key-reveal").await?;
    says(window, "key-masked", "••").await?;
    press(window, "key-copy").await?;
    clipboard::holds(session, SYSTEM_KEY).await?;
    nothing_in_processes(secrets, session)?;
    open_export(window, &launcher_file(session)).await?;
    press(window, "export-write").await?;
    press(window, "export-close").await?;
    window.gone("export-dialog").await?;
    // What was copied is not left behind where a later part of the journey would find it.
    let _copier = Copier::copies(session, "something else").await?;
    Ok(())
}

async fn create_and_delete(window: &Window, secrets: &Secrets, session: &Session) -> anyhow::Result<()> {
    press(window, "create-open").await?;
    window.find("create-name").await?;
    fill(window, "create-name", "short-lived").await?;
    press(window, "create-submit").await?;
    says(window, "detail-name", "short-lived").await?;
    nothing_in_processes(secrets, session)?;
    window.click("detail-menu").await?;
    press(window, "delete-open").await?;
    fill(window, "delete-typed", "short-lived").await?;
    press(window, "delete-confirm").await?;
    window.gone("delete-dialog").await?;
    journeys::eventually("the end of the row", crate::common::DEADLINE, || async {
        Ok(window.driver().find_all(row("short-lived")).await?.is_empty().then_some(()))
    })
    .await
}

/// Errors are where secrets like to turn up: a key in a broken file, a token at the wrong address.
async fn make_mistakes(session: &Session, window: &Window, token: &str) -> anyhow::Result<()> {
    let broken = session.home().join("broken.toml");
    xtask::repository::write(&broken, format!("License = \"{SYSTEM_KEY}\nLicense =\n").as_bytes())?;
    hand_over(session, &["broken.toml"])?;
    window.shows("broken.toml: ").await?;
    open_row(window, "AICA license …0F2").await?;
    open_export(window, &broken).await?;
    window.shows("is not of this format").await?;
    window.press(Key::Escape).await?;
    window.gone("export-dialog").await?;
    std::fs::remove_file(&broken)?;

    window.click("add-account").await?;
    press(window, "setup-card-aidbox").await?;
    // A port that nobody listens on.
    window.fill("setup-field-url", "http://127.0.0.1:9").await?;
    let copier = Copier::copies(session, token).await?;
    window.find("setup-field-token").await?.send_keys(Key::Control + "v").await?;
    drop(copier);
    has(window, "setup-test-result", "data-result", "bad").await?;
    // Left with a secret typed: the draft that is kept has none.
    press(window, "setup-back").await?;
    press(window, "setup-leave").await?;
    window.click("open-activity").await?;
    window.find("activity").await?;
    window.click("page-back").await?;
    window.click("open-settings").await?;
    window.click("settings-storage").await?;
    window.find("storage").await?;
    window.click("page-back").await?;
    window.find("settings").await?;
    window.click("page-back").await?;
    Ok(())
}

fn nothing_in_processes(secrets: &Secrets, session: &Session) -> anyhow::Result<()> {
    assert_eq!(secrets.in_processes_of(session.folder())?, []);
    let titles = session.xdotool(&["search", "--name", ".", "getwindowname", "%@"])?;
    assert!(titles.contains("Licet"), "{titles}");
    assert_eq!(secrets.in_bytes("window titles", titles.as_bytes()), []);
    Ok(())
}

fn nothing_from_the_command_line(secrets: &Secrets, session: &Session) -> anyhow::Result<()> {
    let id = listed(session)?[0]["id"].as_str().context("an id")?.to_owned();
    let away = session.home().join("away/file").display().to_string();
    let questions: [&[&str]; 6] = [
        &["list", "--json"],
        &["list"],
        &["show", &id, "--json"],
        &["accounts", "list", "--json"],
        &["export", &id, "--format", "launcher-toml", "--to", &away],
        &["import", "/proc/self/environ"],
    ];
    for question in questions {
        let answer = licet(session)?.args(question).output()?;
        let place = format!("licet {question:?}");
        assert_eq!(secrets.in_bytes(&place, &[answer.stdout, answer.stderr].concat()), []);
    }
    Ok(())
}
