//! Files that Licet wrote: what is known of each.

use crate::context::{AppError, Context, Thing};
use crate::files::{formats, target::Target};
use jiff::Timestamp;
use license::{LicenseKey, jwt};
use vault::{StoredLicense, TrackedFile, TrackedFileId, files::FileState};
use vendors::Registry;

/// A written file and how it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackedState {
    /// What is known of it.
    pub tracked: TrackedFile,
    /// By the bytes on disk.
    pub state: FileState,
    /// Whether it is of no use although it is as it was written: the instance has another token now than the one in it, or
    /// the key that a certificate was made for leaked or was replaced.
    pub is_outdated: bool,
    /// When a certificate in it expires, where that can be read.
    pub expires: Option<Timestamp>,
}

pub(crate) fn target_of(registry: Registry, tracked: &TrackedFile) -> Result<Target, AppError> {
    let file = &tracked.file;
    let unreadable = || AppError::NotAChoice {
        param: "format".to_owned(),
        value: file.format.clone(),
        possible: formats::words(registry),
    };
    let format = registry.format(&file.format).ok_or_else(unreadable)?;
    Ok(Target { format, path: file.path.clone(), in_place: file.in_place, keep: file.keep })
}

pub(crate) async fn tracked(context: &Context, id: TrackedFileId) -> Result<TrackedFile, AppError> {
    let found = context.off_thread(move |vault| Ok(vault.library().file(id)?)).await?;
    found.ok_or_else(|| AppError::NotFound { what: Thing::File, named: id.0.to_string() })
}

/// Whether the instance of a license has another token by now than a text.
pub(crate) fn is_outdated(stored: &StoredLicense, text: &LicenseKey) -> bool {
    let decoded = jwt::decode(text.expose().trim());
    decoded.is_ok_and(|decoded| stored.license.is_outdated(&decoded.claims) == Some(true))
}
