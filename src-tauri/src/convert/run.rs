//! Running an instance from a compose folder, and finishing a license on its vendor's own page.

use super::{errors, files};
use crate::view::{GitSightView, RunPlanView, VendorPageView};
use app::export::{GitStatus, RunPlan};
use app::refresh::VendorPage;

/// What running a license from a folder would do.
pub(crate) fn run_plan(plan: RunPlan) -> RunPlanView {
    RunPlanView {
        path: plan.path.display().to_string(),
        preview: files::preview(plan.preview),
        git: git(plan.git),
        git_of_backup: plan.git_of_backup.map(git),
        compose: plan.compose.map(|path| path.display().to_string()),
    }
}

/// What git would do with a file.
pub(super) fn git(status: GitStatus) -> GitSightView {
    match status {
        GitStatus::NotInGit => GitSightView::NotInGit,
        GitStatus::Ignored => GitSightView::Ignored,
        GitStatus::WouldBeCommitted => GitSightView::WouldBeCommitted,
        GitStatus::Tracked => GitSightView::Tracked,
        GitStatus::Unknown => GitSightView::Unknown,
    }
}

/// What a user does on the vendor's page.
pub(crate) fn vendor_page(vendor_page: VendorPage) -> VendorPageView {
    VendorPageView {
        page: vendor_page.page.url.to_owned(),
        problem: vendor_page.problem.map(|error| errors::error(error.into())),
        steps: vendor_page.steps.iter().map(|step| step.english.to_owned()).collect(),
        until: vendor_page.until.to_string(),
    }
}
