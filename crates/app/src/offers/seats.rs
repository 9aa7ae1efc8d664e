//! The machines that a license is in use on, and taking a seat from one.

use crate::context::{AppError, Context, Outcome, Thing, Verb, shown::unescaped};
use crate::listing::used::note_used;
use jiff::Timestamp;
use license::{LicenseId, Seat};
use serde_json::Value;
use vault::{Account, StoredLicense};
use vendors::{Facet, Seats, Taken, Vendor, VendorError};

/// The machines that a license is in use on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatsStatus {
    /// Each of them.
    pub seats: Vec<Seat>,
    /// Whether they are all: not where the vendor counted more than it sent, or sent one that cannot be read.
    pub is_whole: bool,
    /// On how many it may be in use at once, where its vendor tells.
    pub most: Option<u64>,
    /// When the vendor was asked.
    pub at: Timestamp,
}

/// Asks on which machines a license is in use.
pub async fn seats(context: &Context, id: LicenseId) -> Result<SeatsStatus, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let client = context.client(&account).await?;
    let Taken { seats, is_whole } = seats_taken(context, &stored, &account, client.as_ref()).await?;
    if is_whole {
        note_used(context, id, seats.len() as u64).await;
    }
    let most = stored.license.limits.get("max-machines").and_then(Value::as_u64);
    Ok(SeatsStatus { seats, is_whole, most, at: context.clock.now() })
}

/// Takes a seat from a machine, which is named by its id, fingerprint, name or host; `typed` names it once more.
pub async fn release_seat(
    context: &Context,
    id: LicenseId,
    machine: &str,
    typed: &str,
) -> Result<Seat, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let client = context.client(&account).await?;
    let seat = one_named(seats_taken(context, &stored, &account, client.as_ref()).await?.seats, machine)?;
    if !seat.is_named(typed) {
        crate::context::confirmed(typed, seat.label())?;
    }
    let answer = of(client.as_ref(), &stored)?.release(&seat.id).await;
    let outcome = match &answer {
        Ok(()) => Outcome::Done,
        Err(error) if error.outcome_is_unknown() => {
            let error = error.clone();
            return look_after_release(context, &stored, &account, client.as_ref(), seat, error).await;
        }
        // Somebody was quicker.
        Err(VendorError::NotFound { .. }) => Outcome::With("it was released already".to_owned()),
        Err(error) => Outcome::Failed(error.code().to_owned()),
    };
    let is_done = !matches!(outcome, Outcome::Failed(_));
    let noted = note_release(context, &stored, &account, &seat, outcome).await;
    if is_done {
        return noted.map(|()| seat.clone()).map_err(AppError::not_recorded(&account, releasing(&seat)));
    }
    context.answered(&account, releasing(&seat), answer).await?;
    Ok(seat)
}

/// Looks whether a machine is still there after no answer came. Only a list that is whole tells that it is not.
async fn look_after_release(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
    client: &dyn Vendor,
    seat: Seat,
    error: VendorError,
) -> Result<Seat, AppError> {
    let now = seats_taken(context, stored, account, client).await;
    let has_it = |now: &Taken| now.seats.iter().any(|other| other.id == seat.id);
    let error = match &now {
        Ok(now) if has_it(now) => error.after_seeing_no_change(),
        Ok(now) if now.is_whole => {
            let found = Outcome::With("found by looking".to_owned());
            let noted = note_release(context, stored, account, &seat, found).await;
            return noted.map(|()| seat.clone()).map_err(AppError::not_recorded(account, releasing(&seat)));
        }
        Ok(_) | Err(_) => error,
    };
    let outcome = match error.outcome_is_unknown() {
        true => Outcome::Unknown(error.code().to_owned()),
        false => Outcome::Failed(error.code().to_owned()),
    };
    // The vendor's answer says more than a failure to note it.
    let _noted = note_release(context, stored, account, &seat, outcome).await;
    Err(Context::at(account, releasing(&seat))(error))
}

async fn note_release(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
    seat: &Seat,
    outcome: Outcome,
) -> Result<(), AppError> {
    context.note(Verb::Released, Some(&account.name), Some(stored.id), seat.label(), outcome).await
}

async fn seats_taken(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
    client: &dyn Vendor,
) -> Result<Taken, AppError> {
    let taken = of(client, stored)?.taken(&stored.license.vendor_id).await;
    context.answered(account, format!("listing the machines of {:?}", stored.license.label()), taken).await
}

fn of<'a>(client: &'a dyn Vendor, stored: &StoredLicense) -> Result<&'a dyn Seats, AppError> {
    let label = || stored.license.label().to_owned();
    client.seats().ok_or_else(|| AppError::NoFacet { label: label(), facet: Facet::Seats.word() })
}

fn releasing(seat: &Seat) -> String {
    format!("releasing {:?}", seat.label())
}

/// The one machine that answers to a name; an id is always one machine's.
fn one_named(seats: Vec<Seat>, named: &str) -> Result<Seat, AppError> {
    if let Some(seat) = seats.iter().find(|seat| seat.id == named) {
        return Ok(seat.clone());
    }
    let meant = unescaped(named).unwrap_or_else(|| named.to_owned());
    let is_meant = |seat: &Seat| seat.is_named(named) || seat.is_named(&meant);
    let mut matching: Vec<Seat> = seats.into_iter().filter(is_meant).collect();
    match matching.len() {
        0 => Err(AppError::NotFound { what: Thing::Machine, named: named.to_owned() }),
        1 => Ok(matching.remove(0)),
        _ => {
            let candidates = matching.iter().map(|seat| format!("{} ({})", seat.id, seat.label())).collect();
            Err(AppError::Ambiguous { named: named.to_owned(), candidates })
        }
    }
}
