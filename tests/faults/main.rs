//! `faults`: kills Licet before each call that writes, lets each of those calls fail, and breaks each answer of a vendor.
//!
//! `cargo xtask faults` builds the programs and runs this; `docs/reliability.md` says what is promised and measured.

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
mod harness;

use std::process::ExitCode;

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
fn main() -> ExitCode {
    harness::main()
}

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
#[expect(clippy::print_stderr, reason = "this is a program for the command line")]
fn main() -> ExitCode {
    eprintln!("error: faults runs only on Linux on x86-64 or ARM64");
    ExitCode::FAILURE
}
