//! The address of an account that is about to be connected: where the one that was typed leads.

use crate::accounts::login::{Login, as_meant};
use crate::context::{AppError, Context, client::LOCAL};
use url::Url;
use vendors::{ALLOW_HTTP, Connection};

/// A login with the address that is kept with it.
pub(crate) struct Addressed {
    pub login: Login,
    /// The address as it can be asked.
    pub url: Url,
    /// Whether the typed one leads there, rather than being the same.
    pub is_moved: bool,
}

/// The login with the address that is kept with it. The typed one is asked where it leads, without the login.
pub(crate) async fn with_address(context: &Context, login: Login) -> Result<Addressed, AppError> {
    let typed = context.resolve(&login.address).await?;
    if login.address == LOCAL {
        return Ok(Addressed { login, url: typed, is_moved: false });
    }
    let base = context.registry.base(&login.provider, &typed)?;
    let known = context.registry.description(&login.provider)?;
    let mut login = as_meant(context, known, login).await?;
    let (fields, secrets) = (login.fields.clone(), login.secrets.clone());
    let at = Connection { address: base, fields, secrets };
    let address = context.registry.settled_address(&context.http, &login.provider, &at).await?;
    if address.scheme() == "https" {
        // It is not needed, and a kept one would allow what nobody asked for any more.
        login.fields.remove(ALLOW_HTTP);
    }
    login.address = address.as_str().trim_end_matches('/').to_owned();
    Ok(Addressed { login, is_moved: address.origin() != at.address.origin(), url: address })
}
