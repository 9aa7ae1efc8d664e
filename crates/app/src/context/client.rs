//! The client of an account: its address resolved, its login taken from the library.

use crate::context::{AppError, Context, shown::unescaped};
use license::{AccountId, Token};
use std::collections::BTreeMap;
use url::Url;
use vault::{Account, FILES_PROVIDER, Vault};
use vendors::{ConnectError, Connection, Vendor, VendorError};

/// The address under which accounts of the local portal are kept, since its port may change.
pub(crate) const LOCAL: &str = "local";

impl Context {
    /// A client for an account. Nothing is asked of the vendor yet.
    pub(crate) async fn client(&self, account: &Account) -> Result<Box<dyn Vendor>, AppError> {
        if account.provider == FILES_PROVIDER {
            return Err(AppError::NoVendor { account: account.name.clone() });
        }
        let address = self.resolve(&account.address).await?;
        self.unlock_without_prompt().await?;
        let about = |error: ConnectError| AppError::from(error).about(account);
        let known = self.registry.description(&account.provider).map_err(about)?;
        if known.password_once && was_refused(account) {
            let source = VendorError::RefusedBefore { wait: None };
            return Err(Self::at(account, "logging in")(source));
        }
        let (kept, keeps) = (account.clone(), known.keeps);
        let secrets = self.off_thread(move |vault| login_of(vault, &kept, keeps)).await?;
        let connection = Connection { address, fields: account.fields.clone(), secrets };
        self.registry.connect(&self.http, &account.provider, &connection).map_err(about)
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
            let gone = || AppError::NotFound { what: "account", named: id.0.to_string() };
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
            found.ok_or(AppError::NotFound { what: "account", named })
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

/// What is kept of an account's login, each secret by its name in the vendor's description.
pub(crate) fn login_of(
    vault: &Vault,
    account: &Account,
    keeps: &'static [&'static str],
) -> Result<BTreeMap<String, Token>, AppError> {
    let not_kept = || AppError::LoginNotKept { account: account.name.clone() };
    let mut secrets = BTreeMap::new();
    for &field in keeps {
        let secret = vault.library().login(account.id, field)?.ok_or_else(not_kept)?;
        secrets.insert(field.to_owned(), secret);
    }
    Ok(secrets)
}
