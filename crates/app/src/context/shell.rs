//! Commands that are printed for the user.

/// A text as one word of a shell.
pub fn word(text: &str) -> String {
    let begins_plainly = !text.is_empty() && !text.starts_with('=');
    let is_plain = begins_plainly && text.chars().all(|c| c.is_alphanumeric() || "/._-+@:,=".contains(c));
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// An option with its value. One that begins like an option is taken for one unless `=` is between them.
pub(crate) fn option(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { '=' } else { ' ' };
    format!("{name}{between}{}", word(value))
}
