//! When a license ends.

use jiff::Timestamp;

const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// When a license ends, as its vendor tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expiry {
    /// It does not end.
    Never,
    /// It may be used until this instant.
    On(Timestamp),
}

impl Expiry {
    /// The instant, where there is one.
    pub fn instant(self) -> Option<Timestamp> {
        match self {
            Self::Never => None,
            Self::On(instant) => Some(instant),
        }
    }

    /// Whole days from `now` until the end, rounded down: negative once it is over, nothing where it does not end.
    pub fn days_from(self, now: Timestamp) -> Option<i64> {
        self.instant().map(|end| (end.as_microsecond() - now.as_microsecond()).div_euclid(MICROSECONDS_A_DAY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_whole_and_rounded_down() {
        let end = Expiry::On(at("2026-12-02T12:00:00Z"));
        assert_eq!(end.days_from(at("2026-12-01T12:00:00Z")), Some(1));
        assert_eq!(end.days_from(at("2026-12-01T12:00:01Z")), Some(0));
        assert_eq!(end.days_from(at("2026-12-02T12:00:01Z")), Some(-1));
        assert_eq!(end.days_from(at("2026-12-01T12:00:00.5Z")), Some(0), "a part of a second is no day");
        assert_eq!(Expiry::Never.days_from(at("2026-12-02T12:00:01Z")), None);
    }
}
