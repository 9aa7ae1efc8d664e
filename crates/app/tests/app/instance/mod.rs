//! An instance's token.

mod restore;
mod status;
