//! How the secrets of every vendor look, and texts without them.

use super::Registry;
use crate::{SecretSigns, redact::Redactor};
use serde_json::{Map, Value};

impl Registry {
    /// How the secrets of these systems look.
    pub(crate) fn secret_signs(&self) -> SecretSigns {
        SecretSigns::of(self.all().iter().flat_map(|known| known.secret_signs).copied())
    }

    /// The output of a program that was given these secrets, without them and without whatever looks like one. Its lines stay lines.
    pub fn redacted_output<'a>(&self, output: &str, given: impl IntoIterator<Item = &'a str>) -> String {
        Redactor::knowing(&self.secret_signs(), given).clean_output(output)
    }

    /// The claims of a license string as they can be shown: without those whose name or value looks like a secret, at any depth.
    /// A real license string has a claim `key` that is one (`docs/protocols.md`, "License string", [S]).
    pub fn shown_claims(&self, claims: Map<String, Value>) -> Map<String, Value> {
        self.secret_signs().shown_fields(claims)
    }
}
