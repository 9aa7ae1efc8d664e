//! How the keys of a product look and which file formats its licenses are exported in, as data for the form, the command
//! line and the use cases.

use crate::{Fact, Mark, Registry, Step, Text, steps};
use license::{KeyForm, License, Product};
use serde_json::{Map, Value};

/// The products whose licenses can be exported.
pub const PRODUCTS: &[ProductForms] = &[
    ProductForms {
        product: "aidbox",
        title: Text { key: "product.aidbox", english: "Aidbox" },
        formats: &["env", "jwt", "k8s-secret", "env-aidbox-license"],
        own_forms: &[],
        facts: &[],
        core: None,
        registry: None,
        steps: &[],
    },
    ProductForms {
        product: "aica",
        title: Text { key: "product.aica", english: "AICA System" },
        formats: &["launcher-toml", "certificate"],
        own_forms: &[KeyForm::System, KeyForm::Deployment],
        facts: &[
            aica(
                "system",
                "product.aica.system.online",
                "Needs an active internet connection for the entire duration of the application.",
            ),
            aica(
                "system",
                "product.aica.system.instances",
                "Can be used on any machine, with one running instance at a time.",
            ),
            aica(
                "deployment",
                "product.aica.deployment.offline",
                "Works offline, with no limit on how long it stays active.",
            ),
        ],
        core: Some("http://localhost:8080/api"),
        registry: Some("registry.licensing.aica.tech"),
        steps: steps::AICA,
    },
    ProductForms {
        product: "dashboard",
        title: Text { key: "product.dashboard", english: "Metrics Dashboard" },
        formats: &["jwt"],
        own_forms: &[],
        facts: &[],
        core: None,
        registry: None,
        steps: &[],
    },
];

const fn aica(form: &'static str, key: &'static str, english: &'static str) -> Fact {
    Fact {
        about: ("form", form),
        text: Text { key, english },
        mark: Mark::Reference,
        source: Text { key: "product.aica.source", english: "AICA documentation, Licensing" },
    }
}

/// How the licenses of one product are written to disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProductForms {
    /// The product's word.
    pub product: &'static str,
    /// What people call it.
    pub title: Text,
    /// The formats, the usual one first, as `--format` spells them.
    pub formats: &'static [&'static str],
    /// The forms of keys that no other product has.
    pub own_forms: &'static [KeyForm],
    /// What belongs beside a license of it, by the form of its key: about (`form`, [`KeyForm::word`]).
    pub facts: &'static [Fact],
    /// Where its own service on this computer answers, unless the settings say otherwise.
    pub core: Option<&'static str>,
    /// The host of its package registry, unless the account says otherwise.
    pub registry: Option<&'static str>,
    /// What to do where a license is missing, too small or leaked.
    pub steps: &'static [Step],
}

/// What is known of a product, by its word.
pub fn forms(product: &str) -> Option<&'static ProductForms> {
    PRODUCTS.iter().find(|known| known.product == product)
}

/// The formats of a product, the usual one first; none where it has no file.
pub fn formats(product: &Product) -> &'static [&'static str] {
    forms(product.word()).map_or(&[], |known| known.formats)
}

/// The host of a product's package registry, unless an account says otherwise.
pub fn registry(product: &Product) -> Option<&'static str> {
    PRODUCTS.iter().find(|known| known.product == product.word())?.registry
}

/// The product that the form of a key tells by itself.
pub fn of_form(form: KeyForm) -> Option<&'static str> {
    PRODUCTS.iter().find(|known| known.own_forms.contains(&form)).map(|known| known.product)
}

/// The product that the claims of a license JWT tell: a dashboard's lists its products or has an end of its own for the
/// license; others name theirs.
pub fn of_claims(claims: &Map<String, Value>) -> Option<&str> {
    let is_dashboard = claims.get("prod").is_some_and(Value::is_array) || claims.contains_key("lexp");
    if is_dashboard { Some("dashboard") } else { claims.get("product")?.as_str() }
}

/// Returns the license that a license string claims to be, where the vendor of its product returns such strings with its
/// licenses. It is not verified here.
pub fn license_of_claims(claims: &Map<String, Value>) -> Option<License> {
    let product = of_claims(claims)?;
    let vendors = Registry::default().all().iter().map(|known| known.description);
    let read = vendors.filter(|known| known.product == product).find_map(|known| known.license_of_claims)?;
    read(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aica_key_tells_its_product_and_a_jwt_does_not() {
        assert_eq!(of_form(KeyForm::System), Some("aica"));
        assert_eq!(of_form(KeyForm::Deployment), Some("aica"));
        assert_eq!((of_form(KeyForm::Jwt), of_form(KeyForm::Certificate)), (None, None));
    }

    #[test]
    fn what_stands_beside_a_license_is_about_a_form_that_its_product_has() {
        for known in PRODUCTS {
            let forms: Vec<_> = known.own_forms.iter().map(|form| form.word()).collect();
            for fact in known.facts {
                assert!(fact.about.0 == "form" && forms.contains(&fact.about.1), "{fact:?}");
            }
        }
    }

    #[test]
    fn the_claims_of_a_jwt_tell_its_product() {
        let of = |text: &str| of_claims(&serde_json::from_str(text).unwrap()).map(str::to_owned);
        assert_eq!(of(r#"{"prod": ["metrics-dashboard-enterprise"]}"#).as_deref(), Some("dashboard"));
        assert_eq!(of(r#"{"lexp": 1798761600}"#).as_deref(), Some("dashboard"));
        assert_eq!(of(r#"{"product": "aidbox"}"#).as_deref(), Some("aidbox"));
        assert_eq!(of(r#"{"sub": "north"}"#), None);
    }

    #[test]
    fn a_prepared_message_has_room_for_a_label_and_goes_to_an_address() {
        for step in PRODUCTS.iter().flat_map(|known| known.steps) {
            assert!(step.mail.contains('@'), "{step:?}");
            assert!(step.id == "no-license" || step.body.english.contains("{license}"), "{step:?}");
        }
    }

    #[test]
    fn the_formats_follow_the_product() {
        assert_eq!(formats(&Product::Aidbox), ["env", "jwt", "k8s-secret", "env-aidbox-license"]);
        assert_eq!(formats(&Product::Aica), ["launcher-toml", "certificate"]);
        assert!(formats(&Product::Other("box".to_owned())).is_empty());
    }
}
