//! The end of a session.

use crate::accounts::{
    login::{Login, typed_fields},
    sign_in::{VendorOr, client_of},
};
use crate::context::{AppError, Context, ErrorReport, Outcome, Verb, state::SubjectState};
use jiff::Timestamp;
use license::AccountId;
use std::time::Duration;
use tokio::{sync::Mutex, task::JoinSet};
use vault::Account;
use vendors::Facet;

/// For how long the end of the program waits for sessions to be ended.
const LEAVE_WITHIN: Duration = Duration::from_secs(3);

/// Sessions that are being ended in the background.
#[derive(Debug, Default)]
struct Ending(Mutex<JoinSet<()>>);

impl SubjectState for Ending {}

/// Ends a session that is not kept, in the background: at worst it ends by itself.
pub(crate) async fn discard(context: &Context, login: Login) {
    let owned = context.clone();
    let ending = context.state::<Ending>();
    let mut ending = ending.0.lock().await;
    // Those that are done leave nothing behind.
    while ending.try_join_next().is_some() {}
    ending.spawn(async move {
        // Nobody could do anything about it.
        let _ended = end_session(&owned, &login).await;
    });
}

async fn end_session(context: &Context, login: &Login) -> Result<(), VendorOr> {
    let address = context.resolve(&login.address).await?;
    let client = client_of(context, &address, login)?;
    match client.sign_in() {
        Some(sign_in) => Ok(sign_in.revoke().await?),
        None => Ok(()),
    }
}

/// Ends an account's session at its vendor and forgets it here. Licenses, files and history stay.
pub async fn sign_out(context: &Context, id: AccountId) -> Result<(), AppError> {
    let account = context.account(id).await?;
    end_kept_session(context, &account).await?;
    let known = context.registry.description(&account.provider)?;
    let typed = typed_fields(known, &account);
    context
        .off_thread(move |vault| {
            vault.library().remove_login(id, known.keeps)?;
            Ok(vault.library().set_login(id, [], &typed)?)
        })
        .await?;
    context.drop_client(id);
    // Whoever looks sees at once that another login is needed.
    let not_kept = AppError::LoginNotKept { account: account.name.clone() };
    context.note_login(id, Some(not_kept.report())).await?;
    context.note(Verb::SignedOut, Some(&account.name), None, &account.name, Outcome::Done).await
}

/// Ends the session of an account that is taken off this computer, where it has one and its vendor can be asked.
pub(crate) async fn sign_out_before_removal(context: &Context, account: &Account) -> LastSession {
    let Ok(known) = context.registry.description(&account.provider) else { return LastSession::None };
    // A session leaves its traces beside what was typed until it is ended.
    let has_session = known.facets.contains(&Facet::SignIn) && typed_fields(known, account) != account.fields;
    if !has_session {
        return LastSession::None;
    }
    match end_kept_session(context, account).await {
        Ok(()) => LastSession::Ended,
        Err(error) => LastSession::Left(error.report()),
    }
}

async fn end_kept_session(context: &Context, account: &Account) -> Result<(), AppError> {
    let client = context.client(account).await?;
    let no_facet = || AppError::NoFacet { label: account.name.clone(), facet: Facet::SignIn.word() };
    let sign_in = client.sign_in().ok_or_else(no_facet)?;
    sign_in.revoke().await.map_err(Context::at(account, "logging out"))
}

/// What became of the session of an account that was taken off this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastSession {
    /// It had none.
    None,
    /// It was ended at its vendor.
    Ended,
    /// It was not, for this reason, and goes on there until it ends by itself.
    Left(ErrorReport),
}

impl LastSession {
    /// What is written down of it.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::None => Outcome::Done,
            Self::Ended => Outcome::With("its session was ended".to_owned()),
            Self::Left(why) => Outcome::With(format!("its session was not ended: {}", why.code)),
        }
    }
}

/// When an account's session ends, where it has one that tells.
pub(crate) fn session_expires(account: &Account) -> Option<Timestamp> {
    account.fields.get(vendors::SESSION_EXPIRES)?.parse().ok()
}

/// Waits a moment for the sessions that are being ended. A vendor that does not answer keeps nobody: the session ends by itself.
pub(crate) async fn wait_for_ends(context: &Context) {
    let ending = context.state::<Ending>();
    let mut ending = ending.0.lock().await;
    let all = async { while ending.join_next().await.is_some() {} };
    let _in_time = tokio::time::timeout(LEAVE_WITHIN, all).await;
}
