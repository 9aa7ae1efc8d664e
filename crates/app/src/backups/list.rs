//! Backups of license files: which there are, and whose keys they contain.
//!
//! Licet knows the backups beside the files that it tracks or has tracked. A backup that another program made is listed, since it
//! may contain a key, but Licet does not remove it.

use crate::backups::keys::{self, HeldKey, KeyOwner};
use crate::context::{AppError, Context, ErrorReport, Thing};
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};
use vault::{
    KeptBackup, TrackedFile, Vault,
    files::{self, Digest, FileError},
};
use vendors::Registry;
use zeroize::Zeroizing;

/// A backup of a license file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupStatus {
    /// The license file that it is a backup of.
    pub file: PathBuf,
    /// The backup itself.
    pub path: PathBuf,
    /// Its number among the backups of the file: a later one has a higher number.
    pub number: u32,
    /// When it was made.
    pub made: Option<Timestamp>,
    /// How many bytes it has.
    pub size: u64,
    /// Whether it is the file as it was before Licet first wrote it.
    pub is_original: bool,
    /// Whether Licet made it and it has not changed since.
    pub is_own: bool,
    /// The license keys in it.
    pub keys: Vec<HeldKey>,
    /// Why its content is not known.
    pub problem: Option<ErrorReport>,
}

impl BackupStatus {
    /// Whether it contains a key of a license.
    pub fn has_key_of(&self, id: LicenseId) -> bool {
        self.owners().any(|owner| owner.license == id)
    }

    /// Whether it contains a key of a license of an account.
    pub fn has_key_of_account(&self, id: AccountId) -> bool {
        self.owners().any(|owner| owner.account == id)
    }

    fn owners(&self) -> impl Iterator<Item = &KeyOwner> {
        self.keys.iter().flat_map(|key| &key.licenses)
    }

    /// Whether it contains a key that is marked as leaked.
    pub fn has_leaked_key(&self) -> bool {
        self.keys.iter().any(HeldKey::is_leaked)
    }
}

/// Lists the backups of one file, or of every file that Licet tracks or has tracked; the oldest of each file first.
///
/// Fails with `file-missing` if neither the named file nor a backup of it exists.
pub async fn backups(context: &Context, of: Option<&Path>) -> Result<Vec<BackupStatus>, AppError> {
    let of = of.map(files::absolute).transpose()?;
    let registry = context.registry;
    context
        .off_thread(move |vault| match of {
            Some(path) => {
                let places = places_of(vault, &path)?;
                if places.is_empty() && path.symlink_metadata().is_err() && find(vault, &path)?.is_none() {
                    return Err(AppError::NotFound { what: Thing::File, named: path.display().to_string() });
                }
                seen(vault, registry, places)
            }
            None => seen(vault, registry, all_places(vault)?),
        })
        .await
}

/// Lists the backups of the files that were written from a license.
pub async fn backups_beside(context: &Context, id: LicenseId) -> Result<Vec<BackupStatus>, AppError> {
    let registry = context.registry;
    context
        .off_thread(move |vault| {
            let mut places = Vec::new();
            for tracked in vault.library().files_of(id)? {
                places.extend(beside(&tracked.file.path));
            }
            seen(vault, registry, places)
        })
        .await
}

/// Lists every known backup that contains a key of a license.
pub async fn backups_with_key_of(context: &Context, id: LicenseId) -> Result<Vec<BackupStatus>, AppError> {
    let mut backups = backups(context, None).await?;
    backups.retain(|backup| backup.has_key_of(id));
    Ok(backups)
}

/// Lists every known backup that contains a key of a license of an account.
pub async fn backups_with_key_of_account(
    context: &Context,
    id: AccountId,
) -> Result<Vec<BackupStatus>, AppError> {
    let mut backups = backups(context, None).await?;
    backups.retain(|backup| backup.has_key_of_account(id));
    Ok(backups)
}

/// Lists every known backup that contains any license key.
pub async fn backups_with_keys(context: &Context) -> Result<Vec<BackupStatus>, AppError> {
    let mut backups = backups(context, None).await?;
    backups.retain(|backup| !backup.keys.is_empty());
    Ok(backups)
}

/// A backup and the license file that it belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: PathBuf,
    pub(super) path: PathBuf,
    pub(super) number: u32,
}

/// Whether the name of a file was typed to confirm what is done with its backups.
pub(super) fn confirm(file: &Path, typed: &str) -> Result<(), AppError> {
    crate::context::confirmed(typed, &name_of(file))
}

/// The last part of a file's path.
pub(super) fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

/// Whether a backup is Licet's own or contains a key: the backups that nobody should publish.
pub(crate) fn is_sensitive(vault: &Vault, registry: Registry, backup: &Path) -> bool {
    let is_own = vault.library().is_own_backup(backup).unwrap_or_default();
    is_own || files::read_text(backup).is_ok_and(|text| !keys::candidates(registry, &text).is_empty())
}

/// The tracked file at a path, also where the path is another name of it, such as one through a link.
pub(super) fn find(vault: &Vault, path: &Path) -> Result<Option<TrackedFile>, AppError> {
    let library = vault.library();
    if let Some(tracked) = library.file_at(path)? {
        return Ok(Some(tracked));
    }
    let Ok(real) = path.canonicalize() else { return Ok(None) };
    if let Some(tracked) = library.file_at(&real)? {
        return Ok(Some(tracked));
    }
    // The tracked path may be a link itself: only the disk knows where each leads.
    let is_same = |one: &TrackedFile| one.file.path.canonicalize().is_ok_and(|of_one| of_one == real);
    Ok(library.all_files()?.into_iter().find(is_same))
}

pub(super) fn places_of(vault: &Vault, path: &Path) -> Result<Vec<Place>, AppError> {
    let tracked = find(vault, path)?;
    Ok(beside(tracked.as_ref().map_or(path, |tracked| &tracked.file.path)).collect())
}

fn beside(file: &Path) -> impl Iterator<Item = Place> {
    files::backups_of(file).into_iter().filter_map(|path| place(file, path))
}

fn place(file: &Path, path: PathBuf) -> Option<Place> {
    let number = files::backup_number(file, &path)?;
    Some(Place { file: file.to_owned(), path, number })
}

/// The backups of tracked files, then those whose file is no longer tracked.
fn all_places(vault: &Vault) -> Result<Vec<Place>, AppError> {
    let mut places = Vec::new();
    let mut known = BTreeSet::new();
    for tracked in vault.library().all_files()? {
        places.extend(beside(&tracked.file.path).filter(|place| known.insert(place.path.clone())));
    }
    for kept in vault.library().kept_backups()? {
        if kept.path.is_file() && known.insert(kept.path.clone()) {
            places.extend(place(&kept.target, kept.path));
        }
    }
    Ok(places)
}

/// Whether a backup has the bytes that Licet made it with, by the text that was read from it.
fn is_as_made(kept: &KeptBackup, text: &Result<Zeroizing<String>, FileError>) -> bool {
    match text {
        Ok(text) => Digest::of(text.as_bytes()) == kept.digest,
        // It may be unchanged and no text.
        Err(_) => kept.is_unchanged(),
    }
}

/// Reads the backups.
pub(super) fn seen(
    vault: &Vault,
    registry: Registry,
    places: Vec<Place>,
) -> Result<Vec<BackupStatus>, AppError> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let texts: Vec<_> = places.iter().map(|place| files::read_text(&place.path)).collect();
    let keys = keys::of(vault, registry, &texts)?;
    let mut backups = Vec::new();
    for ((place, text), keys) in places.into_iter().zip(texts).zip(keys) {
        // One that another process has removed in between is not listed.
        let Ok(metadata) = place.path.metadata() else { continue };
        let kept = vault.library().kept_backup(&place.path)?.filter(|kept| is_as_made(kept, &text));
        let kept = kept.as_ref();
        let changed = metadata.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
        backups.push(BackupStatus {
            number: place.number,
            made: kept.map(|kept| kept.made).or(changed),
            size: metadata.len(),
            is_original: kept.is_some_and(|kept| kept.original),
            is_own: kept.is_some(),
            keys,
            problem: text.err().map(|error| AppError::from(error).report()),
            file: place.file,
            path: place.path,
        });
    }
    Ok(backups)
}
