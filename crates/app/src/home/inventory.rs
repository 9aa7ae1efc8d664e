//! What is stored where: every secret and its place, and how to forget everything.

use crate::accounts::connect;
use crate::certificates::check_out::CheckedOut;
use crate::context::{AppError, Context, client::LOCAL};
use crate::files::drift;
use crate::instance::kept_tokens::{APPLIED, PREVIOUS};
use crate::keys::{clipboard, issuers::Issuers};
use license::{AccountId, LicenseId, host};
use std::{collections::BTreeSet, path::PathBuf};
use vault::{FILES_PROVIDER, KeptBy, LockState, SecretError, Vault, files};
use vendors::Registry;

/// What a user types to forget everything.
pub const FORGET_EVERYTHING: &str = "forget everything";

/// Where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the system's keyring.
    Keyring,
    /// Wrapped under the passphrase, in the library.
    Passphrase,
    /// In memory until the program ends.
    Memory,
    /// Sealed in the library.
    Sealed,
    /// In a file, readable to whoever may read the file.
    File,
}

impl Place {
    /// The one spelling.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::Passphrase => "passphrase",
            Self::Memory => "memory",
            Self::Sealed => "library-sealed",
            Self::File => "file",
        }
    }
}

/// Something that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// `data-key`, `account-token`, `account-password`, `applied-token`, `previous-token`, `license-keys`, `checked-out-certificate`, `library`, `settings`, `license-file`, `backup`, `portal`.
    pub what: &'static str,
    /// What tells it from others of its kind.
    pub label: String,
    /// Where it is.
    pub place: Place,
    /// The file, where it is one.
    pub path: Option<PathBuf>,
    /// How many there are.
    pub count: usize,
    /// The host that it is sent to; nothing where it is never sent.
    pub sent_to: Option<String>,
}

/// Every secret and file that is kept, and where.
pub async fn stored(context: &Context) -> Result<Vec<Stored>, AppError> {
    let registry = context.registry;
    let checked_out = context.state::<CheckedOut>().licenses().await;
    context
        .off_thread(move |vault| {
            let state = vault.lock().state()?;
            let sealed = match state {
                LockState::Unlocked(KeptBy::Session) => Place::Memory,
                LockState::New | LockState::Unlocked(_) | LockState::Locked(_) | LockState::SlotsLost => {
                    Place::Sealed
                }
            };
            let mut stored = data_keys(vault, state)?;
            stored.extend(logins(&registry, vault, sealed)?);
            stored.extend(keys(vault, sealed)?);
            stored.extend(certificates(vault, checked_out)?);
            stored.extend(files(vault)?);
            Ok(stored)
        })
        .await
}

/// Takes everything that Licet keeps off this computer: accounts, licenses, secrets, the data key in the keyring.
/// License files stay where they were written, and nothing changes at any vendor. An entry in a keyring that is locked
/// or away stays there; it opens nothing any more.
pub async fn forget_everything(context: &Context, typed: &str) -> Result<(), AppError> {
    crate::context::confirmed(typed, FORGET_EVERYTHING)?;
    let forgotten = context.off_thread(|vault| Ok(vault.lock().forget_everything()?)).await;
    connect::discard_tested(context).await;
    context.state::<Issuers>().clear().await;
    context.end_session().await;
    clipboard::clear_copied(context).await;
    drift::watch_written(context).await?;
    context.lock_changed();
    forgotten
}

/// The data key, at every place that it is kept in.
fn data_keys(vault: &Vault, state: LockState) -> Result<Vec<Stored>, AppError> {
    let mut kept_by = vault.lock().kept_by()?;
    kept_by.extend((state == LockState::Unlocked(KeptBy::Session)).then_some(KeptBy::Session));
    let data_key = |kept_by: KeptBy| Stored {
        what: "data-key",
        label: "Licet".to_owned(),
        place: match kept_by {
            KeptBy::Keyring => Place::Keyring,
            KeptBy::Passphrase => Place::Passphrase,
            KeptBy::Session => Place::Memory,
        },
        path: None,
        count: 1,
        sent_to: None,
    };
    Ok(kept_by.into_iter().map(data_key).collect())
}

/// What is kept of each account's login, and the tokens that an instance was given from here.
fn logins(registry: &Registry, vault: &Vault, place: Place) -> Result<Vec<Stored>, AppError> {
    let mut stored = Vec::new();
    for account in vault.library().accounts()?.into_iter().filter(|one| one.provider != FILES_PROVIDER) {
        // An account of a newer version's vendor keeps what this one cannot name.
        let keeps = registry.description(&account.provider).map_or(&[][..], |known| known.keeps);
        for &field in keeps.iter().chain(&[APPLIED, PREVIOUS]) {
            if is_kept(vault, account.id, field)? {
                let (label, sent_to) = (account.name.clone(), Some(host_of(&account.address)));
                stored.push(Stored { what: kind_of(field), label, place, path: None, count: 1, sent_to });
            }
        }
    }
    Ok(stored)
}

/// What a login's secret is called on the screen, by the name that it is kept under.
fn kind_of(field: &str) -> &'static str {
    match field {
        "password" => "account-password",
        APPLIED => "applied-token",
        PREVIOUS => "previous-token",
        _ => "account-token",
    }
}

/// Whether a secret is there, locked or not.
fn is_kept(vault: &Vault, account: AccountId, field: &'static str) -> Result<bool, AppError> {
    match vault.library().login(account, field) {
        Ok(secret) => Ok(secret.is_some()),
        Err(SecretError::Locked) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

fn keys(vault: &Vault, place: Place) -> Result<Vec<Stored>, AppError> {
    let mut kept = Vec::new();
    for account in vault.library().accounts()? {
        let count = vault.library().count_license_keys(account.id)?;
        let is_imported = account.provider == FILES_PROVIDER;
        if count > 0 {
            let sent_to = (!is_imported).then(|| host_of(&account.address));
            kept.push(Stored {
                what: "license-keys",
                label: account.name,
                place,
                path: None,
                count,
                sent_to,
            });
        }
    }
    Ok(kept)
}

/// The certificates that were checked out and not written yet: one that is not encrypted holds its license's key.
fn certificates(vault: &Vault, checked_out: Vec<LicenseId>) -> Result<Vec<Stored>, AppError> {
    let mut held = Vec::new();
    for id in checked_out {
        let license = vault.library().license(id)?;
        held.extend(license.map(|stored| Stored {
            what: "checked-out-certificate",
            label: stored.license.label().to_owned(),
            place: Place::Memory,
            path: None,
            count: 1,
            sent_to: None,
        }));
    }
    Ok(held)
}

fn files(vault: &Vault) -> Result<Vec<Stored>, AppError> {
    let file = |what, label: &str, path: PathBuf| Stored {
        what,
        label: label.to_owned(),
        place: Place::File,
        path: Some(path),
        count: 1,
        sent_to: None,
    };
    let home = vault.home();
    let mut kept = vec![file("library", "", home.library()), file("settings", "", home.settings())];
    if home.portal_data().is_dir() {
        kept.push(file("portal", "", home.portal_data()));
    }
    for tracked in vault.library().all_files()? {
        let backups = files::backups_of(&tracked.file.path);
        kept.push(file("license-file", &tracked.file.format, tracked.file.path));
        kept.extend(backups.into_iter().map(|path| file("backup", &tracked.file.format, path)));
    }
    // Those of files that are no longer tracked.
    let listed: BTreeSet<PathBuf> = kept.iter().filter_map(|one| one.path.clone()).collect();
    let others = vault.library().kept_backups()?.into_iter().map(|made| made.path);
    let others = others.filter(|path| !listed.contains(path) && path.is_file());
    kept.extend(others.map(|path| file("backup", "", path)));
    Ok(kept)
}

fn host_of(address: &str) -> String {
    Some(address)
        .filter(|address| *address != LOCAL)
        .and_then(host::of)
        .unwrap_or_else(|| "this computer".to_owned())
}
