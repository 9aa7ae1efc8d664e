//! Who may read and write a file: its mode, its access control list and its other attributes.

pub(super) mod access;
pub(super) mod acl;
pub(super) mod attributes;
#[cfg(unix)]
pub(super) mod names;
pub(super) mod others;
