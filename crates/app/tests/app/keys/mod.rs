//! License keys and unlocking.

pub(crate) mod license_keys;
pub(crate) mod unlock;
