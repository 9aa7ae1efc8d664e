//! Keygen-compatible accounts.

pub(crate) mod accounts;
pub(crate) mod otp;
pub(crate) mod packages;
pub(crate) mod password;
