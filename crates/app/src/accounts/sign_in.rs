//! Logging in: a login is exchanged for a session where the vendor gives one, and its account is looked for among those that
//! are connected.

use crate::accounts::login::{Login, as_meant, is_same_form, is_typed, same_secrets};
use crate::context::{AppError, Context, login::login_of};
use url::Url;
use vault::Account;
use vendors::{Connection, Probe, Vendor, VendorError};

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

pub(super) fn client_of(
    context: &Context,
    address: &Url,
    login: &Login,
) -> Result<Box<dyn Vendor>, AppError> {
    let (fields, secrets) = (login.fields.clone(), login.secrets.clone());
    let connection = Connection { address: address.clone(), fields, secrets };
    Ok(context.registry.connect(&context.http, &login.provider, &connection)?)
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
