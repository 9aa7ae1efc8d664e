//! The status of a license: one function from what the vendor reports, an instant and the user's threshold.

use crate::{Expiry, VendorStatus};
use jiff::Timestamp;

/// Whether a license can be relied on now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It may be used and does not expire soon.
    Valid,
    /// It may be used and expires within the user's threshold.
    ExpiresSoon,
    /// It has expired.
    Expired,
    /// The vendor has suspended it.
    Suspended,
    /// The vendor has banned its holder.
    Banned,
    /// Its key is marked as leaked.
    Leaked,
    /// It belongs to another instance.
    WrongInstance,
    /// A complete listing of its account no longer had it.
    Gone,
    /// Not known: the vendor's own word, where it sent one.
    Unknown(Option<String>),
}

impl Status {
    /// The one spelling, the same in the library, the CLI and the page.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::ExpiresSoon => "expires-soon",
            Self::Expired => "expired",
            Self::Suspended => "suspended",
            Self::Banned => "banned",
            Self::Leaked => "leaked",
            Self::WrongInstance => "wrong-instance",
            Self::Gone => "gone",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Every spelling, the most urgent first, as in a list sorted by status.
    pub const WORDS: &'static [&'static str] = &[
        "leaked",
        "expired",
        "expires-soon",
        "suspended",
        "banned",
        "wrong-instance",
        "unknown",
        "valid",
        "gone",
    ];

    /// The status at `now`: the first that applies of gone, leaked, banned, suspended, wrong-instance, expired,
    /// expires-soon, valid and unknown. An expiry at most `threshold_days` whole days away is soon.
    pub fn at(now: Timestamp, threshold_days: i64, of: StatusSources<'_>) -> Self {
        if of.gone {
            return Self::Gone;
        }
        if of.leaked {
            return Self::Leaked;
        }
        let days = of.expiry.and_then(|expiry| expiry.days_from(now));
        let has_expired = of.expiry.and_then(Expiry::instant).is_some_and(|end| end <= now);
        match of.vendor_status {
            Some(VendorStatus::Banned) => Self::Banned,
            Some(VendorStatus::Suspended) => Self::Suspended,
            Some(VendorStatus::Mismatched) => Self::WrongInstance,
            Some(VendorStatus::Expired) => Self::Expired,
            Some(VendorStatus::Active | VendorStatus::Inactive | VendorStatus::Other(_)) | None
                if has_expired =>
            {
                Self::Expired
            }
            // An unknown word does not hide that the date has passed, but says more than a date that has not.
            Some(VendorStatus::Other(word)) => Self::Unknown(Some(word.clone())),
            None if of.expiry.is_none() => Self::Unknown(None),
            // A license that was not used for 90 days is valid, and its expiry still counts.
            Some(VendorStatus::Active | VendorStatus::Inactive) | None => match days {
                Some(days) if days <= threshold_days => Self::ExpiresSoon,
                Some(_) | None => Self::Valid,
            },
        }
    }
}

/// What a status is computed from.
#[derive(Debug, Clone, Copy, Default)]
pub struct StatusSources<'a> {
    /// The vendor's word.
    pub vendor_status: Option<&'a VendorStatus>,
    /// The vendor's date.
    pub expiry: Option<Expiry>,
    /// Whether a complete listing of its account no longer had it.
    pub gone: bool,
    /// Whether its key is marked as leaked.
    pub leaked: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-06-01T12:00:00Z";

    fn status(word: Option<&str>, expiry: Option<&str>, (gone, leaked): (bool, bool)) -> &'static str {
        let vendor_status = word.map(VendorStatus::from_word);
        let expiry = expiry.map(|text| match text {
            "never" => Expiry::Never,
            instant => Expiry::On(instant.parse().unwrap()),
        });
        let of = StatusSources { vendor_status: vendor_status.as_ref(), expiry, gone, leaked };
        Status::at(NOW.parse().unwrap(), 30, of).word()
    }

    #[test]
    fn status_follows_the_vendors_word_and_the_date() {
        let table = [
            (Some("active"), Some("never"), "valid"),
            (Some("active"), Some("2026-07-02T12:00:00Z"), "valid"),
            (Some("active"), Some("2026-07-02T11:59:59Z"), "expires-soon"),
            (Some("active"), Some("2026-06-01T12:00:01Z"), "expires-soon"),
            (Some("active"), Some("2026-06-01T12:00:00Z"), "expired"),
            (Some("active"), None, "valid"),
            (Some("EXPIRING"), Some("2026-06-02T00:00:00Z"), "expires-soon"),
            (Some("expired"), Some("2030-01-01T00:00:00Z"), "expired"),
            (Some("suspended"), Some("2020-01-01T00:00:00Z"), "suspended"),
            (Some("banned"), Some("never"), "banned"),
            (Some("mismatched"), Some("never"), "wrong-instance"),
            (Some("mismatched"), Some("2020-01-01T00:00:00Z"), "wrong-instance"),
            (Some("inactive"), Some("never"), "valid"),
            (Some("INACTIVE"), Some("2026-06-10T00:00:00Z"), "expires-soon"),
            (Some("inactive"), Some("2020-01-01T00:00:00Z"), "expired"),
            (Some("under review"), Some("never"), "unknown"),
            (Some("under review"), Some("2020-01-01T00:00:00Z"), "expired"),
            (None, Some("never"), "valid"),
            (None, Some("2026-06-10T00:00:00Z"), "expires-soon"),
            (None, None, "unknown"),
        ];
        for (word, expiry, expected) in table {
            assert_eq!(status(word, expiry, (false, false)), expected, "{word:?} {expiry:?}");
        }
    }

    #[test]
    fn gone_and_leaked_come_before_what_the_vendor_reports() {
        for word in ["active", "banned", "expired", "under review"] {
            assert_eq!(status(Some(word), Some("2020-01-01T00:00:00Z"), (true, true)), "gone", "{word}");
            assert_eq!(status(Some(word), Some("2020-01-01T00:00:00Z"), (false, true)), "leaked", "{word}");
        }
    }

    #[test]
    fn unknown_word_is_kept_as_the_vendor_spells_it() {
        let word = VendorStatus::from_word("Under Review");
        let of = StatusSources {
            vendor_status: Some(&word),
            expiry: Some(Expiry::Never),
            ..StatusSources::default()
        };
        assert_eq!(
            Status::at(Timestamp::UNIX_EPOCH, 30, of),
            Status::Unknown(Some("Under Review".to_owned()))
        );
    }
}
