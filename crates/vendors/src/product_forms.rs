//! What a vendor says of a product: how its keys look, which files its licenses are written to, and whom to write to.

use crate::{Fact, FileRule, Http, LocalCore, Step, Text};
use license::{KeyForm, file::Format};
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
    /// Its package registry.
    pub registry: Option<PackageRegistry>,
    /// What to do where a license is missing, too small or leaked.
    pub steps: &'static [Step],
}

/// A product's package registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageRegistry {
    /// Its host, unless the account says otherwise.
    pub host: &'static str,
    /// The format of the license file whose text is the password there.
    pub password: Format,
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
    pub(crate) fn is_in(self, claims: &Map<String, Value>) -> bool {
        match self {
            Self::Named(name) => claims.contains_key(name),
            Self::List(name) => claims.get(name).is_some_and(Value::is_array),
        }
    }
}
