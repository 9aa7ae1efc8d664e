//! The answer to "is this key good?".

use jiff::Timestamp;

/// What a vendor answers when it is asked whether a key is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validated {
    /// Whether it is.
    pub valid: bool,
    /// Why, or why not.
    pub code: ValidationCode,
    /// The vendor's own words.
    pub detail: Option<String>,
    /// When the vendor looked.
    pub at: Option<Timestamp>,
}

/// Why a key is good or not (`docs/protocols.md`, "Validate a key").
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValidationCode {
    /// It is good.
    Valid,
    /// There is no such license.
    NotFound,
    /// It is taken back for a while.
    Suspended,
    /// Its time is over.
    Expired,
    /// It was not checked in in time.
    Overdue,
    /// Its holder is shut out.
    Banned,
    /// It is in use on no machine, and has to be on one.
    NoMachine,
    /// It is in use on no machine, and has to be on at least one.
    NoMachines,
    /// It is in use on more machines than it is for.
    TooManyMachines,
    /// It is not in use on the machine that was named.
    FingerprintScopeMismatch,
    /// The machine was not heard of yet.
    HeartbeatNotStarted,
    /// The machine is no longer heard of.
    HeartbeatDead,
    /// It lacks an entitlement that was asked for.
    EntitlementsMissing,
    /// A code that this program does not know, as given.
    Other(String),
}

impl ValidationCode {
    /// The codes that this program knows.
    pub const KNOWN: [Self; 13] = [
        Self::Valid,
        Self::NotFound,
        Self::Suspended,
        Self::Expired,
        Self::Overdue,
        Self::Banned,
        Self::NoMachine,
        Self::NoMachines,
        Self::TooManyMachines,
        Self::FingerprintScopeMismatch,
        Self::HeartbeatNotStarted,
        Self::HeartbeatDead,
        Self::EntitlementsMissing,
    ];

    /// Reads a vendor's word without regard to case.
    pub fn from_word(word: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| known.word().eq_ignore_ascii_case(word));
        known.unwrap_or_else(|| Self::Other(word.to_owned()))
    }

    /// The vendor's word; [`ValidationCode::from_word`] reads it back.
    pub fn word(&self) -> &str {
        match self {
            Self::Valid => "VALID",
            Self::NotFound => "NOT_FOUND",
            Self::Suspended => "SUSPENDED",
            Self::Expired => "EXPIRED",
            Self::Overdue => "OVERDUE",
            Self::Banned => "BANNED",
            Self::NoMachine => "NO_MACHINE",
            Self::NoMachines => "NO_MACHINES",
            Self::TooManyMachines => "TOO_MANY_MACHINES",
            Self::FingerprintScopeMismatch => "FINGERPRINT_SCOPE_MISMATCH",
            Self::HeartbeatNotStarted => "HEARTBEAT_NOT_STARTED",
            Self::HeartbeatDead => "HEARTBEAT_DEAD",
            Self::EntitlementsMissing => "ENTITLEMENTS_MISSING",
            Self::Other(word) => word,
        }
    }

    /// One English sentence, for the command line.
    pub fn sentence(&self) -> String {
        let sentence = match self {
            Self::Valid => "The key is good.",
            Self::NotFound => "The vendor knows no license of this key.",
            Self::Suspended => "The license is suspended.",
            Self::Expired => "The license has expired.",
            Self::Overdue => "The license was not checked in at the vendor in time.",
            Self::Banned => "The license's holder is banned.",
            Self::NoMachine => "The license is in use on no machine yet; it is good once one took it.",
            Self::NoMachines => {
                "The license is in use on no machine yet; it is good once at least one took it."
            }
            Self::TooManyMachines => "The license is in use on more machines than it is for.",
            Self::FingerprintScopeMismatch => "The license is in use, but not on this machine.",
            Self::HeartbeatNotStarted => "The machine that took the license was not heard of yet.",
            Self::HeartbeatDead => "The machine that took the license is no longer heard of.",
            Self::EntitlementsMissing => "The license lacks an entitlement that was asked for.",
            Self::Other(word) => return format!("The vendor answers {word}."),
        };
        sentence.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_reads_back_as_it_is_written_and_has_a_sentence_of_its_own() {
        let mut sentences = BTreeSet::new();
        for code in ValidationCode::KNOWN {
            assert_eq!(ValidationCode::from_word(code.word()), code);
            assert!(sentences.insert(code.sentence()), "{code:?}");
        }
        assert_eq!(ValidationCode::from_word("too_many_machines"), ValidationCode::TooManyMachines);
    }

    #[test]
    fn a_code_that_is_not_known_is_kept_as_given() {
        let code = ValidationCode::from_word("TOO_MANY_CORES");
        assert_eq!(code.word(), "TOO_MANY_CORES");
        assert_eq!(code.sentence(), "The vendor answers TOO_MANY_CORES.");
    }
}
