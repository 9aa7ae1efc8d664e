//! Replacing a license by a new one: the new one is created, every file that holds the old one is written, both are
//! looked at, and only then the old one is deleted. Each step is written down before it is done, so that whatever ends
//! the program, the rest is done when it is taken up again, and nothing twice.

use crate::{
    Desk, DeskError, Event, Outcome, Sent, Verb, Wanted, drift, export, holds,
    holds::Holds,
    replacing::{Order, order_of},
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
}

impl Desk {
    /// Replaces a license by the one that is wanted, in the same account; `typed` must be the old one's label. What
    /// stops it before the new one is created leaves nothing behind; after that, [`Desk::resume_replace`] goes on.
    pub async fn replace(&self, old: LicenseId, wanted: Wanted, typed: &str) -> Result<Replaced, DeskError> {
        let (stored, account) = self.license_and_account(old).await?;
        let label = stored.license.label().to_owned();
        crate::confirmed(typed, &label)?;
        crate::formats::refuse_gone(&stored)?;
        self.create_form(account.id).await?;
        if !self.registry.description(&account.provider)?.deletes {
            let unsupported = VendorError::Unsupported { what: "deleting a license" };
            return Err(Self::at(&account, format!("replacing {label:?}"))(unsupported));
        }
        let order = self.order(&account, wanted).await?;
        // Texts and lists of them by text keys: there is nothing that JSON cannot hold.
        let order = serde_json::to_value(order).expect("plain texts become JSON");
        let at = self.clock.now();
        let begun =
            self.off_thread(move |vault| Ok(vault.library().begin_replacement(old, &order, at)?)).await?;
        if begun.is_none() {
            return Err(DeskError::Replacing { label });
        }
        self.go_on(old, true).await
    }

    /// Goes on with a replacement that was interrupted.
    pub async fn resume_replace(&self, old: LicenseId) -> Result<Replaced, DeskError> {
        self.go_on(old, false).await
    }

    /// Leaves a replacement as it is: both licenses stay, and what was written stays written.
    pub async fn give_up_replace(&self, old: LicenseId) -> Result<(), DeskError> {
        let open = self.open_replacement(old).await?;
        self.end_replacement(&open).await
    }

    async fn order(&self, account: &Account, wanted: Wanted) -> Result<Order, DeskError> {
        let name = LicenseName::parse(&wanted.name)?.as_str().to_owned();
        self.fetch(account.id).await?;
        let bearers = self.bearers(account.id, &name).await?;
        let mut known: Vec<_> = bearers.into_iter().map(|(_, vendor_id)| vendor_id).collect();
        known.extend(self.gone_bearers(account.id, &name).await?);
        Ok(Order { name, choices: wanted.choices, allow_same_name: wanted.allow_same_name, known })
    }

    /// Does one step after the other, from the one that is written down as next.
    async fn go_on(&self, old: LicenseId, is_first: bool) -> Result<Replaced, DeskError> {
        let _one_at_a_time = self.replacing.begin(old).await;
        loop {
            let open = self.open_replacement(old).await?;
            match (open.step, open.new) {
                (ReplacementStep::Create, _) => {
                    let made = self.make_successor(&open).await;
                    if let Err(error) = &made
                        && is_first
                        && !may_be_made(error)
                    {
                        self.end_replacement(&open).await?;
                    }
                    self.step(&open, ReplacementStep::Files, Some(made?)).await?;
                }
                (ReplacementStep::Files, Some(new)) => {
                    self.write_files(old, new).await?;
                    self.step(&open, ReplacementStep::Check, None).await?;
                }
                (ReplacementStep::Check, Some(new)) => {
                    self.check(old, new).await?;
                    self.step(&open, ReplacementStep::Delete, None).await?;
                }
                (ReplacementStep::Delete, Some(new)) => return self.delete_old(&open, new).await,
                // The new license was taken out of the library meanwhile.
                (_, None) => self.step(&open, ReplacementStep::Create, None).await?,
            }
        }
    }

    /// The new license: the one that an interrupted attempt made, else a new one.
    async fn make_successor(&self, open: &Replacement) -> Result<LicenseId, DeskError> {
        let (_, account) = self.license_and_account(open.old).await?;
        let order = order_of(open)?;
        if let Some(made) = self.made(&account, &order).await? {
            return Ok(made);
        }
        let wanted = Wanted {
            account: account.id,
            name: order.name.clone(),
            choices: order.choices.clone(),
            allow_same_name: order.allow_same_name,
        };
        match self.create(wanted).await? {
            Sent::Done(Some(new)) => Ok(new),
            Sent::Done(None) => {
                let nowhere = || DeskError::NotFound { what: "license", named: order.name.clone() };
                self.made(&account, &order).await?.ok_or_else(nowhere)
            }
            Sent::Unknown(error) => Err(error),
        }
    }

    /// What bears the new license's name and did not before.
    async fn made(&self, account: &Account, order: &Order) -> Result<Option<LicenseId>, DeskError> {
        self.fetch(account.id).await?;
        self.settle_account(account.id).await?;
        let bearers = self.bearers(account.id, &order.name).await?;
        let new = bearers.into_iter().filter(|(_, vendor_id)| !order.known.contains(vendor_id));
        Ok(new.map(|(id, _)| id).max())
    }

    /// Writes each file that holds the old license. One that holds something else by now is nobody's to write over.
    async fn write_files(&self, old: LicenseId, new: LicenseId) -> Result<(), DeskError> {
        let (stored, account) = self.license_and_account(new).await?;
        let key = self.key(&stored, &account).await?;
        for file in self.holding(old, &stored).await? {
            let path = file.file.path.display().to_string();
            self.write(new, key.clone(), export::target_of(&file)?).await?;
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
                let is_as_written = drift::state_of(file.clone()).state == FileState::UpToDate;
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
        let client = self.client(&account).await?;
        let which = Reference::Id(stored.license.vendor_id.clone());
        let doing = format!("looking for {:?}", stored.license.label());
        client.get(&which).await.map(drop).map_err(Self::at(&account, doing))
    }

    async fn delete_old(&self, open: &Replacement, new: LicenseId) -> Result<Replaced, DeskError> {
        let (stored, account) = self.license_and_account(open.old).await?;
        let label = stored.license.label().to_owned();
        if stored.gone_since.is_none() {
            // What was sent before the program ended is settled first, so that nothing is sent twice.
            self.fetch(account.id).await?;
            self.settle_account(account.id).await?;
        }
        if self.license_and_account(open.old).await?.0.gone_since.is_none()
            && let Sent::Unknown(error) = self.delete(open.old, &label).await?
        {
            return Err(error);
        }
        self.end_replacement(open).await?;
        let (successor, _) = self.license_and_account(new).await?;
        let by = Outcome::With(successor.license.label().to_owned());
        self.note(Verb::Replaced, Some(&account.name), Some(new), &label, by).await?;
        let files = self.files_of(new).await?;
        let files = files.into_iter().map(|one| one.tracked.file.path).collect();
        Ok(Replaced { old: open.old, new, files })
    }

    async fn open_replacement(&self, old: LicenseId) -> Result<Replacement, DeskError> {
        let open = self.off_thread(move |vault| Ok(vault.library().replacement_of(old)?)).await?;
        open.ok_or_else(|| DeskError::NotFound { what: "replacement", named: old.to_string() })
    }

    /// Writes down what is next.
    async fn step(
        &self,
        open: &Replacement,
        next: ReplacementStep,
        new: Option<LicenseId>,
    ) -> Result<(), DeskError> {
        let id = open.id;
        self.off_thread(move |vault| Ok(vault.library().set_replacement(id, next, new)?)).await?;
        self.host.emit(Event::LibraryChanged);
        Ok(())
    }

    async fn end_replacement(&self, open: &Replacement) -> Result<(), DeskError> {
        let id = open.id;
        self.off_thread(move |vault| Ok(vault.library().end_replacement(id)?)).await?;
        self.host.emit(Event::LibraryChanged);
        Ok(())
    }
}

/// Whether the new license may be there although this was the end of asking for it.
fn may_be_made(error: &DeskError) -> bool {
    let is_unanswered = matches!(error, DeskError::Vendor { source, .. } if source.outcome_is_unknown());
    is_unanswered || matches!(error, DeskError::Library(_) | DeskError::Lock(_) | DeskError::Sealed { .. })
}

fn not_replaced(file: &TrackedFile, new: &StoredLicense) -> DeskError {
    DeskError::NotReplaced { path: file.file.path.clone(), label: new.license.label().to_owned() }
}
