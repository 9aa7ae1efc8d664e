//! The window from its smallest to a large monitor, with large text, and with a drawer and details over the list.

use journeys::{KeyringState, Looks, Session, Window, eventually};
use thirtyfour::Key;

use crate::common::{DEADLINE, connect, focused, focused_row, has, press, ready, says};
use crate::crowd::send;

const SIZES: [(u32, u32); 4] = [(720, 480), (1000, 700), (1320, 800), (1920, 1080)];

async fn resized(window: &Window, width: u32, height: u32) -> anyhow::Result<()> {
    window.driver().set_window_rect(0, 0, width, height).await?;
    eventually(&format!("a page {width} wide"), DEADLINE, || async {
        let found: u32 = window.driver().execute("return innerWidth", vec![]).await?.convert()?;
        anyhow::ensure!(found == width, "it is {found}");
        Ok(Some(()))
    })
    .await
}

/// Nothing is cut off: neither the page nor the header over the list is wider than its place.
async fn is_whole(window: &Window) -> anyhow::Result<bool> {
    let whole = "
        const fits = (element) => element.scrollWidth <= element.clientWidth + 1;
        const inside = (element, around) => element.getBoundingClientRect().right <= around.getBoundingClientRect().right + 1;
        const header = document.querySelector('main > header');
        return fits(document.documentElement) && fits(header) && fits(header.querySelector('h1')) &&
            [...header.querySelectorAll('button, input')].every((control) => inside(control, header));";
    Ok(window.driver().execute(whole, vec![]).await?.convert()?)
}

#[tokio::test(flavor = "multi_thread")]
async fn window_of_every_size_shows_the_list_and_its_dialogs() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut looks = Looks::default();
    let window = Window::open(&session, &["--portal"]).await?;
    window.find("list").await?;
    for (width, height) in SIZES {
        resized(&window, width, height).await?;
        assert!(is_whole(&window).await?, "the header is whole at {width}");
        looks.at(&window, &format!("size-{width}")).await?;
        crate::common::open_row(&window, "Robot cell 7").await?;
        looks.at(&window, &format!("size-{width}-detail")).await?;
        press(&window, "export-open").await?;
        window.find("export-path").await?;
        looks.at(&window, &format!("size-{width}-dialog")).await?;
        window.press(Key::Escape).await?;
        window.gone("export-dialog").await?;
        window.press(Key::Escape).await?;
        focused(&window, "list").await?;
    }
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_licenses_in_windows_of_every_size() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let vendor = tempfile::tempdir()?;
    let portal = journeys::portal(vendor.path())?;
    let token = portal.token("north")?;
    let names: Vec<String> = (0..3_000).map(|number| format!("site-{number:04}")).collect();
    send(&session, &portal, &token, &names)?;
    connect(&session, &portal.url(), &token, "fleet")?;
    let mut looks = Looks::default();
    let window = Window::open(&session, &[]).await?;
    window.shows("3,000 licenses").await?;
    for (width, height) in SIZES {
        resized(&window, width, height).await?;
        assert!(is_whole(&window).await?, "the header is whole at {width}");
        focused(&window, "list").await?;
        window.press(Key::Home).await?;
        if width > 720 {
            ready(&window, "export-open").await?;
        }
        looks.at(&window, &format!("thousands-{width}")).await?;
    }
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn smallest_window_is_used_by_keyboard_alone() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut looks = Looks::default();
    let window = Window::open(&session, &["--portal"]).await?;
    resized(&window, 720, 480).await?;
    focused(&window, "list").await?;

    window.press(Key::F6).await?;
    focused(&window, "open-sidebar").await?;
    window.press(Key::Enter).await?;
    focused(&window, "view-all").await?;
    looks.at(&window, "small-drawer").await?;
    window.press(Key::Shift + Key::Tab).await?;
    let inside = "return document.activeElement.closest('nav, body') !== document.querySelector('main')";
    assert!(window.driver().execute(inside, vec![]).await?.convert::<bool>()?, "Tab stays in the drawer");
    window.press(Key::Escape).await?;
    focused(&window, "open-sidebar").await?;
    has(&window, "open-sidebar", "aria-expanded", "false").await?;
    window.press(Key::Enter).await?;
    focused(&window, "view-all").await?;
    window.press(Key::Enter).await?;
    focused(&window, "list").await?;

    window.press(Key::Home).await?;
    window.press(Key::Enter).await?;
    ready(&window, "detail-back").await?;
    let name = window.text("detail-name").await?;
    looks.at(&window, "small-pushed").await?;
    window.press(Key::Escape).await?;
    window.gone("detail-back").await?;
    focused_row(&window, &name).await?;
    window.press(Key::Enter).await?;
    says(&window, "detail-name", &name).await?;
    window.click("detail-back").await?;
    focused_row(&window, &name).await?;
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn large_text_cuts_nothing_in_the_header() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    // As the desktop's setting for large text does: 96 dots per inch, 1,024 parts each, half as much again.
    let settings = session.folder().join("config/gtk-3.0/settings.ini");
    xtask::repository::write(&settings, b"[Settings]\ngtk-xft-dpi=147456\n")?;
    let mut looks = Looks::default();
    let window = Window::open(&session, &["--portal"]).await?;
    window.find("list").await?;
    for (width, height) in SIZES {
        resized(&window, width, height).await?;
        looks.at(&window, &format!("large-text-{width}")).await?;
        assert!(is_whole(&window).await?, "the header is whole at {width}");
    }
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn page_is_zoomed_by_keyboard_and_stays_so() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &["--portal"]).await?;
    window.find("list").await?;
    let wide = |window: &Window| {
        let driver = window.driver().clone();
        async move { anyhow::Ok(driver.execute("return innerWidth", vec![]).await?.convert::<f64>()?) }
    };
    let usual = wide(&window).await?;
    for _ in 0..3 {
        window.press(Key::Control + "+").await?;
    }
    eventually("a larger page", DEADLINE, || async {
        let now = wide(&window).await?;
        anyhow::ensure!((now - usual / 1.5).abs() < 2.0, "it is {now} wide of {usual}");
        Ok(Some(()))
    })
    .await?;
    window.press(Key::Control + "0").await?;
    eventually("the usual page", DEADLINE, || async {
        Ok((wide(&window).await? - usual).abs().le(&1.0).then_some(()))
    })
    .await?;
    window.close().await
}
