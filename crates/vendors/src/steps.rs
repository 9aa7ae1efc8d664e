//! What a user can do next where a license is missing, too small or leaked: whom to write to, and what.

use crate::Text;
use license::KeyForm;

/// Where a step belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepWhen {
    /// There is no license yet.
    NoLicense,
    /// There is one, of any form.
    License,
    /// There is one whose key is not of this form yet.
    LicenseWithout(KeyForm),
}

impl StepWhen {
    /// Whether a license whose key has this form takes the step.
    pub fn is_of(self, form: Option<KeyForm>) -> bool {
        match self {
            Self::NoLicense => false,
            Self::License => true,
            Self::LicenseWithout(had) => form != Some(had),
        }
    }
}

/// One thing to do next, with a message that is prepared for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The stable word: `no-license`, `not-entitled`, `production`, `renewal` or `leaked`.
    pub id: &'static str,
    /// Where it belongs.
    pub when: StepWhen,
    /// What it is called.
    pub title: Text,
    /// Whom to write to.
    pub mail: &'static str,
    /// The message's subject.
    pub subject: Text,
    /// The message; `{license}` stands for what names the license, never for its key.
    pub body: Text,
}

/// What stands for the license in a message.
const LICENSE: &str = "{license}";

impl Step {
    /// The message about a license by its name and the vendor's own whole id, as far as it has them.
    pub fn message(&self, name: Option<&str>, id: Option<&str>) -> String {
        let license = match (name.filter(|name| !name.trim().is_empty()), id) {
            (Some(name), Some(id)) => format!("\u{201c}{name}\u{201d} (id {id})"),
            (Some(name), None) => format!("\u{201c}{name}\u{201d}"),
            (None, Some(id)) => format!("with the id {id}"),
            (None, None) => String::new(),
        };
        self.body.english.replace(LICENSE, &license)
    }
}
