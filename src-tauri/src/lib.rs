//! Licet's window: commands of a few lines over the use cases.

mod arguments;
mod automation;
mod background;
mod commands;
mod convert;
#[cfg(target_os = "linux")]
mod display;
#[cfg(test)]
mod help;
mod host;
mod opened;
mod page_events;
mod page_state;
#[cfg(target_os = "linux")]
mod painting;
mod portal;
mod sample;
mod start;
mod view;

use std::{fmt, path::Path, process::ExitCode, sync::Arc};

/// Which program this is.
pub enum Build {
    /// The released program: it uses the system clock, and its window cannot be driven.
    Shipped,
    /// The program that journeys drive: WebDriver may drive its window, and its clock can be set.
    Driven {
        /// Makes the clock of a home.
        clock: fn(&Path) -> Arc<dyn app::context::Clock>,
    },
}

impl fmt::Debug for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shipped => "Shipped",
            Self::Driven { .. } => "Driven",
        })
    }
}

impl Build {
    fn clock(&self, home: &Path) -> Arc<dyn app::context::Clock> {
        match self {
            Self::Shipped => Arc::new(app::context::SystemClock),
            Self::Driven { clock } => clock(home),
        }
    }
}

/// Opens the window and stays until it is closed.
pub fn run(build: &Build) -> ExitCode {
    #[cfg(target_os = "linux")]
    painting::without_layers();
    let arguments = arguments::Arguments::read();
    start::warn_unless_protected(hardening::refuse_core_dumps(hardening::Build::this()));
    if let Err(refused) = automation::check(build) {
        return start::fail(&refused);
    }
    #[cfg(target_os = "linux")]
    if let Err(error) = display::open() {
        return start::fail(&error);
    }
    match start::run(build, arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => start::fail(&error),
    }
}
