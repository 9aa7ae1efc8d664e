//! Logging in: a login is read from its form, exchanged for a session where the vendor gives one, and looked at; and the
//! end of a session.

use crate::accounts::{Login, connect};
use crate::context::{AppError, Context, ErrorReport, Outcome, Verb, client::login_of, state::SubjectState};
use jiff::Timestamp;
use license::{AccountId, Token, pasted};
use std::{collections::BTreeMap, path::PathBuf, time::Duration};
use tokio::{sync::Mutex, task::JoinSet};
use url::Url;
use vault::Account;
use vendors::{ALLOW_HTTP, Connection, Description, Facet, FieldKind, Probe, Registry, Vendor, VendorError};

/// How the text of a file with certificates begins, also where words stand before it.
const PEM: &str = "-----BEGIN ";
/// The two lines that a certificate stands between.
const CERTIFICATE: [&str; 2] = ["-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"];

/// For how long the end of the program waits for sessions to be ended.
const LEAVE_WITHIN: Duration = Duration::from_secs(3);

/// A login that can be used, with the client that it opens.
pub(crate) struct SignedIn {
    /// What is kept of it: no password that was exchanged, and no one-time code.
    pub login: Login,
    pub client: Box<dyn Vendor>,
    /// Whether it is a session, which has to be ended where it is not kept.
    pub is_session: bool,
}

/// Makes a client of a login as it was typed. One that is exchanged for a session is sent for that, once.
pub(crate) async fn sign_in(context: &Context, address: &Url, login: Login) -> Result<SignedIn, VendorOr> {
    let known = context.registry.description(&login.provider).map_err(AppError::from)?;
    let mut login = as_meant(context, known, login).await?;
    let client = client_of(context, address, &login)?;
    let Some(sign_in) = client.sign_in() else {
        return Ok(SignedIn { login, client, is_session: false });
    };
    let session = sign_in.exchange().await?;
    login.fields.retain(|name, _| is_typed(known, name));
    login.fields.extend(session.fields);
    login.secrets = session.secrets;
    let client = client_of(context, address, &login)?;
    Ok(SignedIn { login, client, is_session: true })
}

fn client_of(context: &Context, address: &Url, login: &Login) -> Result<Box<dyn Vendor>, AppError> {
    let (fields, secrets) = (login.fields.clone(), login.secrets.clone());
    let connection = Connection { address: address.clone(), fields, secrets };
    Ok(context.registry.connect(&context.http, &login.provider, &connection)?)
}

/// The login as it was meant: secrets without what copying adds to them, and the text of the files that it names, so
/// that they may go.
pub(crate) async fn as_meant(
    context: &Context,
    known: &Description,
    mut login: Login,
) -> Result<Login, AppError> {
    for field in known.connect.iter().filter(|field| field.kind.is_secret()) {
        if let Some(given) = login.secrets.get_mut(field.name) {
            *given = pasted_secret(field.kind, given);
        }
    }
    for field in known.connect.iter().filter(|field| field.kind == FieldKind::CaFile) {
        let Some(given) = login.fields.get_mut(field.name) else { continue };
        if given.trim().is_empty() {
            continue;
        }
        if !given.contains(PEM) {
            let path = PathBuf::from(given.trim());
            let text = context.off_thread(move |_| Ok(vault::files::read_text(&path)?)).await?;
            *given = text.as_str().to_owned();
        }
        if let Some(certificates) = certificates_of(given) {
            *given = certificates;
        }
    }
    Ok(login)
}

/// The account that opens the same as a login: by what the vendor calls it, else by the very same secrets.
pub(crate) async fn connected_already(
    context: &Context,
    login: &Login,
    probe: &Probe,
) -> Result<Option<String>, AppError> {
    let known = context.registry.description(&login.provider)?;
    let keeps = known.keeps;
    let (login, subject) = (login.clone(), probe.subject.clone());
    context
        .off_thread(move |vault| {
            let is_alike = |account: &Account| is_same_form(known, account, &login);
            for account in vault.library().accounts()?.into_iter().filter(is_alike) {
                let is_same = match (&subject, &account.subject) {
                    (Some(subject), Some(known)) => subject == known,
                    // While secrets are locked it cannot be told, and the login is as good without.
                    (None, _) | (_, None) => {
                        login_of(vault, &account, keeps).is_ok_and(|kept| same_secrets(&kept, &login.secrets))
                    }
                };
                if is_same {
                    return Ok(Some(account.name));
                }
            }
            Ok(None)
        })
        .await
}

/// Sessions that are being ended in the background.
#[derive(Debug, Default)]
struct Ending(Mutex<JoinSet<()>>);

impl SubjectState for Ending {}

/// Ends a session that is not kept, behind the user's back: at worst it ends by itself.
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

/// Leaves nothing open: a login that was tested and not kept is ended, and whatever is being ended has a moment for it.
pub async fn leave(context: &Context) {
    connect::discard_tested(context).await;
    let ending = context.state::<Ending>();
    let mut ending = ending.0.lock().await;
    let all = async { while ending.join_next().await.is_some() {} };
    // A vendor that does not answer keeps nobody: the session ends by itself.
    let _in_time = tokio::time::timeout(LEAVE_WITHIN, all).await;
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

/// Why a login did not come about: the vendor said no, or it was not sent at all.
pub(crate) enum VendorOr {
    Vendor(VendorError),
    App(AppError),
}

impl VendorOr {
    /// Converts it, and adds to a vendor's error where it was tried.
    pub(crate) fn at(self, tried: impl FnOnce(VendorError) -> AppError) -> AppError {
        match self {
            Self::Vendor(error) => tried(error),
            Self::App(error) => error,
        }
    }
}

impl From<VendorError> for VendorOr {
    fn from(error: VendorError) -> Self {
        Self::Vendor(error)
    }
}

impl From<AppError> for VendorOr {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

/// The fields of an account that a user typed, without what a session added.
pub(crate) fn typed_fields(known: &Description, account: &Account) -> BTreeMap<String, String> {
    let typed = account.fields.iter().filter(|(name, _)| is_typed(known, name));
    typed.map(|(name, text)| (name.clone(), text.clone())).collect()
}

/// The typed fields that another login may change: not the address, nor what belongs to it.
pub(crate) fn changeable(registry: &Registry, account: &Account) -> BTreeMap<String, String> {
    let Ok(known) = registry.description(&account.provider) else { return BTreeMap::new() };
    let may_change = |name: &str| {
        let kind = known.connect.iter().find(|field| field.name == name).map(|field| field.kind);
        matches!(kind, Some(FieldKind::Text | FieldKind::PublicKey | FieldKind::AllowHttp))
    };
    typed_fields(known, account).into_iter().filter(|(name, _)| may_change(name)).collect()
}

/// When an account's session ends, where it has one that tells.
pub(crate) fn session_expires(account: &Account) -> Option<Timestamp> {
    account.fields.get(vendors::SESSION_EXPIRES)?.parse().ok()
}

/// Whether two logins say the same in what is not secret and has to be given: what may stay empty, such as a public key,
/// does not tell accounts apart.
fn is_same_form(known: &Description, account: &Account, login: &Login) -> bool {
    let is_needed = |name: &str| known.connect.iter().any(|field| field.name == name && !field.optional);
    let needed = |fields: &BTreeMap<String, String>| {
        let needed = fields.iter().filter(|(name, _)| is_needed(name));
        needed.map(|(name, text)| (name.clone(), text.trim().to_owned())).collect::<Vec<_>>()
    };
    account.provider == login.provider
        && account.address == login.address
        && needed(&account.fields) == needed(&login.fields)
}

fn pasted_secret(kind: FieldKind, given: &Token) -> Token {
    let is_password = kind == FieldKind::Password;
    Token::new(match given.expose() {
        given if is_password => pasted::password(given).to_owned(),
        given => pasted::key(given).into_owned(),
    })
}

fn is_typed(known: &Description, name: &str) -> bool {
    known.connect.iter().any(|field| field.name == name)
}

/// The login that an account is entered with anew.
pub(crate) fn entered_anew(
    known: &Description,
    account: &Account,
    changed: BTreeMap<String, String>,
    secrets: BTreeMap<String, Token>,
) -> Login {
    let mut fields = typed_fields(known, account);
    fields.extend(changed);
    fields.retain(|_, text| !text.trim().is_empty());
    if account.address.starts_with("https:") {
        // Kept with an https:// address, it would take effect without a question if the address changed.
        fields.remove(ALLOW_HTTP);
    }
    Login { provider: account.provider.clone(), address: account.address.clone(), fields, secrets }
}

fn same_secrets(one: &BTreeMap<String, Token>, other: &BTreeMap<String, Token>) -> bool {
    one.len() == other.len() && one.iter().all(|(name, secret)| other.get(name) == Some(secret))
}

/// The certificates of a PEM text without whatever else stands in it: beside them often lies the private key, which is
/// nobody's business here. Nothing where there is none.
fn certificates_of(pem: &str) -> Option<String> {
    let [begin, end] = CERTIFICATE;
    let mut certificates = String::new();
    let mut rest = pem;
    while let Some((_, after)) = rest.split_once(begin) {
        let (inside, after) = after.split_once(end)?;
        certificates.push_str(&format!("{begin}{inside}{end}\n"));
        rest = after;
    }
    (!certificates.is_empty()).then_some(certificates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vendors::{ALLOWED, LOCAL_PORTAL};

    fn account(address: &str, allow_http: Option<&str>) -> Account {
        let kept = allow_http.map(|text| (ALLOW_HTTP.to_owned(), text.to_owned()));
        Account {
            id: AccountId(1),
            provider: LOCAL_PORTAL.provider.to_owned(),
            name: "north".to_owned(),
            address: address.to_owned(),
            fields: kept.into_iter().collect(),
            subject: None,
            capabilities: Vec::new(),
            validator: None,
            refreshed: None,
            refresh_outcome: None,
        }
    }

    #[test]
    fn permission_for_http_is_kept_for_an_http_address_only() {
        let known = LOCAL_PORTAL;
        let permission = |address, kept, changed: Option<&str>| {
            let changed = changed.map(|text| (ALLOW_HTTP.to_owned(), text.to_owned()));
            let account = account(address, kept);
            let entered = entered_anew(known, &account, changed.into_iter().collect(), BTreeMap::new());
            entered.fields.get(ALLOW_HTTP).cloned()
        };
        let yes = || Some(ALLOWED.to_owned());
        assert_eq!(permission("http://portal.example", None, Some(ALLOWED)), yes());
        assert_eq!(permission("http://portal.example", Some(ALLOWED), None), yes());
        assert_eq!(permission("http://portal.example", Some(ALLOWED), Some("")), None, "withdrawn");
        assert_eq!(permission("https://portal.example", None, Some(ALLOWED)), None);
        assert_eq!(permission("https://portal.example", Some(ALLOWED), None), None);
    }

    #[test]
    fn of_a_pem_file_nothing_is_kept_but_its_certificates() {
        let certificate =
            |inside| format!("-----BEGIN CERTIFICATE-----\n{inside}\n-----END CERTIFICATE-----\n");
        let (one, two) = (certificate("b25l"), certificate("dHdv"));
        let key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
        let pem = format!("subject: CN=authority\n{one}{key}{two}");
        assert_eq!(certificates_of(&pem), Some(format!("{one}{two}")));
        assert_eq!(certificates_of(key), None);
        assert_eq!(certificates_of("-----BEGIN CERTIFICATE-----\ncut off"), None);
    }
}
