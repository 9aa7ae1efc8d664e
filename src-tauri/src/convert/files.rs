//! License files and where they go.

use super::{errors, license_id};
use crate::view::{
    ErrorView, ExportDone, ExportPreview, ExportRequest, FileOfLicense, FileStateView, FileView, NextStep,
    OthersView, PickupView, ReaderView, SnippetView,
};
use app::context::AppError;
use app::export::Preview;
use app::files::{Reader, Target, TrackedState, Written};
use license::{
    LicenseId,
    file::{Format, Pickup},
};
use std::path::PathBuf;
use vault::files::{Access, FileState, Mode, Others, group_number};
use vendors::Registry;

/// A format by its word.
pub(crate) fn format(word: &str) -> Result<Format, ErrorView> {
    let registry = Registry::default();
    let not_a_choice = || AppError::NotAChoice {
        param: "format".to_owned(),
        value: word.to_owned(),
        possible: registry.formats().into_iter().map(Format::word).collect::<Vec<_>>().join(", "),
    };
    registry.format(word).ok_or_else(not_a_choice).map_err(errors::error)
}

/// Which license's file is wanted where.
pub(crate) fn target(request: &ExportRequest) -> Result<(LicenseId, Target), ErrorView> {
    Ok((license_id(&request.license)?, new_target(request)?))
}

/// The same of a license that is not in the library yet.
pub(crate) fn new_target(request: &ExportRequest) -> Result<Target, ErrorView> {
    Ok(Target {
        format: format(&request.format)?,
        path: PathBuf::from(&request.path),
        in_place: request.in_place,
        keep: request.keep,
    })
}

/// Who is to be able to read the file.
pub(crate) fn access(request: &ExportRequest) -> Result<Access, ErrorView> {
    let field = |param: &str, value: &str, possible: &str| {
        let (param, value) = (param.to_owned(), value.trim().to_owned());
        errors::error(AppError::NotAChoice { param, value, possible: possible.to_owned() })
    };
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let mode = given(&request.mode)
        .map(|mode| {
            Mode::parse(&mode).ok_or_else(|| field("mode", &mode, "600, 640, 644 or fewer of their bits"))
        })
        .transpose()?;
    let group = given(&request.group)
        .map(|group| {
            group_number(&group)
                .ok_or_else(|| field("group", &group, "a group of this computer, or a number"))
        })
        .transpose()?;
    let readable_by = given(&request.readable_by)
        .map(|user| user.parse().map_err(|_| field("readable-by", &user, "a user's number")))
        .transpose()?;
    Ok(Access { mode, group, readable_by })
}

fn others(others: Others) -> OthersView {
    let groups = others.every_group().cloned().collect();
    let Others { everybody_can_change, can_change, owner, users, .. } = others;
    OthersView { owner, users, groups, can_change, everybody_can_change }
}

fn reader(Reader { user, group, can_read }: Reader) -> ReaderView {
    ReaderView { user, group, can_read }
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
        others: others(preview.others),
        reader: preview.reader.map(reader),
        outdated: preview.is_outdated,
        problem,
    }
}

/// A file that was written.
pub(crate) fn written(written: Written) -> ExportDone {
    ExportDone {
        file: file(&written.file),
        backup: written.backup.as_deref().map(super::path),
        next: next_step(written.next),
        open_to_others: written.open_to_others,
        others: others(written.others),
        confirmed: written.is_confirmed,
        outdated: written.is_outdated,
    }
}

fn next_step(next: app::files::NextStep) -> NextStep {
    let snippet = |one: vendors::Snippet| SnippetView { purpose: one.purpose.to_owned(), text: one.text };
    NextStep {
        command: next.command,
        running: next.running.map(pickup),
        snippets: next.snippets.into_iter().map(snippet).collect(),
        reader: next.reader.map(reader),
    }
}

fn pickup(pickup: Pickup) -> PickupView {
    match pickup {
        Pickup::Restart => PickupView::Restart,
        Pickup::Recreate => PickupView::Recreate,
    }
}

/// A written file and how it is now.
pub(crate) fn file(tracked: &TrackedState) -> FileView {
    let known = &tracked.tracked.file;
    FileView {
        id: tracked.tracked.id.0,
        path: known.path.display().to_string(),
        shown: super::path(&known.path),
        format: known.format.clone(),
        state: match tracked.is_outdated && tracked.state == FileState::UpToDate {
            true => FileStateView::Outdated,
            false => state(tracked.state),
        },
        keep: known.keep,
        in_place: known.in_place,
        written: known.written.to_string(),
        expires: tracked.expires.map(|at| at.to_string()),
    }
}

/// A written file with its license.
pub(crate) fn file_of_license(found: &app::files::FileOfLicense) -> FileOfLicense {
    let stored = &found.license;
    FileOfLicense {
        file: file(&found.file),
        license: stored.id.to_string(),
        label: super::name(stored.license.label()),
        account: stored.account.0,
        gone: stored.gone_since.is_some(),
    }
}

/// How a file is by its bytes alone.
pub(super) fn state(state: FileState) -> FileStateView {
    match state {
        FileState::UpToDate => FileStateView::UpToDate,
        FileState::Drifted => FileStateView::Drifted,
        FileState::Interrupted => FileStateView::Interrupted,
        FileState::Missing => FileStateView::Missing,
    }
}
