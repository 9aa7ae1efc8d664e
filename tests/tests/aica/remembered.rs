//! What a user arranged in the window is so again after a restart.

use journeys::{KeyringState, Session, Window, eventually, licet_home, until};
use serde::Deserialize;
use serde_json::json;

use crate::common::{DEADLINE, OTHER_SYSTEM_KEY, has, import, with_key};

/// One title over the list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Title {
    words: String,
    width: f64,
    sorted: Option<String>,
}

#[tokio::test(flavor = "multi_thread")]
async fn widths_and_order_of_the_list_are_kept_over_a_restart() -> anyhow::Result<()> {
    let session = with_key("alpha")?;
    import(&session, OTHER_SYSTEM_KEY, "beta")?;
    let window = Window::open(&session, &[]).await?;
    has(&window, "app-ready", "data-screen", "main").await?;
    // Wide enough for every column to have the width that it is given.
    window.driver().set_window_rect(0, 0, 1900, 880).await?;
    let before = eventually("room for all columns", DEADLINE, || async {
        let width = width_of(&window, "Expires").await?;
        Ok((width > 200.0).then_some(width))
    })
    .await?;
    pull(&window, "Expires", -40).await?;
    let pulled = eventually("a narrower column", DEADLINE, || async {
        let now = width_of(&window, "Expires").await?;
        Ok(((now - (before - 40.0)).abs() < 2.0).then_some(now))
    })
    .await?;
    window.click("sort-name").await?;
    sorted(&window, "Name", "ascending").await?;
    window.click("sort-name").await?;
    sorted(&window, "Name", "descending").await?;
    assert_eq!(names(&window).await?, ["beta", "alpha"]);
    eventually("the kept width", DEADLINE, || async {
        let kept = kept(&session)?;
        anyhow::ensure!(kept.contains(r#"["expiry", 164]"#), "the settings are {kept:?}");
        Ok(Some(()))
    })
    .await?;
    // WebKit writes what the page remembers by itself a moment later.
    until("the kept order", || is_kept_by_the_page(&session, r#""descending":true"#)).await?;
    window.close().await?;

    let window = Window::open(&session, &[]).await?;
    has(&window, "app-ready", "data-screen", "main").await?;
    let again = width_of(&window, "Expires").await?;
    assert!((again - pulled).abs() < 2.0, "{again} is not {pulled}");
    sorted(&window, "Name", "descending").await?;
    assert_eq!(names(&window).await?, ["beta", "alpha"]);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_appearance_of_the_settings_is_there_from_the_first_paint() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let settings = licet_home(&session).join("settings.toml");
    for appearance in ["dark", "light"] {
        xtask::repository::write(&settings, format!("appearance = \"{appearance}\"\n").as_bytes())?;
        let window = Window::open(&session, &[]).await?;
        has(&window, "app-ready", "data-screen", "setup").await?;
        let painted = window.driver().execute(PAINTED, vec![]).await?;
        let (theme, lightness): (String, f64) = painted.convert()?;
        assert_eq!(theme, appearance);
        assert_eq!(lightness < 0.5, appearance == "dark", "the background's lightness is {lightness}");
        window.close().await?;
    }
    Ok(())
}

/// Which theme counts, and how light the page's background is, from 0 to 1.
const PAINTED: &str = r#"
const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
canvas.fillRect(0, 0, 1, 1);
const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
return [document.documentElement.dataset.theme, (red + green + blue) / 765];
"#;

/// Whether the page's own storage has this text on disk, which WebKit keeps as UTF-16.
fn is_kept_by_the_page(session: &Session, text: &str) -> anyhow::Result<bool> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut folders = vec![licet_home(session)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path)
                .is_ok_and(|bytes| bytes.windows(wide.len()).any(|part| part == wide))
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Pulls a column's edge by so many points, as a hand does.
async fn pull(window: &Window, column: &str, by: i64) -> anyhow::Result<()> {
    let found = window.driver().execute(EDGE, vec![json!(column)]).await?;
    let chain = window.driver().action_chain().click_and_hold_element(&found.element()?);
    Ok(chain.move_by_offset(by / 2, 0).move_by_offset(by - by / 2, 0).release().perform().await?)
}

async fn titles(window: &Window) -> anyhow::Result<Vec<Title>> {
    Ok(window.driver().execute(TITLES, vec![]).await?.convert()?)
}

async fn width_of(window: &Window, column: &str) -> anyhow::Result<f64> {
    let titles = titles(window).await?;
    let found = titles.iter().find(|title| title.words == column);
    found.map(|title| title.width).ok_or_else(|| anyhow::anyhow!("no {column} among {titles:?}"))
}

async fn sorted(window: &Window, column: &str, way: &str) -> anyhow::Result<()> {
    eventually(&format!("{column} {way}"), DEADLINE, || async {
        let titles = titles(window).await?;
        let is_so = |title: &Title| title.words == column && title.sorted.as_deref() == Some(way);
        anyhow::ensure!(titles.iter().any(is_so), "the titles are {titles:?}");
        Ok(Some(()))
    })
    .await
}

async fn names(window: &Window) -> anyhow::Result<Vec<String>> {
    Ok(window.driver().execute(NAMES, vec![]).await?.convert()?)
}

/// The settings file.
fn kept(session: &Session) -> anyhow::Result<String> {
    Ok(std::fs::read_to_string(journeys::licet_home(session).join("settings.toml")).unwrap_or_default())
}

const EDGE: &str = r#"
return [...document.querySelectorAll('[role=columnheader]')].find((title) => title.innerText.trim() === arguments[0]).querySelector('.edge')
"#;
const TITLES: &str = r#"
return [...document.querySelectorAll('[role=columnheader]')].map((title) => ({
  words: title.innerText.trim(), width: title.getBoundingClientRect().width, sorted: title.getAttribute('aria-sort'),
}))
"#;
const NAMES: &str = r#"
return [...document.querySelectorAll('[role=row][data-testid^="row-"]')].map((row) => row.querySelector('[dir=auto]').textContent)
"#;
