//! Removing backups.

use crate::backups::{
    list::{find, places_of},
    restore,
};
use crate::context::{AppError, Context, Verb};
use std::path::{Path, PathBuf};
use vault::files;

/// Removes backups of a file by their numbers; `typed` must be the file's name. Returns the removed files.
///
/// Nothing is removed if one of them does not exist, or was made or changed by another program.
pub async fn remove_backups(
    context: &Context,
    path: &Path,
    numbers: &[u32],
    typed: &str,
) -> Result<Vec<PathBuf>, AppError> {
    let path = files::absolute(path)?;
    crate::backups::list::confirm(&path, typed)?;
    let (file, numbers) = (path.clone(), numbers.to_vec());
    let (removed, tracked) = context
        .off_thread(move |vault| {
            let places = places_of(vault, &path)?;
            let mut chosen = Vec::new();
            for number in numbers {
                let place = places.iter().find(|place| place.number == number);
                let place =
                    place.ok_or_else(|| AppError::NoBackup { file: path.clone(), number: Some(number) })?;
                if !vault.library().is_own_backup(&place.path)? {
                    return Err(AppError::BackupOfAnother { path: place.path.clone() });
                }
                chosen.push(place.path.clone());
            }
            for backup in &chosen {
                files::drop_backup(backup)?;
            }
            Ok((chosen, find(vault, &path)?))
        })
        .await?;
    for backup in &removed {
        restore::note_backup(context, Verb::BackupRemoved, &file, tracked.as_ref(), backup).await?;
    }
    Ok(removed)
}
