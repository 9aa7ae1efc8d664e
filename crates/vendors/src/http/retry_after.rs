//! `Retry-After` (RFC 9110, 10.2.3): seconds, or the date to wait for.

use jiff::{Timestamp, fmt::rfc2822};
use reqwest::header::{self, HeaderMap};
use std::time::{Duration, SystemTime};

/// The longest wait that is passed on: a vendor that names a later one is asked again after this.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// Reads the date; a server that has the weekday wrong is understood all the same.
static DATES: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new().relaxed_weekday(true);

/// How long an answer asks to wait from `now`.
pub(super) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds).min(LONGEST));
    }
    let until = date(text)?;
    let now = Timestamp::try_from(now).ok()?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default().min(LONGEST))
}

/// The date of a header, such as `Date`.
pub(crate) fn date(text: &str) -> Option<Timestamp> {
    DATES.parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(text: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, text.parse().unwrap());
        let now: Timestamp = "2026-06-01T12:00:00Z".parse().unwrap();
        read(&headers, now.into())
    }

    #[test]
    fn seconds_and_dates_are_both_read() {
        assert_eq!(wait("7"), Some(Duration::from_secs(7)));
        assert_eq!(wait("Mon, 01 Jun 2026 12:00:30 GMT"), Some(Duration::from_secs(30)));
    }

    #[test]
    fn a_date_that_is_over_means_no_wait() {
        assert_eq!(wait("Mon, 01 Jun 2026 11:00:00 GMT"), Some(Duration::ZERO));
    }

    #[test]
    fn a_wait_without_measure_is_bounded_and_nonsense_is_none() {
        assert_eq!(wait("99999999999"), Some(LONGEST));
        assert_eq!(wait("Fri, 01 Jan 2999 00:00:00 GMT"), Some(LONGEST));
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
    }
}
