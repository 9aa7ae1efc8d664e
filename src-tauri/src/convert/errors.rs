//! Errors as codes and arguments; the page has the words.

use crate::view::ErrorView;
use app::context::{AppError, ErrorReport};
use std::{collections::BTreeMap, fmt::Display};
use vault::OpenError;

/// An error of a use case.
pub(crate) fn error(error: AppError) -> ErrorView {
    facts(error.report())
}

/// An error that is kept as its facts.
pub(super) fn facts(facts: ErrorReport) -> ErrorView {
    let args = facts.args.into_iter().map(|(name, value)| (name, super::name(&value))).collect();
    ErrorView { code: facts.code, args, detail: facts.detail }
}

/// Something that has a code and the system's own words.
fn fault(code: &str, error: &dyn Display) -> ErrorView {
    ErrorView { code: code.to_owned(), args: BTreeMap::new(), detail: Some(error.to_string()) }
}

/// Why the home could not be opened.
pub(crate) fn open_error(error: &OpenError) -> ErrorView {
    let with = |code: &str, args: &[(&str, String)]| ErrorView {
        code: code.to_owned(),
        args: args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        detail: None,
    };
    match error {
        OpenError::NewerLibrary { found, known } => {
            with("library-newer", &[("found", found.to_string()), ("known", known.to_string())])
        }
        OpenError::Folder { path, source } => {
            let mut view = with("home-folder", &[("path", path.display().to_string())]);
            view.detail = Some(source.to_string());
            view
        }
        OpenError::File { path, source } => {
            let mut view = with("home-file", &[("path", path.display().to_string())]);
            view.detail = Some(source.to_string());
            view
        }
        OpenError::NotAFolder { path } => with("home-not-a-folder", &[("path", path.display().to_string())]),
        OpenError::NotAFile { path } => with("home-not-a-file", &[("path", path.display().to_string())]),
        OpenError::LogUnreadable { path, source } => {
            let mut view = with("library-log-unreadable", &[("path", path.display().to_string())]);
            view.detail = Some(source.to_string());
            view
        }
        OpenError::Incomplete { path } => with("library-incomplete", &[("path", path.display().to_string())]),
        OpenError::Damaged { path } => with("library-damaged", &[("path", path.display().to_string())]),
        OpenError::Library(error) => fault("library-failed", error),
    }
}
