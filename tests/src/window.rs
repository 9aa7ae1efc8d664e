//! The real window, driven by WebDriver as a person would use it.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context;
use serde_json::json;
use thirtyfour::{Capabilities, WebDriver, WebElement, prelude::By};
use xtask::{process::Group, session::Session};

use crate::{axe, axe::Violation, eventually, licet_home, program};

/// How long a person would wait before calling it broken.
const PATIENCE: Duration = Duration::from_secs(10);
/// Far longer than a start takes under load.
const OPENING: Duration = Duration::from_secs(20);

/// An open window; dropping it kills it.
#[derive(Debug)]
pub struct Window {
    // Only ever empty while it is being closed.
    driver: Option<WebDriver>,
    process: Group,
    log: PathBuf,
}

impl Window {
    /// Opens Licet on the session's own home, with `arguments` besides.
    pub async fn open(session: &Session, arguments: &[&str]) -> anyhow::Result<Self> {
        let mut all: Vec<OsString> = vec!["--home".into(), licet_home(session).into()];
        all.extend(arguments.iter().map(OsString::from));
        Self::open_program(session, &program("LICET_DESKTOP_E2E")?, &all).await
    }

    /// Opens any program with a WebKit view that lets itself be driven.
    pub async fn open_program(
        session: &Session,
        program: &Path,
        arguments: &[OsString],
    ) -> anyhow::Result<Self> {
        let log = session.folder().join("window.log");
        let arguments: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
        let mut wanted = Capabilities::new();
        wanted.set("webkitgtk:browserOptions", json!({ "binary": program, "args": arguments }))?;
        for _ in 0..3 {
            let (process, port) = start_driver(session, &log).await?;
            let opening = WebDriver::builder(format!("http://127.0.0.1:{port}"), wanted.clone())
                .request_timeout(Duration::from_secs(60));
            // The driver and its window agree on another port, which anybody may take between them: then
            // they wait for each other for ever.
            if let Ok(opened) = tokio::time::timeout(OPENING, opening.into_future()).await {
                let driver = opened.with_context(|| format!("no window; it wrote: {}", tail(&log)))?;
                return Ok(Self { driver: Some(driver), process, log });
            }
        }
        anyhow::bail!("the window did not open; it wrote: {}", tail(&log))
    }

    /// The driver itself, for what is asked once.
    pub fn driver(&self) -> &WebDriver {
        self.driver.as_ref().expect("an open window has its driver")
    }

    /// The element with this `data-testid`, once it is shown.
    pub async fn find(&self, testid: &str) -> anyhow::Result<WebElement> {
        let css = By::Css(format!("[data-testid={}]", json!(testid)));
        eventually(&format!("something shown with the test id {testid}"), PATIENCE, || async {
            for element in self.driver().find_all(css.clone()).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// The shown element of this ARIA role with this accessible name, once there is one.
    pub async fn named(&self, role: &str, name: &str) -> anyhow::Result<WebElement> {
        eventually(&format!("the {role} “{name}”"), PATIENCE, || async move {
            let found = self.driver().execute(BY_NAME, vec![json!(role), json!(name)]).await?;
            Ok(found.element().ok())
        })
        .await
    }

    /// Clicks what has this `data-testid`.
    pub async fn click(&self, testid: &str) -> anyhow::Result<()> {
        self.retried(&format!("a click on {testid}"), || async {
            Ok(self.find(testid).await?.click().await?)
        })
        .await
    }

    /// Clicks the element of this role and name.
    pub async fn click_named(&self, role: &str, name: &str) -> anyhow::Result<()> {
        let what = format!("a click on the {role} “{name}”");
        self.retried(&what, || async { Ok(self.named(role, name).await?.click().await?) }).await
    }

    /// Replaces what stands in a field.
    pub async fn fill(&self, testid: &str, text: &str) -> anyhow::Result<()> {
        let field = self.find(testid).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Types into whatever has the focus; `thirtyfour::Key` gives the keys that are no characters.
    pub async fn press(&self, keys: impl Into<thirtyfour::TypingData>) -> anyhow::Result<()> {
        Ok(self.driver().active_element().await?.send_keys(keys).await?)
    }

    /// The text of what has this `data-testid`, as it is shown.
    pub async fn text(&self, testid: &str) -> anyhow::Result<String> {
        eventually(&format!("the text of {testid}"), PATIENCE, || async {
            Ok(Some(self.find(testid).await?.text().await?))
        })
        .await
    }

    /// Waits until this text is shown somewhere.
    pub async fn shows(&self, text: &str) -> anyhow::Result<()> {
        eventually(&format!("“{text}” on the screen"), PATIENCE, || async move {
            let shown = self.everything_shown().await?;
            anyhow::ensure!(shown.contains(text), "it shows: {}", shown.replace('\n', " | "));
            Ok(Some(()))
        })
        .await
    }

    /// Waits until nothing with this `data-testid` is there any more.
    pub async fn gone(&self, testid: &str) -> anyhow::Result<()> {
        eventually(&format!("the end of {testid}"), PATIENCE, || async move {
            let css = By::Css(format!("[data-testid={}]", json!(testid)));
            Ok(self.driver().find_all(css).await?.is_empty().then_some(()))
        })
        .await
    }

    /// All text that is shown.
    pub async fn everything_shown(&self) -> anyhow::Result<String> {
        let answer = self.driver().execute("return document.body.innerText", vec![]).await?;
        Ok(answer.convert()?)
    }

    /// Photographs the page after its next two frames; before them the picture may be an old one.
    pub async fn screenshot(&self, file: &Path) -> anyhow::Result<()> {
        self.two_frames().await?;
        Ok(self.driver().screenshot(file).await?)
    }

    /// What axe-core finds wrong with the page as it is now.
    pub async fn violations(&self) -> anyhow::Result<Vec<Violation>> {
        self.two_frames().await?;
        axe::violations(self.driver()).await
    }

    /// What the window has written to its standard output and error.
    pub fn log(&self) -> anyhow::Result<String> {
        Ok(String::from_utf8_lossy(&std::fs::read(&self.log)?).into_owned())
    }

    /// Ends the WebDriver session and with it the window.
    pub async fn close(mut self) -> anyhow::Result<()> {
        if let Some(driver) = self.driver.take() {
            driver.quit().await?;
        }
        self.process.end();
        Ok(())
    }

    /// Kills the window and all its processes in the middle of whatever they do.
    pub fn kill(mut self) {
        self.process.kill();
    }

    async fn two_frames(&self) -> anyhow::Result<()> {
        const FRAMES: &str =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)))";
        self.driver().execute_async(FRAMES, vec![]).await?;
        Ok(())
    }

    /// A page that redraws may take an element away between finding and using it: look for it again.
    async fn retried<F>(&self, what: &str, act: impl Fn() -> F) -> anyhow::Result<()>
    where
        F: Future<Output = anyhow::Result<()>>,
    {
        eventually(what, PATIENCE, || async { act().await.map(Some) }).await
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.process.kill();
        if let Some(driver) = self.driver.take() {
            // Its window is gone, so there is nothing left to quit; it fails only where it was quit before.
            let _ = driver.leak();
        }
    }
}

/// The end of a log, for an error.
fn tail(log: &Path) -> String {
    let text =
        std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// A WebDriver in the session, and the port it listens on.
async fn start_driver(session: &Session, log: &Path) -> anyhow::Result<(Group, u16)> {
    let port = unused_port()?;
    let log = std::fs::File::options().create(true).append(true).open(log)?;
    let mut command = session.command("WebKitWebDriver");
    command.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
    let mut process = Group::spawn(command.stdout(log.try_clone()?).stderr(log))?;
    eventually("WebKitWebDriver", PATIENCE, || {
        let ended = process.status();
        async move {
            anyhow::ensure!(ended?.is_none(), "WebKitWebDriver ended");
            Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(()))
        }
    })
    .await?;
    Ok((process, port))
}

/// WebKitWebDriver wants to be told its port: one that is free now, and that no other window of this test
/// program was given.
fn unused_port() -> anyhow::Result<u16> {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        if given.insert(port) {
            return Ok(port);
        }
    }
}

/// Finds by role and accessible name, as far as our own pages go: `aria-label`, `aria-labelledby`, a
/// field's `<label>`, else the text.
const BY_NAME: &str = r#"
const [role, name] = arguments;
const tags = {
  button: 'button', link: 'a[href]', textbox: 'input:not([type]),input[type=text],input[type=url],input[type=password],textarea',
  searchbox: 'input[type=search]', checkbox: 'input[type=checkbox]', radio: 'input[type=radio]', combobox: 'select',
  heading: 'h1,h2,h3,h4,h5,h6', dialog: 'dialog', row: 'tr', list: 'ul,ol', listitem: 'li', navigation: 'nav', main: 'main',
};
const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const label = (element) => {
  const by = element.getAttribute('aria-labelledby');
  if (by) return tidy(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' '));
  if (element.hasAttribute('aria-label')) return tidy(element.getAttribute('aria-label'));
  if (element.labels?.length) return tidy(element.labels[0].textContent);
  return tidy(element.textContent);
};
const candidates = document.querySelectorAll(`[role=${role}]` + (tags[role] ? ',' + tags[role] : ''));
const right = (element) => (element.getAttribute('role') ?? role) === role && element.checkVisibility() && label(element) === name;
return [...candidates].find(right) ?? null;
"#;
