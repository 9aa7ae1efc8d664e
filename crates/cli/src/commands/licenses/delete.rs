//! `licet delete`

use crate::args::{licenses::Delete, source::Source};
use crate::commands::files::held_backups::{self, Held};
use crate::output::fail::Fail;
use crate::process::{secrets, shell::Shell};
use app::{changes::Sent, context::AppError, files::TrackedState};
use license::{LicenseId, LicenseKey};
use serde::Serialize;
use std::path::Path;
use vault::files::FileState;

#[derive(Serialize)]
struct Deleted<'a> {
    deleted: Gone<'a>,
}

#[derive(Serialize)]
struct Gone<'a> {
    id: Option<LicenseId>,
    name: &'a str,
    /// Files that were written from it, with a key that runs nothing any more.
    files: Vec<&'a Path>,
    /// Backups that contain such a key.
    backups: Vec<Held>,
}

pub(crate) async fn run(shell: &Shell<'_>, asked: &Delete) -> Result<(), Fail> {
    let sent = match (asked.license.as_deref(), &asked.key_file, asked.account.as_deref()) {
        (_, Some(key), Some(account)) => by_key(shell, key, account, &asked.confirm).await?,
        (named, _, _) => {
            let id = shell.license(named.unwrap_or_default()).await?;
            shell.ask_to_unlock().await?;
            app::changes::delete(&shell.context, id, &asked.confirm)
                .await
                .map_err(|error| imported(error, named))?
        }
    };
    let id = match sent {
        Sent::Done(id) => id,
        Sent::Unknown(error) => return Err(error.into()),
    };
    let label = label(shell, id).await;
    // Of a license that this home does not know, what was typed is the name: it was deleted for that.
    let name = label.as_deref().unwrap_or(asked.confirm.trim());
    let written = written_from(shell, id).await?;
    let files: Vec<_> = written.iter().map(|one| one.tracked.file.path.as_path()).collect();
    let backups = match id {
        Some(id) => held_backups::of_license(shell, id).await,
        None => Vec::new(),
    };
    held_backups::warn(shell, &backups, "a key of the deleted license");
    let deleted = Deleted { deleted: Gone { id, name, files, backups } };
    shell.out.print(&deleted, |lines| {
        lines.tell(&format!("Deleted {name:?}."))?;
        for path in &deleted.deleted.files {
            lines.tell(&format!("Its key still stands in {}", path.display()))?;
        }
        Ok(())
    })
}

/// What a license is called.
async fn label(shell: &Shell<'_>, id: Option<LicenseId>) -> Option<String> {
    let row = app::list::row(&shell.context, id?).await.ok()?;
    Some(row.stored.license.label().to_owned())
}

/// What was written from a license and is still there.
async fn written_from(shell: &Shell<'_>, id: Option<LicenseId>) -> Result<Vec<TrackedState>, Fail> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let mut files = app::files::files_of(&shell.context, id).await?;
    files.retain(|one| one.state != FileState::Missing);
    Ok(files)
}

/// An imported key is removed by another command.
fn imported(error: AppError, named: Option<&str>) -> Fail {
    let Some(named) = named.filter(|_| matches!(error, AppError::NoVendor { .. })) else {
        return error.into();
    };
    Fail::usage(
        format!("\"{}\" is an imported key: no vendor can delete it", app::context::shown(named)),
        format!(
            "`licet remove {}` removes it from this computer",
            app::context::word(&app::context::shown(named))
        ),
    )
}

async fn by_key(shell: &Shell<'_>, key: &Source, account: &str, typed: &str) -> Result<Sent, Fail> {
    let account = shell.context.account_named(account).await?;
    let key = LicenseKey::from(secrets::read(key)?);
    shell.ask_to_unlock().await?;
    Ok(app::changes::delete_by_key(&shell.context, &account, key, typed).await?)
}
