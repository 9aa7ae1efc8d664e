//! How keys and tokens look in a text that must not show them.

use std::sync::Arc;

/// The secrets that no vendor has to itself: JSON web tokens, and the tokens of the local portal.
const COMMON: [SecretSign; 2] =
    [SecretSign::Begins { with: "eyJ", length: 12 }, SecretSign::Begins { with: "licet_", length: 12 }];

/// The signs of a registry's vendors, and the common ones.
#[derive(Debug, Clone)]
pub struct SecretSigns(Arc<[SecretSign]>);

impl SecretSigns {
    /// The common signs alone.
    pub(crate) fn common() -> Self {
        Self::of([])
    }

    /// The signs of vendors, and the common ones.
    pub(crate) fn of(vendors: impl IntoIterator<Item = SecretSign>) -> Self {
        Self(COMMON.into_iter().chain(vendors).collect())
    }

    /// Where in a run of characters without spaces the first secret begins.
    pub(crate) fn find(&self, run: &str) -> Option<usize> {
        self.0.iter().filter_map(|sign| sign.find(run)).min()
    }
}

/// What shows that a run of characters without spaces contains a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretSign {
    /// This text, and then so many characters that both together have this length.
    Begins {
        /// How the secret begins.
        with: &'static str,
        /// The length of the shortest one.
        length: usize,
    },
    /// This text, and then hex digits.
    Hex {
        /// What comes before them.
        after: &'static str,
        /// How many there are at least.
        digits: usize,
    },
    /// Groups of hex digits with dashes between them.
    HexGroups {
        /// The digits of a group.
        digits: usize,
        /// How many groups there are at least.
        groups: usize,
    },
}

impl SecretSign {
    /// Where in a run the secret begins.
    fn find(self, run: &str) -> Option<usize> {
        match self {
            Self::Begins { with, length } => run.find(with).filter(|at| run.len() - at >= length),
            Self::Hex { after, digits } => {
                run.find(after).filter(|at| leading_hex_digits(&run[at + after.len()..]) >= digits)
            }
            Self::HexGroups { digits, groups } => (longest_hex_groups(run, digits) >= groups).then_some(0),
        }
    }
}

/// How many hex digits a text begins with.
fn leading_hex_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_hexdigit).count()
}

/// How many groups of hex digits follow each other.
fn longest_hex_groups(run: &str, digits: usize) -> usize {
    let mut longest = 0;
    let mut current = 0;
    for group in run.split('-') {
        let is_group = group.len() == digits && group.bytes().all(|b| b.is_ascii_hexdigit());
        current = if is_group { current + 1 } else { 0 };
        longest = longest.max(current);
    }
    longest
}
