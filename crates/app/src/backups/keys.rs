//! Which license keys a text contains, and whose they are.

use crate::context::AppError;
use crate::keys::same_license;
use license::{AccountId, LicenseId, LicenseKey, file, key};
use std::collections::BTreeMap;
use vault::{FILES_PROVIDER, LockState, SecretError, StoredLicense, Vault, files::FileError};
use vendors::Registry;
use zeroize::Zeroizing;

/// A license key in a backup, without the key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldKey {
    /// All but its end as dots.
    pub masked: String,
    /// The licenses in the library that have it; empty where that is not known.
    pub licenses: Vec<KeyOwner>,
}

impl HeldKey {
    /// Whether it is marked as leaked.
    pub fn is_leaked(&self) -> bool {
        self.licenses.iter().any(|owner| owner.is_leaked)
    }
}

/// A license that has a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyOwner {
    /// The license.
    pub license: LicenseId,
    /// The license's account.
    pub account: AccountId,
    /// Its label.
    pub label: String,
    /// Whether this key is marked as leaked.
    pub is_leaked: bool,
}

/// How a key and a license belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// The library keeps this very key for the license.
    Kept,
    /// The key says so: it may be an earlier one of the license.
    Said,
}

/// A key that was found in a text.
struct Found {
    key: LicenseKey,
    owners: BTreeMap<LicenseId, Claim>,
}

impl Found {
    fn new(key: LicenseKey) -> Self {
        Self { key, owners: BTreeMap::new() }
    }
}

/// The keys in each text. While secrets are locked, whose a key is shows only where the key says so itself.
pub(super) fn of(
    vault: &Vault,
    registry: Registry,
    texts: &[Result<Zeroizing<String>, FileError>],
) -> Result<Vec<Vec<HeldKey>>, AppError> {
    let found_in = |text: &Result<Zeroizing<String>, FileError>| {
        text.iter().flat_map(|text| candidates(registry, text)).map(Found::new).collect::<Vec<_>>()
    };
    let mut found: Vec<_> = texts.iter().map(found_in).collect();
    let looked = vault.library().each_key(|id, kept| {
        for (text, found) in texts.iter().zip(&mut found) {
            if let Ok(text) = text {
                note_kept(text, found, id, &kept);
            }
        }
    });
    match looked {
        Ok(()) | Err(SecretError::Locked) => {}
        Err(error) => return Err(error.into()),
    }
    let is_open = matches!(vault.lock().state()?, LockState::Unlocked(_));
    let held = |one| held(vault, registry, one, is_open);
    found.into_iter().map(|found| found.into_iter().map(held).collect()).collect()
}

/// The keys that can be read from a text without knowing them.
pub(super) fn candidates(registry: Registry, text: &str) -> Vec<LicenseKey> {
    let mut all: Vec<LicenseKey> = Vec::new();
    for format in registry.formats() {
        if let Ok(key) = file::parse(format, text)
            && !key.expose().trim().is_empty()
            && !all.contains(&key)
        {
            all.push(key);
        }
    }
    for key in key::keys_in(text) {
        if !all.iter().any(|known| overlap(known, &key)) {
            all.push(key);
        }
    }
    all
}

/// Whether one key is a part of the other, so that both are readings of the same characters.
fn overlap(one: &LicenseKey, other: &LicenseKey) -> bool {
    one.expose().contains(other.expose()) || other.expose().contains(one.expose())
}

/// Notes a key of the library that a text contains.
fn note_kept(text: &str, found: &mut Vec<Found>, id: LicenseId, kept: &LicenseKey) {
    let plain = kept.expose().trim();
    if plain.is_empty() {
        return;
    }
    let is_in_text = text.contains(plain);
    let same =
        |one: &&mut Found| one.key.expose().trim() == plain || is_in_text && one.key.expose().contains(plain);
    if let Some(one) = found.iter_mut().find(same) {
        one.owners.insert(id, Claim::Kept);
    } else if is_in_text {
        let mut one = Found::new(kept.clone());
        one.owners.insert(id, Claim::Kept);
        found.push(one);
    }
}

fn held(vault: &Vault, registry: Registry, mut found: Found, is_open: bool) -> Result<HeldKey, AppError> {
    for (id, claim) in claims(vault, registry, &found.key)? {
        found.owners.entry(id).or_insert(claim);
    }
    let mut licenses = Vec::new();
    for (id, claim) in found.owners {
        let Some(stored) = vault.library().license(id)? else { continue };
        // A license string that the library does not keep may be an earlier one, which is not the one that leaked.
        let may_be_the_one = claim == Claim::Kept || !is_open || !stored.has_key;
        licenses.push(KeyOwner {
            license: id,
            account: stored.account,
            label: stored.license.label().to_owned(),
            is_leaked: stored.leaked_since.is_some() && may_be_the_one,
        });
    }
    Ok(HeldKey { masked: key::masked(&found.key), licenses })
}

/// The licenses that a key leads to by itself: an imported one by the digest of the key, another by the id in a license string.
fn claims(vault: &Vault, registry: Registry, key: &LicenseKey) -> Result<Vec<(LicenseId, Claim)>, AppError> {
    let library = vault.library();
    let claimed = same_license::claimed(registry, key);
    let mut all = Vec::new();
    if let Some(account) = library.account_by_name(FILES_PROVIDER)? {
        let imported = library.license_by_vendor_id(account.id, &vault::imported_id(key))?;
        all.extend(imported.map(|stored| (stored.id, Claim::Kept)));
    }
    let Some(claimed) = claimed else { return Ok(all) };
    let is_same = |stored: &StoredLicense| stored.license.product == claimed.product;
    let said = library.licenses_by_vendor_id(&claimed.vendor_id)?.into_iter().filter(is_same);
    all.extend(said.map(|stored| (stored.id, Claim::Said)));
    Ok(all)
}
