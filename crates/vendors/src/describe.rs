//! What a vendor is and accepts, as data that the wizard, the create form and the CLI read.

use crate::{Accepts, Facet, SecretSigns};
use license::License;
use serde_json::{Map, Value as Json};

/// The field with which a user confirms a host.
pub(crate) const CONFIRM_HOST: &str = "confirm-host";
/// The field with which a user allows a login to be sent unencrypted.
pub const ALLOW_HTTP: &str = "allow-http";
/// What that field contains where it is allowed.
pub const ALLOWED: &str = "yes";

/// A licensing system, for whoever connects to it or shows it.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// The word that is stored.
    pub provider: &'static str,
    /// What people call it.
    pub title: Text,
    /// What it is for, in a sentence.
    pub summary: Text,
    /// What an account there is for, in the words of the first page of the setup; without them, the summary.
    pub invitation: Option<Text>,
    /// What the vendor calls that which a login opens, such as a project.
    pub subject: Option<Text>,
    /// What is issued there: the word of one of the registration's products.
    pub product: &'static str,
    /// What is needed to connect. The field `url` is the address; secret ones come as secrets.
    pub connect: &'static [ConnectField],
    /// The names of the secrets that are kept with an account: those typed, or what they are exchanged for.
    pub keeps: &'static [&'static str],
    /// The system's own domain: any other host is asked only after a user confirmed it. Nothing: any host.
    pub own_domain: Option<&'static str>,
    /// Whether a login that was refused is not sent again by itself.
    pub password_once: bool,
    /// For how many licenses the entitlements come with the list, where they have to be asked for one by one; those of
    /// the others are asked for when they are opened.
    pub entitled_with_list: Option<u32>,
    /// Whether an account is whatever answers at its address, rather than what its login opens.
    pub by_address: bool,
    /// What a user should know before logging in.
    pub login_note: Option<Text>,
    /// What is asked of a user who adds a key of its product without its account.
    pub with_key: Option<Text>,
    /// What it has besides its list.
    pub facets: &'static [Facet],
    /// What can be chosen for a new license, in the order of the form. Empty: nothing can be created by API.
    pub create: &'static [Choice],
    /// Whether licenses can be deleted by API.
    pub deletes: bool,
    /// Reads the license that the claims of a license string describe; nothing where it issues no such strings.
    pub license_of_claims: Option<LicenseOfClaims>,
    /// The steps by which a license is made on the vendor's own page.
    pub vendor_page: &'static [Text],
    /// What a user should know before choosing.
    pub facts: &'static [Fact],
    /// Where people look after licenses by hand, also those that the API cannot carry.
    pub page: Link,
    /// What to try where it says no.
    pub hints: Hints,
}

/// Reads the license that the claims of a license string describe. They are not verified. Values that look like
/// a secret are left out.
pub type LicenseOfClaims = fn(&Map<String, Json>, &SecretSigns) -> Option<License>;

/// What to try where a licensing system says no, in its own words for things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hints {
    /// Where another login comes from.
    pub new_login: Text,
    /// Why a login may be refused, and what to do, in whole sentences.
    pub refused: Option<Text>,
    /// What it may mean that there is no such license.
    pub not_found: Text,
    /// Which address is meant.
    pub address: Text,
}

impl Description {
    /// A system that only lists what it issued: what another one does beside that stands in its own description.
    pub const fn listing(
        provider: &'static str,
        title: Text,
        summary: Text,
        page: Link,
        hints: Hints,
    ) -> Self {
        Self {
            provider,
            title,
            summary,
            invitation: None,
            subject: None,
            product: provider,
            connect: &[],
            keeps: &[],
            own_domain: None,
            password_once: false,
            entitled_with_list: None,
            by_address: false,
            login_note: None,
            with_key: None,
            facets: &[],
            create: &[],
            deletes: false,
            license_of_claims: None,
            vendor_page: &[],
            facts: &[],
            page,
            hints,
        }
    }

    /// The names of the fields that take what proves whose account it is. What of it is kept is [`Description::keeps`].
    pub fn secret_fields(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.connect.iter().filter(|field| field.kind.is_secret()).map(|field| field.name)
    }

    /// The choice of a parameter.
    pub fn choice(&self, param: &str) -> Option<&'static Choice> {
        self.create.iter().find(|choice| choice.param == param)
    }
}

/// A sentence or label: the key under which a translation stands, and the English for where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// The key, such as `vendor.confirm-host.label`.
    pub key: &'static str,
    /// The English.
    pub english: &'static str,
}

/// A page to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// What it is called.
    pub text: Text,
    /// Where it is.
    pub url: &'static str,
}

/// One field of the form that connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectField {
    /// The name under which it is handed to [`crate::connect`].
    pub name: &'static str,
    /// What it is called.
    pub label: Text,
    /// What goes into it.
    pub kind: FieldKind,
    /// Whether it may stay empty.
    pub optional: bool,
    /// An example of what goes into it.
    pub placeholder: Option<&'static str>,
    /// What stands in it at first.
    pub default: Option<&'static str>,
    /// Where to find what goes into it.
    pub where_to_find: Text,
    /// The page where it is found.
    pub link: Option<Link>,
    /// Whether it can be changed without logging in again: the login itself is not sent there.
    pub is_editable: bool,
}

impl ConnectField {
    /// A field that has to be filled in, and is empty at first.
    pub const fn needed(name: &'static str, kind: FieldKind, label: Text, where_to_find: Text) -> Self {
        Self {
            name,
            label,
            kind,
            optional: false,
            placeholder: None,
            default: None,
            where_to_find,
            link: None,
            is_editable: false,
        }
    }

    /// A field that may stay empty.
    pub const fn optional(name: &'static str, kind: FieldKind, label: Text, where_to_find: Text) -> Self {
        Self { optional: true, ..Self::needed(name, kind, label, where_to_find) }
    }

    /// The confirmation of a host that the address redirects to.
    pub const CONFIRM_HOST: Self = Self::optional(
        CONFIRM_HOST,
        FieldKind::ConfirmHost,
        Text { key: "vendor.confirm-host.label", english: "Confirm the host" },
        Text {
            key: "vendor.confirm-host.where",
            english: "Only if the address redirects to another host: type that host to confirm it.",
        },
    );

    /// The permission to send the login unencrypted.
    pub const ALLOW_HTTP: Self = Self::optional(
        ALLOW_HTTP,
        FieldKind::AllowHttp,
        Text { key: "vendor.allow-http.label", english: "Allow http://" },
        Text {
            key: "vendor.allow-http.where",
            english: "Only for an http:// address on another computer. The login and license keys are sent unencrypted.",
        },
    );
}

/// What goes into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// An `http` or `https` address.
    Url,
    /// Something that is masked, and kept sealed.
    Secret,
    /// One line of text.
    Text,
    /// A password, taken as it is typed.
    Password,
    /// A code that is used once and never kept.
    OneTimeCode,
    /// A file with the certificates of a private authority; a connection has its text, not its path.
    CaFile,
    /// The host once more, to confirm that it is meant though it is outside the vendor's own domain.
    ConfirmHost,
    /// An Ed25519 public key.
    PublicKey,
    /// Whether the login may be sent unencrypted: [`crate::ALLOWED`], or nothing.
    AllowHttp,
}

impl FieldKind {
    /// Whether what goes into it is masked, and handed on as a secret.
    pub const fn is_secret(self) -> bool {
        match self {
            Self::Secret | Self::Password | Self::OneTimeCode => true,
            Self::Url | Self::Text | Self::CaFile | Self::ConfirmHost | Self::PublicKey | Self::AllowHttp => {
                false
            }
        }
    }
}

/// Something to choose for a new license.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The parameter, also the CLI's option: `type`, `goal`, `hosting`, …
    pub param: &'static str,
    /// What it is called.
    pub label: Text,
    /// What can be chosen.
    pub values: &'static [Value],
    /// What is chosen at first.
    pub default: &'static str,
    /// Whether the API takes it.
    pub carried: Carried,
    /// The value that a call without this parameter has anyway, so that choosing it is always possible.
    pub implied: Option<&'static str>,
    /// Shown only where another parameter has a value.
    pub shown_when: Option<(&'static str, &'static str)>,
}

/// Whether a vendor's API takes a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// The vendor documents it.
    Always,
    /// Only a system that advertises the capability takes it; elsewhere it is made on the vendor's page.
    OnlyIfAdvertised {
        /// The capability's name, for [`Accepts::has`].
        capability: &'static str,
        /// Why it is not offered where the capability is missing.
        reason: Text,
    },
}

/// One thing that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// The word, the same in the CLI and the library.
    pub word: &'static str,
    /// What it is called.
    pub label: Text,
    /// Where this is not a call but a guide to follow.
    pub guide: Option<Link>,
}

impl Choice {
    /// Whether the choice can be sent to a system that takes `accepts`.
    pub fn is_taken_by(&self, accepts: &Accepts) -> bool {
        match self.carried {
            Carried::Always => true,
            Carried::OnlyIfAdvertised { capability, .. } => accepts.has(capability),
        }
    }

    /// Why a value cannot be chosen at a system that takes `accepts`; nothing where it can.
    pub fn obstacle(&self, value: &Value, accepts: &Accepts) -> Option<Obstacle> {
        if let Some(guide) = value.guide {
            return Some(Obstacle::Guide(guide));
        }
        match self.carried {
            Carried::OnlyIfAdvertised { reason, .. }
                if !self.is_taken_by(accepts) && self.implied != Some(value.word) =>
            {
                Some(Obstacle::NotCarried(reason))
            }
            Carried::OnlyIfAdvertised { .. } | Carried::Always => None,
        }
    }
}

/// Why a value cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// It is a guide to follow instead.
    Guide(Link),
    /// The API at this address cannot carry it.
    NotCarried(Text),
}

/// Something a user should know, with where it is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// What it is about: a parameter and its value.
    pub about: (&'static str, &'static str),
    /// The fact.
    pub text: Text,
    /// Where it is known from.
    pub mark: Mark,
    /// The page that says so.
    pub source: Text,
}

/// Where a fact is known from. Only these two may be stated as facts on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The vendor's own licensing document.
    Reference,
    /// Another page of the vendor's public documentation.
    Documented,
}
