//! Accounts and their logins.

pub(crate) mod account;
pub(crate) mod aica;
pub(crate) mod forget_secrets;
pub(crate) mod refresh;
