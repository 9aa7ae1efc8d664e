//! Taking over what a vendor lists, in one transaction: whole or not at all.

use crate::library::{
    FILES_PROVIDER, Library, LibraryError, SecretError,
    database::{codec::instant, rev::next_rev},
    licenses::{
        removal::merge,
        upsert::{Change, RefreshMark, Reported, upsert},
    },
    secrets::{
        owner::{SecretKind, SecretOwner},
        sealer::Sealer,
    },
};
use jiff::Timestamp;
use license::{AccountId, KeyForm, License, LicenseId, LicenseKey};
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
    /// what is gone, and imported licenses that it has too.
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
            let (mut taken, mut rev) = (TakenListing::default(), None);
            loop {
                match next().map_err(Stopped::Steps)? {
                    ListingStep::Page(page) => {
                        take_page(transaction, sealer, &taking, page, &mut taken, &mut rev)?
                    }
                    ListingStep::End { is_complete: false } => return Ok((taken, Vec::new())),
                    ListingStep::End { is_complete: true } => {
                        let merged = merge_imported(transaction, sealer, &taking)?;
                        taken.gone = mark_gone(transaction, &taking)?;
                        return Ok((taken, merged));
                    }
                }
            }
        });
        let (taken, merged) = done.map_err(|stopped| match stopped {
            Stopped::Library(error) => error.into(),
            Stopped::Steps(error) => error,
        })?;
        self.store
            .forget_session_secrets(|owner, _| merged.iter().any(|id| owner == SecretOwner::License(*id)));
        Ok(taken)
    }
}

fn take_page(
    transaction: &Transaction<'_>,
    sealer: &mut Sealer<'_>,
    taking: &Taking,
    page: Vec<(License, Option<LicenseKey>)>,
    taken: &mut TakenListing,
    rev: &mut Option<i64>,
) -> Result<(), SecretError> {
    let Taking { account, mark, at } = *taking;
    for (license, key) in page {
        let reported = Reported { account, license: &license, form: None, mark, at };
        let (id, change) = upsert(transaction, &reported, rev)?;
        match change {
            Change::Added => taken.added += 1,
            Change::Changed => taken.changed += 1,
            Change::None => {}
        }
        let Some(key) = key else { continue };
        if succeeds(transaction, sealer, id, &key)? {
            taken.successors.push((id, key));
        } else {
            sealer.put(transaction, SecretOwner::License(id), SecretKind::Key, key.expose())?;
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

/// The kept key of a license, if it can be read.
fn readable_key(
    transaction: &Transaction<'_>,
    sealer: &Sealer<'_>,
    id: LicenseId,
) -> Result<Option<LicenseKey>, SecretError> {
    match sealer.kept(transaction, SecretOwner::License(id), SecretKind::Key) {
        Ok(kept) => Ok(kept.map(|mut key| LicenseKey::new(std::mem::take(&mut *key)))),
        Err(SecretError::Locked | SecretError::Tampered { .. }) => Ok(None),
        Err(error @ SecretError::Library(_)) => Err(error),
    }
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

/// Makes each imported license string one with the license of the same id that this listing has, unless their keys differ: then
/// both stay. A license whose key leaked stays as it is, and so does one that the listing lacks: what is gone at its vendor hides
/// no imported key. Returns the imported licenses that are no longer there.
fn merge_imported(
    transaction: &Transaction<'_>,
    sealer: &mut Sealer<'_>,
    taking: &Taking,
) -> Result<Vec<LicenseId>, SecretError> {
    let mut merged = Vec::new();
    for (imported, listed) in imported_and_listed(transaction, taking)? {
        let Some(own) = readable_key(transaction, sealer, imported)? else { continue };
        match sealer.kept(transaction, SecretOwner::License(listed), SecretKind::Key) {
            Ok(Some(of_vendor)) if *of_vendor == *own.expose() => {}
            Ok(None) => put_unconfirmed(transaction, sealer, listed, &own)?,
            Ok(Some(_)) | Err(SecretError::Locked | SecretError::Tampered { .. }) => continue,
            Err(error @ SecretError::Library(_)) => return Err(error),
        }
        merge(transaction, imported, listed)?;
        merged.push(imported);
    }
    Ok(merged)
}

fn imported_and_listed(
    transaction: &Transaction<'_>,
    taking: &Taking,
) -> rusqlite::Result<Vec<(LicenseId, LicenseId)>> {
    let mut statement = transaction.prepare_cached(
        "SELECT i.id, l.id FROM licenses i JOIN accounts a ON a.id = i.account \
         JOIN licenses l ON l.account = ?1 AND l.vendor_id = i.vendor_id AND l.refresh >= ?4 \
         WHERE a.provider = ?2 AND a.id <> ?1 AND i.key_form = ?3 AND i.leaked_since IS NULL AND l.leaked_since IS NULL",
    )?;
    let of = params![taking.account.0, FILES_PROVIDER, KeyForm::Jwt.word(), taking.mark.0];
    let pairs = statement.query_map(of, |row| Ok((LicenseId(row.get(0)?), LicenseId(row.get(1)?))))?;
    pairs.collect()
}

/// Keeps an imported string for a license of a vendor. The vendor is asked for its own as soon as one is needed.
pub(in crate::library) fn put_unconfirmed(
    transaction: &Transaction<'_>,
    sealer: &mut Sealer<'_>,
    id: LicenseId,
    key: &LicenseKey,
) -> Result<(), SecretError> {
    sealer.put(transaction, SecretOwner::License(id), SecretKind::Key, key.expose())?;
    let rev = next_rev(transaction)?;
    transaction.execute(
        "UPDATE licenses SET key_form = ?2, key_is_stale = 1, rev = ?3 WHERE id = ?1",
        params![id.0, KeyForm::Jwt.word(), rev],
    )?;
    Ok(())
}
