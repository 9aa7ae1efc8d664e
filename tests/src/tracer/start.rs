//! The program's start under the tracer: this program stops itself, narrows what it is stopped for, and becomes the other.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    os::unix::process::CommandExt,
    process::{Command, ExitCode},
};

use anyhow::Context;
use nix::sys::{ptrace, signal};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

use super::calls::{self, MAKING, Object, WriteCall};

/// Waits for the tracer, then becomes `program`. Returns only where that fails.
pub fn become_traced(program: &OsString, arguments: &[OsString]) -> anyhow::Result<ExitCode> {
    let filter = filter()?;
    ptrace::traceme().context("this system does not let a program be traced")?;
    signal::raise(signal::Signal::SIGSTOP)?;
    seccompiler::apply_filter(&filter)?;
    Err(Command::new(program).args(arguments).exec()).context("could not start the program")
}

/// The program is stopped before each call that writes, and for nothing else.
fn filter() -> anyhow::Result<BpfProgram> {
    let mut rules = BTreeMap::new();
    for call in calls::all() {
        rules.insert(call.number, conditions(&call)?);
    }
    let processor = std::env::consts::ARCH.try_into()?;
    let (otherwise, written) = (SeccompAction::Allow, SeccompAction::Trace(0));
    Ok(SeccompFilter::new(rules, otherwise, written, processor)?.try_into()?)
}

/// Opening a file writes only where it makes or empties the file: most calls only read, and go on unstopped.
fn conditions(call: &WriteCall) -> anyhow::Result<Vec<SeccompRule>> {
    let Object::Opened(flags, _) = call.object else { return Ok(Vec::new()) };
    let flags = u8::try_from(flags)?;
    MAKING
        .iter()
        .map(|flag| {
            let is_set = SeccompCmpOp::MaskedEq(*flag);
            let condition = SeccompCondition::new(flags, SeccompCmpArgLen::Dword, is_set, *flag)?;
            Ok(SeccompRule::new(vec![condition])?)
        })
        .collect()
}
