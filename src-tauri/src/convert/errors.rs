//! Errors as codes and arguments; the page has the words.

use crate::view::ErrorView;
use app::context::{AppError, ErrorReport};
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

/// Why the home could not be opened.
pub(crate) fn open_error(error: &OpenError) -> ErrorView {
    let args = error.args().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    ErrorView { code: error.code().to_owned(), args, detail: error.detail() }
}
