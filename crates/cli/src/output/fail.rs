//! How a command fails: `error: …` and `hint: …` on standard error, or JSON there, and the exit code.

use crate::args::source::Source;
use crate::output::{
    colors::{Styles, styles_of_errors},
    hint, json,
    words::{plain, plain_lines},
};
use app::context::{AppError, with_causes, word as shell_word};
use errors::Kind;
use errors_derive::Declared;
use serde::Serialize;
use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};
use vault::{NoHome, OpenError};

/// Why a command did not do what was asked.
#[derive(Debug, Declared)]
pub(crate) enum Fail {
    /// A use case failed.
    #[declared(transparent)]
    App(AppError),
    /// The command line is not valid.
    #[declared("usage", kind = Usage, help = "see the help of the command: `licet help`")]
    Usage { message: String, hint: String },
    /// This system names no folder for the library.
    #[declared("home-unknown", kind = Usage, help = "name a folder with --home")]
    NoHome(NoHome),
    /// The library cannot be opened.
    #[declared(transparent)]
    Open(OpenError),
    /// Some of what was to be imported could not be. Each has an error of its own in `failures`.
    #[declared("import-failed", help = "see the hint of each")]
    Imports(Vec<(Source, Fail)>),
    /// A file with a secret, or the secret on standard input, cannot be read.
    #[declared("input-unreadable", help = "check that the file exists and that you may read it")]
    Input { source: Source, error: io::Error },
    /// The output cannot be written.
    #[declared("output-failed", help = "free some space where it is written")]
    Output(io::Error),
    /// The system has no means left that every program needs.
    #[declared("system-failed", help = "end some programs, then try again")]
    Runtime(io::Error),
    /// The question was answered, and the answer is no. It is on standard output.
    #[declared("answered-no", kind = AnsweredNo)]
    AnsweredNo,
}

impl From<AppError> for Fail {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<OpenError> for Fail {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<NoHome> for Fail {
    fn from(error: NoHome) -> Self {
        Self::NoHome(error)
    }
}

#[derive(Serialize)]
struct Shape<'a> {
    error: ErrorShape<'a>,
}

/// What is told of a failure.
#[derive(Serialize)]
struct ErrorShape<'a> {
    code: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    candidates: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<Failure>,
}

/// One of several things that failed.
#[derive(Serialize)]
struct Failure {
    path: Option<PathBuf>,
    code: &'static str,
    message: String,
    hint: Option<String>,
}

impl Fail {
    /// Something asked for in a way that cannot be.
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: hint.into() }
    }

    /// A command line that cannot be read.
    pub(crate) fn arguments(error: &clap::Error) -> Self {
        let text = error.render().to_string();
        let first = text.lines().take_while(|line| !line.is_empty());
        let message = first.map(str::trim).collect::<Vec<_>>().join(" ");
        let message = message.strip_prefix("error: ").unwrap_or(&message).to_owned();
        Self::usage(message, "`licet help` shows every command")
    }

    /// Prints what went wrong, and answers the exit code. `license` is how the command named its license: a command in the
    /// hint names it so, too.
    pub(crate) fn report(&self, json: bool, license: Option<&str>) -> ExitCode {
        if let Self::Output(error) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            // Whoever read this has read enough, such as `head`.
            return ExitCode::SUCCESS;
        }
        if !matches!(self, Self::AnsweredNo) {
            // There is nowhere left to report a standard error that is closed.
            let _ = self.write(json, license);
        }
        ExitCode::from(self.exit_code())
    }

    fn write(&self, json: bool, license: Option<&str>) -> io::Result<()> {
        let (code, message) = (self.printed_code(), self.message());
        let hint = self.hint().map(|hint| match license {
            Some(named) => hint.replace("LICENSE", &word_of_license(named)),
            None => hint,
        });
        let candidates = if let Self::App(AppError::Ambiguous { candidates, .. }) = self {
            candidates.as_slice()
        } else {
            &[]
        };
        let mut to = io::stderr().lock();
        if json {
            let failures = self.failures();
            let told = ErrorShape { code, message: &message, hint: hint.as_deref(), candidates, failures };
            json::write(&mut to, &Shape { error: told })?;
            return writeln!(to);
        }
        if let Self::Imports(failed) = self {
            return failed.iter().try_for_each(|(source, fail)| {
                write_lines(&mut to, &fail.message_about(source), &[], fail.hint())
            });
        }
        write_lines(&mut to, &message, candidates, hint)
    }

    fn failures(&self) -> Vec<Failure> {
        let Self::Imports(failed) = self else { return Vec::new() };
        let failure = |(source, fail): &(Source, Fail)| Failure {
            path: match source {
                Source::File(path) => Some(path.clone()),
                Source::StandardInput => None,
            },
            code: fail.printed_code(),
            message: fail.message_about(source),
            hint: fail.hint(),
        };
        failed.iter().map(failure).collect()
    }

    /// The message with what it is about, where it does not say so itself.
    fn message_about(&self, source: &Source) -> String {
        let (message, source) = (self.message(), source.to_string());
        if message.contains(&source) { message } else { format!("{source}: {message}") }
    }

    fn exit_code(&self) -> u8 {
        // Several that failed alike end as one of them does.
        if let Self::Imports(failed) = self {
            let mut codes = failed.iter().map(|(_, fail)| fail.exit_code());
            let first = codes.next().unwrap_or(1);
            return if codes.all(|code| code == first) { first } else { 1 };
        }
        exit_code(self.kind())
    }

    /// The code of the error; that of the only import that failed, where it is one.
    fn printed_code(&self) -> &'static str {
        let Self::Imports(failed) = self else { return self.code() };
        if let [(_, only)] = failed.as_slice() { only.printed_code() } else { self.code() }
    }

    fn message(&self) -> String {
        match self {
            Self::App(error) => with_causes(error),
            Self::Imports(failed) => {
                let each = failed.iter().map(|(source, fail)| fail.message_about(source));
                each.collect::<Vec<_>>().join("; ")
            }
            Self::Usage { message, .. } => message.clone(),
            Self::NoHome(error) => error.to_string(),
            Self::Open(error) => with_causes(error),
            Self::Input { source, error } => format!("{source} cannot be read: {error}"),
            Self::Output(error) => format!("standard output cannot be written: {error}"),
            Self::Runtime(error) => format!("the system refuses what every program needs: {error}"),
            Self::AnsweredNo => "the answer is no".to_owned(),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::App(error) => hint::of(error),
            Self::Imports(failed) => failed.iter().find_map(|(_, fail)| fail.hint()),
            Self::Usage { hint, .. } => Some(hint.clone()),
            Self::Open(error) => hint::unusable_home(error).map(str::to_owned),
            Self::NoHome(_) | Self::Input { .. } | Self::Output(_) | Self::AnsweredNo | Self::Runtime(_) => {
                None
            }
        }
    }
}

/// A license as a command names it last.
fn word_of_license(named: &str) -> String {
    let word = shell_word(&plain(named));
    if named.starts_with('-') { format!("-- {word}") } else { word }
}

/// The exit code of a kind of errors.
pub(crate) const fn exit_code(kind: Kind) -> u8 {
    match kind {
        Kind::Failed | Kind::Offline => 1,
        Kind::Usage => 2,
        Kind::NotFound => 3,
        Kind::Ambiguous => 4,
        Kind::NotConfirmed => 5,
        Kind::Locked => 6,
        Kind::OutcomeUnknown => 7,
        Kind::AnsweredNo => 8,
    }
}

fn write_lines(
    to: &mut impl Write,
    message: &str,
    candidates: &[String],
    hint: Option<String>,
) -> io::Result<()> {
    let Styles { error, hint: of_hint } = styles_of_errors();
    writeln!(to, "{error}error:{error:#} {}", plain_lines(message))?;
    for candidate in candidates {
        writeln!(to, "  {}", plain(candidate))?;
    }
    match hint {
        Some(hint) => writeln!(to, "{of_hint}hint:{of_hint:#} {}", plain_lines(&hint)),
        None => Ok(()),
    }
}
