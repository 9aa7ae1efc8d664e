//! Writes license files.

use crate::context::{AppError, Context};
use crate::files::{
    NextStep, drift,
    known_states::KnownStates,
    settling::settle_writes,
    target::Target,
    tracked::{self, TrackedState},
};
use crate::keys::issuers;
use jiff::Timestamp;
use license::{
    LicenseId, LicenseKey,
    file::{self, FileText, Format},
};
use std::path::{Path, PathBuf};
use vault::{
    NewTrackedFile, TrackedFile, Vault,
    files::{self, Access, Backup, Digest, FileError, FileState, Others, Present, WriteOptions},
};
use vendors::Registry;

/// How often a file that another program keeps changing is read and rendered again.
const MOST_TRIES: usize = 5;

/// How a file is written, beyond its target.
#[derive(Debug, Default)]
pub(crate) struct Rule {
    /// The key that the new one replaces wherever it is in the file.
    pub over: Option<LicenseKey>,
    /// What to do with what was there; without one, what Licet did not write is kept beside it.
    pub backup: Option<Backup>,
    /// Who can read the file beside its owner.
    pub access: Access,
}

/// Writes a file and watches it.
pub(crate) async fn write(
    context: &Context,
    license: LicenseId,
    key: LicenseKey,
    target: Target,
) -> Result<Written, AppError> {
    write_with(context, license, key, target, Rule::default()).await
}

/// The same by a rule.
pub(crate) async fn write_with(
    context: &Context,
    license: LicenseId,
    key: LicenseKey,
    target: Target,
    rule: Rule,
) -> Result<Written, AppError> {
    // An earlier write of the same file comes first: what it left is about to be overwritten. What cannot be settled, such as
    // in another folder, is tried again at the next start.
    let _settled = settle_writes(context).await;
    let (registry, written) = (context.registry, context.clock.now());
    let write = Write { license, key, target, rule, written, registry };
    let done = report(context, write, Write::carry_out, |done| Some(&done.file.tracked)).await?;
    // The file is written; that it is not watched yet is not a failed write.
    let _watched = drift::watch_written(context).await;
    Ok(done)
}

/// Writes a file again that is as Licet wrote it, if its key makes another text of it. What another program changed is left alone,
/// and shown as drifted. Returns whether it was written.
pub(crate) async fn update(
    context: &Context,
    license: LicenseId,
    key: LicenseKey,
    target: Target,
) -> Result<bool, AppError> {
    let (rule, registry, written) = (Rule::default(), context.registry, context.clock.now());
    let write = Write { license, key, target, rule, written, registry };
    let is_written = report(context, write, Write::update, Option::as_ref).await?.is_some();
    if is_written {
        let _watched = drift::watch_written(context).await;
    }
    Ok(is_written)
}

/// Carries out a write that the library reports. The watch of the files leaves it out.
async fn report<T: Send + 'static>(
    context: &Context,
    write: Write,
    how: fn(&Write, &Vault) -> Result<T, AppError>,
    written: fn(&T) -> Option<&TrackedFile>,
) -> Result<T, AppError> {
    let (known, host) = (context.state::<KnownStates>(), context.host.clone());
    context
        .off_thread(move |vault| {
            let path = files::absolute(&write.target.path)?;
            let writing = known.begin_write(&path);
            let done = how(&write, vault);
            match &done {
                Ok(done) if let Some(tracked) = written(done) => writing.end(tracked),
                Ok(_) | Err(_) => {
                    drop(writing);
                    // Another program may have been why.
                    drift::report(&*host, vault, &known, &path);
                }
            }
            done
        })
        .await
}

/// One file that is to be written.
struct Write {
    license: LicenseId,
    key: LicenseKey,
    target: Target,
    rule: Rule,
    written: Timestamp,
    registry: Registry,
}

/// What one try has written.
struct Tried {
    tracked: TrackedFile,
    done: files::Written,
    text: FileText,
    was_there: bool,
}

impl Write {
    /// Reads, renders and writes the file while no other Licet process does. What another program changes in between is read
    /// and rendered again.
    fn carry_out(&self, vault: &Vault) -> Result<Written, AppError> {
        if let Some(error) = vault.library().why_read_only() {
            return Err(error.into());
        }
        let path = files::absolute(&self.target.path)?;
        refuse_unwritable_name(&path)?;
        // Everything that can fail comes before the file is written.
        let stored = vault.library().license(self.license)?;
        let issuer = match &stored {
            Some(stored) => issuers::issuer_of(vault, stored)?,
            None => None,
        };
        let _lock = vault.library().lock_file(&path)?;
        let Tried { tracked, done, text, was_there } = self.try_repeatedly(vault, &path)?;
        let file = &tracked.file;
        let product = stored.as_ref().map(|stored| &stored.license.product);
        let next = NextStep::after(self.registry, file, product, text.expose(), was_there, issuer.as_ref());
        let is_outdated = stored.is_some_and(|stored| tracked::is_outdated(&stored, &self.key));
        let others = files::others_of(&file.path).without(&file.access);
        Ok(Written {
            open_to_others: others.everybody,
            others,
            file: TrackedState { tracked, state: FileState::UpToDate, is_outdated, expires: None },
            backup: done.backup,
            is_confirmed: done.is_confirmed,
            next,
            is_outdated,
        })
    }

    fn try_repeatedly(&self, vault: &Vault, path: &Path) -> Result<Tried, AppError> {
        for _ in 1..MOST_TRIES {
            match self.try_once(vault, path) {
                Err(AppError::File(FileError::Changed { .. })) => {}
                tried => return tried,
            }
        }
        self.try_once(vault, path)
    }

    fn try_once(&self, vault: &Vault, path: &Path) -> Result<Tried, AppError> {
        let known = vault.library().file_at(path)?;
        let present = Present::read(path)?;
        let text = self.render(path, known.as_ref(), &present)?;
        self.put(vault, path, known, present, text)
    }

    fn update(&self, vault: &Vault) -> Result<Option<TrackedFile>, AppError> {
        let path = files::absolute(&self.target.path)?;
        let _lock = vault.library().lock_file(&path)?;
        let known = vault.library().file_at(&path)?;
        // Since it was listed, it may have become another license's, or one that is not kept.
        let Some(known) = known.filter(|one| one.file.license == self.license && one.file.keep) else {
            return Ok(None);
        };
        let present = Present::read(&path)?;
        if present.digest() != Some(known.file.digest) {
            return Ok(None);
        }
        let text = self.render(&path, Some(&known), &present)?;
        if Digest::of(text.expose().as_bytes()) == known.file.digest {
            return Ok(None);
        }
        match self.put(vault, &path, Some(known), present, text) {
            Ok(tried) => Ok(Some(tried.tracked)),
            Err(AppError::File(FileError::Changed { .. })) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The text that the file gets.
    fn render(
        &self,
        path: &Path,
        known: Option<&TrackedFile>,
        present: &Present,
    ) -> Result<FileText, AppError> {
        let base = base(known, self.target.format, text_in(known, present)?, &self.key);
        file::render_over(self.target.format, base, self.rule.over.as_ref(), &self.key)
            .map_err(|source| AppError::Format { path: path.to_owned(), source })
    }

    fn put(
        &self,
        vault: &Vault,
        path: &Path,
        known: Option<TrackedFile>,
        present: Present,
        text: FileText,
    ) -> Result<Tried, AppError> {
        let (target, rule) = (&self.target, &self.rule);
        let backup = rule.backup.unwrap_or_else(|| backup_over(known.as_ref()));
        let options = WriteOptions { in_place: target.in_place, backup };
        let write = present.prepare(text.expose().as_bytes(), &options)?;
        let kept = known.map(|known| known.file.access).unwrap_or_default();
        // A file that is there keeps who can read it, also where that was changed since it was written.
        let access = if write.is_new() { rule.access.or(kept) } else { rule.access };
        let file = NewTrackedFile {
            license: self.license,
            path: path.to_owned(),
            format: target.format.word().to_owned(),
            in_place: target.in_place,
            keep: target.keep,
            access: rule.access.or(kept),
            digest: write.digest(),
            written: self.written,
        };
        let was_there = !write.is_new();
        let (id, done) = vault.library().write_file::<AppError>(&file, write.with_access(access))?;
        Ok(Tried { tracked: TrackedFile { id, file, interrupted: None }, done, text, was_there })
    }
}

/// The text that is in a file. What an interrupted write left may not be text.
pub(crate) fn text_in<'a>(
    known: Option<&TrackedFile>,
    present: &'a Present,
) -> Result<Option<&'a str>, FileError> {
    let torn = known.and_then(|known| known.interrupted);
    match present.text() {
        Err(FileError::NotText { .. }) if torn.is_some() && torn == present.digest() => Ok(None),
        read => read,
    }
}

/// The text that a file is made from: what is in it, so that its other contents stay. What an interrupted write left may
/// not be of the format any more; then the file is made anew.
pub(crate) fn base<'a>(
    known: Option<&TrackedFile>,
    format: Format,
    before: Option<&'a str>,
    key: &LicenseKey,
) -> Option<&'a str> {
    let torn = known.and_then(|known| known.interrupted);
    let is_usable = |text: &&str| {
        torn != Some(Digest::of(text.as_bytes())) || file::render(format, Some(text), key).is_ok()
    };
    before.filter(is_usable)
}

/// What to do with what is in a file: what Licet wrote is not kept.
pub(crate) fn backup_over(known: Option<&TrackedFile>) -> Backup {
    known.map_or(Backup::Always, |known| Backup::UnlessDigest(known.file.digest))
}

/// The library keeps a file's name as text: one that is not text is refused before anything is written.
fn refuse_unwritable_name(path: &Path) -> Result<(), AppError> {
    if path.to_str().is_some() {
        return Ok(());
    }
    Err(AppError::NotAChoice {
        param: "path".to_owned(),
        value: path.display().to_string(),
        possible: "a path that is text in UTF-8".to_owned(),
    })
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file as it is watched from now on.
    pub file: TrackedState,
    /// Where the earlier content is.
    pub backup: Option<PathBuf>,
    /// What to do with it.
    pub next: NextStep,
    /// Whether everybody on this computer can read or write it, and so sees the key.
    pub open_to_others: bool,
    /// Who else can read or write it, without those to whom access was asked for.
    pub others: Others,
    /// Whether the disk confirmed that it lasts. If not, it is written all the same.
    pub is_confirmed: bool,
    /// Whether the instance has another token by now than the one in it.
    pub is_outdated: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use license::{KeyForm, License, Product};

    const KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";
    const OTHER_KEY: &str = "1234D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

    fn imported(vault: &Vault, key: &str) -> LicenseId {
        let license = License::untold(key.to_owned(), Product::Aica);
        let key = LicenseKey::new(key.to_owned());
        vault.library().import_key(&license, KeyForm::System, &key, Timestamp::UNIX_EPOCH).unwrap().unwrap()
    }

    /// A write of a key of a license into a file that is kept.
    fn of(license: LicenseId, key: &str, path: &Path) -> Write {
        let path = path.to_owned();
        Write {
            license,
            key: LicenseKey::new(key.to_owned()),
            target: Target { format: Format::LauncherToml, path, in_place: false, keep: true },
            rule: Rule::default(),
            written: Timestamp::UNIX_EPOCH,
            registry: Registry::default(),
        }
    }

    #[test]
    fn update_leaves_a_file_alone_that_is_another_licenses_or_no_longer_kept() {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(vault::Home::at(dir.path().join("home"))).unwrap();
        vault.lock().keep_for_session_only();
        let (first, second) = (imported(&vault, KEY), imported(&vault, OTHER_KEY));
        let path = dir.path().join("aica-license.toml");
        let written = of(first, KEY, &path).carry_out(&vault).unwrap().file.tracked;
        assert!(of(second, OTHER_KEY, &path).update(&vault).unwrap().is_none());
        vault.library().keep_file(written.id, false).unwrap();
        assert!(of(first, OTHER_KEY, &path).update(&vault).unwrap().is_none());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("License = \"{KEY}\"\n"));

        vault.library().keep_file(written.id, true).unwrap();
        assert!(of(first, OTHER_KEY, &path).update(&vault).unwrap().is_some());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("License = \"{OTHER_KEY}\"\n"));
    }
}
