//! Dates as vendors send them.

use crate::Expiry;
use jiff::{Timestamp, civil, tz::TimeZone};

/// An end in this year or later means that a license does not expire: systems without a word for that write the year 9999,
/// or add a century.
const NO_END_FROM: i16 = 2100;

/// The last second of 9999, since 1970.
pub(crate) const END_OF_9999: i64 = 253_402_300_799;

/// An instant in any of the spellings that are seen: RFC 3339, without a zone (then UTC), a day alone (its beginning, UTC:
/// the earliest that it can mean), or seconds or milliseconds since 1970. Nothing where it cannot be read.
pub fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(count) = text.parse::<i64>() {
        return since_1970(count);
    }
    let civil = || text.parse::<civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok();
    text.parse().ok().or_else(|| Some(civil()?.timestamp()))
}

/// An end, as [`instant`] reads it. One that is so far away that it means none is [`Expiry::Never`].
pub fn expiry(text: &str) -> Option<Expiry> {
    let text = text.trim();
    match instant(text) {
        _ if is_beyond_time(text) => Some(Expiry::Never),
        end => end.map(Expiry::at),
    }
}

impl Expiry {
    /// An end at an instant; one that is so far away that it means none is [`Expiry::Never`].
    pub fn at(end: Timestamp) -> Self {
        match end.to_zoned(TimeZone::UTC).year() < NO_END_FROM {
            true => Self::On(end),
            false => Self::Never,
        }
    }
}

/// A date that is later than any instant that can be counted: the last day of 9999, also in seconds or milliseconds.
fn is_beyond_time(text: &str) -> bool {
    let count = text.parse().is_ok_and(|count: i64| count == END_OF_9999 || count / 1000 == END_OF_9999);
    let day = text.split_at_checked(10).and_then(|(day, _)| day.parse::<civil::Date>().ok());
    count || day.is_some_and(|day| day.year() >= NO_END_FROM)
}

/// A bare number as seconds or, beyond what those can mean, milliseconds. A short one is rather a year than an hour of
/// 1970.
fn since_1970(count: i64) -> Option<Timestamp> {
    match count.unsigned_abs() {
        0..100_000_000 => None,
        100_000_000..100_000_000_000 => Timestamp::from_second(count).ok(),
        _ => Timestamp::from_millisecond(count).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_instant_is_read() {
        let midnight: Timestamp = "2026-12-31T00:00:00Z".parse().unwrap();
        for text in [
            "2026-12-31T00:00:00.000Z",
            "2026-12-31T01:00:00+01:00",
            " 2026-12-31 00:00:00",
            "2026-12-31",
            "1798675200",
            "1798675200000",
        ] {
            assert_eq!((instant(text), expiry(text)), (Some(midnight), Some(Expiry::On(midnight))), "{text}");
        }
    }

    #[test]
    fn far_end_means_that_it_does_not_expire() {
        for text in [
            "9999-12-31",
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59.999+00:00",
            "2126-11-30T10:00:00Z",
            "2100-01-01",
            "253402300799",
            "253402300799000",
        ] {
            assert_eq!(expiry(text), Some(Expiry::Never), "{text}");
        }
        assert!(matches!(expiry("2099-12-31"), Some(Expiry::On(_))));
    }

    #[test]
    fn what_is_not_a_date_is_not_read() {
        for text in ["", "next spring", "2026", "9999", "9999-99-99", "31.12.2026"] {
            assert_eq!(expiry(text), None, "{text}");
        }
    }
}
