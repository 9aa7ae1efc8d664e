//! What to try after an error of a use case.
//!
//! The declaration of an error has a hint that fits everywhere. Here are the hints that name an option or a command of `licet`, or
//! that depend on the error's arguments.

mod files;
mod licenses;
mod network;
mod secrets;
#[cfg(test)]
mod tests;
mod vendors;

pub(crate) use secrets::unusable_home;

use app::context::{AppError, shown, word as shell_word};

/// What to try, with the options and commands that help.
pub(crate) fn of(error: &AppError) -> Option<String> {
    if let AppError::NotRecorded { why, .. } = error {
        return Some(after(why, "do not repeat it: `licet refresh` notes it"));
    }
    if let AppError::HalfReplaced { why } = error {
        return Some(after(
            why,
            "both licenses are there now: `licet replace --resume LICENSE` goes on; `licet replace --give-up LICENSE` leaves both",
        ));
    }
    // Their place is fixed, so the hints for other files do not fit.
    if let AppError::Settings(_) = error {
        return None;
    }
    let (code, args) = (error.code(), error.args());
    let own = vendors::hint(code, &args)
        .or_else(|| network::hint(code, &args))
        .or_else(|| secrets::hint(code, &args))
        .or_else(|| files::hint(code, &args))
        .or_else(|| licenses::hint(code, &args, error.detail()));
    own.or_else(|| error.help().map(str::to_owned)).filter(|hint| !hint.is_empty())
}

/// What to try after the reason, then what is always to be done.
fn after(why: &AppError, then: &str) -> String {
    of(why).map_or_else(|| then.to_owned(), |hint| format!("{hint}; {then}"))
}

/// An option with its value. One that begins like an option is taken for one unless `=` is between them.
fn option(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { '=' } else { ' ' };
    format!("{name}{between}{}", shell_word(value))
}

/// A name or a path as one word of a shell, as it is shown.
fn word(text: &str) -> String {
    shell_word(&shown(text))
}
