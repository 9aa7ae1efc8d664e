//! What a vendor says of a product: how its keys look, which files its licenses are written to, and whom to write to.

use crate::{Fact, FileRule, Http, LocalCore, Registry, Step, Text};
use license::{KeyForm, License, Product, file::Format};
use serde_json::{Map, Value};
use url::Url;

/// A product whose licenses a vendor issues.
#[derive(Debug, Clone, Copy)]
pub struct ProductForms {
    /// The product's word.
    pub product: &'static str,
    /// What people call it.
    pub title: Text,
    /// The formats of its license files, the usual one first.
    pub files: &'static [FileRule],
    /// The formats of a license JWT whose product no vendor knows; its instances are taken for this product's.
    pub unknown_jwt: &'static [Format],
    /// The forms of keys that no other product has.
    pub own_forms: &'static [KeyForm],
    /// What an imported key is, where keys of its own forms are imported.
    pub import: Option<Import>,
    /// What shows that the claims of a license string are this product's, where they do not name it.
    pub claims: &'static [ClaimSign],
    /// What belongs beside a license of it, by the form of its key: about (`form`, [`KeyForm::word`]).
    pub facts: &'static [Fact],
    /// Its own service on this computer.
    pub core: Option<CoreService>,
    /// The host of its package registry, unless the account says otherwise.
    pub registry: Option<&'static str>,
    /// What to do where a license is missing, too small or leaked.
    pub steps: &'static [Step],
}

/// What is said of keys that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import {
    /// What a key is called that has no name yet.
    pub title: Text,
    /// What can be imported, in a sentence.
    pub summary: Text,
    /// How keys look, shortened.
    pub keys: &'static [&'static str],
    /// The name of a file that can be imported too.
    pub file: &'static str,
}

/// What shows whose claims they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimSign {
    /// There is a claim of this name.
    Named(&'static str),
    /// There is a claim of this name that is a list.
    List(&'static str),
}

/// A product's own service on this computer.
#[derive(Debug, Clone, Copy)]
pub struct CoreService {
    /// Where it answers, unless the settings say otherwise.
    pub address: &'static str,
    /// Makes its client; nothing where the address cannot be one.
    pub connect: fn(&Http, &Url) -> Option<Box<dyn LocalCore>>,
}

impl ProductForms {
    /// A product of which nothing is known but its name.
    pub const fn titled(product: &'static str, title: Text) -> Self {
        Self {
            product,
            title,
            files: &[],
            unknown_jwt: &[],
            own_forms: &[],
            import: None,
            claims: &[],
            facts: &[],
            core: None,
            registry: None,
            steps: &[],
        }
    }

    /// The formats of its license files, the usual one first.
    pub fn formats(&self) -> impl Iterator<Item = Format> + use<> {
        self.files.iter().map(|rule| rule.format)
    }
}

impl ClaimSign {
    fn is_in(self, claims: &Map<String, Value>) -> bool {
        match self {
            Self::Named(name) => claims.contains_key(name),
            Self::List(name) => claims.get(name).is_some_and(Value::is_array),
        }
    }
}

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
        read(claims)
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
    fn word_means_one_format() {
        let words: Vec<_> = registry().formats().into_iter().map(Format::word).collect();
        let unique: std::collections::BTreeSet<_> = words.iter().collect();
        assert_eq!(unique.len(), words.len(), "{words:?}");
        for format in registry().formats() {
            assert_eq!(registry().format(format.word()), Some(format));
        }
    }
}
