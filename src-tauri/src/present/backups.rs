//! Backups of license files.

use super::{errors, files, run};
use crate::view::{BackupView, GitPlanView, HeldKeyView, KeyOwnerView, RestorePlanView, RestoredView};
use desk::{BackupSeen, GitPlan, HeldKey, RestorePlan, Restored};

/// A backup of a license file.
pub(crate) fn backup(seen: BackupSeen) -> BackupView {
    BackupView {
        file: seen.file.display().to_string(),
        path: seen.path.display().to_string(),
        number: seen.number,
        made: seen.made.map(|at| at.to_string()),
        size: u32::try_from(seen.size).unwrap_or(u32::MAX),
        original: seen.is_original,
        own: seen.is_own,
        keys: seen.keys.into_iter().map(key).collect(),
        problem: seen.problem.map(errors::facts),
    }
}

fn key(held: HeldKey) -> HeldKeyView {
    let leaked = held.is_leaked();
    let owners = held.licenses.into_iter();
    let licenses =
        owners.map(|owner| KeyOwnerView { license: owner.license.to_string(), label: owner.label }).collect();
    HeldKeyView { masked: held.masked, licenses, leaked }
}

/// What restoring a backup would do.
pub(crate) fn restore_plan(plan: RestorePlan) -> RestorePlanView {
    RestorePlanView {
        keeps_present: plan.keeps_present,
        keep: plan.keep,
        becomes: plan.becomes.map(files::state),
    }
}

/// A backup that was restored.
pub(crate) fn restored(restored: Restored) -> RestoredView {
    RestoredView {
        backup: restored.backup.map(|path| path.display().to_string()),
        state: restored.state.map(files::state),
        keep: restored.keep,
        open_to_others: restored.open_to_others,
    }
}

/// What git would do with a license file and its backups.
pub(crate) fn git_plan(plan: &GitPlan) -> GitPlanView {
    GitPlanView { file: run::git(plan.file), backups: plan.worst_of_backups().map(run::git) }
}
