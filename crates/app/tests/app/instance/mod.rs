//! An instance's token.

pub(crate) mod activity;
pub(crate) mod restore;
pub(crate) mod status;
