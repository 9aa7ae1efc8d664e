//! What a vendor offers for a license.

mod certificate;
mod packages;
mod seats;
mod steps;
