//! Which file formats the licenses of a product are exported in, as data for the form, the CLI and the desk.

use crate::Text;
use license::Product;

/// The products whose licenses can be exported.
pub const PRODUCTS: &[ProductForms] = &[
    ProductForms {
        product: "aidbox",
        title: Text { key: "product.aidbox", english: "Aidbox" },
        formats: &["env", "jwt", "k8s-secret"],
    },
    ProductForms {
        product: "aica",
        title: Text { key: "product.aica", english: "AICA System" },
        formats: &["launcher-toml"],
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
}

/// The formats of a product, the usual one first; none where it has no file.
pub fn formats(product: &Product) -> &'static [&'static str] {
    PRODUCTS.iter().find(|known| known.product == product.word()).map_or(&[], |known| known.formats)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formats_follow_the_product() {
        assert_eq!(formats(&Product::Aidbox), ["env", "jwt", "k8s-secret"]);
        assert_eq!(formats(&Product::Aica), ["launcher-toml"]);
        assert!(formats(&Product::Other("box".to_owned())).is_empty());
    }
}
