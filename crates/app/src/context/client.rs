//! The client of an account: its address resolved, its login taken from the library.

use crate::context::{
    AppError, Context, Thing,
    clients::{Clients, Origin},
    login::login_of,
    shown::unescaped,
};
use license::{AccountId, Token};
use std::{collections::BTreeMap, sync::Arc};
use url::Url;
use vault::{Account, FILES_PROVIDER};
use vendors::{Accepts, ConnectError, Connection, Vendor, VendorError};

/// The address under which accounts of the local portal are kept, since its port may change.
pub(crate) const LOCAL: &str = "local";

impl Context {
    /// The client of an account: the kept one, or a new one where its address or login changed. Nothing is asked of the vendor yet.
    pub(crate) async fn client(&self, account: &Account) -> Result<Arc<dyn Vendor>, AppError> {
        if account.provider == FILES_PROVIDER {
            return Err(AppError::NoVendor { account: account.name.clone() });
        }
        let clients = self.state::<Clients>();
        let drops = clients.drops();
        let address = self.resolve(&account.address).await?;
        let secrets = match self.login(account).await {
            Ok(secrets) => secrets,
            Err(error) => {
                // A login that is locked, refused or not kept does not stay in memory either.
                clients.remove(account.id);
                return Err(error);
            }
        };
        let at = Connection { address, fields: account.fields.clone(), secrets };
        let origin = Origin { provider: account.provider.clone(), at };
        if let Some(kept) = clients.find(account.id, &origin) {
            return Ok(kept);
        }
        let made = self.registry.connect(&self.http, &account.provider, &origin.at);
        let client = made.map_err(|error| AppError::from(error).about(account))?;
        client.recall(&Accepts::these(account.capabilities.iter().cloned()));
        let client = clients.keep(account.id, drops, origin, client.into());
        // Another process may have changed the login since it was read, and what follows that change did not find this client.
        let (context, id) = (self.clone(), account.id);
        self.off_thread(move |_| {
            context.drop_client_if_outdated(id);
            Ok(())
        })
        .await?;
        Ok(client)
    }

    /// The login of an account, as the library has it now.
    async fn login(&self, account: &Account) -> Result<BTreeMap<String, Token>, AppError> {
        self.unlock_without_prompt().await?;
        let about = |error: ConnectError| AppError::from(error).about(account);
        let known = self.registry.description(&account.provider).map_err(about)?;
        if known.password_once && was_refused(account) {
            let source = VendorError::RefusedBefore { wait: None };
            return Err(Self::at(account, "logging in")(source));
        }
        let (kept, keeps) = (account.clone(), known.keeps);
        self.off_thread(move |vault| login_of(vault, &kept, keeps)).await
    }

    /// The address as it can be asked: `local` is wherever the local portal answers now.
    pub(crate) async fn resolve(&self, address: &str) -> Result<Url, AppError> {
        if address == LOCAL {
            return Ok(self.portal.address().await?);
        }
        Url::parse(address).map_err(|_| ConnectError::NotAnAddress.into())
    }

    /// The account of an id.
    pub(crate) async fn account(&self, id: AccountId) -> Result<Account, AppError> {
        self.off_thread(move |vault| {
            let gone = || AppError::NotFound { what: Thing::Account, named: id.0.to_string() };
            vault.library().account(id)?.ok_or_else(gone)
        })
        .await
    }

    /// The account of a name.
    pub async fn account_named(&self, name: &str) -> Result<Account, AppError> {
        let named = name.to_owned();
        self.off_thread(move |vault| {
            let mut found = vault.library().account_by_name(&named)?;
            if let (None, Some(meant)) = (&found, unescaped(&named)) {
                found = vault.library().account_by_name(&meant)?;
            }
            found.ok_or(AppError::NotFound { what: Thing::Account, named })
        })
        .await
    }

    /// What a vendor answered about something of an account. A login that it refused is written down, so that no process
    /// sends the same again.
    pub(crate) async fn answered<T>(
        &self,
        account: &Account,
        doing: impl Into<String>,
        answer: Result<T, VendorError>,
    ) -> Result<T, AppError> {
        match answer {
            Ok(answer) => Ok(answer),
            Err(error) => Err(self.refused_by(account, doing, error).await?),
        }
    }

    /// The error of what a vendor refused, where a refused login is written down.
    pub(crate) async fn refused_by(
        &self,
        account: &Account,
        doing: impl Into<String>,
        failed: VendorError,
    ) -> Result<AppError, AppError> {
        // Of other refusals it is not said whether they are about the login or about a key that was sent.
        let is_of_login = matches!(failed, VendorError::WrongPassword { .. } | VendorError::SessionExpired);
        let error = Self::at(account, doing)(failed);
        if is_of_login && !self.is_read_only() {
            self.note_login(account.id, Some(error.report())).await?;
        }
        Ok(error)
    }

    /// Puts the account and what was tried to a vendor's error.
    pub(crate) fn at(account: &Account, doing: impl Into<String>) -> impl FnOnce(VendorError) -> AppError {
        let (provider, account) = (account.provider.as_str().into(), account.name.as_str().into());
        let doing = doing.into();
        move |source| AppError::Vendor { provider, account, doing, source }
    }
}

/// Whether the vendor refused the password that is kept, by what is written down of the account.
fn was_refused(account: &Account) -> bool {
    matches!(
        crate::context::last_refresh::last(account).problem(),
        Some("vendor-wrong-password" | "vendor-refused-before")
    )
}
