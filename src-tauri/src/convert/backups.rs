//! Backups of license files.

use super::{errors, files, run};
use crate::view::{BackupView, GitPlanView, HeldKeyView, KeyOwnerView, RestorePlanView, RestoredView};
use app::backups::{BackupStatus, HeldKey, KeyOwner, RestorePlan, Restored};
use app::export::GitPlan;

/// A backup of a license file.
pub(crate) fn backup(seen: BackupStatus) -> BackupView {
    BackupView {
        file: seen.file.display().to_string(),
        path: super::path(&seen.path),
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
    let owner = |owner: KeyOwner| KeyOwnerView {
        license: owner.license.to_string(),
        label: super::name(&owner.label),
    };
    HeldKeyView { masked: held.masked, licenses: held.licenses.into_iter().map(owner).collect(), leaked }
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
        backup: restored.backup.as_deref().map(super::path),
        state: restored.state.map(files::state),
        keep: restored.keep,
        open_to_others: restored.open_to_others,
    }
}

/// What git would do with a license file and its backups.
pub(crate) fn git_plan(plan: &GitPlan) -> GitPlanView {
    GitPlanView { file: run::git(plan.file), backups: plan.worst_of_backups().map(run::git) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use license::{AccountId, LicenseId};
    use std::path::PathBuf;

    fn seen(file: &str, label: &str) -> BackupStatus {
        let owner = KeyOwner {
            license: LicenseId(1),
            account: AccountId(1),
            label: label.to_owned(),
            is_leaked: false,
        };
        BackupStatus {
            file: PathBuf::from(file),
            path: PathBuf::from(format!("{file}.bak")),
            number: 0,
            made: None,
            size: 1,
            is_original: false,
            is_own: true,
            keys: vec![HeldKey { masked: "•••w4Q".to_owned(), licenses: vec![owner] }],
            problem: None,
        }
    }

    #[test]
    fn invisible_characters_in_a_backup_are_shown_as_escapes() {
        let view = backup(seen("/srv/\u{202e}vne.\u{1b}", "box\u{200b}"));
        assert_eq!(view.path, "/srv/\\u{202e}vne.\\u{1b}.bak");
        assert_eq!(view.keys[0].licenses[0].label, "box\\u{200b}");
    }

    #[test]
    fn file_of_a_backup_is_passed_on_unchanged() {
        let file = "/srv/\u{202e}vne.";
        assert_eq!(backup(seen(file, "box")).file, file);
    }
}
