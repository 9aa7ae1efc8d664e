//! License files and where they go.

use super::{errors, license_id};
use crate::view::{
    ErrorView, ExportDone, ExportPreview, ExportRequest, FileStateView, FileView, NextStep, SnippetView,
};
use desk::vault::files::FileState;
use desk::{DeskError, Preview, Target, TrackedState, Written};
use license::{LicenseId, file::Format};
use std::path::PathBuf;

/// A format by its word.
pub(crate) fn format(word: &str) -> Result<Format, ErrorView> {
    let not_a_choice = || DeskError::NotAChoice {
        param: "format".to_owned(),
        value: word.to_owned(),
        possible: Format::ALL.iter().map(|format| format.word()).collect::<Vec<_>>().join(", "),
    };
    Format::from_word(word).ok_or_else(not_a_choice).map_err(errors::error)
}

/// Which license's file is wanted where.
pub(crate) fn target(request: &ExportRequest) -> Result<(LicenseId, Target), ErrorView> {
    let target = Target {
        format: format(&request.format)?,
        path: PathBuf::from(&request.path),
        in_place: request.in_place,
        keep: request.keep,
    };
    Ok((license_id(&request.license)?, target))
}

/// What writing would do.
pub(crate) fn preview(preview: Preview) -> ExportPreview {
    let (text, problem) = match preview.text {
        Ok(text) => (Some(text), None),
        Err(error) => (None, Some(errors::error(error))),
    };
    ExportPreview {
        text,
        exists: preview.exists,
        backup: preview.backup,
        replaces: preview.replaces,
        open_to_others: preview.open_to_others,
        outdated: preview.is_outdated,
        problem,
    }
}

/// A file that was written.
pub(crate) fn written(written: Written) -> ExportDone {
    ExportDone {
        file: file(&written.file),
        backup: written.backup.map(|path| path.display().to_string()),
        next: next_step(written.next),
        open_to_others: written.open_to_others,
        outdated: written.is_outdated,
    }
}

fn next_step(next: desk::NextStep) -> NextStep {
    let snippet = |one: desk::Snippet| SnippetView { purpose: one.purpose.to_owned(), text: one.text };
    NextStep {
        command: next.command,
        restart: next.restart,
        snippets: next.snippets.into_iter().map(snippet).collect(),
    }
}

/// A written file and how it is now.
pub(crate) fn file(tracked: &TrackedState) -> FileView {
    let known = &tracked.tracked.file;
    FileView {
        id: tracked.tracked.id.0,
        path: known.path.display().to_string(),
        format: known.format.clone(),
        state: match tracked.state {
            FileState::UpToDate if tracked.is_outdated => FileStateView::Outdated,
            FileState::UpToDate => FileStateView::UpToDate,
            FileState::Drifted => FileStateView::Drifted,
            FileState::Interrupted => FileStateView::Interrupted,
            FileState::Missing => FileStateView::Missing,
        },
        keep: known.keep,
        in_place: known.in_place,
        written: known.written.to_string(),
    }
}
