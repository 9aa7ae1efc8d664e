//! The window from its smallest to a large monitor, with large text, and with a drawer and details over the list.

use std::path::Path;

use journeys::{KeyringState, Looks, Session, Window, eventually, licet_home, program};
use thirtyfour::Key;

use crate::common::{DEADLINE, connect, focused, focused_row, has, press, ready, says};
use crate::crowd::send;

const SIZES: [(u32, u32); 4] = [(720, 480), (1000, 700), (1320, 800), (1920, 1080)];

async fn resized(window: &Window, width: u32, height: u32) -> anyhow::Result<()> {
    resized_at(window, width, height, 1.0).await
}

/// Resizes a window whose page is drawn so many times as large.
async fn resized_at(window: &Window, width: u32, height: u32, scale: f64) -> anyhow::Result<()> {
    window.driver().set_window_rect(0, 0, width, height).await?;
    let wanted = f64::from(width) / scale;
    eventually(&format!("a page {wanted} wide"), DEADLINE, || async {
        let found = wide(window).await?;
        anyhow::ensure!((found - wanted).abs() < 2.0, "it is {found}");
        Ok(Some(()))
    })
    .await
}

async fn wide(window: &Window) -> anyhow::Result<f64> {
    Ok(window.driver().execute("return innerWidth", vec![]).await?.convert()?)
}

/// Opens a window with this in its environment.
async fn open_with(session: &Session, variable: &str) -> anyhow::Result<Window> {
    let arguments = [
        variable.into(),
        program("LICET_DESKTOP_DRIVEN")?.into_os_string(),
        "--home".into(),
        licet_home(session).into_os_string(),
        "--portal".into(),
    ];
    Window::open_program(session, Path::new("/usr/bin/env"), &arguments).await
}

/// What of the header over the list is cut off or lies outside of it, and whether the page is wider than its window.
async fn cut(window: &Window) -> anyhow::Result<Vec<String>> {
    let cut = "
        const header = document.querySelector('main > header');
        const title = header.querySelector('h1');
        const edge = header.getBoundingClientRect().right + 1;
        const wide = [document.documentElement, header, title].filter((one) => one.scrollWidth > one.clientWidth + 1);
        const outside = [...header.querySelectorAll('button, input')].filter((one) => one.getBoundingClientRect().right > edge);
        return [...wide, ...outside].map((one) => one.outerHTML.slice(0, 80));";
    Ok(window.driver().execute(cut, vec![]).await?.convert()?)
}

#[tokio::test(flavor = "multi_thread")]
async fn window_of_every_size_shows_the_list_and_its_dialogs() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut looks = Looks::default();
    let window = Window::open(&session, &["--portal"]).await?;
    window.find("list").await?;
    for (width, height) in SIZES {
        resized(&window, width, height).await?;
        assert_eq!(cut(&window).await?, Vec::<String>::new(), "at {width}");
        looks.at(&window, &format!("size-{width}")).await?;
        crate::common::open_row(&window, "Robot cell 7").await?;
        looks.at(&window, &format!("size-{width}-detail")).await?;
        press(&window, "export-open").await?;
        focused(&window, "export-path").await?;
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
        assert_eq!(cut(&window).await?, Vec::<String>::new(), "at {width}");
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
    let inside = "return document.activeElement.closest('nav') !== null";
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
    let mut looks = Looks::default();
    // As the desktop's setting for large text does.
    let window = open_with(&session, "GDK_DPI_SCALE=1.5").await?;
    window.find("list").await?;
    for (width, height) in SIZES {
        resized_at(&window, width, height, 1.5).await?;
        looks.at(&window, &format!("large-text-{width}")).await?;
        assert_eq!(cut(&window).await?, Vec::<String>::new(), "at {width}");
    }
    window.close().await?;
    looks.judged()
}

#[tokio::test(flavor = "multi_thread")]
async fn page_is_zoomed_by_keyboard() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &["--portal"]).await?;
    window.find("list").await?;
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

#[tokio::test(flavor = "multi_thread")]
async fn more_contrast_is_followed() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut looks = Looks::default();
    let window = open_with(&session, "GTK_THEME=HighContrast").await?;
    window.find("list").await?;
    let more = "return matchMedia('(prefers-contrast: more)').matches";
    assert!(window.driver().execute(more, vec![]).await?.convert::<bool>()?, "the system asks for it");
    crate::common::open_row(&window, "Robot cell 7").await?;
    looks.at(&window, "contrast").await?;
    window.close().await?;
    looks.judged()
}
