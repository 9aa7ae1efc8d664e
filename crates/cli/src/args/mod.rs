//! What can be said on the command line: types for clap, and no behavior.

pub(crate) mod accounts;
pub(crate) mod arguments;
pub(crate) mod choices;
pub(crate) mod files;
pub(crate) mod instance;
pub(crate) mod licenses;
pub(crate) mod login;
pub(crate) mod secrets;
pub(crate) mod source;
