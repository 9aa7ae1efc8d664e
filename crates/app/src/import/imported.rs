//! Bringing in keys that a user holds, and forgetting them. An imported key is sent nowhere by itself.

use crate::certificates::{self, CertificateStatus, ImportWith};
use crate::context::{AppError, Context, Outcome, Verb};
use crate::files::drift;
use crate::keys::same_license::{self, claimed, id_for, known};
use jiff::Timestamp;
use license::{
    Expiry, KeyForm, License, LicenseId, LicenseKey, LicenseName, Product, jwt,
    key::{self, Recognised},
};
use std::path::Path;
use vault::{FILES_PROVIDER, SecretError, SecretOwner, StoredLicense, Vault, imported_id};
use vendors::Registry;

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
    pub certificate: Option<CertificateStatus>,
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

/// Brings in the key of a license file; the file's stem is its name where none is given.
pub async fn import_file(context: &Context, path: &Path, name: Option<&str>) -> Result<Imported, AppError> {
    import_file_with(context, path, &named(name)).await
}

/// The same with what helps to read a certificate.
pub async fn import_file_with(
    context: &Context,
    path: &Path,
    with: &ImportWith,
) -> Result<Imported, AppError> {
    let from = path.to_owned();
    let text = context.off_thread(move |_| Ok(vault::files::read_text(&from)?)).await?;
    let stem = path.file_stem().and_then(|stem| stem.to_str()).map(|stem| stem.trim_start_matches('.'));
    let names = Names::new(with.name.as_deref(), stem)?;
    import(context, text.as_str(), Some(path), names, with).await
}

/// Brings in a pasted key or license file's text.
pub async fn import_text(context: &Context, text: &str, name: Option<&str>) -> Result<Imported, AppError> {
    import_text_with(context, text, &named(name)).await
}

/// The same with what helps to read a certificate.
pub async fn import_text_with(
    context: &Context,
    text: &str,
    with: &ImportWith,
) -> Result<Imported, AppError> {
    import(context, text, None, Names::new(with.name.as_deref(), None)?, with).await
}

async fn import(
    context: &Context,
    text: &str,
    path: Option<&Path>,
    names: Names,
    with: &ImportWith,
) -> Result<Imported, AppError> {
    let not_a_key = |source| AppError::NotAKey { path: path.map(Path::to_owned), source };
    let (key, form, other_version) = match key::recognise(text).map_err(not_a_key)? {
        Recognised::Key { key, form, other_version, .. } => (key, form, other_version),
        Recognised::PortalToken(_) => return Err(not_a_key(key::Mistake::IsToken)),
        Recognised::Address(_) => return Err(not_a_key(key::Mistake::IsAddress)),
    };
    context.unlock_without_prompt().await?;
    if let Some(listed) = import_for_listed(context, &key, names.given.as_ref()).await? {
        return Ok(Imported { other_version, ..listed });
    }
    let at = context.clock.now();
    let (path, with) = (path.map(Path::to_owned), with.clone());
    let registry = context.registry;
    let keep = move |vault: &Vault| match form {
        KeyForm::Certificate => {
            let read = certificates::read::read(vault, registry, &key, path.as_deref(), &with, at)?;
            Ok((keep(vault, registry, &key, form, &names, Some(read.license), at)?, Some(read.seen)))
        }
        KeyForm::System | KeyForm::Deployment | KeyForm::Jwt => {
            Ok((keep(vault, registry, &key, form, &names, None, at)?, None))
        }
    };
    let ((license, label, before), certificate) = context.off_thread(keep).await?;
    let was_known = before.is_some();
    let renamed_from = before.filter(|before| *before != label);
    context.note(Verb::Imported, Some(FILES_PROVIDER), Some(license), &label, Outcome::Done).await?;
    Ok(Imported { license, label, was_known, renamed_from, other_version, certificate })
}

/// Keeps a key for the license of a connected account that it is of. The license keeps its vendor's name, and gets the given one
/// only if it has none.
async fn import_for_listed(
    context: &Context,
    key: &LicenseKey,
    given: Option<&LicenseName>,
) -> Result<Option<Imported>, AppError> {
    let (key, given, registry) = (key.clone(), given.cloned(), context.registry);
    let listed = context.off_thread(move |vault| {
        let Some((mut listed, was_known)) = same_license::import_for_listed(vault, registry, &key)? else {
            return Ok(None);
        };
        let unnamed = listed.license.label().to_owned();
        let mut renamed_from = None;
        if let Some(given) = given.filter(|_| listed.license.name.is_none()) {
            vault.library().name_unnamed(listed.id, given.as_str())?;
            listed.license.name = Some(given.as_str().to_owned());
            renamed_from = Some(unnamed);
        }
        Ok(Some((listed, was_known, renamed_from)))
    });
    let Some((listed, was_known, renamed_from)) = listed.await? else { return Ok(None) };
    let imported = Imported { was_known, renamed_from, ..Imported::listed(&listed) };
    if !was_known {
        let account = context.account(listed.account).await?;
        let (id, label) = (Some(listed.id), listed.license.label());
        context.note(Verb::Imported, Some(&account.name), id, label, Outcome::Done).await?;
    }
    Ok(Some(imported))
}

/// Takes an imported key out of the library. Files that were written from it stay.
pub async fn remove(context: &Context, id: LicenseId, typed: &str) -> Result<(), AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let label = stored.license.label().to_owned();
    if account.provider != FILES_PROVIDER {
        return Err(AppError::NotImported { label, account: account.name });
    }
    crate::context::confirmed(typed, &label)?;
    context.off_thread(move |vault| Ok(vault.library().remove_license(id)?)).await?;
    drift::watch_written(context).await?;
    context.note(Verb::Removed, Some(FILES_PROVIDER), Some(id), &label, Outcome::Done).await
}

fn named(name: Option<&str>) -> ImportWith {
    ImportWith { name: name.map(str::to_owned), ..ImportWith::default() }
}

/// What an imported key may be called: as the user said, or by the file that it came from.
struct Names {
    given: Option<LicenseName>,
    of_file: Option<LicenseName>,
}

impl Names {
    fn new(given: Option<&str>, of_file: Option<&str>) -> Result<Self, AppError> {
        let given = given.map(LicenseName::parse).transpose()?;
        Ok(Self { given, of_file: of_file.and_then(|stem| LicenseName::parse(stem).ok()) })
    }
}

/// Keeps a key, and answers its label and the one that it had before. One that is known keeps its name unless the user
/// gives it another.
fn keep(
    vault: &Vault,
    registry: Registry,
    key: &LicenseKey,
    form: KeyForm,
    names: &Names,
    certified: Option<License>,
    at: Timestamp,
) -> Result<(LicenseId, String, Option<String>), AppError> {
    let known = known(vault, registry, key)?;
    let before = known.as_ref().map(|stored| stored.license.label().to_owned());
    let given = names.given.as_ref().map(LicenseName::as_str);
    let of_file = names.of_file.as_ref().map(LicenseName::as_str);
    let in_string = claimed(registry, key).and_then(|license| license.name);
    let certified_name = certified.as_ref().and_then(|license| license.name.as_deref());
    let own_name = certified_name.or(in_string.as_deref());
    let name = given.or(before.as_deref()).or(own_name).or(of_file);
    let mut facts = facts(registry, key, form, name);
    facts.vendor_id = id_for(vault, registry, key, form, known.as_ref())?;
    if let Some(license) = certified {
        facts = License { vendor_id: facts.vendor_id, name: facts.name, ..license };
    }
    let license = import_beside(vault, &facts, form, key, at)?;
    Ok((license, facts.label().to_owned(), before))
}

/// Keeps a key under the id of its license, or under an id of its own if that license has another key or one that is damaged.
fn import_beside(
    vault: &Vault,
    facts: &License,
    form: KeyForm,
    key: &LicenseKey,
    at: Timestamp,
) -> Result<LicenseId, AppError> {
    let library = vault.library();
    let own = License { vendor_id: imported_id(key), ..facts.clone() };
    if facts.vendor_id != own.vendor_id {
        match library.import_key(facts, form, key, at) {
            Ok(Some(license)) => return Ok(license),
            Ok(None) | Err(SecretError::Tampered { .. }) => {}
            Err(error @ (SecretError::Locked | SecretError::Library(_))) => return Err(error.into()),
        }
    }
    let imported = match library.import_key(&own, form, key, at) {
        // It was this very key, so it is repaired.
        Err(SecretError::Tampered { owner: SecretOwner::License(damaged), .. }) => {
            library.remove_key(damaged)?;
            library.import_key(&own, form, key, at)
        }
        imported => imported,
    };
    imported?.ok_or_else(|| AppError::Sealed { words: "another key has the id of this one".to_owned() })
}

/// The license that a key becomes under this name, as far as the key tells.
pub(crate) fn license_of(registry: Registry, key: &LicenseKey, form: KeyForm, name: Option<&str>) -> License {
    let claimed = claimed(registry, key).and_then(|license| license.name);
    facts(registry, key, form, name.or(claimed.as_deref()))
}

/// What a key tells of its license by itself. A bare key tells neither name nor expiry, and none is made up.
fn facts(registry: Registry, key: &LicenseKey, form: KeyForm, name: Option<&str>) -> License {
    let claims = match form {
        KeyForm::Jwt => jwt::decode(key.expose()).map(|decoded| decoded.claims).unwrap_or_default(),
        KeyForm::System | KeyForm::Deployment | KeyForm::Certificate => serde_json::Map::new(),
    };
    let told = registry.product_of_form(form).map(|known| known.product);
    let told = told.or_else(|| registry.product_of_claims(&claims));
    let product = Product::from_word(told.unwrap_or("license"));
    if let Some(license) = registry.license_of_claims(&claims) {
        let name = name.map(str::to_owned).or(license.name);
        return License { name: name.or_else(|| Some(default_name(registry, key, form))), ..license };
    }
    License {
        name: Some(name.map_or_else(|| default_name(registry, key, form), str::to_owned)),
        expiry: claims.get("exp").and_then(instant).map(Expiry::On),
        ..License::untold(imported_id(key), product)
    }
}

fn default_name(registry: Registry, key: &LicenseKey, form: KeyForm) -> String {
    let what = match form {
        KeyForm::System | KeyForm::Deployment | KeyForm::Jwt => registry
            .product_of_form(form)
            .and_then(|known| known.import)
            .map_or("License", |import| import.title.english),
        KeyForm::Certificate => "License certificate",
    };
    format!("{what} …{}", key::tail(key))
}

fn instant(claim: &serde_json::Value) -> Option<Timestamp> {
    Timestamp::from_second(claim.as_i64()?).ok()
}
