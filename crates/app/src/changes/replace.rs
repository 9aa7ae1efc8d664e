//! Replacing a license by a new one: the new one is created, every file that holds the old one is written, both are
//! looked at, and only then the old one is deleted. Each step is written down before it is done, so that whatever ends
//! the program, the rest is done when it is taken up again, and nothing twice.

use crate::changes::{
    Sent, Wanted, create, delete, intent,
    replacing::{self, Order, order_of},
};
use crate::context::{AppError, Context, Outcome, Thing, Verb};
use crate::files::{
    contains_key::{self, Holds},
    drift, formats, tracked,
    writing::{self, Rule},
};
use crate::keys::license_keys;
use crate::listing::{fetch, license_key};
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

/// Replaces a license by the one that is wanted, in the same account; `typed` must be the old one's label. What
/// stops it before the new one is created leaves nothing behind; after that, [`resume_replace`] goes on.
pub async fn replace(
    context: &Context,
    old: LicenseId,
    wanted: Wanted,
    typed: &str,
) -> Result<Replaced, AppError> {
    let (stored, account) = context.license_and_account(old).await?;
    let label = stored.license.label().to_owned();
    crate::context::confirmed(typed, &label)?;
    formats::refuse_gone(&stored)?;
    create::create_form(context, account.id).await?;
    if !context.registry.description(&account.provider)?.deletes {
        let unsupported = VendorError::Unsupported { what: "deleting a license" };
        return Err(Context::at(&account, format!("replacing {label:?}"))(unsupported));
    }
    let order = replacing::written(&Order {
        name: LicenseName::parse(&wanted.name)?.as_str().to_owned(),
        choices: wanted.choices,
        allow_same_name: wanted.allow_same_name,
        sent: None,
    });
    let at = context.clock.now();
    let begun =
        context.off_thread(move |vault| Ok(vault.library().begin_replacement(old, &order, at)?)).await?;
    if begun.is_none() {
        let is_running = replacing::replacing_of(context, old).await?.is_some_and(|seen| seen.is_running);
        return Err(AppError::Replacing { label, is_running });
    }
    go_on(context, old, true).await
}

/// Goes on with a replacement that was interrupted. What was done is looked at anew: days may lie between.
pub async fn resume_replace(context: &Context, old: LicenseId) -> Result<Replaced, AppError> {
    go_on(context, old, false).await
}

/// Leaves a replacement as it is: both licenses stay, and what was written stays written.
pub async fn give_up_replace(context: &Context, old: LicenseId) -> Result<(), AppError> {
    let _turn = replacing::take_turn(context, old).await?;
    let open = replacing::open_replacement(context, old).await?;
    replacing::end_replacement(context, &open).await
}

/// Does what is left of the steps.
async fn go_on(context: &Context, old: LicenseId, is_first: bool) -> Result<Replaced, AppError> {
    let _turn = replacing::take_turn(context, old).await?;
    let open = replacing::open_replacement(context, old).await?;
    let new = match (open.step, open.new) {
        (ReplacementStep::Files | ReplacementStep::Check | ReplacementStep::Delete, Some(new)) => new,
        // A new license that was taken out of the library meanwhile is looked for.
        (ReplacementStep::Create, _) | (_, None) => successor(context, &open, is_first).await?,
    };
    let done = finish(context, old, new).await;
    done.map_err(|why| AppError::HalfReplaced { why: Box::new(why) })
}

/// The first step: has the new license made, and writes it down.
async fn successor(context: &Context, open: &Replacement, is_first: bool) -> Result<LicenseId, AppError> {
    match make_successor(context, open).await {
        Ok(new) => {
            replacing::step(context, open, ReplacementStep::Files, Some(new)).await?;
            Ok(new)
        }
        Err(error) => {
            if is_first && order_of(&replacing::open_replacement(context, open.old).await?)?.sent.is_none() {
                replacing::end_replacement(context, open).await?;
            }
            Err(error)
        }
    }
}

/// The other steps, each one written down before it is done.
async fn finish(context: &Context, old: LicenseId, new: LicenseId) -> Result<Replaced, AppError> {
    let is_past_files = replacing::open_replacement(context, old).await?.step == ReplacementStep::Delete;
    if is_past_files {
        settle_delete(context, old).await?;
    }
    if !is_past_files || !is_known_gone(context, old).await? {
        write_files(context, old, new).await?;
        reach(context, old, ReplacementStep::Check).await?;
        check(context, old, new).await?;
        reach(context, old, ReplacementStep::Delete).await?;
        delete_old(context, old).await?;
    }
    tell_replaced(context, old, new).await
}

/// The new license: the one that an interrupted attempt asked for, else a new one.
async fn make_successor(context: &Context, open: &Replacement) -> Result<LicenseId, AppError> {
    let (_, account) = context.license_and_account(open.old).await?;
    let order = order_of(open)?;
    if let Some(new) = made(context, &account, &order).await? {
        return Ok(new);
    }
    let wanted = Wanted {
        account: account.id,
        name: order.name.clone(),
        choices: order.choices,
        allow_same_name: order.allow_same_name,
    };
    match create::create_for(context, wanted, Some(open)).await {
        Ok(Sent::Done(Some(new))) => Ok(new),
        Ok(Sent::Done(None)) => {
            let order = order_of(&replacing::open_replacement(context, open.old).await?)?;
            let nowhere = || AppError::NotFound { what: Thing::License, named: order.name.clone() };
            made(context, &account, &order).await?.ok_or_else(nowhere)
        }
        Ok(Sent::Unknown(error)) => Err(error),
        Err(error) => {
            if is_refused(&error) {
                replacing::note_asked(context, open, None).await?;
            }
            Err(error)
        }
    }
}

/// What bears the new license's name and did not before it was asked for; nothing where it never was.
async fn made(context: &Context, account: &Account, order: &Order) -> Result<Option<LicenseId>, AppError> {
    let Some(known) = &order.sent else { return Ok(None) };
    fetch::fetch(context, account.id).await?;
    intent::settle_account(context, account.id).await?;
    let named = fetch::licenses_named(context, account.id, &order.name).await?;
    let new = named.into_iter().filter(|(_, vendor_id)| !known.contains(vendor_id));
    Ok(new.map(|(id, _)| id).max())
}

/// Writes each file that holds the old license. One that holds something else by now is nobody's to write over.
async fn write_files(context: &Context, old: LicenseId, new: LicenseId) -> Result<(), AppError> {
    let (stored, account) = context.license_and_account(new).await?;
    formats::refuse_gone(&stored)?;
    let key = license_key::key(context, &stored, &account).await?;
    let holding = holding(context, old, &stored).await?;
    let over = old_key(context, old).await?;
    for file in holding {
        let path = file.file.path.display().to_string();
        let rule = Rule { over: over.clone(), ..Rule::default() };
        writing::write_with(context, new, key.clone(), tracked::target_of(context.registry, &file)?, rule)
            .await?;
        let label = stored.license.label();
        context.note(Verb::Exported, Some(&account.name), Some(new), label, Outcome::With(path)).await?;
    }
    Ok(())
}

/// The files of a license in which its key still stands. One of which that cannot be told stops the replacement by
/// `new`: the license may be in use there.
async fn holding(
    context: &Context,
    id: LicenseId,
    new: &StoredLicense,
) -> Result<Vec<TrackedFile>, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let files = context.off_thread(move |vault| Ok(vault.library().files_of(id)?)).await?;
    if files.is_empty() {
        return Ok(files);
    }
    let key = key_if_to_be_had(context, &stored, &account).await?;
    let new = new.clone();
    context
        .off_thread(move |_| {
            let mut holding = Vec::new();
            for file in files {
                // What an interrupted write left is Licet's own, too.
                let is_as_written = matches!(file.state(), FileState::UpToDate | FileState::Interrupted);
                match key.as_ref().map(|key| contains_key::look(&file, key)) {
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
async fn old_key(context: &Context, old: LicenseId) -> Result<Option<LicenseKey>, AppError> {
    let (stored, account) = context.license_and_account(old).await?;
    license_keys::kept_key(context, &stored, &account).await
}

/// Stops where the old key stands in any file that was written by now, also beside the new one or in another license's.
async fn refuse_old_key(context: &Context, old: LicenseId) -> Result<(), AppError> {
    let Some(key) = old_key(context, old).await? else { return Ok(()) };
    let (stored, _) = context.license_and_account(old).await?;
    context
        .off_thread(move |vault| {
            let files = vault.library().all_files()?;
            match files.into_iter().find(|file| matches!(contains_key::look(file, &key), Holds::Key)) {
                Some(file) => {
                    let label = stored.license.label().to_owned();
                    Err(AppError::OldKeyStands { path: file.file.path, label })
                }
                None => Ok(()),
            }
        })
        .await
}

async fn key_if_to_be_had(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<Option<LicenseKey>, AppError> {
    match license_key::key(context, stored, account).await {
        Ok(key) => Ok(Some(key)),
        Err(AppError::NoKey { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Looks at every file, and whether the vendor has the new license, before anything is taken away.
async fn check(context: &Context, old: LicenseId, new: LicenseId) -> Result<(), AppError> {
    let (stored, account) = context.license_and_account(new).await?;
    if let Some(left) = holding(context, old, &stored).await?.first() {
        return Err(not_replaced(left, &stored));
    }
    let (key, files) =
        (license_key::key(context, &stored, &account).await?, drift::files_of(context, new).await?);
    let is_wrong =
        |one: &&tracked::TrackedState| !matches!(contains_key::look(&one.tracked, &key), Holds::Key);
    if let Some(wrong) = files.iter().find(is_wrong) {
        return Err(not_replaced(&wrong.tracked, &stored));
    }
    refuse_old_key(context, old).await?;
    let client = context.client(&account).await?;
    let which = Reference::Id(stored.license.vendor_id.clone());
    let doing = format!("looking for {:?}", stored.license.label());
    client.get(&which).await.map(drop).map_err(Context::at(&account, doing))
}

/// Settles a delete that was sent before the program ended, so that nothing is sent twice.
async fn settle_delete(context: &Context, old: LicenseId) -> Result<(), AppError> {
    if is_known_gone(context, old).await? {
        return Ok(());
    }
    let (_, account) = context.license_and_account(old).await?;
    fetch::fetch(context, account.id).await?;
    intent::settle_account(context, account.id).await
}

async fn delete_old(context: &Context, old: LicenseId) -> Result<(), AppError> {
    let (stored, _) = context.license_and_account(old).await?;
    if stored.gone_since.is_some() {
        return Ok(());
    }
    match delete::delete(context, old, stored.license.label()).await? {
        Sent::Done(_) => Ok(()),
        Sent::Unknown(error) => Err(error),
    }
}

async fn is_known_gone(context: &Context, id: LicenseId) -> Result<bool, AppError> {
    Ok(context.license_and_account(id).await?.0.gone_since.is_some())
}

async fn tell_replaced(context: &Context, old: LicenseId, new: LicenseId) -> Result<Replaced, AppError> {
    replacing::end_replacement(context, &replacing::open_replacement(context, old).await?).await?;
    let (stored, account) = context.license_and_account(old).await?;
    let (successor, _) = context.license_and_account(new).await?;
    let by = Outcome::With(successor.license.label().to_owned());
    context.note(Verb::Replaced, Some(&account.name), Some(new), stored.license.label(), by).await?;
    let (files, left) = (paths_of(context, new).await?, paths_of(context, old).await?);
    Ok(Replaced { old, new, files, left })
}

async fn paths_of(context: &Context, id: LicenseId) -> Result<Vec<PathBuf>, AppError> {
    let files = context.off_thread(move |vault| Ok(vault.library().files_of(id)?)).await?;
    Ok(files.into_iter().map(|tracked| tracked.file.path).collect())
}

/// Writes down what is next, where that lies ahead.
async fn reach(context: &Context, old: LicenseId, next: ReplacementStep) -> Result<(), AppError> {
    let open = replacing::open_replacement(context, old).await?;
    if open.step < next { replacing::step(context, &open, next, None).await } else { Ok(()) }
}

/// Whether the vendor, or the way to it, told that the new license was not made.
fn is_refused(error: &AppError) -> bool {
    matches!(error, AppError::Vendor { source, .. } if !source.outcome_is_unknown())
}

fn not_replaced(file: &TrackedFile, new: &StoredLicense) -> AppError {
    AppError::NotReplaced { path: file.file.path.clone(), label: new.license.label().to_owned() }
}
