//! The harness itself: a journey is only worth what its tools are.

use std::{path::PathBuf, process::Stdio, time::Duration};

use journeys::{
    KeyringState, LockState, Rules, Secrets, Session, Window, eventually, readers, small_browser,
};
use serde_json::json;
use testkit::{Answer, FaultServer};

const ATTRIBUTES: &[(&str, &str)] = &[("service", "harness"), ("username", "somebody")];

#[test]
fn an_unlocked_keyring_keeps_what_it_is_given() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Unlocked)?;
    let keyring = session.keyring()?;
    assert_eq!(keyring.look_up(ATTRIBUTES)?, None);
    keyring.store("A secret", ATTRIBUTES, "žluťoučký kůň")?;
    assert_eq!(keyring.look_up(ATTRIBUTES)?.as_deref(), Some("žluťoučký kůň"));
    Ok(())
}

#[test]
fn a_locked_keyring_says_so() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Locked)?;
    assert_eq!(session.keyring()?.state()?, LockState::Locked);
    Ok(())
}

#[test]
fn a_locked_keyring_opens_when_its_prompt_is_answered() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Unlocked)?;
    session.keyring()?.store("A secret", ATTRIBUTES, "behind the prompt")?;
    session.keyring()?.lock()?;
    let mut asking = session.command("secret-tool");
    asking.args(["search", "--unlock", "service", "harness"]);
    let _asking = xtask::process::Group::spawn(asking.stdout(Stdio::null()).stderr(Stdio::null()))?;
    session.answer_keyring_prompt()?;
    assert_eq!(session.keyring()?.look_up(ATTRIBUTES)?.as_deref(), Some("behind the prompt"));
    Ok(())
}

#[test]
fn a_killed_keyring_stays_away_until_it_is_started_and_has_lost_nothing() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Unlocked)?;
    session.keyring()?.store("A secret", ATTRIBUTES, "kept over the crash")?;
    session.keyring()?.kill();
    assert_eq!(session.keyring()?.state()?, LockState::Absent);
    session.start_keyring()?;
    assert_eq!(session.keyring()?.look_up(ATTRIBUTES)?.as_deref(), Some("kept over the crash"));
    Ok(())
}

#[test]
fn a_session_without_a_keyring_has_none() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Absent)?;
    assert!(session.keyring().is_err());
    let stored = session.command("secret-tool").args(["lookup", "service", "harness"]).output()?;
    assert!(!stored.status.success());
    assert!(String::from_utf8_lossy(&stored.stderr).contains("org.freedesktop.secrets"));
    Ok(())
}

#[test]
fn sessions_do_not_see_each_other() -> anyhow::Result<()> {
    let (mut one, mut other) =
        (Session::start(KeyringState::Unlocked)?, Session::start(KeyringState::Unlocked)?);
    one.keyring()?.store("A secret", ATTRIBUTES, "only here")?;
    assert_eq!(other.keyring()?.look_up(ATTRIBUTES)?, None);
    assert_ne!(one.display(), other.display());
    assert_ne!(one.home(), other.home());
    Ok(())
}

#[test]
fn nothing_of_a_session_outlives_it() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let folder = session.folder().to_path_buf();
    assert!(processes_in(&folder)? >= 2, "a bus and a keyring run");
    drop(session);
    assert_eq!(processes_in(&folder)?, 0);
    assert!(!folder.exists());
    Ok(())
}

#[test]
fn what_a_killed_program_left_in_the_temporary_folder_goes_with_the_session() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Absent)?;
    let made = session.command("sh").args(["-c", "mktemp -d; kill -KILL $$"]).output()?;
    let left = PathBuf::from(String::from_utf8(made.stdout)?.trim());
    assert!(left.is_dir(), "{}", left.display());
    drop(session);
    assert!(!left.exists(), "{}", left.display());
    Ok(())
}

#[tokio::test]
async fn waiting_in_vain_says_for_what() {
    let outcome = eventually("a miracle", Duration::from_millis(50), || async { Ok(None::<()>) }).await;
    assert!(outcome.unwrap_err().to_string().contains("a miracle"));
}

#[test]
fn a_planted_secret_is_found_in_every_form() -> anyhow::Result<()> {
    let secret = "licet_5f1d-planted/secret?";
    let secrets = Secrets::new(&[("token", secret)]);
    let folder = tempfile::tempdir()?;
    let base64_of = |text: String| {
        use base64::{Engine, engine::general_purpose::STANDARD};
        STANDARD.encode(text)
    };
    let plants = [
        secret.to_owned(),
        data_encoding::HEXLOWER.encode(secret.as_bytes()),
        base64_of(format!("token={secret}")),
        base64_of(format!("Basic x:{secret}, and so on")),
        base64_of(format!("a {secret}")),
    ];
    for (number, plant) in plants.iter().enumerate() {
        let file = folder.path().join(format!("deep/{number}/file"));
        xtask::repository::write(&file, format!("before {plant} after").as_bytes())?;
        let found = secrets.in_folders(&[folder.path()])?;
        assert_eq!(found.len(), 1, "plant {number}: {found:?}");
        assert!(!format!("{found:?} {secrets:?}").contains(secret), "a finding never tells the secret");
        std::fs::remove_file(file)?;
    }
    Ok(())
}

#[test]
fn a_file_that_was_asked_for_may_hold_the_secret() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("aica-license.toml");
    xtask::repository::write(&file, b"License = \"a planted secret\"")?;
    let secrets = Secrets::new(&[("key", "a planted secret")]);
    assert_eq!(secrets.in_folders(&[folder.path()])?.len(), 1);
    assert_eq!(secrets.allowing(file).in_folders(&[folder.path()])?, []);
    Ok(())
}

#[test]
fn a_secret_among_a_programs_arguments_is_found() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Absent)?;
    let secrets = Secrets::new(&[("password", "a planted secret")]);
    assert_eq!(secrets.in_processes_of(session.folder())?, []);
    let mut command = session.command("sh");
    let _program = xtask::process::Group::spawn(command.args(["-c", "sleep 60; :", "a planted secret"]))?;
    let found = xtask::wait::until("the finding", Duration::from_secs(5), || {
        Ok(secrets.in_processes_of(session.folder())?.into_iter().next())
    })?;
    assert_eq!((found.secret, found.form, found.place.as_str()), ("password", "raw", "arguments of sh"));
    Ok(())
}

#[test]
fn other_peoples_parsers_read_what_is_right_and_refuse_what_is_not() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str, text: &str| -> anyhow::Result<PathBuf> {
        let path = folder.path().join(name);
        xtask::repository::write(&path, text.as_bytes())?;
        Ok(path)
    };
    assert_eq!(readers::toml(&file("a.toml", "License = \"one\" # mine")?)?, json!({"License": "one"}));
    assert!(readers::toml(&file("b.toml", "License = one")?).is_err());
    assert_eq!(readers::yaml(&file("a.yaml", "data:\n  key: b25l\n")?)?, json!({"data": {"key": "b25l"}}));
    assert!(readers::yaml(&file("b.yaml", "data: [")?).is_err());
    assert_eq!(
        readers::dotenv(&file(".env", "# mine\nBOX_LICENSE='a b'\n")?)?,
        json!({"BOX_LICENSE": "a b"})
    );
    assert!(readers::jwt("e30.e30.e30", "http://127.0.0.1:9").is_err());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_is_used_as_a_person_would() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Absent)?;
    let window = open_page(&session, GREETER).await?;
    window.fill("name", "Ada").await?;
    window.click_named("button", "Greet").await?;
    window.shows("Hello, Ada!").await?;
    assert_eq!(window.text("greeting").await?, "Hello, Ada!");
    window.fill("name", "Grace").await?;
    window.press(thirtyfour::Key::Enter).await?;
    window.shows("Hello, Grace!").await?;
    let picture = session.folder().join("picture.png");
    window.screenshot(&picture).await?;
    assert!(std::fs::metadata(&picture)?.len() > 1000);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_tells_a_bad_page_from_a_good_one() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Absent)?;
    let window = open_page(&session, GREETER).await?;
    assert_eq!(window.violations(Rules::All).await?, []);
    window.close().await?;

    let window = open_page(&session, "<html lang=en><title>Bad</title><main><input></main></html>").await?;
    let found = window.violations(Rules::All).await?;
    assert_eq!(found.iter().map(|violation| violation.id.as_str()).collect::<Vec<_>>(), ["label"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_window_is_gone_and_another_opens() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Absent)?;
    let alone = processes_in(session.folder())?;
    let window = open_page(&session, GREETER).await?;
    assert!(processes_in(session.folder())? > alone);
    window.kill();
    xtask::wait::until("the end of the window", Duration::from_secs(5), || {
        Ok((processes_in(session.folder())? == alone).then_some(()))
    })?;
    open_page(&session, GREETER).await?.find("name").await?;
    Ok(())
}

const GREETER: &str = r#"<!doctype html><html lang="en"><title>Greeter</title><main>
<h1>Greeter</h1>
<form onsubmit="greeting.textContent = `Hello, ${who.value}!`; return false">
<label>Your name <input id="who" data-testid="name"></label> <button aria-label="Greet">→</button>
</form>
<p id="greeting" data-testid="greeting" role="status"></p>
</main></html>"#;

/// WebKit's own small browser stands in for a window of ours.
async fn open_page(session: &Session, page: &str) -> anyhow::Result<Window> {
    let server = FaultServer::alone();
    server.otherwise(Answer::html(200, page));
    let window = Window::open_program(session, &small_browser()?, &["--automation".into()]).await?;
    window.driver().goto(server.url()).await?;
    Ok(window)
}

/// How many living processes belong to the session in `folder`.
fn processes_in(folder: &std::path::Path) -> anyhow::Result<usize> {
    let belongs = |process: PathBuf| {
        let read = |name: &str| std::fs::read(process.join(name)).unwrap_or_default();
        let needle = folder.as_os_str().as_encoded_bytes();
        read("environ").windows(needle.len()).any(|part| part == needle)
    };
    Ok(std::fs::read_dir("/proc")?.flatten().filter(|entry| belongs(entry.path())).count())
}
