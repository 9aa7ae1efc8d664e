//! Commands that are printed for the user.

/// A text as one word of a POSIX shell.
#[expect(clippy::expect_used, reason = "only NUL bytes cannot be quoted, and they are allowed")]
pub fn word(text: &str) -> String {
    // No shell accepts a NUL byte. A text with one is shown all the same: where it is printed, the byte is escaped.
    shlex::Quoter::new().allow_nul(true).quote(text).expect("a text can be quoted").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn text_without_special_characters_is_not_quoted() {
        assert_eq!(word("/srv/box/.env"), "/srv/box/.env");
    }

    #[cfg(unix)]
    #[test]
    fn shell_reads_a_word_back_as_it_was() {
        for text in [
            "",
            "/my box/a.env",
            "it's",
            "=ls",
            "$(reboot)",
            "`a`",
            "a\nb",
            "\\",
            "!^{a,b}",
            "~ada",
            "Z\u{fc}rich\u{a0}",
        ] {
            let printed =
                Command::new("sh").args(["-c", &format!("printf %s {}", word(text))]).output().unwrap();
            assert_eq!(String::from_utf8(printed.stdout).unwrap(), text);
        }
    }
}
