//! The AICA Core that the portal plays: what a Core on this computer would tell of its license.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Portal;
use crate::Result;

/// What a Core tells (`docs/protocols.md`, "AICA Core").
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CoreState {
    /// Whether the Core reached the license server.
    pub online: bool,
    /// Signed packages, by name: their versions.
    #[serde(rename = "signed_packages")]
    pub packages: BTreeMap<String, String>,
    /// Codes of the entitlements that the license has.
    pub entitlements: Vec<String>,
}

impl Portal {
    /// Sets what the Core endpoint tells; nothing stands for "not determined yet", which it answers with 404.
    pub fn set_core(&self, state: Option<&CoreState>) -> Result<()> {
        self.storage().set_core(state)
    }
}
