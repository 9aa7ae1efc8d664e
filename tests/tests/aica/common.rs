//! What the journeys of this program say again and again.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use journeys::{KeyringState, Session, Window, eventually, licet, licet_home, program};
use thirtyfour::{Key, prelude::By};

/// The example of the vendor's licensing page.
pub(crate) const SYSTEM_KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";
/// Another of the same form.
pub(crate) const OTHER_SYSTEM_KEY: &str = "A0B1C2-D3E4F5-061728-394A5B-6C7D8E-V3";
/// Of the form of a Deployment Key; nobody signed it.
pub(crate) const DEPLOYMENT_KEY: &str = "key/eyJkZXBsb3ltZW50IjoiY2VsbC0wNyJ9.\
    AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw";

/// Longer than anything takes that a user waits for.
pub(crate) const DEADLINE: Duration = Duration::from_secs(10);

/// A session with an open keyring whose library holds the System key under this name.
pub(crate) fn with_key(name: &str) -> anyhow::Result<Session> {
    let session = Session::start(KeyringState::Unlocked)?;
    import(&session, SYSTEM_KEY, name)?;
    Ok(session)
}

/// Brings a key in by the command line.
pub(crate) fn import(session: &Session, key: &str, name: &str) -> anyhow::Result<()> {
    let file = session.home().join("to-import");
    xtask::repository::write(&file, key.as_bytes())?;
    let done = licet(session)?.arg("import").arg(&file).args(["--name", name]).output()?;
    std::fs::remove_file(&file)?;
    anyhow::ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

/// Connects a portal's project by the command line.
pub(crate) fn connect(session: &Session, url: &str, token: &str, name: &str) -> anyhow::Result<()> {
    let file = session.home().join("token");
    xtask::repository::write(&file, token.as_bytes())?;
    let mut command = licet(session)?;
    command.args(["accounts", "add", "aidbox", "--name", name, "--url", url, "--token-file"]).arg(&file);
    let done = command.output()?;
    std::fs::remove_file(&file)?;
    anyhow::ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

/// Every license that the command line lists.
pub(crate) fn listed(session: &Session) -> anyhow::Result<Vec<serde_json::Value>> {
    let output = licet(session)?.args(["list", "--json"]).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The data key, as any other program of this user finds it in the keyring.
pub(crate) fn data_key(session: &mut Session) -> anyhow::Result<Option<String>> {
    session.keyring()?.look_up(&[("service", "dev.licet")])
}

/// Waits until the wizard is at this step.
pub(crate) async fn at_step(window: &Window, step: &str) -> anyhow::Result<()> {
    has(window, "setup", "data-step", step).await
}

/// Waits until what has this `data-testid` has this value of an attribute.
pub(crate) async fn has(window: &Window, testid: &str, attribute: &str, value: &str) -> anyhow::Result<()> {
    eventually(&format!("{testid} with {attribute}={value}"), DEADLINE, || async move {
        let found = window.find(testid).await?.attr(attribute).await?;
        anyhow::ensure!(found.as_deref() == Some(value), "it is {found:?}");
        Ok(Some(()))
    })
    .await
}

/// Waits until what has this `data-testid` says this.
pub(crate) async fn says(window: &Window, testid: &str, words: &str) -> anyhow::Result<()> {
    eventually(&format!("“{words}” in {testid}"), DEADLINE, || async move {
        let text = window.text(testid).await?;
        anyhow::ensure!(text.contains(words), "it says {text:?}");
        Ok(Some(()))
    })
    .await
}

/// Waits until a field holds this.
pub(crate) async fn holds(window: &Window, testid: &str, value: &str) -> anyhow::Result<()> {
    eventually(&format!("{value:?} in {testid}"), DEADLINE, || async move {
        let found = window.find(testid).await?.prop("value").await?;
        anyhow::ensure!(found.as_deref() == Some(value), "it holds {found:?}");
        Ok(Some(()))
    })
    .await
}

/// Waits until nothing keeps a user from pressing this.
pub(crate) async fn ready(window: &Window, testid: &str) -> anyhow::Result<()> {
    eventually(&format!("an enabled {testid}"), DEADLINE, || async move {
        let is_enabled = window.find(testid).await?.is_enabled().await?;
        anyhow::ensure!(
            is_enabled,
            "it is disabled, and the window shows: {}",
            window.everything_shown().await?
        );
        Ok(Some(()))
    })
    .await
}

/// Presses what can be pressed as soon as it can be.
pub(crate) async fn press(window: &Window, testid: &str) -> anyhow::Result<()> {
    ready(window, testid).await?;
    window.click(testid).await
}

/// The row of a license, by its name.
pub(crate) fn row(name: &str) -> By {
    By::XPath(row_path(name))
}

fn row_path(name: &str) -> String {
    format!(r#"//*[@role='row'][.//*[text()='{name}']]"#)
}

/// Opens a license from the list by its name.
pub(crate) async fn open_row(window: &Window, name: &str) -> anyhow::Result<()> {
    window.click_path(&row_path(name)).await?;
    says(window, "detail-name", name).await
}

/// Opens the dialog for a file of the license that is shown.
pub(crate) async fn open_export(window: &Window, to: &Path) -> anyhow::Result<()> {
    press(window, "export-open").await?;
    window.find("export-path").await?;
    fill(window, "export-path", &to.display().to_string()).await
}

/// Replaces what stands in a field as a user does, by typing over it.
pub(crate) async fn fill(window: &Window, testid: &str, text: &str) -> anyhow::Result<()> {
    let field = window.find(testid).await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(text).await?;
    holds(window, testid, text).await
}

/// Where the launcher looks for its license.
pub(crate) fn launcher_file(session: &Session) -> PathBuf {
    session.home().join(".aica-license.toml")
}

/// A file's permission bits.
pub(crate) fn mode(file: &Path) -> anyhow::Result<u32> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = std::fs::metadata(file).with_context(|| format!("{}", file.display()))?;
    Ok(metadata.permissions().mode() & 0o7777)
}

/// The library's database.
pub(crate) fn library(session: &Session) -> PathBuf {
    licet_home(session).join("library.sqlite3")
}

/// Reveals the key of the license that is shown.
pub(crate) async fn reveals(window: &Window, key: &str) -> anyhow::Result<()> {
    press(window, "key-reveal").await?;
    says(window, "key-masked", key).await
}

/// Starts the program a second time on the same home, with these arguments, and waits until it has ended: its files are
/// the open window's from then on.
pub(crate) fn hand_over(session: &Session, arguments: &[&str]) -> anyhow::Result<()> {
    let mut second = session.command(program("LICET_DESKTOP_DRIVEN")?);
    second.arg("--home").arg(licet_home(session)).args(arguments).current_dir(session.home());
    let ended = xtask::process::Group::spawn(&mut second)?.wait(DEADLINE)?;
    anyhow::ensure!(ended.success(), "the second start ended with {ended}");
    Ok(())
}

/// Waits until what has this `data-testid` has the keyboard.
pub(crate) async fn focused(window: &Window, testid: &str) -> anyhow::Result<()> {
    eventually(&format!("the keyboard in {testid}"), DEADLINE, || async {
        let found = window.driver().active_element().await?.attr("data-testid").await?;
        anyhow::ensure!(found.as_deref() == Some(testid), "it is in {found:?}");
        Ok(Some(()))
    })
    .await
}

/// Waits until the list has the keyboard at the row of this name.
pub(crate) async fn focused_row(window: &Window, name: &str) -> anyhow::Result<()> {
    focused(window, "list").await?;
    eventually(&format!("the keyboard at the row of {name}"), DEADLINE, || async {
        let found: Option<String> = window.driver().execute(ACTIVE_ROW, vec![]).await?.convert()?;
        anyhow::ensure!(found.as_deref() == Some(name), "it is at {found:?}");
        Ok(Some(()))
    })
    .await
}

const ACTIVE_ROW: &str = r#"
const row = document.getElementById(document.activeElement.getAttribute('aria-activedescendant') ?? '');
return row?.getAttribute('aria-selected') === 'true' ? row.querySelector('[dir=auto]').textContent : null;
"#;

/// Whether anything but the page's body has the keyboard.
pub(crate) async fn is_focus_kept(window: &Window) -> anyhow::Result<bool> {
    let kept = "return document.activeElement !== document.body && document.activeElement !== null";
    Ok(window.driver().execute(kept, vec![]).await?.convert()?)
}
