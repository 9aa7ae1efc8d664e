//! Words for people: what vendors and people named, made safe for a terminal, and ends of licenses in words.

use app::files::Reader;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use license::{Expiry, License, file::Pickup};
use std::borrow::Cow;
use vault::files::Others;

/// A text on one line that hides nothing and moves nothing on a terminal; see [`app::context::shown`].
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

/// When a license ends, as a date and in words: those of the window, by the midnights of the user's calendar.
pub(crate) fn ends(expiry: Option<Expiry>, now: Timestamp) -> String {
    let Some(expiry) = expiry else { return "unknown".to_owned() };
    let Some(end) = expiry.instant() else { return "never".to_owned() };
    let day = |at: Timestamp| at.to_zoned(TimeZone::system()).date();
    format!("{} ({})", day(end), away(day(now), day(end)))
}

fn away(from: Date, to: Date) -> String {
    let days = (to - from).get_days();
    let months = months(from, to);
    let (number, unit) = match (days.abs(), months.abs()) {
        (0, _) => return "today".to_owned(),
        (1, _) if days > 0 => return "tomorrow".to_owned(),
        (1, _) => return "yesterday".to_owned(),
        (days, _) if days < 60 => (days, "day"),
        (_, months) if months < 24 => (months, "month"),
        (_, months) => ((months + 6) / 12, "year"),
    };
    if days > 0 { format!("in {number} {unit}s") } else { format!("{number} {unit}s ago") }
}

/// How many months of the calendar lie between two days, to the nearest one.
fn months(from: Date, to: Date) -> i32 {
    let count = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    // In hundredths of days, with months of 30.44 days.
    let between = (count(to) - count(from)) * 3044 + i32::from(to.day() - from.day()) * 100;
    (between + 3044 / 2).div_euclid(3044)
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

/// What others can do with a file that they can open.
pub(crate) const fn can(can_change: bool) -> &'static str {
    if can_change { "read or change" } else { "read" }
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

/// What to do with a container that is running since before its license file was written.
pub(crate) fn pickup(pickup: Pickup) -> &'static str {
    match pickup {
        Pickup::Restart => "A running container still has the old file: restart it.",
        Pickup::Recreate => {
            "A running container keeps the old value, even after a restart. Run the command again to recreate it."
        }
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
        for (from, to, words) in [
            ("2026-11-30", "2026-11-30", "today"),
            ("2026-11-30", "2026-12-01", "tomorrow"),
            ("2026-11-30", "2026-11-29", "yesterday"),
            ("2026-11-30", "2026-12-12", "in 12 days"),
            ("2026-11-30", "2026-10-02", "59 days ago"),
            ("2026-11-30", "2027-01-30", "in 2 months"),
            ("2026-11-30", "2027-02-28", "in 3 months"),
            ("2026-11-30", "2027-11-29", "in 12 months"),
            ("2026-11-30", "2027-11-30", "in 12 months"),
            ("2026-11-30", "2024-12-30", "23 months ago"),
            ("2026-11-30", "2024-11-30", "2 years ago"),
            ("2026-11-30", "2028-11-30", "in 2 years"),
        ] {
            assert_eq!(away(from.parse().unwrap(), to.parse().unwrap()), words, "{from} {to}");
        }
        let noon = |day: &str| day.parse::<jiff::civil::DateTime>().unwrap().to_zoned(TimeZone::system());
        let end = Expiry::On(noon("2026-12-02T00:30").unwrap().timestamp());
        let now = noon("2026-11-20T23:30").unwrap().timestamp();
        assert_eq!(ends(Some(end), now), "2026-12-02 (in 12 days)", "not eleven whole days");
        assert_eq!(ends(Some(Expiry::Never), now), "never");
        assert_eq!(ends(None, now), "unknown");
    }
}
