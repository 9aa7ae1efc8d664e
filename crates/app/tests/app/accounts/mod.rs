//! Connecting accounts, logging in and out.

pub(crate) mod address;
pub(crate) mod connect;
pub(crate) mod edit;
pub(crate) mod new_login;
pub(crate) mod sign_in;
