//! Thousands of licenses, and names that try a list's patience, in windows of every size.

use std::fmt::Write;

use journeys::{KeyringState, Looks, Portal, Session, Window};
use serde_json::json;
use thirtyfour::{Key, prelude::By};

use crate::common::{connect, open_row, says};

const CROWD: usize = 4_000;

/// The width of the smallest window.
const SMALLEST: u32 = 720;

/// Names as people and programs give them: first those that are long.
const NAMES: [&str; 5] = [
    "A name that goes on and on, since whoever gave it wanted it to say for which hospital, which ward, which machine \
     and which of the three shifts the license was asked for in the end",
    "AVERYLONGNAMEWITHOUTASINGLESPACEINITASPROGRAMSGIVETHEMTOTHINGSTHATTHEYMAKEBYTHEMSELVES0123456789",
    "רישיון של בית החולים (לא למחוק)",
    "<img src=x onerror=alert(1)> & \"quotes\"",
    "🤖🏥 sandbox 🧪",
];

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_licenses_scroll_like_ten() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let vendor = tempfile::tempdir()?;
    let portal = journeys::portal(vendor.path())?;
    let token = portal.token("north")?;
    issue(&session, &portal, &token)?;
    connect(&session, &portal.url(), &token, "A rather long name for an account")?;

    let mut looks = Looks::default();
    let window = Window::open(&session, &[]).await?;
    window.shows("4,005 licenses").await?;
    let rows =
        || async { anyhow::Ok(window.driver().find_all(By::Css("[role=row][aria-selected]")).await?.len()) };
    let drawn = rows().await?;
    assert!((10..80).contains(&drawn), "{drawn} rows are drawn");
    looks.at(&window, "crowd").await?;
    let list = window.find("list").await?;
    list.send_keys(Key::End).await?;
    says(&window, "detail-name", NAMES[2]).await?;
    assert!(rows().await? < 80);
    window.fill("search", "number 03777").await?;
    // Ids are searched too, and some of them may hold these digits.
    open_row(&window, "Number 03777").await?;
    assert!(rows().await? < 10, "the search leaves few");
    window.fill("search", "account:rather type:dev").await?;
    looks.at(&window, "crowd-filtered").await?;
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_every_kind_are_shown_as_text_in_windows_of_every_size() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let vendor = tempfile::tempdir()?;
    let portal = journeys::portal(vendor.path())?;
    let token = portal.token("north")?;
    send(&session, &portal, &token, &NAMES.map(str::to_owned))?;
    connect(&session, &portal.url(), &token, "A rather long name for an account")?;

    let mut looks = Looks::default();
    let window = Window::open(&session, &[]).await?;
    window.shows("5 licenses").await?;
    for (width, height) in [(1600, 1000), (960, 600), (SMALLEST, 480)] {
        window.driver().set_window_rect(0, 0, width, height).await?;
        looks.at(&window, &format!("names-{width}")).await?;
        // What is wide or long is looked at in every size; the script of a name does not depend on it.
        let seen = if width == SMALLEST { NAMES.len() } else { 2 };
        for (number, name) in NAMES.iter().enumerate().take(seen) {
            open_row(&window, name).await?;
            looks.at(&window, &format!("names-{width}-{number}")).await?;
            if width == SMALLEST {
                window.click("detail-back").await?;
            }
        }
        assert!(!sideways(&window).await?, "nothing scrolls sideways at {width} × {height}");
        window.find("list").await?.send_keys(Key::Escape).await?;
        window.press(Key::Control + "n").await?;
        window.find("create-name").await?;
        looks.at(&window, &format!("create-{width}")).await?;
        assert!(reachable(&window, "create-submit").await?, "the button shows at {width} × {height}");
        window.press(Key::Escape).await?;
        window.gone("create-dialog").await?;
    }
    window.close().await?;
    looks.judged()
}

/// Whether the page is wider than its window.
async fn sideways(window: &Window) -> anyhow::Result<bool> {
    let wide = "const root = document.documentElement; return root.scrollWidth > root.clientWidth";
    Ok(window.driver().execute(wide, vec![]).await?.convert()?)
}

/// Whether what has this `data-testid` can be pressed where it is, without anything over it.
async fn reachable(window: &Window, testid: &str) -> anyhow::Result<bool> {
    let button = window.find(testid).await?;
    button.scroll_into_view().await?;
    let on_top = "const box = arguments[0].getBoundingClientRect();
        const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return arguments[0].contains(there)";
    Ok(window.driver().execute(on_top, vec![button.to_json()?]).await?.convert()?)
}

fn issue(session: &Session, portal: &Portal, token: &str) -> anyhow::Result<()> {
    let numbered = (0..CROWD).map(|number| format!("Number {number:05}"));
    send(session, portal, token, &numbered.chain(NAMES.map(str::to_owned)).collect::<Vec<_>>())
}

/// Has one curl ask the portal for all of them.
pub(crate) fn send(session: &Session, portal: &Portal, token: &str, names: &[String]) -> anyhow::Result<()> {
    let mut script = String::new();
    for (number, name) in names.iter().enumerate() {
        let kind = ["development", "production", "ci"][number % 3];
        let params = json!({"name": name, "product": "aidbox", "type": kind});
        let body = testkit::rpc::body(token, "issue-license", params);
        let quoted = serde_json::to_string(&body.to_string())?;
        let next = if number == 0 { "" } else { "next\n" };
        write!(
            script,
            "{next}url = \"{}/rpc\"\nheader = \"content-type: application/json\"\ndata = {quoted}\n\
             output = \"/dev/null\"\nfail\nsilent\nshow-error\n",
            portal.url()
        )?;
    }
    let file = session.folder().join("issue.curl");
    xtask::repository::write(&file, script.as_bytes())?;
    let status = session.command("curl").args(["--parallel", "--config"]).arg(&file).output()?.status;
    anyhow::ensure!(status.success(), "curl ended with {status}");
    Ok(())
}
