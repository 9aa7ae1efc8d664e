//! The real window, driven by WebDriver as a user would use it.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::Context;
use serde_json::{Value, json};
use thirtyfour::{WebDriver, WebElement, prelude::By};
use xtask::session::Session;

use crate::{
    PATIENCE, axe,
    axe::{Rules, Violation},
    desktop::Desktop,
    drag,
    driver::Driven,
    eventually, licet_home, program,
};

/// An open window; dropping it kills it.
#[derive(Debug)]
pub struct Window {
    // Only ever empty while it is being closed.
    driver: Option<WebDriver>,
    driven: Driven,
    display: String,
    log: PathBuf,
}

impl Window {
    /// Opens Licet on the session's own home, with `arguments` besides.
    pub async fn open(session: &Session, arguments: &[&str]) -> anyhow::Result<Self> {
        let mut all: Vec<OsString> = vec!["--home".into(), licet_home(session).into()];
        all.extend(arguments.iter().map(OsString::from));
        Self::open_program(session, &program("LICET_DESKTOP_DRIVEN")?, &all).await
    }

    /// Opens any program with a WebKit view that lets itself be driven.
    pub async fn open_program(
        session: &Session,
        program: &Path,
        arguments: &[OsString],
    ) -> anyhow::Result<Self> {
        let log = session.folder().join("window.log");
        let opened = Driven::start(session, program, arguments, &log).await;
        let (driven, driver) =
            opened.with_context(|| format!("the window did not open; it wrote: {}", tail(&log)))?;
        Ok(Self { driver: Some(driver), driven, display: session.display().to_owned(), log })
    }

    /// The driver itself, for what is asked once.
    #[expect(clippy::expect_used, reason = "only dropping the window takes its driver")]
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
            let script = format!("const find = ({BY_NAME}); return find(...arguments)");
            let found = self.driver().execute(script, vec![json!(role), json!(name)]).await?;
            Ok(found.element().ok())
        })
        .await
    }

    /// Clicks what has this `data-testid`, once it lies still, is on and nothing covers it.
    pub async fn click(&self, testid: &str) -> anyhow::Result<()> {
        self.click_found(TESTID, json!([testid]), testid).await
    }

    /// Clicks the element of this role and name, once it lies still, is on and nothing covers it.
    pub async fn click_named(&self, role: &str, name: &str) -> anyhow::Result<()> {
        self.click_found(BY_NAME, json!([role, name]), &format!("the {role} “{name}”")).await
    }

    /// Clicks what this selector finds, once it lies still, is on and nothing covers it.
    pub async fn click_css(&self, selector: &str) -> anyhow::Result<()> {
        self.click_found(CSS, json!([selector]), selector).await
    }

    /// Clicks what this path finds, once it lies still, is on and nothing covers it.
    pub async fn click_path(&self, path: &str) -> anyhow::Result<()> {
        self.click_found(PATH, json!([path]), path).await
    }

    async fn click_found(&self, find: &str, arguments: Value, what: &str) -> anyhow::Result<()> {
        let script = REACHABLE.replace("FIND", find);
        let patience = json!(PATIENCE.as_millis() as u64);
        let start = Instant::now();
        loop {
            let found = self
                .driver()
                .execute_async(script.clone(), vec![arguments.clone(), patience.clone()])
                .await?;
            let hindrance = found.json().clone();
            let element = found.element().map_err(|_| anyhow::anyhow!("no click on {what}: {hindrance}"))?;
            let clicked = element.click().await.with_context(|| format!("a click on {what}"));
            // A click may close its own window; then there is no page to query.
            let hit = self.driver().execute(HIT, vec![]).await;
            if hit.and_then(|hit| hit.convert()).unwrap_or(true) {
                return clicked;
            }
            // It moved away, or the page put another one in its place.
            if start.elapsed() > PATIENCE {
                return clicked.and_then(|()| anyhow::bail!("{what} moved away from each click"));
            }
        }
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

    /// Photographs the window after its page's next two frames; before them the picture may be an old one. Taken
    /// from the display: a page without layers never answers the driver's own way.
    pub async fn screenshot(&self, file: &Path) -> anyhow::Result<()> {
        self.two_frames().await?;
        let (desktop, process) = (Desktop::of(&self.display)?, self.process());
        let window = eventually("the window", PATIENCE, || async { desktop.window_of(process) }).await?;
        let window = window.to_string();
        let taken = Command::new("import")
            // Packed lightly, since packing takes longer than taking the picture.
            .args(["-display", &self.display, "-window", &window, "-quality", "10"])
            .arg(file)
            .output()?;
        anyhow::ensure!(taken.status.success(), "no picture: {}", String::from_utf8_lossy(&taken.stderr));
        Ok(())
    }

    /// What axe-core finds wrong with the page as it is now.
    pub async fn violations(&self, rules: Rules) -> anyhow::Result<Vec<Violation>> {
        self.two_frames().await?;
        axe::violations(self.driver(), rules).await
    }

    /// What the window has written to its standard output and error.
    pub fn log(&self) -> anyhow::Result<String> {
        Ok(String::from_utf8_lossy(&std::fs::read(&self.log)?).into_owned())
    }

    /// The program's process, which leads the group of all that belongs to the window.
    pub fn process(&self) -> u32 {
        self.driven.program.id()
    }

    /// Drags files from another program onto the middle of the window and lets them go.
    pub async fn drop_files(&self, files: &[PathBuf]) -> anyhow::Result<()> {
        let (display, process, files) = (self.display.clone(), self.driven.program.id(), files.to_vec());
        tokio::task::spawn_blocking(move || drag::drop_files(&display, process, &files)).await?
    }

    /// Closes the window as the button in its title does, and waits until the program has ended.
    pub async fn close(mut self) -> anyhow::Result<()> {
        let desktop = Desktop::of(&self.display)?;
        let process = self.driven.program.id();
        let window = eventually("the window", PATIENCE, || async { desktop.window_of(process) }).await?;
        desktop.ask_to_close(window)?;
        let status = eventually("the end of the program", PATIENCE, || {
            let status = self.driven.program.status();
            async { status }
        })
        .await?;
        anyhow::ensure!(status.success(), "the program ended with {status}: {}", tail(&self.log));
        Ok(())
    }

    /// Kills the window and all its processes in the middle of whatever they do.
    pub fn kill(mut self) {
        self.driven.program.kill();
    }

    async fn two_frames(&self) -> anyhow::Result<()> {
        const FRAMES: &str =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)))";
        self.driver().execute_async(FRAMES, vec![]).await?;
        Ok(())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.driven.program.kill();
        self.driven.driver.kill();
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

/// Waits until what FIND finds is on, lies where it lay a frame before, and is what a pointer in its middle meets;
/// then answers it, else what keeps it from being clicked. The pointer arrives a moment later, when the page may have
/// moved; until HIT is asked, it reaches nothing else.
const REACHABLE: &str = r#"
const [named, patience, done] = arguments;
const find = (FIND);
const end = performance.now() + patience;
const place = (element) => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height].join(); };
const hindrance = (element, before) => {
  if (!element) return 'it is not shown';
  if (element.disabled || element.getAttribute('aria-disabled') === 'true') return 'it is off';
  const middle = () => { const { x, y, width, height } = element.getBoundingClientRect(); return [x + width / 2, y + height / 2]; };
  const [x, y] = middle();
  const met = document.elementFromPoint(x, y);
  if (!met) { element.scrollIntoView({ block: 'nearest', inline: 'nearest' }); return 'it is out of sight'; }
  if (!element.contains(met) && met.closest('label')?.control !== element) {
    // What lies under a bar that stays at the edge is scrolled from under it.
    element.scrollIntoView({ block: 'center', inline: 'nearest' });
    return `${met.outerHTML.slice(0, 120)} covers it`;
  }
  return before === place(element) ? null : 'it moves';
};
const TYPES = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
const aim = (element) => {
  let hit = false;
  const guard = (event) => {
    const hits = element.contains(event.target) || event.target.closest?.('label')?.control === element;
    // What is taken away as soon as it is pressed gets no click.
    if (event.type === 'mousedown' || event.type === 'click') hit = hits;
    if (hits) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const type of TYPES) addEventListener(type, guard, true);
  window.hit = () => {
    for (const type of TYPES) removeEventListener(type, guard, true);
    delete window.hit;
    return hit;
  };
  return element;
};
let last = [null, ''];
const look = () => {
  const element = find(...named);
  const kept = element === last[0];
  const why = hindrance(element, kept ? last[1] : null);
  if (why === null) return done(aim(element));
  if (performance.now() > end) return done(why);
  last = [element, element ? place(element) : ''];
  requestAnimationFrame(look);
};
look();
"#;

/// Whether the click that was aimed has reached what it was aimed at.
const HIT: &str = "return window.hit?.() ?? true";

const TESTID: &str = r#"(id) => [...document.querySelectorAll(`[data-testid=${JSON.stringify(id)}]`)].find((found) => found.checkVisibility())"#;
const CSS: &str = "(css) => [...document.querySelectorAll(css)].find((found) => found.checkVisibility())";
const PATH: &str =
    "(path) => document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue";

/// Finds by role and accessible name, as far as our own pages go: `aria-label`, `aria-labelledby`, a
/// field's `<label>`, else the text.
const BY_NAME: &str = r#"(role, name) => {
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
}"#;
