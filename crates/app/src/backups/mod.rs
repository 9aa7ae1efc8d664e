//! Backups of license files: listed with the keys in them, restored and removed.

pub(crate) mod keys;
pub(crate) mod list;
pub(crate) mod remove;
pub(crate) mod restore;

pub use keys::{HeldKey, KeyOwner};
pub use list::{
    BackupStatus, backups, backups_beside, backups_with_key_of, backups_with_key_of_account,
    backups_with_keys,
};
pub use remove::remove_backups;
pub use restore::{RestorePlan, Restored, restore, restore_plan};
