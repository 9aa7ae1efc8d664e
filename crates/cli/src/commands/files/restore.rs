//! `licet restore`

use crate::args::files::Restore;
use crate::commands::files::{backups, git};
use crate::output::{fail::Fail, lines::Lines, shape};
use crate::process::shell::Shell;
use app::{
    backups::{RestorePlan, Restored},
    context::AppError,
};
use serde::Serialize;
use std::{
    io,
    path::{Path, PathBuf},
};
use vault::FileState;

/// What `--json` prints: `restore.json`.
#[derive(Serialize)]
struct Shape<'a> {
    path: &'a Path,
    number: u32,
    from: &'a Path,
    /// The backup of what was there before.
    backup: Option<&'a Path>,
    /// How the file is now; null if Licet does not track it.
    state: Option<&'static str>,
    keep: bool,
    open_to_others: bool,
    in_git: &'a [PathBuf],
}

/// Writes a backup back; without the confirmation it says what it would do.
pub(crate) async fn run(shell: &Shell<'_>, asked: &Restore) -> Result<(), Fail> {
    backups::show_whose(shell).await?;
    let plan = app::backups::restore_plan(&shell.context, &asked.path, asked.backup).await?;
    // The number that was planned, also if another process makes a backup in between.
    let number = Some(plan.backup.number);
    let restored = match app::backups::restore(
        &shell.context,
        &asked.path,
        number,
        asked.in_place,
        &asked.confirm,
    )
    .await
    {
        Err(error @ AppError::NotConfirmed { .. }) => {
            planned(&plan).iter().for_each(|words| shell.out.remark(words));
            return Err(error.into());
        }
        restored => restored?,
    };
    if restored.from.has_leaked_key() {
        shell.out.warn(&format!("{} now contains a key that is marked as leaked", restored.file.display()));
    }
    if restored.open_to_others {
        shell
            .out
            .warn(&format!("every user of this computer can open {}: chmod 600", restored.file.display()));
    }
    let in_git = git::warn(shell, &restored.file).await;
    shell.out.print(&shape(&restored, &in_git), |lines| print(lines, &restored))
}

fn planned(plan: &RestorePlan) -> Vec<String> {
    let mut words =
        vec![format!("this writes {} over {}", backups::described(&plan.backup), plan.file.display())];
    words.push(match plan.keeps_present {
        true => "what the file contains now is kept as another backup".to_owned(),
        false => "nothing is lost: the file is empty or missing, or has this content already".to_owned(),
    });
    words.extend(kept(plan.keep, plan.becomes).map(str::to_owned));
    words
}

/// What becomes of a file that is kept up to date.
fn kept(keep: bool, state: Option<FileState>) -> Option<&'static str> {
    match (keep, state) {
        (true, Some(FileState::UpToDate)) => Some("a refresh that brings another key writes the file again"),
        (true, Some(_)) => Some(
            "a refresh leaves the file as it is from now on, and reports it as changed; `licet export` writes the license again",
        ),
        (_, None | Some(_)) => None,
    }
}

fn shape<'a>(restored: &'a Restored, in_git: &'a [PathBuf]) -> Shape<'a> {
    Shape {
        path: &restored.file,
        number: restored.from.number,
        from: &restored.from.path,
        backup: restored.backup.as_deref(),
        state: restored.state.map(shape::file_state),
        keep: restored.keep,
        open_to_others: restored.open_to_others,
        in_git,
    }
}

fn print(lines: &mut Lines<'_>, restored: &Restored) -> io::Result<()> {
    lines.tell(&format!("Restored {} from {}", restored.file.display(), restored.from.path.display()))?;
    if let Some(backup) = &restored.backup {
        lines.tell(&format!("What was there before is in {}", backup.display()))?;
    }
    match kept(restored.keep, restored.state) {
        Some(words) => lines.tell(&format!("Note: {words}.")),
        None => Ok(()),
    }
}
