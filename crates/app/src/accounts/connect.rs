//! Accounts: a login is tested and kept; an account is renamed and removed.

use crate::accounts::{
    address::{self, Addressed},
    login::Login,
    session_end::{self, LastSession},
    sign_in::{self, SignedIn},
};
use crate::context::{AppError, Context, Outcome, Verb, client::LOCAL, state};
use crate::refresh::vendor_page;
use async_trait::async_trait;
use data_encoding::HEXLOWER;
use license::{AccountId, LicenseName, same_name};
use std::collections::{BTreeMap, HashMap};
use tokio::sync::Mutex;
use vault::{Account, FILES_PROVIDER, NewAccount, Refresh};
use vendors::Probe;

/// A login that worked, waiting in memory to be kept.
#[derive(Debug)]
pub(crate) struct TestedLogin {
    login: Login,
    probe: Probe,
    is_session: bool,
}

/// The logins that were tested, by their tickets.
#[derive(Debug, Default)]
struct TestedLogins(Mutex<HashMap<String, TestedLogin>>);

#[async_trait]
impl state::SubjectState for TestedLogins {
    async fn end_session(&self) {
        self.0.lock().await.clear();
    }
}

/// What a login that worked opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// What [`keep_account`] takes.
    pub ticket: String,
    /// Such as the project's name.
    pub subject: Option<String>,
    /// How many licenses it holds, where told.
    pub licenses: Option<u64>,
    /// A name for the account that is free.
    pub suggested_name: String,
    /// The name of an account that opens the same: kept once more, its licenses would be listed twice.
    pub already: Option<String>,
    /// The address that is kept: `local`, the one that was typed, or the one that it leads to.
    pub address: String,
    /// Whether it is the one that the typed address leads to.
    pub is_moved: bool,
}

/// Tests a login at its vendor, which gets it once. The login that was tested is the one that is kept, or the session
/// that it was exchanged for.
pub async fn test_login(context: &Context, login: Login) -> Result<Tested, AppError> {
    let Addressed { login, url: address, is_moved } = address::with_address(context, login).await?;
    let host = address.host_str().unwrap_or_default().to_owned();
    let (provider, asked) = (login.provider.clone(), login.address.clone());
    let tried = |source| AppError::Login {
        provider: provider.as_str().into(),
        address: asked.as_str().into(),
        source,
    };
    let SignedIn { login, client, is_session } =
        sign_in::sign_in(context, &address, login).await.map_err(|error| error.at(tried))?;
    let probe = match client.probe().await {
        Ok(probe) => probe,
        Err(source) => {
            discard_session(context, is_session, login).await;
            return Err(tried(source));
        }
    };
    let already = sign_in::connected_already(context, &login, &probe).await?;
    let wished =
        probe.subject.clone().unwrap_or(if login.address == LOCAL { LOCAL.to_owned() } else { host });
    let suggested_name = free_name(context, &wished).await?;
    let ticket = random_ticket();
    let tested = Tested {
        ticket: ticket.clone(),
        subject: probe.subject.clone(),
        licenses: probe.licenses,
        suggested_name,
        already,
        address: login.address.clone(),
        is_moved,
    };
    discard_tested(context).await;
    context.state::<TestedLogins>().0.lock().await.insert(ticket, TestedLogin { login, probe, is_session });
    Ok(tested)
}

/// Drops the login that waits to be kept; its session is ended.
pub(crate) async fn discard_tested(context: &Context) {
    let waiting = std::mem::take(&mut *context.state::<TestedLogins>().0.lock().await);
    for tested in waiting.into_values() {
        discard_session(context, tested.is_session, tested.login).await;
    }
}

/// Leaves nothing open: a login that was tested and not kept is ended, and whatever is being ended has a moment for it.
pub async fn leave(context: &Context) {
    discard_tested(context).await;
    session_end::wait_for_ends(context).await;
}

async fn discard_session(context: &Context, is_session: bool, login: Login) {
    if is_session {
        session_end::discard(context, login).await;
    }
}

/// Keeps a tested login under a name. Its licenses come with the first [`refresh`](crate::refresh::refresh).
pub async fn keep_account(context: &Context, ticket: &str, name: &str) -> Result<AccountId, AppError> {
    let name = LicenseName::parse(name)?;
    context.unlock_without_prompt().await?;
    let tested = context.state::<TestedLogins>().0.lock().await.remove(ticket).ok_or(AppError::TicketGone)?;
    let kept = insert_account(context, &tested, name.as_str()).await;
    let id = match kept {
        Ok(id) => id,
        Err(error) => {
            context.state::<TestedLogins>().0.lock().await.insert(ticket.to_owned(), tested);
            return Err(error);
        }
    };
    context.note(Verb::Connected, Some(name.as_str()), None, name.as_str(), Outcome::Done).await?;
    Ok(id)
}

async fn insert_account(context: &Context, tested: &TestedLogin, name: &str) -> Result<AccountId, AppError> {
    let account = NewAccount {
        provider: tested.login.provider.clone(),
        name: name.to_owned(),
        address: tested.login.address.clone(),
        fields: tested.login.fields.clone(),
    };
    let secrets = tested.login.secrets.clone();
    let keeps = context.registry.description(&account.provider)?.keeps;
    let first = Refresh {
        at: context.clock.now(),
        outcome: String::new(),
        validator: None,
        subject: tested.probe.subject.clone(),
        capabilities: Some(tested.probe.accepts.names().map(str::to_owned).collect()),
    };
    context
        .off_thread(move |vault| {
            let secret = |field: &&'static str| Some((*field, secrets.get(*field)?.expose()));
            Ok(vault.library().connect(&account, keeps.iter().filter_map(secret), &first)?)
        })
        .await
}

/// Connects the local portal of this home: it is started, and a project and a token are made there.
pub async fn connect_local(context: &Context, name: &str) -> Result<AccountId, AppError> {
    let name = LicenseName::parse(name)?;
    refuse_taken(context, name.as_str()).await?;
    context.unlock_without_prompt().await?;
    let token = context.portal.issue_token(name.as_str()).await?;
    let fields = vendors::LOCAL_PORTAL.keeps.iter();
    let login = Login {
        provider: vendors::LOCAL_PORTAL.provider.to_owned(),
        address: LOCAL.to_owned(),
        fields: BTreeMap::new(),
        secrets: fields.map(|&name| (name.to_owned(), token.clone())).collect(),
    };
    let tested = test_login(context, login).await?;
    keep_account(context, &tested.ticket, name.as_str()).await
}

/// Gives an account another name. That of imported keys keeps its own, by which programs find it, and no other
/// account takes it.
pub async fn rename_account(context: &Context, id: AccountId, name: &str) -> Result<(), AppError> {
    let name = LicenseName::parse(name)?;
    let account = context.account(id).await?;
    if account.provider == FILES_PROVIDER {
        let (param, value) = ("name".to_owned(), name.as_str().to_owned());
        return Err(AppError::NotAChoice { param, value, possible: FILES_PROVIDER.to_owned() });
    }
    let new = name.as_str().to_owned();
    context.off_thread(move |vault| Ok(vault.library().rename_account(id, &new)?)).await?;
    let before = Outcome::With(account.name);
    context.note(Verb::Renamed, Some(name.as_str()), None, name.as_str(), before).await
}

/// Takes an account off this computer, with its licenses and secrets. Its session is ended at its vendor, where it has
/// one and the vendor can be asked, and what became of it is answered; nothing else changes there. That of imported
/// keys stays as long as it has any: no vendor would give them out again.
pub async fn remove_account(context: &Context, id: AccountId, typed: &str) -> Result<LastSession, AppError> {
    let account = context.account(id).await?;
    if account.provider == FILES_PROVIDER {
        let counts = context.off_thread(|vault| Ok(vault.library().count_by_account()?)).await?;
        if let Some(count) = counts.get(&id).copied().filter(|count| *count > 0) {
            return Err(AppError::HoldsImportedKeys { account: account.name, count });
        }
    }
    crate::context::confirmed(typed, &account.name)?;
    vendor_page::stop_watching(context, id).await;
    let session = session_end::sign_out_before_removal(context, &account).await;
    context.off_thread(move |vault| Ok(vault.library().remove_account(id)?)).await?;
    context.drop_client(id);
    context.note(Verb::Disconnected, Some(&account.name), None, &account.name, session.outcome()).await?;
    Ok(session)
}

/// Asks the vendor whether a kept login still works.
pub async fn test_account(context: &Context, account: &Account) -> Result<Probe, AppError> {
    let client = context.client(account).await?;
    context.answered(account, "logging in", client.probe().await).await
}

async fn refuse_taken(context: &Context, name: &str) -> Result<(), AppError> {
    match free_name(context, name).await? {
        free if same_name(&free, name) => Ok(()),
        _ => Err(vault::LibraryError::NameTaken { name: name.to_owned() }.into()),
    }
}

/// A name that no account has: the wished one, or with a number behind it.
async fn free_name(context: &Context, wished: &str) -> Result<String, AppError> {
    let wished = wished.to_owned();
    context
        .off_thread(move |vault| {
            let taken: Vec<String> =
                vault.library().accounts()?.into_iter().map(|a| a.name.to_lowercase()).collect();
            let is_free = |name: &str| name != FILES_PROVIDER && !taken.contains(&name.to_lowercase());
            let numbered = (2..).map(|number| format!("{wished} {number}"));
            let mut names = std::iter::once(wished.clone()).chain(numbered);
            Ok(names.find(|name| is_free(name)).unwrap_or(wished))
        })
        .await
}

/// A word that nobody guesses, for a login that waits in memory.
#[expect(clippy::expect_used, reason = "without randomness nothing can be kept secret")]
fn random_ticket() -> String {
    let mut bytes = [0; 16];
    // Without randomness from the system nothing of this program can be trusted: there is no way on.
    getrandom::fill(&mut bytes).expect("the system has randomness");
    HEXLOWER.encode(&bytes)
}
