//! The first-run wizard.

use super::crossing;
use std::collections::BTreeMap;

crossing! {
    /// What a pasted text is.
    #[serde(tag = "kind")]
    pub enum Recognised {
        Nothing,
        /// A license key; `form` as in `KeyView`, `inFile` where it stood in a TOML file's text.
        Key { form: String, product: Option<String>, in_file: bool, remark: Option<String> },
        /// A portal token, and the provider that it belongs to.
        Token { provider: String },
        Url { url: String },
        /// Nearly a known form: the code says which part is wrong.
        Mistake { error: super::ErrorView },
    }

    /// What the wizard remembers between starts; never a secret.
    pub struct SetupDraft {
        pub step: SetupStep,
        pub path: Option<SetupPath>,
        /// What was typed into fields that hold no secret.
        pub fields: BTreeMap<String, String>,
        /// Whether a secret had been typed and must be typed again.
        pub secret_missing: bool,
        /// The account that was connected already.
        #[ts(type = "number | null")]
        pub account: Option<i64>,
        /// The license chosen for the file.
        pub license: Option<String>,
        pub written: Vec<String>,
    }

    pub enum SetupStep { Where, Connect, Keep, File, Done }

    /// Which way the user goes: an account at a provider, a key, or this computer's portal.
    #[serde(tag = "kind")]
    pub enum SetupPath { Account { provider: String }, Key, Local }

    /// A license file found at a usual place.
    pub struct FoundFile { pub path: String, pub form: String, pub already_known: bool }

    /// A login to test.
    pub struct ConnectRequest {
        pub provider: String,
        /// Not secret: `url` and further fields.
        pub fields: BTreeMap<String, String>,
        /// Secret fields by name; they are kept in the program's memory only until the account is kept.
        #[ts(as = "BTreeMap<String, String>")]
        pub secrets: BTreeMap<String, super::SecretText>,
    }

    /// A login that worked: keep it by its ticket. A secret that was tested is the one that is kept.
    pub struct Tested {
        pub ticket: String,
        /// Such as the project's name.
        pub subject: Option<String>,
        pub licenses: Option<u32>,
        /// A name that is free for the account.
        pub suggested_name: String,
        /// The name of an account that opens the same already.
        pub already: Option<String>,
        /// The address that the entered one redirects to, which Licet keeps; null if it does not redirect.
        pub moved_to: Option<String>,
    }

    /// What importing a pasted key would do.
    pub struct ImportPlan {
        /// The license that has the key already.
        pub license: Option<String>,
        /// What it is called, or would be if it is given no name.
        pub name: String,
        /// The formats of its file, the usual one first.
        pub formats: Vec<String>,
    }

    /// What importing did with one text or file.
    pub struct Imported {
        pub source: String,
        /// The license, where it worked.
        pub license: Option<String>,
        pub label: Option<String>,
        /// Whether it was in the library before.
        pub known: bool,
        pub error: Option<super::ErrorView>,
    }
}
