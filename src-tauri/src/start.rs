//! Opening the home and the window.

use crate::Build;
use crate::arguments::Arguments;
use crate::background::go_on_behind;
use crate::commands;
use crate::convert;
use crate::host::WindowHost;
use crate::opened::{Opened, Start};
use crate::page_events;
use crate::portal::HomePortal;
use crate::sample;
use crate::view::ErrorView;
use app::context::{Clock, Context, Parts};
use std::{
    collections::hash_map::DefaultHasher,
    fmt::Display,
    hash::{Hash, Hasher},
    io::Write,
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, OnceLock},
};
use tauri::{
    AppHandle, DragDropEvent, LogicalSize, Manager, RunEvent, Runtime, WebviewWindowBuilder, Window,
    WindowEvent, plugin::TauriPlugin, utils::config::WindowConfig, webview::PageLoadEvent,
};
use tauri_plugin_window_state::StateFlags;
use tempfile::TempDir;
use vault::{Home, Vault};

/// What a desktop's title bar takes of a monitor's height: sizes are of what is inside.
const TITLE_BAR: f64 = 48.0;

/// Opens the window and stays until it is closed.
pub(crate) fn run(build: &Build, arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let throw_away = (arguments.portal && arguments.home.is_none()).then(throw_away_folder).transpose()?;
    let folder =
        throw_away.as_ref().map(|folder| folder.path().to_owned()).or_else(|| arguments.home.clone());
    let instance = instance_name(folder.as_ref());
    let host = Arc::new(WindowHost::default());
    let home = match &folder {
        Some(folder) => Home::at(folder),
        None => Home::of_platform()?,
    };
    let page = Page { wanted: home.page(), spare: Arc::default() };
    // Removed when the window is closed.
    let _spare = page.spare.clone();
    let clock = build.clock(home.dir());
    let window_file = home.window_place().display().to_string();
    let start = Start::new({
        let (host, paths) = (host.clone(), arguments.paths.clone());
        move || open(home.clone(), &host, clock.clone(), paths.clone())
    });
    let (is_sample, is_throw_away) = (arguments.portal, throw_away.is_some());
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = instance;
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            second_start(app, &arguments, &PathBuf::from(folder));
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(window_places(window_file))
        .manage(start)
        .invoke_handler(commands::handler())
        .on_window_event(heard)
        .setup(move |app| {
            host.attach(app.handle().clone(), page_events::send_changed);
            tauri::async_runtime::block_on(prepare(app.handle(), is_sample, is_throw_away))?;
            open_window(app.handle(), page.folder()?)?;
            // Not earlier: the window asks the system's desktop portal for light or dark when it is made, and the portal
            // refuses a process that it cannot read.
            warn_unless_protected(hardening::refuse_readers(hardening::Build::this()));
            Ok(())
        })
        .build(context)?;
    app.run_return(|app, event| {
        if let RunEvent::Exit = event {
            tauri::async_runtime::block_on(ended(app));
        }
    });
    Ok(())
}

/// Says on standard error why the window could not be opened.
pub(crate) fn fail(error: &dyn Display) -> ExitCode {
    // Without a standard error there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "error: {error}");
    ExitCode::FAILURE
}

/// Warns on standard error if the memory of this process could not be protected.
pub(crate) fn warn_unless_protected(protected: std::io::Result<()>) {
    if let Err(error) = protected {
        let _ = writeln!(std::io::stderr(), "warning: the memory of this process is not protected: {error}");
    }
}

/// Where the window's page keeps what it remembers.
struct Page {
    wanted: PathBuf,
    /// Is used where the home cannot be written, or cannot be opened.
    spare: Arc<OnceLock<TempDir>>,
}

impl Page {
    /// The folder in the home, or one that goes with the window.
    fn folder(&self) -> std::io::Result<PathBuf> {
        let existing = self.wanted.ancestors().find(|part| part.is_dir());
        let in_home = existing.filter(|part| self.wanted.parent().is_some_and(|home| part.starts_with(home)));
        if in_home.is_some_and(|folder| tempfile::tempfile_in(folder).is_ok()) {
            return Ok(self.wanted.clone());
        }
        let folder = throw_away_folder()?;
        Ok(self.spare.get_or_init(|| folder).path().to_owned())
    }
}

/// A folder for nobody else, which goes with the window.
fn throw_away_folder() -> std::io::Result<TempDir> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("licet-");
    #[cfg(unix)]
    folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    folder.tempdir()
}

/// Remembers where the window was; when it is shown is decided here.
fn window_places<R: Runtime>(file: String) -> TauriPlugin<R> {
    let flags = StateFlags::all() & !StateFlags::VISIBLE;
    tauri_plugin_window_state::Builder::default().with_filename(file).with_state_flags(flags).build()
}

fn open(
    home: Home,
    host: &Arc<WindowHost>,
    clock: Arc<dyn Clock>,
    given: Vec<PathBuf>,
) -> Result<Opened, ErrorView> {
    let portal = Arc::new(HomePortal::new(home.portal_data()));
    let vault = Vault::open(home).map_err(|error| convert::open_error(&error))?;
    let parts = Parts {
        vault,
        registry: vendors::Registry::default(),
        http: vendors::Http::default(),
        programs: app::context::Programs::default(),
        host: host.clone(),
        clock,
        portal: portal.clone(),
    };
    let context = Context::new(parts);
    let baseline = app::refresh::Baseline::take(&context).map_err(convert::error)?;
    Ok(Opened::new(context, baseline, host.clone(), portal, given))
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
    go_on_behind(app, opened);
    Ok(())
}

/// The window is made hidden and shown once its page is there, so that nobody sees an empty one.
fn open_window(app: &AppHandle, page_folder: PathBuf) -> Result<(), Box<dyn std::error::Error>> {
    let mut config = app.config().app.windows.first().cloned().unwrap_or_default();
    if let Some(monitor) = app.primary_monitor()? {
        let area = monitor.work_area().size.to_logical(monitor.scale_factor());
        (config.width, config.height) = fitted(&config, area);
    }
    WebviewWindowBuilder::from_config(app, &config)?
        .data_directory(page_folder)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                // A window that cannot be shown is being closed.
                let _ = window.show();
            }
        })
        .build()?;
    Ok(())
}

/// The size of a first window: as designed, or what of it fits beside the panels of a smaller monitor. One that was left
/// opens as it was left.
fn fitted(config: &WindowConfig, area: LogicalSize<f64>) -> (f64, f64) {
    let fit = |wanted: f64, room: f64, least: Option<f64>| wanted.min(room).max(least.unwrap_or_default());
    (
        fit(config.width, area.width, config.min_width),
        fit(config.height, area.height - TITLE_BAR, config.min_height),
    )
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
        let _ = window.show();
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

/// Neither a copied key nor a login that was only tested outlives the program, and other programs' requests to its portal are answered.
async fn ended(app: &AppHandle) {
    if let Ok(opened) = app.state::<Start>().get() {
        app::keys::clear_copied(&opened.context).await;
        app::accounts::leave(&opened.context).await;
        opened.portal.stop().await;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_window_fits_the_monitor_and_is_no_larger_than_designed() {
        let config = WindowConfig {
            width: 1320.0,
            height: 800.0,
            min_width: Some(720.0),
            min_height: Some(480.0),
            ..WindowConfig::default()
        };
        let table = [
            ((1920.0, 1080.0), (1320.0, 800.0)),
            ((1440.0, 900.0), (1320.0, 800.0)),
            ((1280.0, 800.0), (1280.0, 752.0)),
            ((1366.0, 728.0), (1320.0, 680.0)),
            ((640.0, 400.0), (720.0, 480.0)),
        ];
        for ((width, height), expected) in table {
            assert_eq!(fitted(&config, LogicalSize { width, height }), expected, "{width}×{height}");
        }
    }
}
