//! Words for people: what vendors and people named, made safe for a terminal, and ends of licenses in words.

use license::Expiry;
use std::borrow::Cow;

/// A text on one line that moves nothing on a terminal: what would is shown as its escape. Marks that turn the
/// direction of writing are, too: with one in its name, a license could look like another.
pub fn plain(text: &str) -> Cow<'_, str> {
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

/// When a license ends, as a date and in words.
pub fn ends(expiry: Option<Expiry>, days: Option<i64>) -> String {
    let Some(expiry) = expiry else { return "not told".to_owned() };
    let Some(end) = expiry.instant() else { return "never".to_owned() };
    let date = end.to_zoned(jiff::tz::TimeZone::system()).date();
    let away = match days.unwrap_or_default() {
        0 => "within a day".to_owned(),
        1 => "in 1 day".to_owned(),
        days if days > 1 => format!("in {days} days"),
        -1 => "since today".to_owned(),
        -2 => "1 day ago".to_owned(),
        days => format!("{} days ago", -days - 1),
    };
    format!("{date} ({away})")
}

/// A number of things in words.
pub fn count(number: usize, one: &str, several: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {several}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

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
    fn ends_are_told_in_words() {
        let now: jiff::Timestamp = "2026-06-01T12:00:00Z".parse().unwrap();
        let told = |hours: i64| {
            let end = Expiry::On(now + hours.hours());
            let text = ends(Some(end), end.days_from(now));
            text.split_once(" (").unwrap().1.trim_end_matches(')').to_owned()
        };
        assert_eq!(told(12 * 24 + 1), "in 12 days");
        assert_eq!(told(25), "in 1 day");
        assert_eq!(told(1), "within a day");
        assert_eq!(told(-1), "since today");
        assert_eq!(told(-25), "1 day ago");
        assert_eq!(told(-49), "2 days ago");
        assert_eq!(ends(Some(Expiry::Never), None), "never");
        assert_eq!(ends(None, None), "not told");
    }
}
