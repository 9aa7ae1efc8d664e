//! The token of an instance: checked, applied, renewed, removed and restored.

pub(crate) mod apply;
pub(crate) mod earlier;
pub(crate) mod kept_tokens;
mod report;
pub(crate) mod restore;
pub(crate) mod status;

pub use apply::{apply_token, remove_token, renew_token};
pub use report::{is_valid, sentence};
pub use restore::{preflight_earlier, restore};
pub use status::{
    Applied, ApplyPreview, Held, InstanceOverview, check_instance, current_token, instance, preflight_token,
    read_token, usage,
};

/// What is tried while the present token is asked for.
pub(crate) const READING: &str = "reading the license";
