//! What a pasted text is, and which license files lie at the usual places.

use crate::context::{AppError, Context};
use crate::files::drift;
use crate::keys::same_license;
use license::{KeyForm, key};
use std::path::{Path, PathBuf};
use vault::{Vault, files::FileState};
use vendors::Registry;

/// A license file at a usual place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Where.
    pub path: PathBuf,
    /// The form of its key.
    pub form: KeyForm,
    /// Whether its key is in the library already.
    pub is_known: bool,
}

/// License files at the places in the home folder where the vendors' documents put them. What cannot be read there is passed
/// over: nobody asked for it.
pub async fn found_files(context: &Context) -> Result<Vec<FoundFile>, AppError> {
    let registry = context.registry;
    context
        .off_thread(move |vault| {
            let Some(dirs) = directories::BaseDirs::new() else { return Ok(Vec::new()) };
            let rules = registry.products().flat_map(|known| known.files).filter(|rule| rule.is_looked_for);
            let found = rules.map(|rule| found_file(vault, registry, dirs.home_dir().join(rule.usual)));
            found.filter_map(Result::transpose).collect()
        })
        .await
}

fn found_file(vault: &Vault, registry: Registry, path: PathBuf) -> Result<Option<FoundFile>, AppError> {
    let Ok(text) = vault::files::read_text(&path) else { return Ok(None) };
    let Ok(key::Recognised::Key { key, form, .. }) = key::recognise(&text) else { return Ok(None) };
    let is_known = same_license::known(vault, registry, &key)?.is_some()
        || same_license::listed(vault, registry, &key)?.is_some()
        || is_written(vault, &path)?;
    Ok(Some(FoundFile { path, form, is_known }))
}

/// Whether a file is as it was written from a license.
fn is_written(vault: &Vault, path: &Path) -> Result<bool, AppError> {
    let tracked = vault.library().file_at(path)?;
    Ok(tracked.is_some_and(|tracked| drift::state_of(tracked).state == FileState::UpToDate))
}

/// Code, arguments and detail of a text that is nearly a known form.
pub fn mistake_facts(mistake: &license::key::Mistake) -> crate::context::ErrorReport {
    AppError::NotAKey { path: None, source: mistake.clone() }.report()
}
