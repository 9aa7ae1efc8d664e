//! Taking over what a vendor lists, in one transaction: whole or not at all.

use crate::library::{
    Library, LibraryError, SecretError,
    database::{codec::instant, rev::next_rev},
    licenses::{
        twins::{ImportedLicenses, readable_key},
        upsert::{Change, RefreshMark, Reported, upsert},
    },
    secrets::{
        owner::{SecretKind, SecretOwner},
        sealer::Sealer,
    },
};
use jiff::Timestamp;
use license::{AccountId, License, LicenseId, LicenseKey};
use rusqlite::{Transaction, params};

/// One step of a listing.
#[derive(Debug)]
pub enum ListingStep {
    /// Some of the licenses, each with its key where the vendor sends keys.
    Page(Vec<(License, Option<LicenseKey>)>),
    /// That was everything.
    End {
        /// Whether the listing has every license of the account, so that one that it lacks is gone.
        is_complete: bool,
    },
}

/// What a listing changed.
#[derive(Debug, Default)]
pub struct TakenListing {
    /// How many licenses are new.
    pub added: usize,
    /// How many have a fact that changed, or are back after they were gone.
    pub changed: usize,
    /// The licenses that were there until now.
    pub gone: Vec<LicenseId>,
    /// Other keys than the kept ones of licenses whose key leaked. They are not kept yet.
    pub successors: Vec<(LicenseId, LicenseKey)>,
}

/// Why a listing was not taken over: the library failed, or its steps did.
enum Stopped<E> {
    Library(SecretError),
    Steps(E),
}

impl<E> From<SecretError> for Stopped<E> {
    fn from(error: SecretError) -> Self {
        Self::Library(error)
    }
}

impl<E> From<LibraryError> for Stopped<E> {
    fn from(error: LibraryError) -> Self {
        Self::Library(error.into())
    }
}

impl<E> From<rusqlite::Error> for Stopped<E> {
    fn from(error: rusqlite::Error) -> Self {
        Self::Library(error.into())
    }
}

/// Which listing of which account is taken over, and when.
struct Taking {
    account: AccountId,
    mark: RefreshMark,
    at: Timestamp,
}

/// What was taken over of a listing so far.
struct Taken {
    listing: TakenListing,
    rev: Option<i64>,
    imported: ImportedLicenses,
}

impl Library {
    /// Begins a listing: the mark for its pages.
    pub fn begin_listing(&self) -> Result<RefreshMark, LibraryError> {
        self.store.write(|transaction| {
            let mark = transaction.query_row(
                "UPDATE meta SET refresh = refresh + 1 RETURNING refresh",
                [],
                |row| row.get(0),
            )?;
            Ok(RefreshMark(mark))
        })
    }

    /// Takes over an account's listing step by step, wholly or not at all: licenses with their keys, and after a complete one
    /// what is gone. An imported license that the listing has becomes that one.
    ///
    /// A license is the same if its vendor's id is. Entitlements that the listing does not report (`None`) leave known ones
    /// alone. A license whose facts are as they were gets no new `rev`.
    pub fn take_listing<E: From<SecretError>>(
        &self,
        account: AccountId,
        mark: RefreshMark,
        at: Timestamp,
        mut next: impl FnMut() -> Result<ListingStep, E>,
    ) -> Result<TakenListing, E> {
        let taking = Taking { account, mark, at };
        let done = self.store.write_secrets(|transaction, sealer| {
            let imported = ImportedLicenses::beside(transaction, account)?;
            let mut taken = Taken { listing: TakenListing::default(), rev: None, imported };
            loop {
                match next().map_err(Stopped::Steps)? {
                    ListingStep::Page(page) => take_page(transaction, sealer, &taking, page, &mut taken)?,
                    ListingStep::End { is_complete } => {
                        if is_complete {
                            taken.listing.gone = mark_gone(transaction, &taking)?;
                        }
                        return Ok((taken.listing, taken.imported.into_joined()));
                    }
                }
            }
        });
        let (taken, joined) = done.map_err(|stopped| match stopped {
            Stopped::Library(error) => error.into(),
            Stopped::Steps(error) => error,
        })?;
        self.forget_joined(&joined);
        Ok(taken)
    }
}

fn take_page(
    transaction: &Transaction<'_>,
    sealer: &mut Sealer<'_>,
    taking: &Taking,
    page: Vec<(License, Option<LicenseKey>)>,
    taken: &mut Taken,
) -> Result<(), SecretError> {
    let Taking { account, mark, at } = *taking;
    let Taken { listing, rev, imported } = taken;
    for (license, key) in page {
        let twin = imported.adopt(transaction, sealer, &license, key.as_ref(), at)?;
        let reported = Reported { account, license: &license, form: None, mark, at };
        let (id, change) = upsert(transaction, &reported, rev)?;
        match change {
            Change::Added => listing.added += 1,
            Change::Changed => listing.changed += 1,
            Change::None => {}
        }
        if let Some(key) = key {
            if succeeds(transaction, sealer, id, &key)? {
                listing.successors.push((id, key));
            } else {
                sealer.put(transaction, SecretOwner::License(id), SecretKind::Key, key.expose())?;
            }
        }
        if let Some(twin) = twin {
            imported.join(transaction, sealer, &twin)?;
        }
    }
    Ok(())
}

/// Whether a key takes the place of one that leaked: that one is needed until it is removed from the files.
fn succeeds(
    transaction: &Transaction<'_>,
    sealer: &Sealer<'_>,
    id: LicenseId,
    key: &LicenseKey,
) -> Result<bool, SecretError> {
    let leaked = "SELECT leaked_since IS NOT NULL FROM licenses WHERE id = ?1";
    let is_leaked: bool = transaction
        .prepare_cached(leaked)
        .and_then(|mut statement| statement.query_row([id.0], |row| row.get(0)))?;
    let kept = if is_leaked { readable_key(transaction, sealer, id)? } else { None };
    Ok(kept.is_some_and(|kept| kept != *key))
}

/// Marks what a complete listing has not seen of its account as gone.
fn mark_gone(transaction: &Transaction<'_>, taking: &Taking) -> Result<Vec<LicenseId>, LibraryError> {
    let rev = next_rev(transaction)?;
    let mut statement = transaction.prepare_cached(
        "UPDATE licenses SET gone_since = ?3, last_changed = ?3, rev = ?4 \
         WHERE account = ?1 AND refresh < ?2 AND gone_since IS NULL RETURNING id",
    )?;
    let of = params![taking.account.0, taking.mark.0, instant(taking.at), rev];
    let gone = statement.query_map(of, |row| Ok(LicenseId(row.get(0)?)))?;
    Ok(gone.collect::<Result<_, _>>()?)
}
