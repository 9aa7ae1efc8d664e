//! The products of every vendor: by name, by the form of a key, by claims, and the formats of their license files.

use super::Registry;
use crate::{FileRule, ProductForms};
use license::{KeyForm, License, Product, file::Format};
use serde_json::{Map, Value};

impl Registry {
    /// The products of every vendor.
    pub fn products(&self) -> impl Iterator<Item = &'static ProductForms> + use<> {
        self.all().iter().flat_map(|known| known.products)
    }

    /// What is known of a product, by its word.
    pub fn product(&self, word: &str) -> Option<&'static ProductForms> {
        self.products().find(|known| known.product == word)
    }

    /// The formats that a license of a product is written in, the usual one first; none where it has no file.
    pub fn formats_of(&self, product: &Product, form: Option<KeyForm>) -> Vec<Format> {
        match self.product(product.word()) {
            Some(known) => known.formats().collect(),
            None if form == Some(KeyForm::Jwt) => {
                self.products().flat_map(|known| known.unknown_jwt).copied().collect()
            }
            None => Vec::new(),
        }
    }

    /// Every format that a license can be written in.
    pub fn formats(&self) -> Vec<Format> {
        let mut all = Format::ALL.to_vec();
        for format in self.products().flat_map(ProductForms::formats) {
            if !all.contains(&format) {
                all.push(format);
            }
        }
        all
    }

    /// The format that a word means.
    pub fn format(&self, word: &str) -> Option<Format> {
        self.formats().into_iter().find(|format| format.word() == word)
    }

    /// The variables of the vendors' env files.
    pub fn env_variables(&self) -> impl Iterator<Item = &'static str> + use<> {
        let formats = self.products().flat_map(ProductForms::formats);
        formats.filter_map(|format| match format {
            Format::Env(file) => Some(file.variable),
            Format::LauncherToml | Format::Jwt | Format::K8sSecret | Format::Certificate => None,
        })
    }

    /// How the license files of a product in a format are named and used. A product that no vendor knows has the rule of the
    /// product that its files are taken for.
    pub fn file_rule(&self, product: Option<&Product>, format: Format) -> Option<&'static FileRule> {
        let own = product.and_then(|product| self.product(product.word()));
        let own = own.into_iter().flat_map(|known| known.files).find(|rule| rule.format == format);
        let adopting = || self.products().filter(|known| known.unknown_jwt.contains(&format));
        let any = || self.products().flat_map(|known| known.files).find(|rule| rule.format == format);
        own.or_else(|| adopting().flat_map(|known| known.files).find(|rule| rule.format == format))
            .or_else(any)
    }

    /// The product that the form of a key tells by itself.
    pub fn product_of_form(&self, form: KeyForm) -> Option<&'static ProductForms> {
        self.products().find(|known| known.own_forms.contains(&form))
    }

    /// The product that the claims of a license JWT tell: by a sign of its own, else by the name that they have.
    pub fn product_of_claims<'a>(&self, claims: &'a Map<String, Value>) -> Option<&'a str> {
        let has_sign = |known: &&ProductForms| known.claims.iter().any(|sign| sign.is_in(claims));
        match self.products().find(has_sign) {
            Some(known) => Some(known.product),
            None => claims.get("product")?.as_str(),
        }
    }

    /// Returns the license that a license string claims to be, where the vendor of its product returns such strings with its
    /// licenses. It is not verified here.
    pub fn license_of_claims(&self, claims: &Map<String, Value>) -> Option<License> {
        let product = self.product_of_claims(claims)?;
        let vendors = self.all().iter().map(|known| known.description);
        let read =
            vendors.filter(|known| known.product == product).find_map(|known| known.license_of_claims)?;
        read(claims, &self.secret_signs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry() -> Registry {
        Registry::default()
    }

    #[test]
    fn an_aica_key_tells_its_product_and_a_jwt_does_not() {
        let of_form = |form| registry().product_of_form(form).map(|known| known.product);
        assert_eq!(of_form(KeyForm::System), Some("aica"));
        assert_eq!(of_form(KeyForm::Deployment), Some("aica"));
        assert_eq!((of_form(KeyForm::Jwt), of_form(KeyForm::Certificate)), (None, None));
    }

    #[test]
    fn what_stands_beside_a_license_is_about_a_form_that_its_product_has() {
        for known in registry().products() {
            let forms: Vec<_> = known.own_forms.iter().map(|form| form.word()).collect();
            for fact in known.facts {
                assert!(fact.about.0 == "form" && forms.contains(&fact.about.1), "{fact:?}");
            }
        }
    }

    #[test]
    fn the_claims_of_a_jwt_tell_its_product() {
        let of = |text: &str| {
            registry().product_of_claims(&serde_json::from_str(text).unwrap()).map(str::to_owned)
        };
        assert_eq!(of(r#"{"prod": ["metrics-dashboard-enterprise"]}"#).as_deref(), Some("dashboard"));
        assert_eq!(of(r#"{"lexp": 1798761600}"#).as_deref(), Some("dashboard"));
        assert_eq!(of(r#"{"product": "aidbox"}"#).as_deref(), Some("aidbox"));
        assert_eq!(of(r#"{"sub": "north"}"#), None);
    }

    #[test]
    fn a_prepared_message_has_room_for_a_label_and_goes_to_an_address() {
        for step in registry().products().flat_map(|known| known.steps) {
            assert!(step.mail.contains('@'), "{step:?}");
            assert!(step.id == "no-license" || step.body.english.contains("{license}"), "{step:?}");
        }
    }

    #[test]
    fn the_formats_follow_the_product() {
        let formats = |product: &Product, form| {
            let formats = registry().formats_of(product, form);
            formats.into_iter().map(Format::word).collect::<Vec<_>>()
        };
        let box_of_others = Product::Other("box".to_owned());
        assert_eq!(formats(&Product::Aidbox, None), ["env", "jwt", "k8s-secret", "env-aidbox-license"]);
        assert_eq!(formats(&Product::Aica, None), ["launcher-toml", "certificate"]);
        assert_eq!(formats(&box_of_others, Some(KeyForm::Jwt)), ["jwt", "env", "k8s-secret"]);
        assert!(formats(&box_of_others, None).is_empty());
    }

    #[test]
    fn at_most_one_rule_has_a_path_setting() {
        let rules = registry().products().flat_map(|known| known.files);
        assert_eq!(rules.filter(|rule| rule.has_path_setting).count(), 1);
    }

    #[test]
    fn word_means_one_format() {
        let words: Vec<_> = registry().formats().into_iter().map(Format::word).collect();
        let unique: std::collections::BTreeSet<_> = words.iter().collect();
        assert_eq!(unique.len(), words.len(), "{words:?}");
        for format in registry().formats() {
            assert_eq!(registry().format(format.word()), Some(format));
        }
    }
}
