//! Warnings about license files and backups that git would commit.

use crate::process::shell::Shell;
use app::{context::word as shell_word, export::GitStatus};
use std::path::{Path, PathBuf};

/// Warns if git would commit a license file or one of its backups, or has them already. Returns those.
pub(crate) async fn warn(shell: &Shell<'_>, file: &Path) -> Vec<PathBuf> {
    let plan = match app::export::git_plan(&shell.context, file, false).await {
        Ok(plan) => plan,
        Err(error) => {
            shell.out.remark(&format!("git was not asked about {}: {error}", file.display()));
            return Vec::new();
        }
    };
    let name = name_of(file);
    let mut committed = Vec::new();
    if plan.file.is_committed() {
        shell.out.warn(&words(file, plan.file, "the license file", &name));
        committed.push(file.to_owned());
    }
    for (backup, status) in plan.backups.into_iter().filter(|(_, status)| status.is_committed()) {
        shell.out.warn(&words(&backup, status, "a backup of a license file", &format!("{name}.bak*")));
        committed.push(backup);
    }
    if plan.file == GitStatus::Unknown {
        let path = file.display();
        shell.out.remark(&format!("git did not say whether it would commit {path}: see that it is ignored"));
    }
    committed
}

fn words(path: &Path, status: GitStatus, what: &str, pattern: &str) -> String {
    let (shown, folder) = (path.display(), path.parent().unwrap_or(Path::new(".")));
    let (folder, name) = (shell_word(&folder.display().to_string()), shell_word(&name_of(path)));
    match status {
        GitStatus::Tracked => format!(
            "{shown} ({what}) is in the git repository: git -C {folder} rm --cached {name}, and add {pattern} to .gitignore"
        ),
        GitStatus::WouldBeCommitted | GitStatus::NotInGit | GitStatus::Ignored | GitStatus::Unknown => {
            format!("git would commit {shown} ({what}): add {pattern} to .gitignore")
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
