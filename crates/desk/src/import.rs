//! Bringing in keys that a person holds, and forgetting them. An imported key is sent nowhere by itself.

use crate::{CertificateSeen, Desk, DeskError, Event, ImportWith, Outcome, Verb, certificate};
use jiff::Timestamp;
use license::{
    AccountId, Expiry, KeyForm, License, LicenseId, LicenseKey, LicenseName, Product, jwt,
    key::{self, Recognised},
};
use sha2::{Digest, Sha256};
use std::path::Path;
use vault::{FILES_PROVIDER, SecretError, SecretKind, SecretOwner, StoredLicense, Vault};

/// A key that was brought in.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The license that it is now.
    pub license: LicenseId,
    /// What the license is called.
    pub label: String,
    /// Whether the library had the key before.
    pub was_known: bool,
    /// What it was called before, where it was given another name.
    pub renamed_from: Option<String>,
    /// A System key's version, where it is not the one that the vendor documents.
    pub other_version: Option<String>,
    /// What a certificate certifies.
    pub certificate: Option<CertificateSeen>,
}

impl Imported {
    /// A key that a vendor's license has already: it stays that license's.
    pub(crate) fn listed(stored: &StoredLicense) -> Self {
        Self {
            license: stored.id,
            label: stored.license.label().to_owned(),
            was_known: true,
            renamed_from: None,
            other_version: None,
            certificate: None,
        }
    }
}

impl Desk {
    /// Brings in the key of a license file; the file's stem is its name where none is given.
    pub async fn import_file(&self, path: &Path, name: Option<&str>) -> Result<Imported, DeskError> {
        self.import_file_with(path, &named(name)).await
    }

    /// The same with what helps to read a certificate.
    pub async fn import_file_with(&self, path: &Path, with: &ImportWith) -> Result<Imported, DeskError> {
        let from = path.to_owned();
        let text = self.off_thread(move |_| Ok(vault::files::read_text(&from)?)).await?;
        let stem = path.file_stem().and_then(|stem| stem.to_str()).map(|stem| stem.trim_start_matches('.'));
        let names = Names::new(with.name.as_deref(), stem)?;
        self.import(text.as_str(), Some(path), names, with).await
    }

    /// Brings in a pasted key or license file's text.
    pub async fn import_text(&self, text: &str, name: Option<&str>) -> Result<Imported, DeskError> {
        self.import_text_with(text, &named(name)).await
    }

    /// The same with what helps to read a certificate.
    pub async fn import_text_with(&self, text: &str, with: &ImportWith) -> Result<Imported, DeskError> {
        self.import(text, None, Names::new(with.name.as_deref(), None)?, with).await
    }

    async fn import(
        &self,
        text: &str,
        path: Option<&Path>,
        names: Names,
        with: &ImportWith,
    ) -> Result<Imported, DeskError> {
        let not_a_key = |source| DeskError::NotAKey { path: path.map(Path::to_owned), source };
        let recognised = key::recognise(text).map_err(not_a_key)?;
        let Recognised::Key { key, form, other_version, .. } = recognised else {
            return Err(not_a_key(key::Mistake::Unknown));
        };
        self.unlock_without_prompt().await?;
        // Whoever gives it a name of its own means a license of its own.
        if names.given.is_none() {
            let sought = key.clone();
            if let Some(listed) = self.off_thread(move |vault| listed(vault, &sought)).await? {
                return Ok(Imported { other_version, ..Imported::listed(&listed) });
            }
        }
        let at = self.clock.now();
        let (path, with) = (path.map(Path::to_owned), with.clone());
        let keep = move |vault: &Vault| match form {
            KeyForm::Certificate => {
                let read = certificate::read(vault, &key, path.as_deref(), &with, at)?;
                Ok((keep(vault, &key, form, &names, Some(read.license), at)?, Some(read.seen)))
            }
            KeyForm::System | KeyForm::Deployment | KeyForm::Jwt => {
                Ok((keep(vault, &key, form, &names, None, at)?, None))
            }
        };
        let ((license, label, before), certificate) = self.off_thread(keep).await?;
        let was_known = before.is_some();
        let renamed_from = before.filter(|before| *before != label);
        self.note(Verb::Imported, Some(FILES_PROVIDER), Some(license), &label, Outcome::Done).await?;
        self.host.emit(Event::LibraryChanged);
        Ok(Imported { license, label, was_known, renamed_from, other_version, certificate })
    }

    /// Takes an imported key out of the library. Files that were written from it stay.
    pub async fn forget(&self, id: LicenseId, typed: &str) -> Result<(), DeskError> {
        let (stored, account) = self.license_and_account(id).await?;
        let label = stored.license.label().to_owned();
        if account.provider != FILES_PROVIDER {
            return Err(DeskError::NotImported { label, account: account.name });
        }
        crate::confirmed(typed, &label)?;
        self.off_thread(move |vault| Ok(vault.library().forget_license(id)?)).await?;
        self.watch_written().await?;
        self.note(Verb::Forgotten, Some(FILES_PROVIDER), Some(id), &label, Outcome::Done).await?;
        self.host.emit(Event::LibraryChanged);
        Ok(())
    }
}

fn named(name: Option<&str>) -> ImportWith {
    ImportWith { name: name.map(str::to_owned), ..ImportWith::default() }
}

/// What an imported key may be called: as the person said, or by the file that it came from.
struct Names {
    given: Option<LicenseName>,
    of_file: Option<LicenseName>,
}

impl Names {
    fn new(given: Option<&str>, of_file: Option<&str>) -> Result<Self, DeskError> {
        let given = given.map(LicenseName::parse).transpose()?;
        Ok(Self { given, of_file: of_file.and_then(|stem| LicenseName::parse(stem).ok()) })
    }
}

/// Keeps a key, and answers its label and the one that it had before. One that is known keeps its name unless the person
/// gives it another.
fn keep(
    vault: &Vault,
    key: &LicenseKey,
    form: KeyForm,
    names: &Names,
    certified: Option<License>,
    at: Timestamp,
) -> Result<(LicenseId, String, Option<String>), DeskError> {
    let known = known(vault, key)?;
    let given = names.given.as_ref().map(LicenseName::as_str);
    let of_file = names.of_file.as_ref().map(LicenseName::as_str);
    let in_string = claimed(key).and_then(|license| license.name);
    let certified_name = certified.as_ref().and_then(|license| license.name.as_deref());
    let own_name = certified_name.or(in_string.as_deref());
    let name = given.or(known.as_ref().map(|(_, label)| label.as_str())).or(own_name).or(of_file);
    let mut facts = facts(key, form, name);
    facts.vendor_id = id_for(vault, key, form, known.as_ref().map(|(id, _)| *id))?;
    if let Some(license) = certified {
        facts = License { vendor_id: facts.vendor_id, name: facts.name, ..license };
    }
    let license = vault.library().import_key(&facts, form, key, at)?;
    Ok((license, facts.label().to_owned(), known.map(|(_, label)| label)))
}

/// The license that a key is in the library, with its label.
pub(crate) fn known(vault: &Vault, key: &LicenseKey) -> Result<Option<(LicenseId, String)>, DeskError> {
    let library = vault.library();
    let Some(account) = library.account_by_name(FILES_PROVIDER)? else { return Ok(None) };
    let named = |stored: StoredLicense| (stored.id, stored.license.label().to_owned());
    if let Some(stored) = library.license_by_vendor_id(account.id, &derived_id(key))? {
        return Ok(Some(named(stored)));
    }
    let Some(claimed) = claimed(key) else { return Ok(None) };
    let Some(stored) = library.license_by_vendor_id(account.id, &claimed.vendor_id)? else { return Ok(None) };
    // While secrets are locked it cannot be compared, and the id is what there is.
    let is_other = matches!(library.license_key(stored.id), Ok(Some(kept)) if kept != *key);
    Ok((!is_other).then(|| named(stored)))
}

/// The id under which an imported key is kept: the vendor's own where the key claims one, else one that is derived from the
/// key, also where another key of the same license is kept already, since neither may replace the other.
fn id_for(
    vault: &Vault,
    key: &LicenseKey,
    form: KeyForm,
    known: Option<LicenseId>,
) -> Result<String, DeskError> {
    let library = vault.library();
    if let Some(stored) = known.map(|id| library.license(id)).transpose()?.flatten() {
        return Ok(stored.license.vendor_id);
    }
    let claimed = claimed(key).filter(|_| form == KeyForm::Jwt).map(|license| license.vendor_id);
    let account = library.account_by_name(FILES_PROVIDER)?;
    match (claimed, account) {
        (Some(id), Some(account)) if library.license_by_vendor_id(account.id, &id)?.is_some() => {
            Ok(derived_id(key))
        }
        (Some(id), _) => Ok(id),
        (None, _) => Ok(derived_id(key)),
    }
}

/// What a license string claims of its license. It is not verified here.
fn claimed(key: &LicenseKey) -> Option<License> {
    vendors::products::license_of_claims(&jwt::decode(key.expose()).ok()?.claims)
}

/// The license of a connected account that has the id that a license string claims.
fn listed_by_id(vault: &Vault, key: &LicenseKey) -> Result<Option<StoredLicense>, DeskError> {
    let Some(claimed) = claimed(key) else { return Ok(None) };
    for account in
        vault.library().accounts()?.into_iter().filter(|account| account.provider != FILES_PROVIDER)
    {
        let stored = vault.library().license_by_vendor_id(account.id, &claimed.vendor_id)?;
        let is_same =
            |stored: &StoredLicense| stored.gone_since.is_none() && stored.license.product == claimed.product;
        if let Some(stored) = stored.filter(is_same) {
            return Ok(Some(stored));
        }
    }
    Ok(None)
}

/// Makes an imported license one with the license of the same id that an account has just listed, unless their keys differ: then
/// neither is given up.
pub(crate) fn merge_listed(vault: &Vault, account: AccountId) -> Result<(), DeskError> {
    let library = vault.library();
    let Some(files) = library.account_by_name(FILES_PROVIDER)?.filter(|files| files.id != account) else {
        return Ok(());
    };
    for imported in library.licenses_of_form(files.id, KeyForm::Jwt)? {
        let Some(listed) = library.license_by_vendor_id(account, &imported.license.vendor_id)? else {
            continue;
        };
        let key = |id| library.license_key(id).ok().flatten();
        let (Some(own), None) = (key(imported.id), imported.leaked_since) else { continue };
        match key(listed.id) {
            Some(of_vendor) if of_vendor != own => continue,
            Some(_) => {}
            // The vendor is asked for its own string as soon as one is needed.
            None if !listed.has_key => {
                library.put_secret(SecretOwner::License(listed.id), SecretKind::Key, own.expose())?;
                library.set_key_form(listed.id, KeyForm::Jwt)?;
                library.mark_key_stale(listed.id)?;
            }
            None => continue,
        }
        library.merge_license(imported.id, listed.id)?;
    }
    Ok(())
}

/// The license of a connected account that has a key, where it was not imported already. While secrets are locked it
/// cannot be told.
pub(crate) fn listed(vault: &Vault, key: &LicenseKey) -> Result<Option<StoredLicense>, DeskError> {
    if known(vault, key)?.is_some() {
        return Ok(None);
    }
    if let Some(listed) = listed_by_id(vault, key)? {
        return Ok(Some(listed));
    }
    match vault.library().licenses_by_key(key) {
        Ok(bearers) => Ok(bearers.into_iter().find(|bearer| bearer.gone_since.is_none())),
        Err(SecretError::Locked) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The id of an imported key: it tells keys apart, and no key can be made of it.
fn derived_id(key: &LicenseKey) -> String {
    let digest = Sha256::digest(key.expose().as_bytes());
    digest.iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}

/// What a key tells of its license by itself. A bare key tells neither name nor expiry, and none is made up.
fn facts(key: &LicenseKey, form: KeyForm, name: Option<&str>) -> License {
    let claims = match form {
        KeyForm::Jwt => jwt::decode(key.expose()).map(|decoded| decoded.claims).unwrap_or_default(),
        KeyForm::System | KeyForm::Deployment | KeyForm::Certificate => serde_json::Map::new(),
    };
    let told = vendors::products::of_form(form).or_else(|| vendors::products::of_claims(&claims));
    let product = Product::from_word(told.unwrap_or("license"));
    if let Some(license) = vendors::products::license_of_claims(&claims) {
        let name = name.map(str::to_owned).or(license.name);
        return License { name: name.or_else(|| Some(default_name(key, form))), ..license };
    }
    License {
        name: Some(name.map_or_else(|| default_name(key, form), str::to_owned)),
        expiry: claims.get("exp").and_then(instant).map(Expiry::On),
        ..License::untold(derived_id(key), product)
    }
}

fn default_name(key: &LicenseKey, form: KeyForm) -> String {
    let what = match form {
        KeyForm::System | KeyForm::Deployment => "AICA license",
        KeyForm::Jwt => "License",
        KeyForm::Certificate => "License certificate",
    };
    format!("{what} …{}", key::tail(key))
}

fn instant(claim: &serde_json::Value) -> Option<Timestamp> {
    Timestamp::from_second(claim.as_i64()?).ok()
}
