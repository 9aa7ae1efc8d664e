//! A program that holds secrets must not be driven by whoever sets an environment variable.

use std::fmt;

/// What WebKitGTK's driver sets to have a window that it can drive.
const VARIABLE: &str = "TAURI_WEBVIEW_AUTOMATION";

/// This build does not take part in automation.
#[derive(Debug)]
pub struct Refused;

impl std::error::Error for Refused {}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VARIABLE} is set, and this build of Licet does not let its window be driven: unset it")
    }
}

/// Refuses to start where the window would be open to automation, but in a build for tests.
pub fn check() -> Result<(), Refused> {
    if cfg!(not(feature = "e2e")) && std::env::var_os(VARIABLE).is_some() {
        return Err(Refused);
    }
    Ok(())
}
