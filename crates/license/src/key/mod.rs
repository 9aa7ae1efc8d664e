//! The forms of keys, and what a pasted text is.

mod alone;
mod deployment;
mod mask;
mod mistake;
mod recognise;
mod system;

pub use alone::{key_alone, token_alone};
pub use mask::{keys_in, mask_keys, masked, tail};
pub use mistake::{Damage, Mistake};
pub use recognise::{Recognised, recognise};
pub use system::SystemProblem;

/// The form of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyForm {
    /// An AICA System License's key: online, any machine, one instance at a time.
    System,
    /// An AICA Deployment Key: offline, for one deployment.
    Deployment,
    /// A license JWT, as Aidbox and Metrics Dashboard instances read.
    Jwt,
    /// A license certificate, checked out for use offline.
    Certificate,
}

impl KeyForm {
    /// Every form.
    pub const ALL: &'static [Self] = &[Self::System, Self::Deployment, Self::Jwt, Self::Certificate];

    /// The one spelling, the same in the library, the CLI and the page.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Deployment => "deployment",
            Self::Jwt => "jwt",
            Self::Certificate => "certificate",
        }
    }

    /// The form that a word means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.word() == word)
    }
}
