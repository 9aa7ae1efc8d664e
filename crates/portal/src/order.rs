//! What may be asked of the portal: a license's name, type, goal and hosting.

/// Longest name of a license or a project, in characters.
pub const NAME_LIMIT: usize = 255;

/// Why the portal does not issue what was asked for, in words for the user who asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No name for what is named here.
    #[error("name is missing or empty; give the {0} a name")]
    EmptyName(&'static str),
    /// A name of so many characters.
    #[error("name has {0} characters; the limit is {NAME_LIMIT}")]
    LongName(usize),
    /// A name with a NUL character.
    #[error("name holds a NUL character")]
    NulInName,
    /// A required parameter is missing.
    #[error("{parameter} is missing; it is one of: {known}")]
    Missing {
        /// The parameter's name.
        parameter: &'static str,
        /// The values that are accepted, separated by commas.
        known: String,
    },
    /// A parameter has a value that is not one of the known ones.
    #[error("{parameter} \"{given}\" is unknown; it is one of: {known}")]
    Unknown {
        /// The parameter's name.
        parameter: &'static str,
        /// The value that was given.
        given: String,
        /// The values that are accepted, separated by commas.
        known: String,
    },
    /// AWS licenses are not issued by this call.
    #[error("hosting \"aws\" is set up by the AWS guide; this call issues self-hosted and sandbox licenses")]
    AwsIsAGuide,
    /// This parameter is for sandboxes.
    #[error("{0} goes with hosting \"sandbox\" only")]
    SandboxOnly(&'static str),
}

/// A license's or a project's name: not blank, at most [`NAME_LIMIT`] characters, kept as given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Takes `text` as the name of a `what` ("license", "project").
    pub fn parse(what: &'static str, text: &str) -> Result<Self, Refusal> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            return Err(Refusal::EmptyName(what));
        }
        if length > NAME_LIMIT {
            return Err(Refusal::LongName(length));
        }
        if text.contains('\0') {
            return Err(Refusal::NulInName);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An enum whose variants are words on the wire.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident($parameter:literal) { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "` on the wire.")] $variant),+
        }

        impl $name {
            /// Every variant, in the order in which documents list them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            pub(crate) fn parse(word: &str) -> Result<Self, Refusal> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(Refusal::Unknown {
                        parameter: $parameter,
                        given: word.to_owned(),
                        known: Self::known(),
                    }),
                }
            }

            pub(crate) fn known() -> String {
                [$($word),+].join(", ")
            }
        }
    };
}

words! {
    /// A license's type.
    Tier("type") { Production = "production", Development = "development", Ci = "ci" }
}
words! {
    /// What a license is for.
    Goal("goal") { Development = "development", Research = "research", Evaluation = "evaluation" }
}
words! {
    /// Where the instance runs.
    Hosting("hosting") { SelfHosted = "self-hosted", Sandbox = "sandbox", Aws = "aws" }
}
words! {
    /// Which Aidbox a sandbox runs.
    AidboxVersion("aidbox-version") { Latest = "latest", Edge = "edge" }
}
words! {
    /// Which FHIR a sandbox speaks (Aidbox documentation, list of FHIR versions).
    FhirVersion("fhir-version") {
        V102 = "1.0.2", V140 = "1.4.0", V180 = "1.8.0", V301 = "3.0.1", V320 = "3.2.0", V330 = "3.3.0",
        V400 = "4.0.0", V401 = "4.0.1", V430 = "4.3.0", V500 = "5.0.0",
    }
}
words! {
    /// The one product.
    Product("product") { Aidbox = "aidbox" }
}

pub(crate) const SECONDS_A_DAY: i64 = 24 * 60 * 60;

impl Tier {
    /// Days until a new license of this type expires: development never does, a production trial takes
    /// 14 days, ci 72 hours (`docs/protocols.md`, "License types").
    pub fn days(self) -> Option<i64> {
        match self {
            Self::Development => None,
            Self::Production => Some(14),
            Self::Ci => Some(3),
        }
    }

    pub(crate) fn expires(self, created: i64) -> Option<i64> {
        self.days().map(|days| created + days * SECONDS_A_DAY)
    }

    pub(crate) fn max_instances(self) -> u32 {
        match self {
            Self::Development | Self::Production => 1,
            Self::Ci => 100,
        }
    }
}

/// One license that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The name.
    pub name: Name,
    /// The license type.
    pub tier: Tier,
    /// The goal, where one is stated.
    pub goal: Option<Goal>,
    /// Where the instance runs.
    pub hosting: Hosting,
    /// Which versions a sandbox runs; nothing for other hostings.
    pub sandbox: Option<(AidboxVersion, FhirVersion)>,
}

impl Order {
    /// A self-hosted license without a stated goal.
    pub fn self_hosted(name: Name, tier: Tier) -> Self {
        Self { name, tier, goal: None, hosting: Hosting::SelfHosted, sandbox: None }
    }

    /// A sandbox license with the versions the vendor's form preselects.
    pub fn sandbox(name: Name, tier: Tier) -> Self {
        let sandbox = Some((AidboxVersion::Latest, FhirVersion::V401));
        Self { hosting: Hosting::Sandbox, sandbox, ..Self::self_hosted(name, tier) }
    }

    /// The codes of what the license allows, which go into its JWT.
    pub(crate) fn entitlements(&self) -> Vec<&'static str> {
        let mut codes = vec!["fhir-server", "subscriptions"];
        match self.tier {
            Tier::Production => codes.push("patient-data"),
            Tier::Ci => codes.push("many-instances"),
            Tier::Development => codes.push("database-5gb"),
        }
        if self.hosting == Hosting::Sandbox {
            codes.push("hosted");
        }
        codes
    }
}
