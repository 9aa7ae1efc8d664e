//! What the repository's own commands are made of: processes that never outlive their owner, and a
//! private desktop session (display, bus, keyring) that the journeys in `tests/` use as well.

pub mod fault_points;
pub mod portal;
pub mod process;
pub mod repository;
#[cfg(target_os = "linux")]
pub mod session;
pub mod wait;
