//! Projects: the Aidbox RPC.

pub(crate) mod documented;
pub(crate) mod issuing;
pub(crate) mod lists;
pub(crate) mod refusals;
pub(crate) mod removing;
pub(crate) mod signatures;
pub(crate) mod tokens;
