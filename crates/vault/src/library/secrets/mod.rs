//! Secrets, sealed and bound to where they belong.

pub(in crate::library) mod binding;
pub(in crate::library) mod held;
pub(in crate::library) mod owner;
pub(in crate::library) mod rows;
pub(in crate::library) mod sealed;
pub(in crate::library) mod sealer;
