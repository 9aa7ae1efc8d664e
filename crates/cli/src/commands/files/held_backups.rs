//! Backups that contain a key which is about to go: named, with the command that removes them.

use crate::process::shell::Shell;
use app::{
    backups::BackupStatus,
    context::{AppError, word as shell_word},
};
use license::{AccountId, LicenseId};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// A backup that contains a key, in what `--json` prints.
#[derive(Debug, Serialize)]
pub(crate) struct Held {
    file: PathBuf,
    path: PathBuf,
    number: u32,
    /// Whether Licet made it, so that Licet removes it.
    own: bool,
}

impl From<BackupStatus> for Held {
    fn from(backup: BackupStatus) -> Self {
        Self { file: backup.file, path: backup.path, number: backup.number, own: backup.is_own }
    }
}

impl Held {
    /// Whether it was not removed since.
    pub(crate) fn is_there(&self) -> bool {
        self.path.exists()
    }
}

/// The backups that contain a key of a license.
pub(crate) async fn of_license(shell: &Shell<'_>, id: LicenseId) -> Vec<Held> {
    found(shell, app::backups::backups_with_key_of(&shell.context, id).await)
}

/// The backups that contain a key of a license of an account.
pub(crate) async fn of_account(shell: &Shell<'_>, id: AccountId) -> Vec<Held> {
    found(shell, app::backups::backups_with_key_of_account(&shell.context, id).await)
}

/// The backups that contain any license key.
pub(crate) async fn with_keys(shell: &Shell<'_>) -> Vec<Held> {
    found(shell, app::backups::backups_with_keys(&shell.context).await)
}

/// What was asked for does not fail because the backups cannot be listed.
fn found(shell: &Shell<'_>, backups: Result<Vec<BackupStatus>, AppError>) -> Vec<Held> {
    match backups {
        Ok(backups) => backups.into_iter().map(Held::from).collect(),
        Err(error) => {
            shell.out.remark(&format!("backups with license keys could not be found: {error}"));
            Vec::new()
        }
    }
}

/// Names each backup, with the command that removes it.
pub(crate) fn warn(shell: &Shell<'_>, backups: &[Held], what: &str) {
    for backup in backups {
        let path = backup.path.display();
        shell.out.warn(&match backup.own {
            true => format!("{path} contains {what}; to remove it: {}", removal(backup)),
            false => {
                format!("{path} contains {what}; another program made or changed it, so remove it yourself")
            }
        });
    }
}

fn removal(backup: &Held) -> String {
    let name = backup.file.file_name().map(Path::new).unwrap_or(&backup.file);
    let word = |path: &Path| shell_word(&path.display().to_string());
    format!("licet backups {} --remove {} --confirm {}", word(&backup.file), backup.number, word(name))
}
