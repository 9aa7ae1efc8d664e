//! `licet delete`

use crate::{
    args::Delete,
    fail::Fail,
    secrets::{self, Source},
    shell::Shell,
};
use desk::{Sent, TrackedState, vault::files::FileState};
use license::{LicenseId, LicenseKey};
use serde::Serialize;
use std::path::Path;

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
}

pub(crate) async fn run(shell: &Shell<'_>, asked: &Delete) -> Result<(), Fail> {
    let sent = match (asked.license.as_deref(), &asked.key_file, asked.account.as_deref()) {
        (_, Some(key), Some(account)) => by_key(shell, key, account, &asked.confirm).await?,
        (named, _, _) => {
            let id = shell.license(named.unwrap_or_default()).await?;
            shell.ask_to_unlock().await?;
            shell.desk.delete(id, &asked.confirm).await?
        }
    };
    let id = match sent {
        Sent::Done(id) => id,
        Sent::Unknown(error) => return Err(error.into()),
    };
    // What was typed is the name: it was deleted for that.
    let name = asked.confirm.trim();
    let written = written_from(shell, id).await?;
    let files: Vec<_> = written.iter().map(|one| one.tracked.file.path.as_path()).collect();
    let deleted = Deleted { deleted: Gone { id, name, files } };
    shell.out.print(&deleted, |lines| {
        lines.tell(&format!("Deleted {name:?}."))?;
        for path in &deleted.deleted.files {
            lines.tell(&format!("Its key still stands in {}", path.display()))?;
        }
        Ok(())
    })
}

/// What was written from a license and is still there.
async fn written_from(shell: &Shell<'_>, id: Option<LicenseId>) -> Result<Vec<TrackedState>, Fail> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let mut files = shell.desk.files_of(id).await?;
    files.retain(|one| one.state != FileState::Missing);
    Ok(files)
}

async fn by_key(shell: &Shell<'_>, key: &Source, account: &str, typed: &str) -> Result<Sent, Fail> {
    let account = shell.desk.account_named(account).await?;
    let key = LicenseKey::from(secrets::read(key)?);
    shell.ask_to_unlock().await?;
    Ok(shell.desk.delete_by_key(&account, key, typed).await?)
}
