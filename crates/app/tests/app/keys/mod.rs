//! License keys and unlocking.

mod license_keys;
mod unlock;
