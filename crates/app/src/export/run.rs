//! Running an instance: its license in the `.env` of a compose folder, and whether git would commit that.

use crate::context::{AppError, Context};
use crate::export::{GitStatus, Preview, git, write};
use crate::files::{Target, Written, formats};
use license::LicenseId;
use std::path::{Path, PathBuf};
use vault::files;

/// The file that docker compose reads by itself.
const ENV: &str = ".env";

/// The names under which docker compose looks for its own file, in its order (Compose specification, "Compose file").
const COMPOSE_FILES: &[&str] = &["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/// What running a license from a folder would do.
#[derive(Debug)]
pub struct RunPlan {
    /// The `.env` that its license is written into.
    pub path: PathBuf,
    /// What writing it would do.
    pub preview: Preview,
    /// What git would do with the file.
    pub git: GitStatus,
    /// The same with the backup that is most worth a warning; `None` without backups.
    pub git_of_backup: Option<GitStatus>,
    /// The folder's compose file, where it has one.
    pub compose: Option<PathBuf>,
}

/// What running a license from a folder would do; nothing is written.
pub async fn run_plan(context: &Context, id: LicenseId, folder: &Path) -> Result<RunPlan, AppError> {
    let target = target(context, id, folder, false).await?;
    let preview = write::preview(context, id, &target).await?;
    let path = files::absolute(&target.path)?;
    let asked = path.clone();
    let compose = context.off_thread(move |_| Ok(compose_file(&asked))).await?;
    let asked = git::git_plan(context, &path, preview.backup).await?;
    let (git, git_of_backup) = (asked.file, asked.worst_of_backups());
    Ok(RunPlan { path, preview, git, git_of_backup, compose })
}

/// Writes a license into the `.env` of a folder; whatever else stands there stays.
pub async fn run_here(
    context: &Context,
    id: LicenseId,
    folder: &Path,
    keep: bool,
) -> Result<Written, AppError> {
    let target = target(context, id, folder, keep).await?;
    write::export(context, id, target).await
}

async fn target(context: &Context, id: LicenseId, folder: &Path, keep: bool) -> Result<Target, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let format = formats::env(context, &stored, &account)?;
    Ok(Target { format, path: folder.join(ENV), in_place: false, keep })
}

/// The compose file beside an env file.
fn compose_file(env: &Path) -> Option<PathBuf> {
    COMPOSE_FILES.iter().map(|name| env.with_file_name(name)).find(|path| path.is_file())
}
