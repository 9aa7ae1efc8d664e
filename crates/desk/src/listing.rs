//! A listing that is taken over: an upsert by (account, vendor id), and gone only after a complete one.

use crate::{Desk, DeskError, Event, Facts, Refreshed, State, leaked};
use jiff::Timestamp;
use license::{AccountId, License, LicenseId, Standing, same_name};
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;
use vault::{Account, Filter, Query, Refresh, RefreshMark, SecretKind, SecretOwner};
use vendors::{Listed, Listing, Pages, Turn, Validator};

/// How the last listing ended, as it is kept with the account.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Last {
    /// When a listing was last complete.
    pub as_of: Option<Timestamp>,
    error: Option<Facts>,
    offline: bool,
    /// How many entries of the last listing could not be read as licenses.
    pub unreadable: u64,
    /// How many licenses were missing from what the last listing counted, or came more than once.
    pub missing: u64,
}

impl Last {
    /// How the account fares since.
    pub(crate) fn state(self) -> State {
        match self.error {
            None => State::Ready,
            Some(facts) if self.offline => State::Offline(facts),
            Some(facts) => State::Failed(facts),
        }
    }

    /// Whether the last listing was complete, so that what it lacked was not there.
    pub(crate) fn is_complete(&self) -> bool {
        self.error.is_none() && self.unreadable == 0 && self.missing == 0
    }

    /// The code of what went wrong last.
    pub(crate) fn problem(&self) -> Option<&str> {
        self.error.as_ref().map(|facts| facts.code.as_str())
    }

    #[expect(clippy::expect_used, reason = "plain data always has a JSON form")]
    fn written(&self) -> String {
        // Timestamps and texts by text keys: there is nothing that JSON cannot hold.
        serde_json::to_string(self).expect("plain facts become JSON")
    }
}

/// What a listing came to.
pub(crate) struct Fetched {
    pub refreshed: Refreshed,
    /// How many entries could not be read as licenses: where there is one, the listing is not complete.
    pub unreadable: u64,
    /// How many licenses were missing from what was counted, or came more than once: as incomplete.
    pub missing: u64,
    /// Whether the successors of leaked keys that came with it took their place.
    pub succeeded: Result<(), DeskError>,
    /// What to ask with next time.
    validator: Option<String>,
}

/// What was taken over of a listing.
#[derive(Default)]
struct Taken {
    refreshed: Refreshed,
    /// The keys that take a leaked one's place.
    successors: leaked::Keys,
}

impl Taken {
    fn add(&mut self, more: Self) {
        self.refreshed.added += more.refreshed.added;
        self.refreshed.changed += more.refreshed.changed;
        self.successors.extend(more.successors);
    }
}

/// How the last listing of an account ended. What another version of the program wrote down counts as none: the next
/// listing tells anew.
pub(crate) fn last(account: &Account) -> Last {
    let kept = account.refresh_outcome.as_deref().and_then(|text| serde_json::from_str(text).ok());
    kept.unwrap_or_default()
}

impl Desk {
    /// Lists an account's licenses, takes the listing over whole, and writes down how it ended. Also what create and
    /// delete look at before and after they are sent.
    pub(crate) async fn fetch(&self, id: AccountId) -> Result<Fetched, DeskError> {
        let account = self.account(id).await?;
        let done = self.list_licenses(&account).await;
        let noted = self.note_end(id, &done).await;
        let fetched = done?;
        noted?;
        Ok(fetched)
    }

    async fn list_licenses(&self, account: &Account) -> Result<Fetched, DeskError> {
        let client = self.client(account).await?;
        let since = account.validator.clone().map(Validator::new);
        loop {
            let changes = self.changes.load(Ordering::SeqCst);
            // Marked before it is asked for: what is created while the answer is on its way is not missing from it.
            let mark = self.off_thread(|vault| Ok(vault.library().begin_listing()?)).await?;
            let listing = client.list(since.as_ref()).await.map_err(Self::at(account, "listing licenses"))?;
            if self.changes.load(Ordering::SeqCst) != changes {
                // Something was created or deleted meanwhile: the answer may be older than what is known here.
                continue;
            }
            return match listing {
                // Only a complete listing leaves something to ask with.
                Listing::Unchanged => Ok(Fetched {
                    refreshed: Refreshed::default(),
                    unreadable: 0,
                    missing: 0,
                    succeeded: Ok(()),
                    validator: account.validator.clone(),
                }),
                Listing::Pages(pages) => self.take_over(account, pages, mark).await,
            };
        }
    }

    async fn take_over(
        &self,
        account: &Account,
        mut pages: Box<dyn Pages>,
        mark: RefreshMark,
    ) -> Result<Fetched, DeskError> {
        let id = account.id;
        let at = self.clock.now();
        let mut taken = Taken::default();
        let mut waiting = Vec::new();
        loop {
            match pages.next().await.map_err(Self::at(account, "listing licenses"))? {
                Turn::Page { licenses, total } => {
                    let count = licenses.len() as u64;
                    // Of a listing that may still fail, none is taken over before its end.
                    waiting.extend(licenses);
                    if pages.has_come() {
                        taken.add(self.take_page(id, mark, std::mem::take(&mut waiting), at).await?);
                    }
                    self.refreshing.went_on(id, count, total);
                    self.host.emit(Event::AccountChanged(id));
                }
                Turn::End { validator, unreadable, missing } => {
                    taken.add(self.take_page(id, mark, waiting, at).await?);
                    let is_whole = unreadable == 0 && missing == 0;
                    if is_whole {
                        taken.refreshed.gone = self.finish_listing(id, mark, at).await?;
                    }
                    let succeeded = self.succeed_all(taken.successors).await;
                    // What did not take its place is to come once more.
                    let validator = validator.filter(|_| is_whole && succeeded.is_ok());
                    let validator = validator.map(|validator| validator.as_str().to_owned());
                    return Ok(Fetched {
                        refreshed: taken.refreshed,
                        unreadable,
                        missing,
                        succeeded,
                        validator,
                    });
                }
            }
        }
    }

    /// Ends a listing that was complete; tells how many licenses are gone since.
    async fn finish_listing(
        &self,
        id: AccountId,
        mark: RefreshMark,
        at: Timestamp,
    ) -> Result<usize, DeskError> {
        self.off_thread(move |vault| {
            crate::import::merge_listed(vault, id)?;
            Ok(vault.library().finish_complete_listing(id, mark, at)?.len())
        })
        .await
    }

    /// Takes over a page in one transaction, and seals the keys that came with it; those that take a leaked one's place
    /// are handed back.
    async fn take_page(
        &self,
        account: AccountId,
        mark: RefreshMark,
        listed: Vec<Listed>,
        at: Timestamp,
    ) -> Result<Taken, DeskError> {
        if listed.is_empty() {
            return Ok(Taken::default());
        }
        self.off_thread(move |vault| {
            let (licenses, keys): (Vec<_>, Vec<_>) =
                listed.into_iter().map(|one| (one.license, one.key)).unzip();
            let upserted = vault.library().upsert_page(account, &licenses, mark, at)?;
            let with_keys = upserted.ids.iter().zip(keys).filter_map(|(id, key)| Some((*id, key?)));
            let (secrets, successors) = leaked::withheld(vault, account, with_keys.collect())?;
            let rows =
                secrets.iter().map(|(id, key)| (SecretOwner::License(*id), SecretKind::Key, key.expose()));
            if !secrets.is_empty() {
                vault.library().put_secrets(rows)?;
            }
            let refreshed = Refreshed { added: upserted.added, changed: upserted.changed, gone: 0 };
            Ok(Taken { refreshed, successors })
        })
        .await
    }

    /// Writes down how a listing ended; what was known before a failure stays, and what is shown is as old as the last
    /// listing that was complete. A failure on this side, such as locked
    /// secrets, tells nothing of the account.
    async fn note_end(&self, id: AccountId, done: &Result<Fetched, DeskError>) -> Result<(), DeskError> {
        let at = self.clock.now();
        let ended = match done {
            Ok(fetched) => Ok((fetched.unreadable, fetched.missing, fetched.validator.clone())),
            Err(error) if error.is_of_the_vendor() => Err((error.facts(), error.is_offline())),
            Err(_) => return Ok(()),
        };
        self.off_thread(move |vault| {
            let Some(account) = vault.library().account(id)? else { return Ok(()) };
            let before = last(&account);
            let (last, validator) = match ended {
                Ok((unreadable, missing, validator)) => {
                    let as_of = if unreadable == 0 && missing == 0 { Some(at) } else { before.as_of };
                    (Last { as_of, error: None, offline: false, unreadable, missing }, validator)
                }
                Err((facts, offline)) => (Last { error: Some(facts), offline, ..before }, account.validator),
            };
            let outcome = last.written();
            let refresh = Refresh { at, outcome, validator, subject: None, capabilities: None };
            Ok(vault.library().note_refresh(id, &refresh)?)
        })
        .await
    }

    /// Writes down how an account fares now, apart from any listing: what a vendor said to its login, or that there is
    /// another login.
    pub(crate) async fn note_login(&self, id: AccountId, problem: Option<Facts>) -> Result<(), DeskError> {
        let at = self.clock.now();
        self.off_thread(move |vault| {
            let Some(account) = vault.library().account(id)? else { return Ok(()) };
            let last = Last { error: problem, offline: false, ..last(&account) };
            let refresh = Refresh {
                at: account.refreshed.unwrap_or(at),
                outcome: last.written(),
                validator: account.validator,
                subject: None,
                capabilities: None,
            };
            Ok(vault.library().note_refresh(id, &refresh)?)
        })
        .await
    }

    /// Notes that a license was created or deleted at its vendor: a listing that is under way is asked for anew, and
    /// the next one is read whole, since an answer that is as before no longer means that nothing changed.
    pub(crate) async fn changed_at_vendor(&self, id: AccountId) -> Result<(), DeskError> {
        self.changes.fetch_add(1, Ordering::SeqCst);
        let at = self.clock.now();
        self.off_thread(move |vault| {
            let Some(account) = vault.library().account(id)? else { return Ok(()) };
            let refresh = Refresh {
                at: account.refreshed.unwrap_or(at),
                outcome: account.refresh_outcome.unwrap_or_default(),
                validator: None,
                subject: None,
                capabilities: None,
            };
            Ok(vault.library().note_refresh(id, &refresh)?)
        })
        .await
    }

    /// The licenses of an account that bear a name, by the vendor's ids.
    pub(crate) async fn bearers(
        &self,
        account: AccountId,
        name: &str,
    ) -> Result<Vec<(LicenseId, String)>, DeskError> {
        let name = name.to_owned();
        self.off_thread(move |vault| {
            let stored = vault.library().licenses_by_name(account, &name)?;
            Ok(stored.into_iter().map(|one| (one.id, one.license.vendor_id)).collect())
        })
        .await
    }

    /// The vendor's ids of licenses of a name that are gone: one that comes back is not a new one.
    pub(crate) async fn gone_bearers(
        &self,
        account: AccountId,
        name: &str,
    ) -> Result<Vec<String>, DeskError> {
        let (name, now) = (name.to_owned(), self.clock.now());
        self.off_thread(move |vault| {
            let gone = Filter::Standing(Standing::Gone.word().to_owned());
            let query =
                Query { filter: Filter::And(vec![Filter::Account(account), gone]), ..Query::default() };
            let rows = vault.library().window(&query, now, 0)?.rows;
            let bears = |license: &License| license.name.as_deref().is_some_and(|one| same_name(one, &name));
            Ok(rows.into_iter().map(|one| one.license).filter(bears).map(|one| one.vendor_id).collect())
        })
        .await
    }
}
