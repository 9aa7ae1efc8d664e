//! Opening the home and the window.

use crate::{
    arguments::Arguments,
    clock,
    commands::{self, Start},
    host::WindowHost,
    opened::Opened,
    portal::HomePortal,
    present, sample,
    view::ErrorView,
};
use desk::vault::{Home, Vault};
use desk::{Desk, Parts};
use std::{
    collections::hash_map::DefaultHasher,
    fmt::Display,
    hash::{Hash, Hasher},
    io::Write,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};
use tauri::{
    AppHandle, DragDropEvent, Manager, RunEvent, WebviewWindowBuilder, Window, WindowEvent,
    webview::PageLoadEvent,
};

/// Opens the window and stays until it is closed.
pub fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let throw_away = (arguments.portal && arguments.home.is_none()).then(tempfile::tempdir).transpose()?;
    let folder =
        throw_away.as_ref().map(|folder| folder.path().to_owned()).or_else(|| arguments.home.clone());
    let instance = instance_name(folder.as_ref());
    let host = Arc::new(WindowHost::default());
    let start = Start(open(folder, &host, arguments.paths.clone()));
    let (is_sample, is_throw_away) = (arguments.portal, throw_away.is_some());
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = instance;
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            second_start(app, &arguments, &PathBuf::from(folder));
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .manage(start)
        .invoke_handler(commands::handler())
        .on_window_event(heard)
        .setup(move |app| {
            host.attach(app.handle().clone());
            tauri::async_runtime::block_on(prepare(app.handle(), is_sample, is_throw_away))?;
            open_window(app.handle())
        })
        .build(context)?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            tauri::async_runtime::block_on(ended(app));
        }
    });
    Ok(())
}

/// Says on standard error why the window could not be opened.
pub fn fail(error: &dyn Display) -> ExitCode {
    // Without a standard error there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "error: {error}");
    ExitCode::FAILURE
}

fn open(folder: Option<PathBuf>, host: &Arc<WindowHost>, given: Vec<PathBuf>) -> Result<Opened, ErrorView> {
    let home = match folder {
        Some(folder) => Home::at(folder),
        None => Home::of_platform().map_err(|error| present::fault("home-missing", &error))?,
    };
    let portal = Arc::new(HomePortal::new(home.portal_data()));
    let clock = clock::clock(home.dir());
    let vault = Vault::open(home).map_err(|error| present::open_error(&error))?;
    let parts = Parts {
        vault,
        http: desk::vendors::Http::default(),
        host: host.clone(),
        clock,
        portal: portal.clone(),
    };
    Ok(Opened::new(Desk::new(parts), host.clone(), portal, given))
}

/// What is done before the first paint, and what goes on behind it.
async fn prepare(
    app: &AppHandle,
    is_sample: bool,
    is_throw_away: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let start = app.state::<Start>();
    let Ok(opened) = start.get() else { return Ok(()) };
    if is_sample {
        sample::fill(opened, is_throw_away).await?;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // Each of these shows its own failure where it matters: an account's state, a file's badge.
        let start = app.state::<Start>();
        let Ok(opened) = start.get() else { return };
        let _ = opened.desk.watch_files().await;
        let _ = opened.desk.follow_library().await;
        let is_unlocked = opened.desk.unlock_without_prompt().await.is_ok();
        // What is found out now is told, and nothing competes with the first paint: wait for both.
        opened.painted.notified().await;
        if is_unlocked {
            let _ = opened.desk.settle_all().await;
            let _ = opened.desk.refresh_all().await;
        }
    });
    Ok(())
}

/// The window is made hidden and shown once its page is there, so that nobody sees an empty one.
fn open_window(app: &AppHandle) -> Result<(), Box<dyn std::error::Error>> {
    let config = app.config().app.windows.first().cloned().unwrap_or_default();
    WebviewWindowBuilder::from_config(app, &config)?
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                // A window that cannot be shown is being closed.
                let _ = window.show();
            }
        })
        .build()?;
    Ok(())
}

fn heard(window: &Window, event: &WindowEvent) {
    if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
        given(window.app_handle(), paths.clone());
    }
}

/// Another start on the same home: its window is this one, its files are imported here.
fn second_start(app: &AppHandle, arguments: &[String], folder: &std::path::Path) {
    use clap::Parser;
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
    if let Ok(arguments) = Arguments::try_parse_from(arguments) {
        given(app, arguments.paths.into_iter().map(|path| folder.join(path)).collect());
    }
}

fn given(app: &AppHandle, paths: Vec<PathBuf>) {
    if let (Ok(opened), false) = (app.state::<Start>().get(), paths.is_empty()) {
        opened.give(paths);
    }
}

/// A copied key does not outlive the program.
async fn ended(app: &AppHandle) {
    if let Ok(opened) = app.state::<Start>().get() {
        opened.desk.clear_copied().await;
    }
}

/// Two windows on two homes do not take each other for the same program.
fn instance_name(folder: Option<&PathBuf>) -> String {
    let own = "dev.licet.desktop";
    let Some(folder) = folder else { return own.to_owned() };
    let mut hasher = DefaultHasher::new();
    std::path::absolute(folder).as_ref().unwrap_or(folder).hash(&mut hasher);
    format!("{own}.home{:016x}", hasher.finish())
}
