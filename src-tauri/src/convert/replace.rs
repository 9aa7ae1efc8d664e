//! Replacing a license by a new one.

use crate::view::{ReplaceStepView, ReplacedView, ReplacingView};
use app::changes::{ReplaceStatus, Replaced};
use std::path::PathBuf;
use vault::ReplacementStep;

/// A replacement that is under way.
pub(crate) fn replacing(seen: ReplaceStatus) -> ReplacingView {
    ReplacingView {
        old: seen.old.to_string(),
        label: super::name(&seen.label),
        running: seen.is_running,
        new: seen.new.map(|id| id.to_string()),
        name: super::name(&seen.name),
        step: match seen.step {
            ReplacementStep::Create => ReplaceStepView::Create,
            ReplacementStep::Files => ReplaceStepView::Files,
            ReplacementStep::Check => ReplaceStepView::Check,
            ReplacementStep::Delete => ReplaceStepView::Delete,
        },
        at: seen.at.to_string(),
    }
}

/// A replacement that is done.
pub(crate) fn replaced(replaced: Replaced) -> ReplacedView {
    let named = |paths: Vec<PathBuf>| paths.iter().map(|path| super::path(path)).collect();
    ReplacedView { new: replaced.new.to_string(), files: named(replaced.files), left: named(replaced.left) }
}
