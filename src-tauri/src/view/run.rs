//! Running an instance from a compose folder, and finishing a license on its vendor's own page.

use super::crossing;

crossing! {
    /// What running a license from a folder would do.
    pub struct RunPlanView {
        /// The `.env` that is written.
        pub path: String,
        pub preview: super::ExportPreview,
        pub git: GitSightView,
        /// The same of the earlier content, where that will be left beside it.
        pub git_of_backup: Option<GitSightView>,
        /// The folder's compose file; null where it has none.
        pub compose: Option<String>,
    }

    /// What git would make of a file.
    pub enum GitSightView { NotInGit, Ignored, WouldBeCommitted, Tracked, Unknown }

    /// What a user does on the vendor's page while the account is watched.
    pub struct VendorPageView {
        pub page: String,
        /// Why the page could not be opened from here.
        pub problem: Option<super::ErrorView>,
        pub steps: Vec<String>,
        /// When watching ends by itself.
        pub until: String,
    }
}
