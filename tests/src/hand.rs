//! A user at the window: clicks that are counted, and the list as it is read off the screen.

use std::{cell::Cell, time::Duration};

use anyhow::Context;
use serde::Deserialize;
use serde_json::json;
use thirtyfour::{
    WebElement,
    components::SelectElement,
    prelude::{By, ElementQueryable},
};

use crate::{PATIENCE, Window, eventually};

/// A row of the list as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// Licet's own id.
    pub id: String,
    /// The name as it is shown.
    pub name: String,
    /// Everything in the row, cell by cell.
    pub cells: Vec<String>,
    /// The accessible names of its pictures.
    pub signs: Vec<String>,
    /// Whether it is selected.
    pub selected: bool,
}

/// The user.
#[derive(Debug)]
pub struct Hand<'a> {
    /// The window that is used.
    pub window: &'a Window,
    clicks: Cell<usize>,
}

impl<'a> Hand<'a> {
    /// The user of this window; no click is counted yet.
    pub fn at(window: &'a Window) -> Self {
        Self { window, clicks: Cell::new(0) }
    }

    /// How many clicks it took so far.
    pub fn clicks(&self) -> usize {
        self.clicks.get()
    }

    /// Clicks what has this `data-testid`.
    pub async fn click(&self, testid: &str) -> anyhow::Result<()> {
        self.clicks.set(self.clicks.get() + 1);
        self.window.click(testid).await
    }

    /// Clicks the element of this role and name.
    pub async fn click_named(&self, role: &str, name: &str) -> anyhow::Result<()> {
        self.clicks.set(self.clicks.get() + 1);
        self.window.click_named(role, name).await
    }

    /// Waits for a radio button to be choosable.
    pub async fn there(&self, testid: &str) -> anyhow::Result<WebElement> {
        let css = By::Css(format!("[data-testid={}]:enabled", json!(testid)));
        let query = self.window.driver().query(css).wait(PATIENCE, Duration::from_millis(20));
        query.first().await.with_context(|| format!("{testid} cannot be chosen"))
    }

    /// Whether a radio button that is there can be chosen.
    pub async fn can_choose(&self, testid: &str) -> anyhow::Result<bool> {
        let css = By::Css(format!("[data-testid={}]", json!(testid)));
        Ok(self.window.driver().find(css).await?.is_enabled().await?)
    }

    /// Chooses a radio button.
    pub async fn choose(&self, testid: &str) -> anyhow::Result<()> {
        self.click(testid).await
    }

    /// Replaces what stands in a field in one go, as pasting does.
    pub async fn paste(&self, testid: &str, text: &str) -> anyhow::Result<()> {
        let field = self.window.find(testid).await?.to_json()?;
        let took = self.window.driver().execute(PASTE, vec![field, json!(text)]).await?;
        anyhow::ensure!(took.convert::<bool>()?, "{testid} takes nothing");
        Ok(())
    }

    /// Chooses from a list that opens.
    pub async fn choose_from(&self, testid: &str, value: &str) -> anyhow::Result<()> {
        self.clicks.set(self.clicks.get() + 1);
        let list = SelectElement::new(&self.window.find(testid).await?).await?;
        Ok(list.select_by_value(value).await?)
    }

    /// Opens a folded part of the detail pane, unless it is open.
    pub async fn unfold(&self, part: &str) -> anyhow::Result<()> {
        let fold = format!("fold-{part}");
        let opened = self.window.find(&fold).await?.attr("aria-expanded").await?;
        if opened.as_deref() == Some("true") { Ok(()) } else { self.click(&fold).await }
    }

    /// Names the account that the setup connects.
    pub async fn name_account(&self, name: &str) -> anyhow::Result<()> {
        self.click("setup-more").await?;
        self.window.fill("setup-account-name", name).await
    }

    /// Clicks the row of this name.
    pub async fn select(&self, name: &str) -> anyhow::Result<Row> {
        let row = self.row(name).await?;
        self.click(&format!("row-{}", row.id)).await?;
        self.selected(name).await
    }

    /// The rows that are drawn.
    pub async fn rows(&self) -> anyhow::Result<Vec<Row>> {
        Ok(self.window.driver().execute(ROWS, vec![]).await?.convert()?)
    }

    /// The names in the list, in its order.
    pub async fn names(&self) -> anyhow::Result<Vec<String>> {
        Ok(self.rows().await?.into_iter().map(|row| row.name).collect())
    }

    /// Waits for the row of this name; there may be only one.
    pub async fn row(&self, name: &str) -> anyhow::Result<Row> {
        self.row_that(name, |_| true).await
    }

    /// Waits until the row of this name is selected.
    pub async fn selected(&self, name: &str) -> anyhow::Result<Row> {
        self.row_that(name, |row| row.selected).await
    }

    /// Waits until the list has no row of this name any more.
    pub async fn no_row(&self, name: &str) -> anyhow::Result<()> {
        eventually(&format!("the end of the row {name:?}"), PATIENCE, || async {
            Ok((!self.names().await?.iter().any(|found| found == name)).then_some(()))
        })
        .await
    }

    /// What stands in a field.
    pub async fn value(&self, testid: &str) -> anyhow::Result<String> {
        Ok(self.window.find(testid).await?.value().await?.unwrap_or_default())
    }

    /// Waits until the element's text is so.
    pub async fn text_that(
        &self,
        testid: &str,
        what: &str,
        is_so: impl Fn(&str) -> bool,
    ) -> anyhow::Result<String> {
        eventually(&format!("{what} in {testid}"), PATIENCE, || async {
            let text = self.window.text(testid).await?;
            if is_so(&text) { Ok(Some(text)) } else { anyhow::bail!("it says {text:?}") }
        })
        .await
    }

    /// Waits until an element's attribute is so.
    pub async fn attribute(&self, testid: &str, name: &str, value: &str) -> anyhow::Result<()> {
        eventually(&format!("{name}={value:?} of {testid}"), PATIENCE, || async {
            let found = self.window.find(testid).await?.attr(name).await?;
            if found.as_deref() == Some(value) { Ok(Some(())) } else { anyhow::bail!("it is {found:?}") }
        })
        .await
    }

    /// The test id of the first thing whose test id begins so, once there is one.
    pub async fn first_like(&self, beginning: &str) -> anyhow::Result<String> {
        eventually(&format!("something with a test id {beginning}…"), PATIENCE, || async {
            let found = "return document.querySelector(arguments[0])?.dataset.testid ?? null";
            let css = json!(format!("[data-testid^={}]", json!(beginning)));
            Ok(self.window.driver().execute(found, vec![css]).await?.convert()?)
        })
        .await
    }

    /// Whether something with this test id is there now.
    pub async fn is_there(&self, testid: &str) -> anyhow::Result<bool> {
        let css = By::Css(format!("[data-testid={}]", json!(testid)));
        Ok(!self.window.driver().find_all(css).await?.is_empty())
    }

    /// Waits until the row of this name carries a sign with these words.
    pub async fn row_that_shows(&self, name: &str, words: &str) -> anyhow::Result<Row> {
        self.row_that(name, |row| row.signs.iter().any(|sign| sign == words)).await
    }

    /// Waits until a cell of the row has these words.
    pub async fn row_with(&self, name: &str, words: &str) -> anyhow::Result<Row> {
        self.row_that(name, |row| row.cells.iter().any(|cell| cell == words)).await
    }

    /// Waits until something with this test id can be pressed, or cannot.
    pub async fn enabled(&self, testid: &str, wanted: bool) -> anyhow::Result<()> {
        eventually(&format!("{testid} to be {}", if wanted { "on" } else { "off" }), PATIENCE, || async {
            Ok((self.window.find(testid).await?.is_enabled().await? == wanted).then_some(()))
        })
        .await
    }

    async fn row_that(&self, name: &str, is_so: impl Fn(&Row) -> bool) -> anyhow::Result<Row> {
        eventually(&format!("the row {name:?}"), PATIENCE, || async {
            let rows = self.rows().await?;
            let named: Vec<&Row> = rows.iter().filter(|row| row.name == name).collect();
            match named[..] {
                [row] if is_so(row) => Ok(Some(row.clone())),
                _ => anyhow::bail!("the list shows {rows:?}"),
            }
        })
        .await
    }
}

const PASTE: &str = r#"
const [field, text] = arguments;
field.focus();
field.select();
return document.execCommand('insertText', false, text);
"#;
const ROWS: &str = r#"
return [...document.querySelectorAll('[role=row][data-testid^="row-"]')].map((row) => {
  const cells = [...row.querySelectorAll('[role=gridcell]')];
  return {
    id: row.dataset.testid.slice('row-'.length),
    name: cells[0].querySelector('[dir=auto]')?.textContent ?? '',
    cells: cells.map((cell) => cell.innerText.replace(/\s+/g, ' ').trim()),
    signs: [...row.querySelectorAll('[role=img]')].map((picture) => picture.getAttribute('aria-label')),
    selected: row.getAttribute('aria-selected') === 'true',
  };
});
"#;
