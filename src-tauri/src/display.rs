//! The display that the window is opened on. Tauri panics without one, so it is opened before Tauri starts.

use std::fmt;

/// The variables that name a display.
const VARIABLES: [&str; 2] = ["WAYLAND_DISPLAY", "DISPLAY"];

/// There is no display, or it cannot be opened.
#[derive(Debug)]
pub(crate) struct NoDisplay {
    /// The displays that the environment names, as `VARIABLE=value`.
    named: Vec<String>,
}

impl std::error::Error for NoDisplay {}

impl fmt::Display for NoDisplay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.named[..] {
            [] => {
                f.write_str("Licet's window needs a display, and neither DISPLAY nor WAYLAND_DISPLAY is set")?
            }
            named => write!(f, "Licet's window cannot open the display {}", named.join(" or "))?,
        }
        f.write_str("; use the command line instead: `licet --help`")
    }
}

/// Opens the display. GTK keeps it, and Tauri finds it open.
pub(crate) fn open() -> Result<(), NoDisplay> {
    gtk::init().map_err(|_| {
        let named = VARIABLES.iter().filter_map(|name| {
            let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
            Some(format!("{name}={}", value.to_string_lossy().escape_debug()))
        });
        NoDisplay { named: named.collect() }
    })
}
