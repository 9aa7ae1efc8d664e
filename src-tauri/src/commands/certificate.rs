//! Certificates for use offline: checked out, and brought in.

use super::{Answer, Start};
use crate::convert;
use crate::view::{CertificateView, CheckOutView, Imported, SecretText, TokenSource};
use std::path::Path;
use tauri::State;

/// Checks a certificate out; the file that is written next holds it.
#[tauri::command]
pub(super) async fn check_out(
    start: State<'_, Start>,
    license: String,
    terms: CheckOutView,
) -> Answer<CertificateView> {
    let id = convert::license_id(&license)?;
    let seen = app::certificates::check_out(&start.get()?.context, id, convert::check_out(&terms)).await;
    seen.map(convert::certificate).map_err(convert::error)
}

/// Brings in a certificate with what helps to read it.
#[tauri::command]
pub(super) async fn import_certificate(
    start: State<'_, Start>,
    source: TokenSource,
    license_key: Option<SecretText>,
    issuer_key: Option<String>,
) -> Answer<Imported> {
    let context = &start.get()?.context;
    let with = convert::import_with(license_key, issuer_key);
    let imported = match source {
        TokenSource::Text { text } => app::import::import_text_with(context, text.expose(), &with).await,
        TokenSource::File { path } => app::import::import_file_with(context, Path::new(&path), &with).await,
    };
    imported.map(|one| convert::imported(String::new(), Ok(one))).map_err(convert::error)
}
