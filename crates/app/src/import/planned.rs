//! What importing a pasted key and writing its license file would do. Nothing is kept or written.

use crate::context::{AppError, Context};
use crate::export::{Preview, preview_of};
use crate::files::{Target, file_ownership::suggested};
use crate::import::imported::license_of;
use crate::keys::same_license;
use jiff::Timestamp;
use license::{
    AccountId, KeyForm, LicenseId, LicenseKey, LicenseName,
    file::Format,
    key::{self, Recognised},
};
use std::path::PathBuf;
use vault::{StoredLicense, Vault};

/// What a pasted key would become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPlan {
    /// The license that has the key already, with what it is called.
    pub known: Option<(LicenseId, String)>,
    /// What it is called if it is given no name.
    pub name: String,
    /// The formats that it can be written in, the usual one first.
    pub formats: Vec<Format>,
}

/// The license that would have the key, with that key.
struct Planned {
    known: Option<LicenseId>,
    stored: StoredLicense,
    key: LicenseKey,
}

/// Works out what a pasted key would become.
pub async fn plan(context: &Context, text: &str) -> Result<ImportPlan, AppError> {
    let registry = context.registry;
    planned(context, text, None, move |_, Planned { known, stored, .. }| {
        let name = stored.license.label().to_owned();
        let formats = match stored.key_form {
            Some(KeyForm::Certificate) => vec![Format::Certificate],
            form => registry.formats_of(&stored.license.product, form),
        };
        let formats = formats
            .into_iter()
            .filter(|format| *format != Format::Certificate || stored.key_form == Some(KeyForm::Certificate));
        Ok(ImportPlan { known: known.map(|id| (id, name.clone())), name, formats: formats.collect() })
    })
    .await
}

/// Where the license file of a pasted key would be.
pub async fn suggested_path_of(
    context: &Context,
    text: &str,
    name: Option<&str>,
    format: Format,
) -> Result<PathBuf, AppError> {
    let registry = context.registry;
    planned(context, text, name, move |vault, planned| suggested(vault, registry, &planned.stored, format))
        .await
}

/// What writing the license file of a pasted key would do.
pub async fn preview_of_text(
    context: &Context,
    text: &str,
    name: Option<&str>,
    target: &Target,
) -> Result<Preview, AppError> {
    let (registry, target) = (context.registry, target.clone());
    planned(context, text, name, move |vault, Planned { stored, key, .. }| {
        preview_of(vault, registry, &stored, &key, &target)
    })
    .await
}

async fn planned<T: Send + 'static>(
    context: &Context,
    text: &str,
    name: Option<&str>,
    then: impl FnOnce(&Vault, Planned) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let not_a_key = |source| AppError::NotAKey { path: None, source };
    let (key, form) = match key::recognise(text).map_err(not_a_key)? {
        Recognised::Key { key, form, .. } => (key, form),
        Recognised::PortalToken(_) => return Err(not_a_key(key::Mistake::IsToken)),
        Recognised::Address(_) => return Err(not_a_key(key::Mistake::IsAddress)),
    };
    let name = name.map(LicenseName::parse).transpose()?;
    let (registry, at) = (context.registry, context.clock.now());
    context
        .off_thread(move |vault| {
            let known = same_license::known(vault, registry, &key)?;
            let known = match known {
                Some(known) => Some(known),
                None => same_license::listed(vault, registry, &key)?,
            };
            let id = known.as_ref().map(|known| known.id);
            let fresh =
                || new(license_of(registry, &key, form, name.as_ref().map(LicenseName::as_str)), form, at);
            let mut stored = known.unwrap_or_else(fresh);
            stored.key_form = Some(form);
            then(vault, Planned { known: id, stored, key })
        })
        .await
}

/// A license as the library would keep it. No license has this id: they are counted from 1.
fn new(license: license::License, form: KeyForm, at: Timestamp) -> StoredLicense {
    StoredLicense {
        id: LicenseId(0),
        account: AccountId(0),
        license,
        gone_since: None,
        key_form: Some(form),
        has_key: true,
        key_is_stale: false,
        first_seen: at,
        last_changed: at,
        leaked_since: None,
        used: None,
    }
}
