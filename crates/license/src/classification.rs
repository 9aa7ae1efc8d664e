//! The words that licenses are described with, and how vendors and people spell them.

use serde::{Deserialize, Serialize};

/// Declares a closed set of words with one spelling each, the same on the screen, in the CLI and in the library.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// Every word of the set, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The one spelling.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The word as it is written, or nothing where it is not of the set.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

words! {
    /// What a license is for. The screen and the CLI call it "type".
    Tier {
        /// Free, no patient data; at Aidbox it does not expire.
        Development = "dev",
        /// At Aidbox a 14-day trial that the vendor extends.
        Production = "prod",
        /// Many short-lived instances; at Aidbox 72 hours.
        Ci = "ci",
    }
}

words! {
    /// Where the licensed instance runs.
    Hosting {
        /// On the holder's own machines.
        SelfHosted = "self-hosted",
        /// At the vendor.
        Sandbox = "sandbox",
        /// From the AWS Marketplace.
        Aws = "aws",
    }
}

words! {
    /// What the holder wants the license for, as the Aidbox portal asks.
    Goal {
        /// Building an application.
        Development = "development",
        /// Research.
        Research = "research",
        /// Trying it out.
        Evaluation = "evaluation",
    }
}

/// What a license is for the use of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Product {
    /// An Aidbox instance.
    Aidbox,
    /// AICA System software.
    Aica,
    /// A Metrics Dashboard Enterprise instance.
    Dashboard,
    /// A product that this program has no name for, in the vendor's word.
    Other(String),
}

impl Product {
    /// The word that is stored and sent.
    pub fn word(&self) -> &str {
        match self {
            Self::Aidbox => "aidbox",
            Self::Aica => "aica",
            Self::Dashboard => "dashboard",
            Self::Other(word) => word,
        }
    }

    /// The product that a word means; an unknown word is kept as it is.
    pub fn from_word(word: &str) -> Self {
        match word {
            "aidbox" => Self::Aidbox,
            "aica" => Self::Aica,
            "dashboard" => Self::Dashboard,
            other => Self::Other(other.to_owned()),
        }
    }
}
