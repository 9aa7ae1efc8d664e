//! What an account offers for a license beside its list.

mod certificate;
mod packages;
mod seats;

pub(crate) use certificate::*;
pub(crate) use packages::*;
pub(crate) use seats::*;
