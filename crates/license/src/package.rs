//! What a license gives access to at a package registry.

use jiff::Timestamp;

/// A package that a license entitles to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The vendor's id.
    pub id: String,
    /// The word that names it in commands.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What kind of registry it is for, such as `oci`.
    pub engine: Option<String>,
}

impl Package {
    /// Whether every word of a search stands in its name, key or engine; case does not matter.
    pub fn matches(&self, search: &str) -> bool {
        let engine = self.engine.as_deref().unwrap_or_default();
        let text = format!("{}\n{}\n{engine}", self.name, self.key).to_lowercase();
        search.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }

    /// Whether a text names it: its key, id or name.
    pub fn is_named(&self, text: &str) -> bool {
        self.key == text || self.id == text || crate::same_name(&self.name, text)
    }
}

/// A version of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The vendor's id.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
    /// Its version.
    pub version: String,
    /// How settled it is, such as `stable` or `beta`.
    pub channel: Option<String>,
    /// Whether it is published, as the vendor words it.
    pub status: Option<String>,
    /// A further name that it goes by.
    pub tag: Option<String>,
    /// When it was made.
    pub created: Option<Timestamp>,
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The vendor's id.
    pub id: String,
    /// Its name.
    pub filename: String,
    /// Its kind.
    pub filetype: Option<String>,
    /// Its size in bytes.
    pub filesize: Option<u64>,
    /// The operating system that it is for.
    pub platform: Option<String>,
    /// The processor that it is for.
    pub arch: Option<String>,
    /// Its digest, as the vendor writes it.
    pub checksum: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_found_by_words_of_its_name_key_and_engine_in_any_order() {
        let package = Package {
            id: "1a".to_owned(),
            key: "motion-control".to_owned(),
            name: "Motion control".to_owned(),
            engine: Some("oci".to_owned()),
        };
        for search in ["", "MOTION", "oci control", "-control"] {
            assert!(package.matches(search), "{search}");
        }
        assert!(!package.matches("motion vision"));
        assert!(
            package.is_named("motion-control")
                && package.is_named("1a")
                && package.is_named("Motion control")
        );
        assert!(!package.is_named("motion"));
    }
}
