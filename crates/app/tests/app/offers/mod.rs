//! What a vendor offers for a license.

pub(crate) mod certificate;
pub(crate) mod packages;
pub(crate) mod seats;
pub(crate) mod steps;
