//! Words for people: what vendors and people named, made safe for a terminal, and ends of licenses in words.

use app::files::Reader;
use jiff::{Timestamp, tz::TimeZone};
use license::{Expiry, License};
use std::borrow::Cow;
use vault::files::Others;

/// A text on one line that hides nothing and moves nothing on a terminal; see [`app::shown`].
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    app::context::shown(text)
}

/// A text that may have several lines, such as a parser's message. Each further line is indented, so that it does not look like a
/// line of Licet's own.
pub(crate) fn plain_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(plain).collect();
    lines.join("\n  ")
}

/// When a license expires; what its vendor sends where that is not a date.
pub(crate) fn expiry(license: &License, now: Timestamp) -> String {
    match license.unreadable_expiry() {
        Some(text) => format!("unreadable ({})", plain(text)),
        None => ends(license.expiry, now),
    }
}

/// When a license ends, as a date and in words: those of the window, by the midnights of the person's calendar.
pub(crate) fn ends(expiry: Option<Expiry>, now: Timestamp) -> String {
    let Some(expiry) = expiry else { return "not told".to_owned() };
    let Some(end) = expiry.instant() else { return "never".to_owned() };
    let day = |at: Timestamp| at.to_zoned(TimeZone::system()).date();
    let days = i64::from((day(end) - day(now)).get_days());
    format!("{} ({})", day(end), away(days))
}

fn away(days: i64) -> String {
    let (number, unit) = match days.abs() {
        0 => return "today".to_owned(),
        1 if days > 0 => return "tomorrow".to_owned(),
        1 => return "yesterday".to_owned(),
        days if days < 60 => (days, "day"),
        days if days < 730 => (days * 100 / 3044, "month"),
        days => (days * 100 / 36_525, "year"),
    };
    let several = if number == 1 { "" } else { "s" };
    if days > 0 { format!("in {number} {unit}{several}") } else { format!("{number} {unit}{several} ago") }
}

/// An instant to the second: nobody needs more.
pub(crate) fn to_the_second(at: Timestamp) -> Timestamp {
    // Every instant without its fraction is an instant.
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// A number of things in words.
pub(crate) fn count(number: usize, one: &str, several: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {several}") }
}

/// Who can use a file beside this user, each in words. Everybody has a warning of its own.
pub(crate) fn others(others: &Others) -> Vec<String> {
    let owner = others.owner.iter().map(|name| format!("its owner {}", plain(name)));
    let users = others.users.iter().map(|name| format!("user {}", plain(name)));
    let groups = others.every_group().map(|name| format!("group {}", plain(name)));
    owner.chain(users).chain(groups).collect()
}

/// What to do if the user of a container cannot read a file that was written for it.
pub(crate) fn unreadable_by(Reader { user, group, .. }: Reader) -> String {
    format!(
        "The image runs as user {user} in group {group}, who cannot read this file. To mount it, export it again with \
         --readable-by {user}, or with --group {group} where the file system has no access control lists."
    )
}

/// What a text for another file is for.
pub(crate) fn purpose(word: &str) -> &str {
    match word {
        "compose" => "in the compose file, under the service",
        "pod" => "in the pod, under the container",
        "instance-path" => "in the instance's environment, as the user that it runs as can read the file",
        "instance-text" => "or the token itself in its environment, where it cannot",
        "instance-ini" => "or in its ini file",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_lines_of_a_message_are_indented() {
        assert_eq!(plain_lines("one line"), "one line");
        assert_eq!(plain_lines("at line 2:\n\nerror: \u{1b}[2J\r\n"), "at line 2:\n  error: \\u{1b}[2J");
    }

    #[test]
    fn ends_are_told_by_the_calendar_as_in_the_window() {
        let table = [
            (0, "today"),
            (1, "tomorrow"),
            (-1, "yesterday"),
            (12, "in 12 days"),
            (-59, "59 days ago"),
            (61, "in 2 months"),
            (-729, "23 months ago"),
            (731, "in 2 years"),
        ];
        for (days, words) in table {
            assert_eq!(away(days), words);
        }
        let noon = |day: &str| day.parse::<jiff::civil::DateTime>().unwrap().to_zoned(TimeZone::system());
        let end = Expiry::On(noon("2026-12-02T00:30").unwrap().timestamp());
        let now = noon("2026-11-20T23:30").unwrap().timestamp();
        assert_eq!(ends(Some(end), now), "2026-12-02 (in 12 days)", "not eleven whole days");
        assert_eq!(ends(Some(Expiry::Never), now), "never");
        assert_eq!(ends(None, now), "not told");
    }
}
