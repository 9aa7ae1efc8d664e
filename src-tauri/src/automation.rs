//! A program that holds secrets must not be driven by whoever sets an environment variable.

use crate::Build;
use std::fmt;

/// What WebKitGTK's driver sets to have a window that it can drive.
const VARIABLE: &str = "TAURI_WEBVIEW_AUTOMATION";

/// This build does not take part in automation.
#[derive(Debug)]
pub(crate) struct Refused;

impl std::error::Error for Refused {}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VARIABLE} is set, and this build of Licet does not let its window be driven: unset it")
    }
}

/// Refuses to start where the window would be open to automation, but in the build that journeys drive.
pub(crate) fn check(build: &Build) -> Result<(), Refused> {
    match build {
        Build::Shipped if std::env::var_os(VARIABLE).is_some() => Err(Refused),
        Build::Shipped | Build::Driven { .. } => Ok(()),
    }
}
