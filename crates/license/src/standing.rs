//! Whether a license can be relied on: one function from facts, an instant and the user's threshold.

use crate::{Expiry, Status};
use jiff::Timestamp;

/// Whether a license can be relied on now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It may be used, and no end is near.
    Valid,
    /// It may be used, and ends within the user's threshold.
    ExpiresSoon,
    /// Its time is over.
    Expired,
    /// The vendor has taken it back for a while.
    Suspended,
    /// The vendor has shut its holder out.
    Banned,
    /// It belongs to another instance.
    Mismatched,
    /// A complete listing of its account no longer had it.
    Gone,
    /// Nothing is known: the vendor's own word, where it sent one.
    Unknown(Option<String>),
}

impl Standing {
    /// The one spelling, the same in the library, the CLI and the page.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::ExpiresSoon => "expires-soon",
            Self::Expired => "expired",
            Self::Suspended => "suspended",
            Self::Banned => "banned",
            Self::Mismatched => "mismatched",
            Self::Gone => "gone",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Every spelling, in the order of urgency that a list sorted by standing shows.
    pub const WORDS: &'static [&'static str] =
        &["expired", "expires-soon", "suspended", "banned", "mismatched", "unknown", "valid", "gone"];
}

/// What a standing is computed from.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The vendor's word.
    pub status: Option<&'a Status>,
    /// The vendor's date.
    pub expiry: Option<Expiry>,
    /// Whether a complete listing of its account no longer had it.
    pub gone: bool,
}

/// The standing at `now`. An end at most `threshold_days` whole days away is soon.
///
/// What cannot be used comes before what will soon not be; a word of the vendor's that is not known hides nothing
/// worse that its date tells.
pub fn standing(facts: Facts<'_>, now: Timestamp, threshold_days: i64) -> Standing {
    if facts.gone {
        return Standing::Gone;
    }
    let days = facts.expiry.and_then(|expiry| expiry.days_from(now));
    let is_over = facts.expiry.and_then(Expiry::instant).is_some_and(|end| end <= now);
    match facts.status {
        Some(Status::Banned) => Standing::Banned,
        Some(Status::Suspended) => Standing::Suspended,
        Some(Status::Mismatched) => Standing::Mismatched,
        Some(Status::Expired) => Standing::Expired,
        Some(Status::Active | Status::Inactive | Status::Other(_)) | None if is_over => Standing::Expired,
        Some(Status::Other(word)) => Standing::Unknown(Some(word.clone())),
        None if facts.expiry.is_none() => Standing::Unknown(None),
        // A license that was not used for 90 days is valid, and its expiry still counts.
        Some(Status::Active | Status::Inactive) | None => match days {
            Some(days) if days <= threshold_days => Standing::ExpiresSoon,
            Some(_) | None => Standing::Valid,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row a rule: status, expiry, gone, the standing on 1 June 2026 at noon with a threshold of 30 days.
    #[test]
    fn the_table_of_standings() {
        let table: &[(Option<&str>, Option<&str>, bool, &str)] = &[
            (Some("active"), Some("never"), false, "valid"),
            (Some("active"), Some("2026-07-02T12:00:00Z"), false, "valid"),
            (Some("active"), Some("2026-07-02T11:59:59Z"), false, "expires-soon"),
            (Some("active"), Some("2026-06-01T12:00:01Z"), false, "expires-soon"),
            (Some("active"), Some("2026-06-01T12:00:00Z"), false, "expired"),
            (Some("active"), None, false, "valid"),
            (Some("EXPIRING"), Some("2026-06-02T00:00:00Z"), false, "expires-soon"),
            (Some("expired"), Some("2030-01-01T00:00:00Z"), false, "expired"),
            (Some("suspended"), Some("2020-01-01T00:00:00Z"), false, "suspended"),
            (Some("banned"), Some("never"), false, "banned"),
            (Some("mismatched"), Some("never"), false, "mismatched"),
            (Some("inactive"), Some("never"), false, "valid"),
            (Some("INACTIVE"), Some("2026-06-10T00:00:00Z"), false, "expires-soon"),
            (Some("inactive"), Some("2020-01-01T00:00:00Z"), false, "expired"),
            (Some("under review"), Some("never"), false, "unknown"),
            (Some("under review"), Some("2020-01-01T00:00:00Z"), false, "expired"),
            (None, Some("never"), false, "valid"),
            (None, Some("2026-06-10T00:00:00Z"), false, "expires-soon"),
            (None, None, false, "unknown"),
            (Some("active"), Some("never"), true, "gone"),
            (Some("banned"), Some("2020-01-01T00:00:00Z"), true, "gone"),
        ];
        let now = "2026-06-01T12:00:00Z".parse().unwrap();
        for (word, expiry, gone, expected) in table {
            let status = word.map(Status::from_word);
            let expiry = expiry.map(|text| match text {
                "never" => Expiry::Never,
                instant => Expiry::On(instant.parse().unwrap()),
            });
            let facts = Facts { status: status.as_ref(), expiry, gone: *gone };
            assert_eq!(standing(facts, now, 30).word(), *expected, "{word:?} {expiry:?} gone={gone}");
        }
    }

    #[test]
    fn an_unknown_word_is_shown_as_the_vendor_gave_it() {
        let status = Status::from_word("Under Review");
        let facts = Facts { status: Some(&status), expiry: Some(Expiry::Never), gone: false };
        assert_eq!(
            standing(facts, Timestamp::UNIX_EPOCH, 30),
            Standing::Unknown(Some("Under Review".to_owned()))
        );
    }
}
