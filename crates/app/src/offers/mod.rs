//! What a vendor offers for a license: seats, packages, validation and next steps.

pub(crate) mod local_core;
pub(crate) mod packages;
pub(crate) mod seats;
pub(crate) mod steps;
pub(crate) mod validate;

pub use local_core::{CoreStatus, core, core_here};
pub use packages::{
    PackagesStatus, RegistryLogin, artifacts, log_in_registry, packages, registry_login, releases,
    releases_with_files,
};
pub use seats::{SeatsStatus, release_seat, seats};
pub use steps::{StepStatus, first_steps, next_steps, open_step};
pub use validate::validate;
