//! The process: its home, keyring and terminal.

pub(crate) mod faults;
pub(crate) mod home;
pub(crate) mod keyring;
pub(crate) mod read_only;
pub(crate) mod terminal;
