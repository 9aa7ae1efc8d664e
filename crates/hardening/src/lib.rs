//! Keeps the memory of a program, which contains keys and logins, out of core dumps and away from other programs of the same
//! user.
//!
//! Only builds for users do this. A build for tests leaves its memory open, since debuggers, profilers and the tests
//! themselves look into it.

use std::io;

/// For whom a program was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// For users: without debug assertions, as the profile `release`.
    Release,
    /// For tests: with debug assertions, as the profiles `dev` and `e2e`.
    Test,
}

impl Build {
    /// This build.
    pub const fn this() -> Self {
        if cfg!(debug_assertions) { Self::Test } else { Self::Release }
    }
}

/// Protects the memory of this process as far as the system can.
pub fn protect(build: Build) -> io::Result<()> {
    refuse_core_dumps(build)?;
    refuse_readers(build)
}

/// Prevents core dumps of this process and of the processes that it starts (`RLIMIT_CORE`). Does nothing on Windows.
pub fn refuse_core_dumps(build: Build) -> io::Result<()> {
    match build {
        Build::Release => limit_core_dumps(),
        Build::Test => Ok(()),
    }
}

/// Prevents other processes, except root's, from reading or attaching to this one (`PR_SET_DUMPABLE`). The processes that it
/// starts are not covered. Only on Linux; elsewhere it does nothing.
pub fn refuse_readers(build: Build) -> io::Result<()> {
    match build {
        Build::Release => forbid_reading(),
        Build::Test => Ok(()),
    }
}

#[cfg(unix)]
fn limit_core_dumps() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    Ok(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?)
}

#[cfg(not(unix))]
fn limit_core_dumps() -> io::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
fn forbid_reading() -> io::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

#[cfg(not(target_os = "linux"))]
fn forbid_reading() -> io::Result<()> {
    Ok(())
}
