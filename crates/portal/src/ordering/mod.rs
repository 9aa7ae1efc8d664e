//! What is ordered, and the licenses that are issued for it.

pub(crate) mod issue;
pub(crate) mod samples;
pub(crate) mod seed;
