//! The licenses of a selection, and those that an action leaves out.

use crate::context::AppError;
use errors::Kind;
use license::LicenseId;
use std::collections::HashMap;
use vault::{Account, StoredLicense, Vault};
use vendors::VendorError;

/// A license that an action does not include.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The license.
    pub id: LicenseId,
    /// What it is called.
    pub label: String,
    /// Why.
    pub reason: Reason,
}

/// Why an action does not include a license.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Its vendor deletes none that a program asks for.
    NotFromHere,
    /// An earlier request about it has no answer yet.
    UnderWay,
    /// Its vendor does not list it any more.
    Gone,
    /// Its key has leaked.
    Leaked,
    /// No license file of the chosen format is written from it.
    NoFile,
}

/// The licenses of these ids that are in the library, in this order.
pub(crate) fn licenses(vault: &Vault, ids: &[LicenseId]) -> Result<Vec<(StoredLicense, Account)>, AppError> {
    let accounts: HashMap<_, Account> =
        vault.library().accounts()?.into_iter().map(|account| (account.id, account)).collect();
    let mut found = Vec::new();
    for id in ids {
        let Some(stored) = vault.library().license(*id)? else { continue };
        let account = accounts.get(&stored.account).cloned();
        found.extend(account.map(|account| (stored, account)));
    }
    Ok(found)
}

/// Whether the next license of the account would fail alike.
pub(crate) fn is_about_the_account(error: &AppError) -> bool {
    if let AppError::Vendor { source, .. } = error {
        let is_of_login = matches!(
            source,
            VendorError::Unauthorized { .. }
                | VendorError::SessionExpired
                | VendorError::RefusedBefore { .. }
                | VendorError::RateLimited { .. }
                | VendorError::SwitchedOff { .. }
        );
        return is_of_login || matches!(error.kind(), Kind::Offline | Kind::OutcomeUnknown);
    }
    // Without its login, or with its secrets locked, no request of the account can be sent.
    error.kind() == Kind::Locked
}
