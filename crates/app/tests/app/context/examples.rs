//! At least one error of each variant. The tests of the command line include this file and print the hints of these errors.

// The command line includes this file by its path, and would search for these modules beside it.
#[path = "examples/connecting.rs"]
mod connecting;
#[path = "examples/files.rs"]
mod files;
#[path = "examples/licenses.rs"]
mod licenses;
#[path = "examples/texts.rs"]
mod texts;
#[path = "examples/use_cases.rs"]
mod use_cases;
#[path = "examples/vault.rs"]
mod vault;
#[path = "examples/vendors.rs"]
mod vendors;

use app::context::AppError;
use std::path::PathBuf;

/// At least one error of each variant.
pub(crate) fn errors() -> Vec<AppError> {
    [
        vendors::errors(),
        connecting::errors(),
        vault::errors(),
        files::errors(),
        texts::errors(),
        licenses::errors(),
        use_cases::errors(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn env_file() -> PathBuf {
    "/srv/box/.env".into()
}
