//! The first-run wizard's draft: what is not secret, so that closing and opening again goes on at the same step.

use crate::accounts::connect;
use crate::context::{AppError, Context};
use license::{AccountId, LicenseId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name under which the library keeps the draft.
const DRAFT: &str = "setup";

/// The step that the wizard is at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Where are your licenses?
    #[default]
    Where,
    /// Connect.
    Connect,
    /// Keep it safe.
    Keep,
    /// Write the license file.
    File,
    /// Done.
    Done,
}

/// Which way a user goes through the wizard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Path {
    /// An account at a provider.
    Account {
        /// The vendor's word.
        provider: String,
    },
    /// A key or license file.
    Key,
    /// The local portal.
    Local,
}

/// What the wizard remembers. Never a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Where it is.
    pub step: Step,
    /// Which way it goes.
    pub path: Option<Path>,
    /// What was typed into fields that hold no secret.
    pub fields: BTreeMap<String, String>,
    /// Whether a secret had been typed and must be typed again.
    pub secret_missing: bool,
    /// The account that was connected already.
    pub account: Option<AccountId>,
    /// The license chosen for the file.
    pub license: Option<LicenseId>,
    /// Files that were written on the way.
    pub written: Vec<String>,
}

/// The wizard's draft, while there is something to set up: a home without accounts begins with one.
pub async fn draft(context: &Context) -> Result<Option<Draft>, AppError> {
    context
        .off_thread(|vault| {
            if let Some(kept) = vault.library().draft(DRAFT)? {
                // A draft of another version of the program begins anew: it holds nothing that cannot be typed again.
                return Ok(Some(serde_json::from_value(kept).unwrap_or_default()));
            }
            Ok(vault.library().accounts()?.is_empty().then(Draft::default))
        })
        .await
}

/// Remembers where the wizard is, and of an address what holds no secret.
#[expect(clippy::expect_used, reason = "plain data always has a JSON form")]
pub async fn save_draft(context: &Context, mut draft: Draft) -> Result<(), AppError> {
    if let Some(address) = draft.fields.get_mut("url") {
        *address = without_secrets(address);
    }
    // Texts, numbers and words by text keys: there is nothing that JSON cannot hold.
    let kept = serde_json::to_value(draft).expect("a plain draft becomes JSON");
    context.off_thread(move |vault| Ok(vault.library().save_draft(DRAFT, &kept)?)).await
}

/// Ends the wizard; a login that it tested and did not keep is ended, too.
pub async fn finish_setup(context: &Context) -> Result<(), AppError> {
    connect::discard_tested(context).await;
    context.off_thread(|vault| Ok(vault.library().clear_draft(DRAFT)?)).await
}

/// An address, also a half-typed one, up to its query or fragment and without a user name and password.
fn without_secrets(address: &str) -> String {
    let place = address.split(['?', '#']).next().unwrap_or_default();
    match place.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?.1))) {
        Some((scheme, rest)) => format!("{scheme}://{rest}"),
        None => place.to_owned(),
    }
}
