//! The forms of keys, and what a pasted text is.

mod deployment;
mod recognise;
mod system;

pub use recognise::{Mistake, Recognised, recognise};
pub use system::SystemProblem;

use crate::LicenseKey;

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

/// The last three characters of what tells one key from another: a System key's end before its version, another
/// key's end. Enough to tell two keys apart, too little to use one.
pub fn tail(key: &LicenseKey) -> String {
    let text = key.expose();
    let told = system::version_mark(text).map_or(text, |(body, _)| body);
    let skipped = told.chars().count().saturating_sub(3);
    told.chars().skip(skipped).collect()
}

/// The key with all but its [`tail`] and its punctuation as dots, for the screen.
pub fn masked(key: &LicenseKey) -> String {
    match system::version_mark(key.expose()) {
        Some((_, version)) => format!("••••••-••••••-••••••-••••••-•••{}-{version}", tail(key)),
        None => format!("••••••••••••{}", tail(key)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_key_shows_three_characters_of_it() {
        let key = LicenseKey::new("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3".to_owned());
        assert_eq!(masked(&key), "••••••-••••••-••••••-••••••-•••0F2-V3");
        assert_eq!(tail(&key), "0F2");
        assert_eq!(masked(&LicenseKey::new("eyJh.eyJi.c2ln".to_owned())), "••••••••••••2ln");
    }
}
