//! What a command prints: text for people, or one JSON document.

use crate::args::arguments::Global;
use crate::output::{
    colors::may_color,
    fail::Fail,
    json,
    words::{plain, plain_lines},
};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::{
    io::{self, BufWriter, IsTerminal, Write},
    process::ExitCode,
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest that a column gets.
const WIDEST: usize = 48;

/// How a command prints.
#[derive(Debug)]
pub(crate) struct Output {
    json: bool,
    quiet: bool,
    color: bool,
}

/// How urgent a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Calm,
    Warning,
    Bad,
}

/// One cell of a table.
#[derive(Debug)]
pub(crate) struct Cell {
    text: String,
    tone: Tone,
}

impl Output {
    /// As the command line and the environment ask.
    pub(crate) fn new(global: &Global) -> Self {
        let color = !global.no_color && may_color() && io::stdout().is_terminal();
        Self { json: global.json, quiet: global.quiet, color }
    }

    /// Prints what came of a command: the JSON of `shape`, or the lines that `text` makes.
    pub(crate) fn print<S: Serialize>(
        &self,
        shape: &S,
        text: impl FnOnce(&mut Lines<'_>) -> io::Result<()>,
    ) -> Result<(), Fail> {
        let mut to = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
        let written = if self.json {
            json::write(&mut to, shape).and_then(|()| to.write_all(b"\n"))
        } else {
            text(&mut Lines { to: &mut to, quiet: self.quiet, color: self.color })
        };
        written.and_then(|()| to.flush()).map_err(Fail::Output)
    }

    /// Prints a license file's text without buffering, since the buffer would keep a copy of the key.
    pub(crate) fn raw(&self, text: &str) -> Result<(), Fail> {
        let write = |mut to: Unbuffered| to.write_all(text.as_bytes()).and_then(|()| to.flush());
        unbuffered().and_then(write).map_err(Fail::Output)
    }

    /// Tells something beside what was asked for, on standard error.
    pub(crate) fn remark(&self, text: &str) {
        if !self.quiet && !self.json {
            // There is nowhere left to report a standard error that is closed.
            let _ = writeln!(io::stderr().lock(), "note: {}", plain_lines(text));
        }
    }

    /// Tells what a user would want to stop at, on standard error; a program finds it in the JSON.
    pub(crate) fn warn(&self, text: &str) {
        if !self.json {
            // There is nowhere left to report a standard error that is closed.
            let _ = writeln!(io::stderr().lock(), "warning: {}", plain_lines(text));
        }
    }
}

#[cfg(unix)]
type Unbuffered = std::fs::File;

#[cfg(unix)]
fn unbuffered() -> io::Result<Unbuffered> {
    use std::os::fd::AsFd;
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

/// On Windows, only the buffered handle converts text for a terminal.
#[cfg(not(unix))]
type Unbuffered = io::StdoutLock<'static>;

#[cfg(not(unix))]
fn unbuffered() -> io::Result<Unbuffered> {
    Ok(io::stdout().lock())
}

/// Lines of text on standard output.
pub(crate) struct Lines<'a> {
    to: &'a mut dyn Write,
    quiet: bool,
    color: bool,
}

impl Lines<'_> {
    /// What was asked for.
    pub(crate) fn answer(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.to, "{}", plain(text))
    }

    /// What is told besides, unless quiet.
    pub(crate) fn tell(&mut self, text: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { self.answer(text) }
    }

    /// Details, each with its name before it.
    pub(crate) fn facts(&mut self, facts: &[(&str, String)]) -> io::Result<()> {
        let width = facts.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
        for (name, text) in facts {
            writeln!(self.to, "{name:width$}  {}", plain(text))?;
        }
        Ok(())
    }

    /// A table; its head is left out when quiet.
    pub(crate) fn table<const N: usize>(&mut self, head: [&str; N], rows: Vec<[Cell; N]>) -> io::Result<()> {
        let mut widths = head.map(str::width);
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.text.width());
            }
        }
        if !self.quiet && !rows.is_empty() {
            self.row(&head.map(Cell::calm), &widths)?;
        }
        rows.iter().try_for_each(|row| self.row(row, &widths))
    }

    fn row(&mut self, cells: &[Cell], widths: &[usize]) -> io::Result<()> {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let style = if self.color { cell.tone.style() } else { Style::new() };
            let gap = " ".repeat(width - cell.text.width() + 2);
            line.push_str(&format!("{style}{}{style:#}{gap}", cell.text));
        }
        writeln!(self.to, "{}", line.trim_end())
    }
}

impl Cell {
    /// A cell that needs no attention.
    pub(crate) fn calm(text: impl AsRef<str>) -> Self {
        Self::toned(text, Tone::Calm)
    }

    /// A cell that may need some; what is too wide is cut.
    pub(crate) fn toned(text: impl AsRef<str>, tone: Tone) -> Self {
        let text = plain(text.as_ref());
        if text.width() <= WIDEST {
            return Self { text: text.into_owned(), tone };
        }
        let mut cut = String::new();
        let mut width = 0;
        for c in text.chars() {
            width += c.width().unwrap_or_default();
            if width >= WIDEST {
                break;
            }
            cut.push(c);
        }
        cut.push('…');
        Self { text: cut, tone }
    }
}

impl Tone {
    fn style(self) -> Style {
        match self {
            Self::Calm => Style::new(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
        }
    }
}

/// How a program that only prints help has ended.
pub(crate) fn ended(printed: io::Result<()>) -> ExitCode {
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => Fail::Output(error).report(false, None),
    }
}
