//! The registers of a stopped system call, by processor.

use anyhow::Context;
use nix::{libc::user_regs_struct, sys::ptrace, unistd::Pid};

/// A system call that is about to happen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Its number.
    pub number: i64,
    /// Its arguments.
    pub arguments: [u64; 6],
}

/// Reads the call that a thread is stopped before.
pub(super) fn entry(thread: Pid) -> anyhow::Result<Entry> {
    let registers = ptrace::getregs(thread).context("could not read a thread's registers")?;
    Ok(entry_of(&registers))
}

/// Gives the call arguments that no call accepts, so that it changes nothing.
pub(super) fn make_harmless(thread: Pid) -> anyhow::Result<()> {
    change(thread, |registers| set_arguments(registers, u64::MAX))
}

/// Lets the call that a thread is stopped after return this error.
pub(super) fn return_error(thread: Pid, errno: i32) -> anyhow::Result<()> {
    change(thread, |registers| set_result(registers, i64::from(-errno).cast_unsigned()))
}

fn change(thread: Pid, change: impl FnOnce(&mut user_regs_struct)) -> anyhow::Result<()> {
    let mut registers = ptrace::getregs(thread).context("could not read a thread's registers")?;
    change(&mut registers);
    ptrace::setregs(thread, registers).context("could not change a thread's registers")
}

#[cfg(target_arch = "x86_64")]
fn entry_of(registers: &user_regs_struct) -> Entry {
    let user_regs_struct { orig_rax, rdi, rsi, rdx, r10, r8, r9, .. } = *registers;
    Entry { number: orig_rax.cast_signed(), arguments: [rdi, rsi, rdx, r10, r8, r9] }
}

#[cfg(target_arch = "x86_64")]
fn set_arguments(registers: &mut user_regs_struct, value: u64) {
    (registers.rdi, registers.rsi, registers.rdx) = (value, value, value);
    (registers.r10, registers.r8, registers.r9) = (value, value, value);
}

#[cfg(target_arch = "x86_64")]
fn set_result(registers: &mut user_regs_struct, value: u64) {
    registers.rax = value;
}

#[cfg(target_arch = "aarch64")]
fn entry_of(registers: &user_regs_struct) -> Entry {
    let [a, b, c, d, e, f, _, _, number, ..] = registers.regs;
    Entry { number: number.cast_signed(), arguments: [a, b, c, d, e, f] }
}

#[cfg(target_arch = "aarch64")]
fn set_arguments(registers: &mut user_regs_struct, value: u64) {
    registers.regs[..6].fill(value);
}

#[cfg(target_arch = "aarch64")]
fn set_result(registers: &mut user_regs_struct, value: u64) {
    registers.regs[0] = value;
}
