//! How a text that somebody chose is shown on one line, and read again when it is typed as it was shown.
//!
//! A character that cannot be seen, or that changes how the rest is shown, appears as its escape, such as `\u{200b}` for a space
//! without width: with one in its name, a license could look like another. These stay as they are, since the text cannot be read
//! without them: combining marks; joiners and variation selectors within an emoji; joiners between letters of scripts that are written
//! with them; the three flags that Unicode recommends of the emoji with tags; and the wide space between East Asian characters.

use license::is_typed;
use std::borrow::Cow;

/// A text as it is shown on one line.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let is_hidden = hidden(&chars);
    if !is_hidden.contains(&true) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for (c, is_hidden) in chars.into_iter().zip(is_hidden) {
        match is_hidden {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The text that was typed as [`shown`] shows it; nothing where it contains no escape.
pub(crate) fn unescaped(typed: &str) -> Option<String> {
    let mut text = String::with_capacity(typed.len());
    let mut rest = typed;
    let mut is_escaped = false;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        match escape(after) {
            Some((c, length)) => {
                is_escaped = true;
                text.push(c);
                rest = &after[length..];
            }
            None => {
                text.push('\\');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    is_escaped.then_some(text)
}

/// Whether what was typed is what was shown: the text itself, with white space as a field of one line takes it, or the text
/// with its escapes.
pub(crate) fn is_confirmed(typed: &str, expected: &str) -> bool {
    let on_a_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_same = |typed: &str, expected: &str| is_typed(&on_a_line(typed), &on_a_line(expected));
    is_same(typed, expected)
        || is_same(typed, &shown(expected))
        // An error's sentence has it in quotes, with the escapes of quotes and backslashes.
        || is_same(typed, format!("{expected:?}").trim_matches('"'))
}

/// The character of the escape that a text begins with, behind its backslash, and the escape's length.
fn escape(after: &str) -> Option<(char, usize)> {
    match after.chars().next()? {
        'n' => Some(('\n', 1)),
        'r' => Some(('\r', 1)),
        't' => Some(('\t', 1)),
        '0' => Some(('\0', 1)),
        'u' => {
            let (digits, _) = after.strip_prefix("u{")?.split_once('}')?;
            let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
            Some((c, digits.len() + 3))
        }
        _ => None,
    }
}

/// Which of the characters are shown as their escapes.
fn hidden(chars: &[char]) -> Vec<bool> {
    let mut hidden: Vec<_> = (0..chars.len()).map(|at| is_hidden(chars, at)).collect();
    for at in (0..chars.len()).filter(|at| chars[*at] == BLACK_FLAG) {
        let tags = &chars[at + 1..];
        if let Some(flag) = FLAGS.iter().find(|flag| is_tagged(tags, flag)) {
            hidden[at + 1..at + 2 + flag.len()].fill(false);
        }
    }
    hidden
}

fn is_hidden(chars: &[char], at: usize) -> bool {
    let c = chars[at];
    let before = at.checked_sub(1).map(|at| chars[at]);
    let after = chars.get(at + 1).copied();
    match c {
        ZERO_WIDTH_JOINER => !joins_emoji(chars, at) && !joins_letters(before, after),
        ZERO_WIDTH_NON_JOINER => !joins_letters(before, after),
        '\u{fe0e}' | '\u{fe0f}' => !before.is_some_and(|c| is_emoji(c) || is_keycap(c)),
        '\u{e0100}'..='\u{e01ef}' => !before.is_some_and(is_ideograph),
        '\u{3000}' => !(before.is_some_and(is_east_asian) && after.is_some_and(is_east_asian)),
        c => is_invisible(c),
    }
}

/// Whether a character cannot be seen, or changes how others are shown, whatever is beside it.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            // Marks that change the direction of the text.
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            // Without width: Unicode's Default_Ignorable_Code_Point, and the other formatting characters.
            | '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffc}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
            // Letters that are drawn as nothing.
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

const ZERO_WIDTH_JOINER: char = '\u{200d}';
const ZERO_WIDTH_NON_JOINER: char = '\u{200c}';
const BLACK_FLAG: char = '\u{1f3f4}';

/// England, Scotland and Wales: the tag sequences that are recommended for general interchange (UTS #51).
const FLAGS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];

/// Whether these are the tags of a flag, and the tag that ends them.
fn is_tagged(tags: &[char], flag: &str) -> bool {
    let expected = flag.chars().filter_map(|c| char::from_u32(0xe0000 + u32::from(c))).chain(['\u{e007f}']);
    tags.len() > flag.len() && expected.zip(tags).all(|(expected, tag)| expected == *tag)
}

/// Whether a joiner joins two emoji into one. Before it may also be a skin tone, which is one, or a variation selector.
fn joins_emoji(chars: &[char], at: usize) -> bool {
    let before = chars[..at].iter().rev().find(|c| **c != '\u{fe0f}');
    before.copied().is_some_and(is_emoji) && chars.get(at + 1).copied().is_some_and(is_emoji)
}

/// Whether a character may be an emoji, by the blocks that have any.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{23ff}' | '\u{24c2}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether a variation selector makes a keycap of a character.
fn is_keycap(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '#' | '*')
}

/// Whether both are letters, or signs on them, of a script in which a joiner changes what is read: Arabic and its relatives, and
/// those of South and Southeast Asia.
fn joins_letters(before: Option<char>, after: Option<char>) -> bool {
    let is_joined = |c: char| {
        matches!(c,
            '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
            | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{11000}'..='\u{11fff}')
            && !is_invisible(c)
    };
    before.is_some_and(is_joined) && after.is_some_and(is_joined)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_east_asian(c: char) -> bool {
    is_ideograph(c)
        || matches!(c, '\u{3001}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff9f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_shown_as_escapes() {
        for hidden in [
            '\0',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{a0}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{180e}',
            '\u{2003}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{2028}',
            '\u{2029}',
            '\u{202e}',
            '\u{202f}',
            '\u{2060}',
            '\u{2064}',
            '\u{2069}',
            '\u{206f}',
            '\u{2800}',
            '\u{3000}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{fffb}',
            '\u{e0041}',
            '\u{e007f}',
            '\u{e0101}',
        ] {
            let expected = format!("box{}2", hidden.escape_default());
            assert_eq!(shown(&format!("box{hidden}2")), expected);
            assert!(is_invisible(hidden), "{expected}");
        }
        assert_eq!(shown("two\nlines\t\u{202e}dorp"), "two\\nlines\\t\\u{202e}dorp");
    }

    #[test]
    fn text_in_every_script_stays_legible() {
        for name in [
            "it's \"mine\"",
            "a back\\slash",
            "<b>bold</b>",
            "שלום",
            "名前",
            "山田\u{3000}太郎",
            "Cafe\u{301}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "葛\u{e0100}飾",
            "🚀 rocket",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "👩\u{200d}💻",
            "🏳\u{fe0f}\u{200d}🌈",
            "👩🏽\u{200d}🚀",
            "👨\u{200d}👩\u{200d}👧",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} north",
        ] {
            assert_eq!(shown(name), name);
        }
    }

    #[test]
    fn text_hidden_behind_a_flag_is_shown() {
        assert_eq!(shown("🏴\u{e0068}\u{e0069}\u{e007f}"), "🏴\\u{e0068}\\u{e0069}\\u{e007f}");
        assert_eq!(shown("👩\u{200d}\u{200d}💻"), "👩\\u{200d}\\u{200d}💻");
    }

    #[test]
    fn escapes_are_read_as_they_are_shown() {
        for name in
            ["two\nlines", "nul\0", "esc\u{1b}[31mred\u{1b}[0m", "box\u{200b}", "tag\u{e0041}", "a\\b\n"]
        {
            assert_eq!(unescaped(&shown(name)).as_deref(), Some(name));
        }
        for plain in ["plain", "a back\\slash", "\\u{110000}", "\\u{zz}", "\\"] {
            assert_eq!(unescaped(plain), None, "{plain}");
        }
    }

    #[test]
    fn name_is_confirmed_as_it_is_shown() {
        for name in
            ["esc\u{1b}[31mred\u{1b}[0m", "nul\0byte", "box\u{200b}", "quote\" and \\\u{7}", "two\nlines"]
        {
            assert!(is_confirmed(name, name), "{name:?} as it is");
            assert!(is_confirmed(&shown(name), name), "{name:?} as a table shows it");
            assert!(
                is_confirmed(format!("{name:?}").trim_matches('"'), name),
                "{name:?} as an error quotes it"
            );
            assert!(!is_confirmed("another", name) && !is_confirmed("", name));
        }
    }
}
