//! Writing the license files of many licenses into a folder, one after the other: planned, stopped when the user says so,
//! and continued after an interruption.

use crate::context::{AppError, Context};
use crate::export;
use crate::files::{Target, file_ownership, formats};
use crate::selections::chosen::{LeftOut, Reason, is_about_the_account, licenses};
use crate::selections::running;
use jiff::Timestamp;
use license::{AccountId, KeyForm, LicenseId, file::Format};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};
use vault::{Account, StoredLicense, TrackedFile, Vault, files};

/// The name under which the library keeps the licenses of an action until it has ended.
const DRAFT: &str = "write";

/// How the files of a selection are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteTo {
    /// The folder, which exists. Each file in it is named after its license.
    pub folder: PathBuf,
    /// The word of the format of all of them; without one, the usual format of each.
    pub format: Option<String>,
    /// Whether the files are kept up to date from then on. Certificates never are.
    pub keep: bool,
}

/// What writing the files of a selection would do.
#[derive(Debug, Default)]
pub struct WritePlan {
    /// The files, in the order of the licenses.
    pub files: Vec<PlannedFile>,
    /// The formats that every license of `files` can be written in.
    pub formats: Vec<Format>,
    /// The licenses without a file.
    pub left_out: Vec<LeftOut>,
}

/// A file that would be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    /// The license.
    pub id: LicenseId,
    /// What it is called.
    pub label: String,
    /// Its account.
    pub account: AccountId,
    /// The file's format.
    pub format: Format,
    /// Where.
    pub path: PathBuf,
    /// Whether a file is there already.
    pub exists: bool,
}

/// What came of one license.
#[derive(Debug)]
pub struct Writing {
    /// The license.
    pub id: LicenseId,
    /// What it is called.
    pub label: String,
    /// What came of it.
    pub outcome: WriteOutcome,
}

/// What came of writing a license's file.
#[derive(Debug)]
pub enum WriteOutcome {
    /// It is in this file.
    Done(PathBuf),
    /// It was not written.
    Failed(AppError),
    /// The user stopped it, or its vendor did not answer before.
    NotStarted,
}

/// What an interruption left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedWrite {
    /// The licenses whose files were not written yet.
    pub licenses: Vec<LicenseId>,
    /// How they are written.
    pub to: WriteTo,
}

/// An action as it is kept until it has ended.
#[derive(Debug, Serialize, Deserialize)]
struct Draft {
    licenses: Vec<i64>,
    to: WriteTo,
    started: Timestamp,
}

/// The folder that is offered: that of the newest file of these licenses, else of any license, else the user's home.
pub async fn suggested_folder(context: &Context, ids: Vec<LicenseId>) -> Result<PathBuf, AppError> {
    context
        .off_thread(move |vault| {
            let newest = |files: Vec<TrackedFile>| files.into_iter().max_by_key(|one| one.file.written);
            let of_these = newest(vault.library().files_of_each(ids)?);
            let last = match of_these {
                Some(file) => Some(file),
                None => newest(vault.library().all_files()?),
            };
            let folder = last.and_then(|one| one.file.path.parent().map(Path::to_owned));
            // Who has no home is offered nothing.
            let home =
                || directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()).unwrap_or_default();
            Ok(folder.filter(|folder| folder.is_dir()).unwrap_or_else(home))
        })
        .await
}

/// Finds out which files would be written. Nothing is.
///
/// A file keeps its place where one of the license and format is in the folder already. Fails where the folder is missing
/// or cannot be written to.
pub async fn write_plan(context: &Context, ids: Vec<LicenseId>, to: WriteTo) -> Result<WritePlan, AppError> {
    let wanted = to.format.as_deref().map(|word| format_of(context, word)).transpose()?;
    let asked = context.clone();
    context
        .off_thread(move |vault| {
            let folder = files::absolute(&to.folder)?;
            files::check(&folder.join("license"), false)?;
            let mut plan = WritePlan::default();
            let mut names = Names { folder: &folder, taken: HashSet::new() };
            for (stored, account) in licenses(vault, &ids)? {
                let formats = formats_in(&asked, &stored, &account);
                let format = match wanted {
                    None => formats.first().copied(),
                    Some(wanted) => formats.iter().find(|format| **format == wanted).copied(),
                };
                let (id, label) = (stored.id, stored.license.label().to_owned());
                match (reason(&stored), format) {
                    (None, Some(format)) => {
                        let path = names.path_for(vault, &asked, &stored, format)?;
                        let exists = path.symlink_metadata().is_ok();
                        plan.add_formats(formats);
                        plan.files.push(PlannedFile { id, label, account: account.id, format, path, exists });
                    }
                    (reason, _) => {
                        plan.left_out.push(LeftOut { id, label, reason: reason.unwrap_or(Reason::NoFile) });
                    }
                }
            }
            Ok(plan)
        })
        .await
}

/// Writes the files of these licenses, one after the other, as [`write_plan`] plans them. Each is reported as it ends; the
/// results come in the order of the licenses.
///
/// Once a vendor does not answer or refuses the login, the other licenses of that account are not started. What was not
/// reached before the program ended is [`unfinished_write`].
pub async fn write_all(
    context: &Context,
    ids: Vec<LicenseId>,
    to: WriteTo,
    report: impl Fn(&Writing) + Send,
) -> Result<Vec<Writing>, AppError> {
    // It goes on there also where the program is started from another folder.
    let to = WriteTo { folder: files::absolute(&to.folder)?, ..to };
    let plan = write_plan(context, ids, to.clone()).await?;
    let running = running::begin(context)?;
    remember(context, &plan, &to).await?;
    let mut unreachable = HashSet::new();
    let mut done = Vec::new();
    for file in plan.files {
        let outcome = match running.is_stopped() || unreachable.contains(&file.account) {
            true => WriteOutcome::NotStarted,
            false => written(context, &file, to.keep).await,
        };
        if let WriteOutcome::Failed(error) = &outcome
            && is_about_the_account(error)
        {
            unreachable.insert(file.account);
        }
        let writing = Writing { id: file.id, label: file.label, outcome };
        report(&writing);
        done.push(writing);
    }
    forget_unfinished_write(context).await?;
    Ok(done)
}

/// What an action did not reach before the program ended.
pub async fn unfinished_write(context: &Context) -> Result<Option<UnfinishedWrite>, AppError> {
    if running::is_running(context) {
        return Ok(None);
    }
    context
        .off_thread(|vault| {
            let Some(kept) = vault.library().draft(DRAFT)? else { return Ok(None) };
            // A draft of another version of the program is left at that: the licenses are in the list.
            let Ok(Draft { licenses: left, to, started }) = serde_json::from_value(kept) else {
                return Ok(None);
            };
            let left: Vec<_> = left.into_iter().map(LicenseId).collect();
            let written = vault.library().files_of_each(left.iter().copied())?;
            let written: HashSet<_> = written
                .into_iter()
                .filter(|one| one.file.written >= started && one.file.path.parent() == Some(&to.folder))
                .map(|one| one.file.license)
                .collect();
            let here = licenses(vault, &left)?.into_iter().map(|(one, _)| one);
            let is_left = |one: &StoredLicense| one.gone_since.is_none() && !written.contains(&one.id);
            let licenses: Vec<_> = here.filter(is_left).map(|one| one.id).collect();
            Ok(Some(UnfinishedWrite { licenses, to }).filter(|left| !left.licenses.is_empty()))
        })
        .await
}

/// Leaves an interrupted action at what it has done.
pub async fn forget_unfinished_write(context: &Context) -> Result<(), AppError> {
    context.off_thread(|vault| Ok(vault.library().clear_draft(DRAFT)?)).await
}

/// Keeps what is to be written until the end.
async fn remember(context: &Context, plan: &WritePlan, to: &WriteTo) -> Result<(), AppError> {
    let licenses = plan.files.iter().map(|file| file.id.0).collect();
    // The library keeps the times of files in seconds.
    let started = Timestamp::from_second(context.clock.now().as_second()).unwrap_or_default();
    let draft = Draft { licenses, to: to.clone(), started };
    let draft = serde_json::json!(draft);
    context.off_thread(move |vault| Ok(vault.library().save_draft(DRAFT, &draft)?)).await
}

async fn written(context: &Context, file: &PlannedFile, keep: bool) -> WriteOutcome {
    let keep = keep && file.format != Format::Certificate;
    let target = Target { format: file.format, path: file.path.clone(), in_place: false, keep };
    match export::export(context, file.id, target).await {
        Ok(written) => WriteOutcome::Done(written.file.tracked.file.path),
        Err(error) => WriteOutcome::Failed(error),
    }
}

/// The formats that many licenses are written in: a certificate is checked out on purpose, one at a time.
fn formats_in(context: &Context, stored: &StoredLicense, account: &Account) -> Vec<Format> {
    let mut formats = formats::formats(context, stored, account);
    if stored.key_form != Some(KeyForm::Certificate) {
        formats.retain(|format| *format != Format::Certificate);
    }
    formats
}

fn format_of(context: &Context, word: &str) -> Result<Format, AppError> {
    let found = context.registry.formats().into_iter().find(|format| format.word() == word);
    found.ok_or_else(|| AppError::NotAChoice {
        param: "format".to_owned(),
        value: word.to_owned(),
        possible: formats::words(context.registry),
    })
}

fn reason(stored: &StoredLicense) -> Option<Reason> {
    if stored.gone_since.is_some() {
        Some(Reason::Gone)
    } else if stored.leaked_since.is_some() {
        Some(Reason::Leaked)
    } else {
        None
    }
}

impl WritePlan {
    /// Keeps the formats that these have in common with those of the files before.
    fn add_formats(&mut self, formats: Vec<Format>) {
        match self.files.is_empty() {
            true => self.formats = formats,
            false => self.formats.retain(|format| formats.contains(format)),
        }
    }
}

/// The names that a plan gives to files in its folder, each once.
struct Names<'a> {
    folder: &'a Path,
    taken: HashSet<PathBuf>,
}

impl Names<'_> {
    fn path_for(
        &mut self,
        vault: &Vault,
        context: &Context,
        stored: &StoredLicense,
        format: Format,
    ) -> Result<PathBuf, AppError> {
        let path = self.free_path(vault, context, stored, format)?;
        self.taken.insert(path.clone());
        Ok(path)
    }

    fn free_path(
        &self,
        vault: &Vault,
        context: &Context,
        stored: &StoredLicense,
        format: Format,
    ) -> Result<PathBuf, AppError> {
        let there = vault.library().files_of(stored.id)?.into_iter().map(|one| one.file).find(|file| {
            file.format == format.word()
                && file.path.parent() == Some(self.folder)
                && !self.taken.contains(&file.path)
        });
        if let Some(file) = there {
            return Ok(file.path);
        }
        let names = file_ownership::names_for(context.registry, stored, format);
        let paths = names.into_iter().map(|name| self.folder.join(name));
        let mut last = self.folder.join(format.file_name());
        for path in paths {
            let is_free = !self.taken.contains(&path)
                && file_ownership::owner(vault, context.registry, stored, &path, format)?.is_none();
            if is_free {
                return Ok(path);
            }
            last = path;
        }
        // It is named after Licet's own id, so it is not the plan's; what is there is written over only with a backup.
        Ok(last)
    }
}
