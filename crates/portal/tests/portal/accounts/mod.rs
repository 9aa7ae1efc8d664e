//! The Keygen-compatible API.

pub(crate) mod account_lists;
pub(crate) mod keygen;
pub(crate) mod keygen_rs;
pub(crate) mod logins;
pub(crate) mod packages;
pub(crate) mod seats;
pub(crate) mod signed;
