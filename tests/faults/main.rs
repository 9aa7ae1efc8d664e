//! `faults`: kills Licet before each call that writes, lets each of those calls fail, and breaks each answer of a vendor.
//!
//! `cargo xtask faults` builds the programs and runs this; `docs/reliability.md` says what is promised and measured.

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod harness;

use std::process::ExitCode;

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn main() -> ExitCode {
    harness::main()
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
#[expect(clippy::print_stderr, reason = "this is a program for the command line")]
fn main() -> ExitCode {
    eprintln!(
        "error: faults runs on x86-64 and ARM64 only: it changes the registers of the program that it tests"
    );
    ExitCode::FAILURE
}
