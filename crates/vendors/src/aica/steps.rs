//! What AICA's licensing page says to do where a license is missing, too small or leaked.

use crate::{Step, StepWhen, Text};
use license::KeyForm;

/// The sales contact of AICA's licensing page.
const SALES: &str = "contact@aica.tech";
/// The contact of the same page where a key got into the wrong hands.
const SUPPORT: &str = "support@aica.tech";

/// Those of AICA's licensing page.
pub(super) const STEPS: &[Step] = &[
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
        id: "renewal",
        when: StepWhen::License,
        title: text(
            "product.aica.step.renewal",
            "Request a renewal of the license. AICA's page names the sales contact for licenses and no address for renewals, \
             so the message goes to the sales contact.",
        ),
        mail: SALES,
        subject: text("product.aica.step.renewal.subject", "Renewal of an AICA license"),
        body: text(
            "product.aica.step.renewal.body",
            "Hello,\n\nI would like to renew my license {license}.\n\nKind regards",
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
        STEPS.iter().find(|step| step.id == "leaked").unwrap().message(name, id)
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
        for step in STEPS {
            let message = step.message(Some("cell"), None);
            let sentence = message.strip_prefix("Hello,\n\n").unwrap();
            assert!(sentence.starts_with(char::is_uppercase) && !message.contains('{'), "{message}");
        }
    }
}
