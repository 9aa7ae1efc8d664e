//! What a vendor offers for a license: seats, packages, validation and next steps.

pub(crate) mod local_core;
pub(crate) mod packages;
pub(crate) mod seats;
pub(crate) mod steps;
pub(crate) mod validate;

pub use local_core::{CoreSeen, core, core_here};
pub use packages::{
    PackagesSeen, RegistryLogin, artifacts, log_in_registry, packages, registry_login, releases,
    releases_with_files,
};
pub use seats::{SeatsSeen, release_seat, seats};
pub use steps::{StepSeen, first_steps, next_steps, open_step};
pub use validate::validate;
