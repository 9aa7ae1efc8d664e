//! `licet backups`

use crate::args::files::Backups;
use crate::output::{
    fail::Fail,
    lines::{Cell, Lines, Tone},
    words,
};
use crate::process::shell::Shell;
use app::{
    backups::{BackupStatus, HeldKey},
    context::{AppError, word as shell_word},
};
use jiff::Timestamp;
use license::LicenseId;
use serde::Serialize;
use std::{
    io,
    path::{Path, PathBuf},
};

/// One element of what `--json` prints: `backups.json`.
#[derive(Serialize)]
struct Shape<'a> {
    file: &'a Path,
    path: &'a Path,
    number: u32,
    made: Option<Timestamp>,
    size: u64,
    /// Whether it is the file as it was before Licet first wrote it.
    original: bool,
    /// Whether Licet made it and it has not changed since.
    own: bool,
    keys: Vec<Key<'a>>,
    /// The code of why its content is not known.
    problem: Option<&'a str>,
}

#[derive(Serialize)]
struct Key<'a> {
    masked: &'a str,
    licenses: Vec<Owner<'a>>,
    leaked: bool,
}

#[derive(Serialize)]
struct Owner<'a> {
    id: LicenseId,
    name: &'a str,
}

/// What `--remove --json` prints: `backups-remove.json`.
#[derive(Serialize)]
struct Removed<'a> {
    removed: &'a [PathBuf],
}

/// Lists or removes backups.
pub(crate) async fn run(shell: &Shell<'_>, asked: &Backups) -> Result<(), Fail> {
    show_whose(shell).await?;
    match &asked.path {
        Some(path) if !asked.remove.is_empty() => remove(shell, path, asked).await,
        path => {
            let backups = app::backups::backups(&shell.context, path.as_deref()).await?;
            let shapes: Vec<_> = backups.iter().map(shape).collect();
            shell.out.print(&shapes, |lines| list(lines, &backups))
        }
    }
}

/// Unlocks secrets where that needs no answer: while they are locked, whose a key is often does not show.
pub(crate) async fn show_whose(shell: &Shell<'_>) -> Result<(), Fail> {
    if app::keys::ways_in(&shell.context).await?.is_empty() {
        return Ok(());
    }
    match shell.context.unlock_without_prompt().await {
        Ok(()) | Err(AppError::Lock(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn remove(shell: &Shell<'_>, path: &Path, asked: &Backups) -> Result<(), Fail> {
    let chosen: Vec<_> = app::backups::backups(&shell.context, Some(path)).await?;
    let chosen = chosen.iter().filter(|backup| asked.remove.contains(&backup.number));
    let planned: Vec<_> = chosen.map(|backup| format!("removes {}", described(backup))).collect();
    let removed =
        match app::backups::remove_backups(&shell.context, path, &asked.remove, &asked.confirm).await {
            Err(error @ AppError::NotConfirmed { .. }) => {
                planned.iter().for_each(|plan| shell.out.remark(&format!("this {plan}")));
                return Err(error.into());
            }
            removed => removed?,
        };
    shell.out.print(&Removed { removed: &removed }, |lines| {
        removed.iter().try_for_each(|path| lines.tell(&format!("Removed {}", path.display())))
    })
}

/// A backup in a sentence: its path, its age and what is in it.
pub(crate) fn described(backup: &BackupStatus) -> String {
    let unit = if backup.size == 1 { "byte" } else { "bytes" };
    let mut facts = vec![made(backup), format!("{} {unit}", backup.size), keys(backup)];
    facts.extend(remarks(backup));
    format!("{} ({})", backup.path.display(), facts.join(", "))
}

fn shape(backup: &BackupStatus) -> Shape<'_> {
    Shape {
        file: &backup.file,
        path: &backup.path,
        number: backup.number,
        made: backup.made.map(words::to_the_second),
        size: backup.size,
        original: backup.is_original,
        own: backup.is_own,
        keys: backup.keys.iter().map(key).collect(),
        problem: backup.problem.as_ref().map(|facts| facts.code.as_str()),
    }
}

fn key(held: &HeldKey) -> Key<'_> {
    let owners = held.licenses.iter();
    Key {
        masked: &held.masked,
        licenses: owners.map(|owner| Owner { id: owner.license, name: &owner.label }).collect(),
        leaked: held.is_leaked(),
    }
}

/// The backups of each file below its path.
fn list(lines: &mut Lines<'_>, backups: &[BackupStatus]) -> io::Result<()> {
    let Some(newest) = backups.chunk_by(|one, next| one.file == next.file).next().and_then(<[_]>::last)
    else {
        return lines.tell("no backups");
    };
    for of_one_file in backups.chunk_by(|one, next| one.file == next.file) {
        if let Some(backup) = of_one_file.first() {
            lines.answer(&backup.file.display().to_string())?;
        }
        let rows = of_one_file.iter().map(row).collect();
        lines.table(["NUMBER", "MADE", "BYTES", "KEY", "LICENSE", "REMARK"], rows)?;
    }
    lines.tell(&format!("Restore one: {}", restoring(newest)))
}

/// The command that restores a backup.
fn restoring(backup: &BackupStatus) -> String {
    let name = backup.file.file_name().map(Path::new).unwrap_or(&backup.file);
    let word = |path: &Path| shell_word(&path.display().to_string());
    format!("licet restore {} --backup {} --confirm {}", word(&backup.file), backup.number, word(name))
}

fn row(backup: &BackupStatus) -> [Cell; 6] {
    let or_dash = |words: Vec<String>| match words.as_slice() {
        [] => "-".to_owned(),
        some => some.join(", "),
    };
    let tone = if backup.has_leaked_key() { Tone::Bad } else { Tone::Calm };
    let labels = backup.keys.iter().flat_map(|key| &key.licenses).map(|owner| owner.label.clone());
    [
        Cell::calm(backup.number.to_string()),
        Cell::calm(made(backup)),
        Cell::calm(backup.size.to_string()),
        Cell::calm(keys(backup)),
        Cell::calm(or_dash(labels.collect())),
        Cell::toned(or_dash(remarks(backup)), tone),
    ]
}

fn remarks(backup: &BackupStatus) -> Vec<String> {
    let remarks = [
        (backup.has_leaked_key(), "leaked key"),
        (backup.is_original, "original"),
        (!backup.is_own, "not made by Licet"),
    ];
    remarks.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words.to_owned()).collect()
}

fn made(backup: &BackupStatus) -> String {
    backup.made.map_or_else(|| "unknown age".to_owned(), |at| words::to_the_second(at).to_string())
}

/// The keys in a backup, masked.
fn keys(backup: &BackupStatus) -> String {
    match (backup.keys.as_slice(), &backup.problem) {
        (_, Some(_)) => "unreadable".to_owned(),
        ([], None) => "no key".to_owned(),
        (some, None) => some.iter().map(|key| key.masked.as_str()).collect::<Vec<_>>().join(", "),
    }
}
