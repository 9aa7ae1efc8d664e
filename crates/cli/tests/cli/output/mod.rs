//! What is printed, and what never is.

pub(crate) mod confirm;
pub(crate) mod documentation;
pub(crate) mod hints;
pub(crate) mod pasted;
pub(crate) mod refused;
pub(crate) mod secrecy;
