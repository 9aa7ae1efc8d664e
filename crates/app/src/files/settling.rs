//! Settles writes that were interrupted.

use crate::context::{AppError, Context, Outcome, Verb};
use vault::TrackedFile;

/// Settles the writes of license files that were interrupted: a file that was written is tracked, and what was left beside
/// one is removed. To be called when a program starts. The first failure is returned, after all were tried.
pub async fn settle_writes(context: &Context) -> Result<(), AppError> {
    let settled = context.off_thread(|vault| Ok(vault.library().settle_writes())).await?;
    let mut first_failure = settled.failed.map(AppError::from);
    for tracked in settled.tracked {
        first_failure = first_failure.or(note_settled(context, tracked).await.err());
    }
    first_failure.map_or(Ok(()), Err)
}

async fn note_settled(context: &Context, tracked: TrackedFile) -> Result<(), AppError> {
    let id = tracked.file.license;
    if tracked.interrupted.is_some() {
        return Ok(());
    }
    let (stored, account) = match context.license_and_account(id).await {
        // It was removed since, and its history with it.
        Err(AppError::NotFound { .. }) => return Ok(()),
        found => found?,
    };
    let path = Outcome::With(tracked.file.path.display().to_string());
    context.note(Verb::Exported, Some(&account.name), Some(id), stored.license.label(), path).await
}
