//! Whether output is colored, and the colors of errors.

use anstyle::{AnsiColor, Style};
use std::io::{self, IsTerminal};

/// The styles of `error:` and `hint:`.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    pub error: Style,
    pub hint: Style,
}

/// The styles of `error:` and `hint:`: none unless standard error is a terminal that takes colors.
pub(crate) fn styles_of_errors() -> Styles {
    if may_color() && !is_asked_for_no_color() && io::stderr().is_terminal() {
        Styles { error: AnsiColor::Red.on_default().bold(), hint: AnsiColor::Cyan.on_default() }
    } else {
        Styles::default()
    }
}

/// Whether the command line, which may not be readable, asks for no colors.
pub(crate) fn is_asked_for_no_color() -> bool {
    std::env::args_os().any(|arg| arg == "--no-color")
}

/// Whether the environment lets words be colored: <https://no-color.org>.
pub(super) fn may_color() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value: std::ffi::OsString| !value.is_empty());
    !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
