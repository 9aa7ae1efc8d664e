//! Backups of license files, and what git would do with them.

use super::crossing;

crossing! {
    /// A backup of a license file.
    pub struct BackupView {
        /// The license file, unchanged: what commands take.
        pub file: String,
        /// The backup's path as the page shows it.
        pub path: String,
        pub number: u32,
        /// When it was made, where that is known.
        pub made: Option<String>,
        /// How many bytes it has.
        pub size: u32,
        /// Whether it is the file as it was before Licet first wrote it.
        pub original: bool,
        /// Whether Licet made it and it has not changed since: others are not removed from here.
        pub own: bool,
        pub keys: Vec<HeldKeyView>,
        /// Why its content is not known.
        pub problem: Option<super::ErrorView>,
    }

    /// A license key in a backup.
    pub struct HeldKeyView {
        pub masked: String,
        /// The licenses that have it; empty where that is not known.
        pub licenses: Vec<KeyOwnerView>,
        /// Whether it is marked as leaked.
        pub leaked: bool,
    }

    pub struct KeyOwnerView { pub license: String, pub label: String }

    /// What restoring a backup would do.
    pub struct RestorePlanView {
        /// Whether the file has other content, which is kept as another backup.
        pub keeps_present: bool,
        /// Whether Licet keeps the file up to date.
        pub keep: bool,
        /// How the file is afterwards; null if Licet does not track it.
        pub becomes: Option<super::FileStateView>,
    }

    /// A backup that was restored.
    pub struct RestoredView {
        /// The backup of what was there before.
        pub backup: Option<String>,
        /// How the file is now; null if Licet does not track it.
        pub state: Option<super::FileStateView>,
        pub keep: bool,
        pub open_to_others: bool,
    }

    /// What git would do with a license file and its backups.
    pub struct GitPlanView {
        pub file: super::GitSightView,
        /// With the one most worth a warning; null without backups.
        pub backups: Option<super::GitSightView>,
    }
}
