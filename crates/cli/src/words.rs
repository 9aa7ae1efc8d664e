//! Words for people: what vendors and people named, made safe for a terminal, and ends of licenses in words.

use jiff::{Timestamp, tz::TimeZone};
use license::Expiry;
use std::borrow::Cow;

/// A text on one line that moves nothing on a terminal: what would is shown as its escape. Marks that turn the
/// direction of writing are, too: with one in its name, a license could look like another.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) {
            safe.extend(c.escape_default());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
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
    fn a_name_cannot_move_the_cursor_or_turn_the_line() {
        assert_eq!(plain("two\nlines \u{1b}[2J \u{202e}dorp"), "two\\nlines \\u{1b}[2J \\u{202e}dorp");
    }

    #[test]
    fn quotes_emoji_html_and_right_to_left_text_stay_as_they_are() {
        for name in ["it's \"mine\"", "🚀 rocket", "<b>bold</b>", "שלום", "名前"] {
            assert_eq!(plain(name), name);
        }
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
