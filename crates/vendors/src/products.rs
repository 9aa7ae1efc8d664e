//! How the keys of a product look and which file formats its licenses are exported in, as data for the form, the CLI and
//! the desk.

use crate::Text;
use license::{KeyForm, Product};

/// The products whose licenses can be exported.
pub const PRODUCTS: &[ProductForms] = &[
    ProductForms {
        product: "aidbox",
        title: Text { key: "product.aidbox", english: "Aidbox" },
        formats: &["env", "jwt", "k8s-secret"],
        own_forms: &[],
    },
    ProductForms {
        product: "aica",
        title: Text { key: "product.aica", english: "AICA System" },
        formats: &["launcher-toml"],
        own_forms: &[KeyForm::System, KeyForm::Deployment],
    },
];

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
}

/// The formats of a product, the usual one first; none where it has no file.
pub fn formats(product: &Product) -> &'static [&'static str] {
    PRODUCTS.iter().find(|known| known.product == product.word()).map_or(&[], |known| known.formats)
}

/// The product that the form of a key tells by itself.
pub fn of_form(form: KeyForm) -> Option<&'static str> {
    PRODUCTS.iter().find(|known| known.own_forms.contains(&form)).map(|known| known.product)
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
    fn the_formats_follow_the_product() {
        assert_eq!(formats(&Product::Aidbox), ["env", "jwt", "k8s-secret"]);
        assert_eq!(formats(&Product::Aica), ["launcher-toml"]);
        assert!(formats(&Product::Other("box".to_owned())).is_empty());
    }
}
