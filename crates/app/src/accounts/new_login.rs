//! Another login for a kept account, after the vendor refused the old one: licenses, files and history stay.

use crate::accounts::{
    login::{Login, entered_anew},
    session_end,
    sign_in::{self, SignedIn},
};
use crate::context::{AppError, Context, Outcome, Verb, login::login_of};
use crate::refresh::run;
use license::{AccountId, Token};
use std::collections::{BTreeMap, BTreeSet};
use vault::{Account, FILES_PROVIDER, Filter, Query, SecretError};
use vendors::{Listing, Turn, Vendor};

/// Keeps another login for an account, once it was tested; `fields` are the changed ones that are not secret, an empty one to
/// be left out. Of two sessions, the one that is not kept is ended. A login that opens something else than what the account
/// has is refused: its next listing would mark every license as gone.
pub async fn new_login(
    context: &Context,
    id: AccountId,
    fields: BTreeMap<String, String>,
    secrets: BTreeMap<String, Token>,
) -> Result<(), AppError> {
    context.unlock_without_prompt().await?;
    let account = context.account(id).await?;
    if account.provider == FILES_PROVIDER {
        return Err(AppError::NoVendor { account: account.name });
    }
    let known = context.registry.description(&account.provider)?;
    refuse_edited(context, &account, known.keeps).await?;
    let address = context.resolve(&account.address).await?;
    let entered = entered_anew(known, &account, fields, secrets);
    let SignedIn { login, client, is_session } = sign_in::sign_in(context, &address, entered)
        .await
        .map_err(|error| error.at(Context::at(&account, "logging in")).about(&account))?;
    let replaced = async {
        opens_the_same(context, &account, known.by_address, client.as_ref()).await?;
        replace_login(context, &account, known.keeps, &login).await
    };
    let (unused, kept) = match replaced.await {
        Ok(before) => (before, Ok(())),
        Err(error) => (Some(login), Err(error)),
    };
    if kept.is_ok() {
        context.drop_client(id);
        // What comes of listing with the login of before says nothing of this one.
        run::cancel_refresh(context, id);
    }
    if let Some(unused) = unused.filter(|_| is_session) {
        session_end::discard(context, unused).await;
    }
    kept?;
    context.note_login(id, None).await?;
    context.note(Verb::Renewed, Some(&account.name), None, &account.name, Outcome::Done).await
}

/// Refuses to log in where the kept login does not open: the account may have been edited outside Licet, and its address may
/// not be the one that the user means.
async fn refuse_edited(
    context: &Context,
    account: &Account,
    keeps: &'static [&'static str],
) -> Result<(), AppError> {
    let id = account.id;
    context
        .off_thread(move |vault| {
            for field in keeps {
                match vault.library().login(id, field) {
                    // Another login may replace one that is locked or not kept.
                    Ok(_) | Err(SecretError::Locked) => {}
                    Err(error @ (SecretError::Tampered { .. } | SecretError::Library(_))) => {
                        return Err(error.into());
                    }
                }
            }
            Ok(())
        })
        .await
}

/// Keeps a login in place of the one that the account has, which is handed back where it is another and can be read.
async fn replace_login(
    context: &Context,
    account: &Account,
    keeps: &'static [&'static str],
    login: &Login,
) -> Result<Option<Login>, AppError> {
    let (account, login) = (account.clone(), login.clone());
    context
        .off_thread(move |vault| {
            // If the old login is not kept, there is none to hand back.
            let before = login_of(vault, &account, keeps).ok().filter(|before| *before != login.secrets);
            let kept = keeps.iter().filter_map(|&field| Some((field, login.secrets.get(field)?.expose())));
            vault.library().set_login(account.id, kept, &login.fields)?;
            let Account { provider, address, fields, .. } = account;
            Ok(before.map(|secrets| Login { provider, address, fields, secrets }))
        })
        .await
}

/// Whether a login opens what the account holds. What answers at an address of its own is the same whoever logs in.
async fn opens_the_same(
    context: &Context,
    account: &Account,
    by_address: bool,
    client: &dyn Vendor,
) -> Result<(), AppError> {
    if by_address {
        return client.probe().await.map(drop).map_err(Context::at(account, "logging in"));
    }
    let opened = opened_by(account, client).await?;
    let known = known_vendor_ids(context, account.id).await?;
    if !known.is_empty() && known.is_disjoint(&opened) {
        return Err(AppError::OtherLogin { account: account.name.clone() });
    }
    Ok(())
}

/// The vendor's ids of everything that a login opens.
async fn opened_by(account: &Account, client: &dyn Vendor) -> Result<BTreeSet<String>, AppError> {
    let failed = || Context::at(account, "logging in");
    let mut opened = BTreeSet::new();
    let Listing::Pages(mut pages) = client.list(None).await.map_err(failed())? else { return Ok(opened) };
    while let Turn::Page { licenses, .. } = pages.next().await.map_err(failed())? {
        opened.extend(licenses.into_iter().map(|listed| listed.license.vendor_id));
    }
    Ok(opened)
}

async fn known_vendor_ids(context: &Context, account: AccountId) -> Result<BTreeSet<String>, AppError> {
    let now = context.clock.now();
    context
        .off_thread(move |vault| {
            let query = Query { filter: Filter::Account(account), ..Query::default() };
            let known = vault.library().window(&query, now, crate::context::settings::threshold(vault)?)?;
            Ok(known.rows.into_iter().map(|stored| stored.license.vendor_id).collect())
        })
        .await
}
