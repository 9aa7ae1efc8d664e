//! What a person can do next where a license is missing, too small or leaked: whom to write to, and what.

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
    /// The stable word: `no-license`, `not-entitled`, `production` or `leaked`.
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

/// The sales contact of AICA's licensing page.
const SALES: &str = "contact@aica.tech";
/// The contact of the same page where a key got into the wrong hands.
const SUPPORT: &str = "support@aica.tech";

/// Those of AICA's licensing page.
pub(crate) const AICA: &[Step] = &[
    Step {
        id: "no-license",
        when: StepWhen::NoLicense,
        title: text("product.aica.step.no-license", "Request a System License from the AICA sales team."),
        mail: SALES,
        subject: text("product.aica.step.no-license.subject", "Request for an AICA System License"),
        body: text(
            "product.aica.step.no-license.body",
            "Hello,\n\nI would like to use the AICA System and need a System License.\n\nKind regards",
        ),
    },
    Step {
        id: "not-entitled",
        when: StepWhen::License,
        title: text(
            "product.aica.step.not-entitled",
            "Ask your AICA representative for further components. The page names no address of its own for that, so the \
             message goes to the sales contact.",
        ),
        mail: SALES,
        subject: text("product.aica.step.not-entitled.subject", "Further components for an AICA license"),
        body: text(
            "product.aica.step.not-entitled.body",
            "Hello,\n\nMy license {license} does not entitle me to a component that I would like to use:\n\n(which)\
             \n\nPlease tell me how I can get it.\n\nKind regards",
        ),
    },
    Step {
        id: "production",
        when: StepWhen::LicenseWithout(KeyForm::Deployment),
        title: text(
            "product.aica.step.production",
            "Request a Deployment Key for production. AICA's page names the sales contact for licenses; for Deployment \
             Keys it names no address. The message goes to the same.",
        ),
        mail: SALES,
        subject: text("product.aica.step.production.subject", "Request for an AICA Deployment Key"),
        body: text(
            "product.aica.step.production.body",
            "Hello,\n\nI have the license {license} and need a Deployment Key for a deployment in \
             production.\n\nKind regards",
        ),
    },
    Step {
        id: "leaked",
        when: StepWhen::License,
        title: text("product.aica.step.leaked", "Have AICA reset a license whose key somebody else has."),
        mail: SUPPORT,
        subject: text("product.aica.step.leaked.subject", "License key to be reset"),
        body: text(
            "product.aica.step.leaked.body",
            "Hello,\n\nAn unauthorized person may have gained access to the key of my license {license}. \
             Please reset it.\n\nKind regards",
        ),
    },
];

const fn text(key: &'static str, english: &'static str) -> Text {
    Text { key, english }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaked(name: Option<&str>, id: Option<&str>) -> String {
        AICA.iter().find(|step| step.id == "leaked").unwrap().message(name, id)
    }

    #[test]
    fn message_names_license_by_the_whole_id_of_its_vendor() {
        let id = "4f2a91c7-77de-4c1b-9a40-000000000003";
        for (name, id, expected) in [
            (Some("cell"), Some(id), format!("my license \u{201c}cell\u{201d} (id {id}). Please reset it.")),
            (None, Some(id), format!("my license with the id {id}. Please reset it.")),
            (Some(" "), Some(id), format!("my license with the id {id}. Please reset it.")),
            (Some("cell"), None, "my license \u{201c}cell\u{201d}. Please reset it.".to_owned()),
        ] {
            assert!(leaked(name, id).contains(&expected), "{}", leaked(name, id));
        }
    }

    #[test]
    fn every_message_begins_with_a_whole_sentence() {
        for step in AICA {
            let message = step.message(Some("cell"), None);
            let sentence = message.strip_prefix("Hello,\n\n").unwrap();
            assert!(sentence.starts_with(char::is_uppercase) && !message.contains('{'), "{message}");
        }
    }
}
