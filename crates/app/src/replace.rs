//! Replacing a license by a new one: the new one is created, every file that holds the old one is written, both are
//! looked at, and only then the old one is deleted. Each step is written down before it is done, so that whatever ends
//! the program, the rest is done when it is taken up again, and nothing twice.

use crate::{
    Desk, DeskError, Event, Outcome, Sent, Verb, Wanted, export, formats, holds,
    holds::Holds,
    replacing::{self, Order, order_of},
    writing::Rule,
};
use license::{LicenseId, LicenseKey, LicenseName};
use std::path::PathBuf;
use vault::{Account, Replacement, ReplacementStep, StoredLicense, TrackedFile, files::FileState};
use vendors::{Reference, VendorError};

/// A replacement that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The license that is gone.
    pub old: LicenseId,
    /// What took its place.
    pub new: LicenseId,
    /// The files that hold the new one.
    pub files: Vec<PathBuf>,
    /// The old one's files that held something else, and were left alone.
    pub left: Vec<PathBuf>,
}

impl Desk {
    /// Replaces a license by the one that is wanted, in the same account; `typed` must be the old one's label. What
    /// stops it before the new one is created leaves nothing behind; after that, [`Desk::resume_replace`] goes on.
    pub async fn replace(&self, old: LicenseId, wanted: Wanted, typed: &str) -> Result<Replaced, DeskError> {
        let (stored, account) = self.license_and_account(old).await?;
        let label = stored.license.label().to_owned();
        crate::confirmed(typed, &label)?;
        formats::refuse_gone(&stored)?;
        self.create_form(account.id).await?;
        if !self.registry.description(&account.provider)?.deletes {
            let unsupported = VendorError::Unsupported { what: "deleting a license" };
            return Err(Self::at(&account, format!("replacing {label:?}"))(unsupported));
        }
        let order = replacing::written(&Order {
            name: LicenseName::parse(&wanted.name)?.as_str().to_owned(),
            choices: wanted.choices,
            allow_same_name: wanted.allow_same_name,
            sent: None,
        });
        let at = self.clock.now();
        let begun =
            self.off_thread(move |vault| Ok(vault.library().begin_replacement(old, &order, at)?)).await?;
        if begun.is_none() {
            let is_running = self.replacing_of(old).await?.is_some_and(|seen| seen.is_running);
            return Err(DeskError::Replacing { label, is_running });
        }
        self.go_on(old, true).await
    }

    /// Goes on with a replacement that was interrupted. What was done is looked at anew: days may lie between.
    pub async fn resume_replace(&self, old: LicenseId) -> Result<Replaced, DeskError> {
        self.go_on(old, false).await
    }

    /// Leaves a replacement as it is: both licenses stay, and what was written stays written.
    pub async fn give_up_replace(&self, old: LicenseId) -> Result<(), DeskError> {
        let _turn = self.take_turn(old).await?;
        let open = self.open_replacement(old).await?;
        self.end_replacement(&open).await
    }

    /// Does what is left of the steps.
    async fn go_on(&self, old: LicenseId, is_first: bool) -> Result<Replaced, DeskError> {
        let _turn = self.take_turn(old).await?;
        let open = self.open_replacement(old).await?;
        let new = match (open.step, open.new) {
            (ReplacementStep::Files | ReplacementStep::Check | ReplacementStep::Delete, Some(new)) => new,
            // A new license that was taken out of the library meanwhile is looked for.
            (ReplacementStep::Create, _) | (_, None) => self.successor(&open, is_first).await?,
        };
        let done = self.finish(old, new).await;
        done.map_err(|why| DeskError::HalfReplaced { why: Box::new(why) })
    }

    /// The first step: has the new license made, and writes it down.
    async fn successor(&self, open: &Replacement, is_first: bool) -> Result<LicenseId, DeskError> {
        match self.make_successor(open).await {
            Ok(new) => {
                self.step(open, ReplacementStep::Files, Some(new)).await?;
                Ok(new)
            }
            Err(error) => {
                if is_first && order_of(&self.open_replacement(open.old).await?)?.sent.is_none() {
                    self.end_replacement(open).await?;
                }
                Err(error)
            }
        }
    }

    /// The other steps, each one written down before it is done.
    async fn finish(&self, old: LicenseId, new: LicenseId) -> Result<Replaced, DeskError> {
        let is_past_files = self.open_replacement(old).await?.step == ReplacementStep::Delete;
        if is_past_files {
            self.settle_delete(old).await?;
        }
        if !is_past_files || !self.is_known_gone(old).await? {
            self.write_files(old, new).await?;
            self.reach(old, ReplacementStep::Check).await?;
            self.check(old, new).await?;
            self.reach(old, ReplacementStep::Delete).await?;
            self.delete_old(old).await?;
        }
        self.tell_replaced(old, new).await
    }

    /// The new license: the one that an interrupted attempt asked for, else a new one.
    async fn make_successor(&self, open: &Replacement) -> Result<LicenseId, DeskError> {
        let (_, account) = self.license_and_account(open.old).await?;
        let order = order_of(open)?;
        if let Some(new) = self.made(&account, &order).await? {
            return Ok(new);
        }
        let wanted = Wanted {
            account: account.id,
            name: order.name.clone(),
            choices: order.choices,
            allow_same_name: order.allow_same_name,
        };
        match self.create_for(wanted, Some(open)).await {
            Ok(Sent::Done(Some(new))) => Ok(new),
            Ok(Sent::Done(None)) => {
                let order = order_of(&self.open_replacement(open.old).await?)?;
                let nowhere = || DeskError::NotFound { what: "license", named: order.name.clone() };
                self.made(&account, &order).await?.ok_or_else(nowhere)
            }
            Ok(Sent::Unknown(error)) => Err(error),
            Err(error) => {
                if is_refused(&error) {
                    self.note_asked(open, None).await?;
                }
                Err(error)
            }
        }
    }

    /// What bears the new license's name and did not before it was asked for; nothing where it never was.
    async fn made(&self, account: &Account, order: &Order) -> Result<Option<LicenseId>, DeskError> {
        let Some(known) = &order.sent else { return Ok(None) };
        self.fetch(account.id).await?;
        self.settle_account(account.id).await?;
        let bearers = self.bearers(account.id, &order.name).await?;
        let new = bearers.into_iter().filter(|(_, vendor_id)| !known.contains(vendor_id));
        Ok(new.map(|(id, _)| id).max())
    }

    /// Writes each file that holds the old license. One that holds something else by now is nobody's to write over.
    async fn write_files(&self, old: LicenseId, new: LicenseId) -> Result<(), DeskError> {
        let (stored, account) = self.license_and_account(new).await?;
        formats::refuse_gone(&stored)?;
        let key = self.key(&stored, &account).await?;
        let holding = self.holding(old, &stored).await?;
        let over = self.old_key(old).await?;
        for file in holding {
            let path = file.file.path.display().to_string();
            let rule = Rule { over: over.clone(), ..Rule::default() };
            self.write_with(new, key.clone(), export::target_of(&file)?, rule).await?;
            let label = stored.license.label();
            self.note(Verb::Exported, Some(&account.name), Some(new), label, Outcome::With(path)).await?;
            self.host.emit(Event::FilesChanged(vec![old, new]));
        }
        Ok(())
    }

    /// The files of a license in which its key still stands. One of which that cannot be told stops the replacement by
    /// `new`: the license may be in use there.
    async fn holding(&self, id: LicenseId, new: &StoredLicense) -> Result<Vec<TrackedFile>, DeskError> {
        let (stored, account) = self.license_and_account(id).await?;
        let files = self.off_thread(move |vault| Ok(vault.library().files_of(id)?)).await?;
        if files.is_empty() {
            return Ok(files);
        }
        let key = self.key_if_to_be_had(&stored, &account).await?;
        let new = new.clone();
        self.off_thread(move |_| {
            let mut holding = Vec::new();
            for file in files {
                // What an interrupted write left is Licet's own, too.
                let is_as_written = matches!(file.state(), FileState::UpToDate | FileState::Interrupted);
                match key.as_ref().map(|key| holds::look(&file, key)) {
                    _ if is_as_written => holding.push(file),
                    Some(Holds::Key) => holding.push(file),
                    Some(Holds::Else) => {}
                    Some(Holds::Unknown(_)) | None => return Err(not_replaced(&file, &new)),
                }
            }
            Ok(holding)
        })
        .await
    }

    /// The key that is about to go: whatever was written from a license, its key was kept then.
    async fn old_key(&self, old: LicenseId) -> Result<Option<LicenseKey>, DeskError> {
        let (stored, account) = self.license_and_account(old).await?;
        self.kept_key(&stored, &account).await
    }

    /// Stops where the old key stands in any file that was written by now, also beside the new one or in another license's.
    async fn refuse_old_key(&self, old: LicenseId) -> Result<(), DeskError> {
        let Some(key) = self.old_key(old).await? else { return Ok(()) };
        let (stored, _) = self.license_and_account(old).await?;
        self.off_thread(move |vault| {
            let files = vault.library().all_files()?;
            match files.into_iter().find(|file| matches!(holds::look(file, &key), Holds::Key)) {
                Some(file) => {
                    let label = stored.license.label().to_owned();
                    Err(DeskError::OldKeyStands { path: file.file.path, label })
                }
                None => Ok(()),
            }
        })
        .await
    }

    async fn key_if_to_be_had(
        &self,
        stored: &StoredLicense,
        account: &Account,
    ) -> Result<Option<LicenseKey>, DeskError> {
        match self.key(stored, account).await {
            Ok(key) => Ok(Some(key)),
            Err(DeskError::NoKey { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Looks at every file, and whether the vendor has the new license, before anything is taken away.
    async fn check(&self, old: LicenseId, new: LicenseId) -> Result<(), DeskError> {
        let (stored, account) = self.license_and_account(new).await?;
        if let Some(left) = self.holding(old, &stored).await?.first() {
            return Err(not_replaced(left, &stored));
        }
        let (key, files) = (self.key(&stored, &account).await?, self.files_of(new).await?);
        let is_wrong = |one: &&export::TrackedState| !matches!(holds::look(&one.tracked, &key), Holds::Key);
        if let Some(wrong) = files.iter().find(is_wrong) {
            return Err(not_replaced(&wrong.tracked, &stored));
        }
        self.refuse_old_key(old).await?;
        let client = self.client(&account).await?;
        let which = Reference::Id(stored.license.vendor_id.clone());
        let doing = format!("looking for {:?}", stored.license.label());
        client.get(&which).await.map(drop).map_err(Self::at(&account, doing))
    }

    /// Settles a delete that was sent before the program ended, so that nothing is sent twice.
    async fn settle_delete(&self, old: LicenseId) -> Result<(), DeskError> {
        if self.is_known_gone(old).await? {
            return Ok(());
        }
        let (_, account) = self.license_and_account(old).await?;
        self.fetch(account.id).await?;
        self.settle_account(account.id).await
    }

    async fn delete_old(&self, old: LicenseId) -> Result<(), DeskError> {
        let (stored, _) = self.license_and_account(old).await?;
        if stored.gone_since.is_some() {
            return Ok(());
        }
        match self.delete(old, stored.license.label()).await? {
            Sent::Done(_) => Ok(()),
            Sent::Unknown(error) => Err(error),
        }
    }

    async fn is_known_gone(&self, id: LicenseId) -> Result<bool, DeskError> {
        Ok(self.license_and_account(id).await?.0.gone_since.is_some())
    }

    async fn tell_replaced(&self, old: LicenseId, new: LicenseId) -> Result<Replaced, DeskError> {
        self.end_replacement(&self.open_replacement(old).await?).await?;
        let (stored, account) = self.license_and_account(old).await?;
        let (successor, _) = self.license_and_account(new).await?;
        let by = Outcome::With(successor.license.label().to_owned());
        self.note(Verb::Replaced, Some(&account.name), Some(new), stored.license.label(), by).await?;
        let (files, left) = (self.paths_of(new).await?, self.paths_of(old).await?);
        Ok(Replaced { old, new, files, left })
    }

    async fn paths_of(&self, id: LicenseId) -> Result<Vec<PathBuf>, DeskError> {
        let files = self.off_thread(move |vault| Ok(vault.library().files_of(id)?)).await?;
        Ok(files.into_iter().map(|tracked| tracked.file.path).collect())
    }

    /// Writes down what is next, where that lies ahead.
    async fn reach(&self, old: LicenseId, next: ReplacementStep) -> Result<(), DeskError> {
        let open = self.open_replacement(old).await?;
        if open.step < next { self.step(&open, next, None).await } else { Ok(()) }
    }
}

/// Whether the vendor, or the way to it, told that the new license was not made.
fn is_refused(error: &DeskError) -> bool {
    matches!(error, DeskError::Vendor { source, .. } if !source.outcome_is_unknown())
}

fn not_replaced(file: &TrackedFile, new: &StoredLicense) -> DeskError {
    DeskError::NotReplaced { path: file.file.path.clone(), label: new.license.label().to_owned() }
}
