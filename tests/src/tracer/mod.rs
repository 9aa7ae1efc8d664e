//! Runs a program under ptrace: counts the calls with which it writes, and kills it or lets a call fail at one of them.

mod arch;
mod calls;
mod start;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use anyhow::Context;
use nix::{
    errno::Errno,
    libc,
    sys::{
        ptrace::{self, Options},
        signal::{Signal, kill},
        wait::{WaitPidFlag, WaitStatus, waitpid},
    },
    unistd::Pid,
};

use calls::{Changed, WriteCall};
pub use start::become_traced;

/// The argument with which this program becomes the traced one.
pub const TRACED: &str = "traced";

/// Far longer than any command takes, whatever its vendor answers.
const PATIENCE: Duration = Duration::from_secs(180);

/// What happens at one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The program is killed before the call, as by the system when memory runs out.
    Kill,
    /// The call changes nothing and returns an I/O error.
    Error,
    /// This call and every later one on a file returns `ENOSPC`.
    DiskFull,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kill => "killed before",
            Self::Error => "I/O error at",
            Self::DiskFull => "disk full from",
        })
    }
}

/// A fault and the call that it happens at, counted from 1.
#[derive(Debug, Clone, Copy)]
pub struct Injection {
    /// Which call.
    pub at: usize,
    /// What happens there.
    pub fault: Fault,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this code.
    Code(i32),
    /// By a signal.
    Signal(Signal),
    /// Not within the time that it had.
    Hung,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "exit {code}"),
            Self::Signal(signal) => write!(f, "{signal}"),
            Self::Hung => write!(f, "still running after {} s", PATIENCE.as_secs()),
        }
    }
}

/// What a run left.
#[derive(Debug)]
pub struct Traced {
    /// How it ended.
    pub ended: Ended,
    /// Every call that wrote below the watched folder or to a connection, in order.
    pub calls: Vec<String>,
    /// Whether the fault happened.
    pub was_injected: bool,
    /// Standard output.
    pub output: Vec<u8>,
    /// Standard error.
    pub errors: Vec<u8>,
    /// How long it took.
    pub time: Duration,
    /// The most memory that the program had at once, in KiB.
    pub peak: u64,
}

/// What is traced, and where.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// The program that becomes the traced one where its first argument is [`TRACED`].
    pub starter: &'a Path,
    /// Calls count where they change something below this, or send something over the network.
    pub watched: &'a Path,
    /// Where what the program prints is kept while it runs.
    pub printed: &'a Path,
}

/// Runs `command`, which has its program, arguments, environment and folder.
pub fn run(command: &Command, places: Places<'_>, injection: Option<Injection>) -> anyhow::Result<Traced> {
    let Places { starter, watched, printed } = places;
    let files = [printed.join("output"), printed.join("errors")];
    let started = Instant::now();
    let program = start(starter, command, &files)?;
    let mut tracer = Tracer {
        program,
        watched: watched.to_path_buf(),
        table: calls::all().into_iter().map(|call| (call.number, call)).collect(),
        injection,
        calls: Vec::new(),
        was_injected: false,
        failing: BTreeMap::new(),
        children: BTreeSet::new(),
        peak: 0,
    };
    let watchdog = Watchdog::over(program);
    let ended = tracer.follow();
    if ended.is_err() {
        // It may have ended all the same.
        let _ = kill(program, Signal::SIGKILL);
    }
    tracer.end_children();
    let ended = if watchdog.has_bitten() { Ended::Hung } else { ended? };
    let [output, errors] = files.map(std::fs::read);
    Ok(Traced {
        ended,
        calls: tracer.calls,
        was_injected: tracer.was_injected,
        output: output?,
        errors: errors?,
        time: started.elapsed(),
        peak: tracer.peak,
    })
}

/// Starts the starter, which becomes `command`'s program, with everything set to trace it.
fn start(starter: &Path, command: &Command, [output, errors]: &[PathBuf; 2]) -> anyhow::Result<Pid> {
    let mut traced = Command::new(starter);
    traced.arg(TRACED).arg(command.get_program()).args(command.get_args()).env_clear();
    traced.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        traced.current_dir(folder);
    }
    traced.stdin(Stdio::null()).stdout(File::create(output)?).stderr(File::create(errors)?);
    // The tracer reaps it, so nothing waits for this handle.
    let program = Pid::from_raw(i32::try_from(traced.spawn()?.id())?);
    let stopped = waitpid(program, Some(WaitPidFlag::__WALL))?;
    let is_ready = matches!(stopped, WaitStatus::Stopped(_, Signal::SIGSTOP));
    anyhow::ensure!(is_ready, "{}", std::fs::read_to_string(errors).unwrap_or_default().trim());
    ptrace::setoptions(program, options())?;
    ptrace::cont(program, None)?;
    Ok(program)
}

fn options() -> Options {
    Options::PTRACE_O_TRACESECCOMP
        | Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_TRACEFORK
        | Options::PTRACE_O_TRACEVFORK
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_TRACEEXIT
        | Options::PTRACE_O_EXITKILL
}

/// One program that is being followed.
struct Tracer {
    program: Pid,
    watched: PathBuf,
    table: BTreeMap<i64, WriteCall>,
    injection: Option<Injection>,
    calls: Vec<String>,
    was_injected: bool,
    /// Threads in a call that was made harmless, each with the error that it returns.
    failing: BTreeMap<Pid, i32>,
    /// Other programs that it started.
    children: BTreeSet<Pid>,
    peak: u64,
}

impl Tracer {
    /// Follows the program with all its threads until it has ended.
    fn follow(&mut self) -> anyhow::Result<Ended> {
        loop {
            // Only this thread's children: other threads follow programs of their own.
            match waitpid(None, Some(WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD))? {
                WaitStatus::Exited(process, code) if process == self.program => return Ok(Ended::Code(code)),
                WaitStatus::Signaled(process, signal, _) if process == self.program => {
                    return Ok(Ended::Signal(signal));
                }
                WaitStatus::PtraceEvent(thread, _, event) => self.event(thread, event)?,
                WaitStatus::PtraceSyscall(thread) => self.after_call(thread)?,
                WaitStatus::Stopped(thread, signal) => {
                    // Its own way of saying that it was started or stopped is the tracer's business alone.
                    let is_of_tracing = [Signal::SIGSTOP, Signal::SIGTRAP].contains(&signal);
                    go_on(ptrace::cont(thread, (!is_of_tracing).then_some(signal)))?;
                }
                WaitStatus::Exited(..)
                | WaitStatus::Signaled(..)
                | WaitStatus::Continued(_)
                | WaitStatus::StillAlive => {}
            }
        }
    }

    fn event(&mut self, thread: Pid, event: i32) -> anyhow::Result<()> {
        match event {
            libc::PTRACE_EVENT_SECCOMP => return self.before_call(thread),
            libc::PTRACE_EVENT_FORK | libc::PTRACE_EVENT_VFORK => {
                if let Ok(child) = ptrace::getevent(thread) {
                    self.children.insert(Pid::from_raw(i32::try_from(child)?));
                }
            }
            libc::PTRACE_EVENT_EXIT => self.note_memory(),
            _ => {}
        }
        go_on(ptrace::cont(thread, None))
    }

    fn before_call(&mut self, thread: Pid) -> anyhow::Result<()> {
        let Ok(entry) = arch::entry(thread) else { return go_on(ptrace::cont(thread, None)) };
        let call = self.table.get(&entry.number).filter(|_| self.is_of_program(thread));
        let changed = call.and_then(|call| Some((call.name, call.changed(thread, &entry, &self.watched)?)));
        let Some((name, changed)) = changed else { return go_on(ptrace::cont(thread, None)) };
        self.calls.push(format!("{name} {}", shown(&changed, &self.watched)));
        match self.fault_now(&changed) {
            None => go_on(ptrace::cont(thread, None)),
            Some(Fault::Kill) => {
                self.was_injected = true;
                self.note_memory();
                go_on(kill(self.program, Signal::SIGKILL))
            }
            Some(Fault::Error) => self.fail(thread, libc::EIO),
            Some(Fault::DiskFull) => self.fail(thread, libc::ENOSPC),
        }
    }

    /// The fault that happens at the call that was counted last.
    fn fault_now(&self, changed: &Changed) -> Option<Fault> {
        let Injection { at, fault } = self.injection?;
        let happens = match fault {
            Fault::Kill | Fault::Error => self.calls.len() == at,
            Fault::DiskFull => self.calls.len() >= at && *changed != Changed::Connection,
        };
        happens.then_some(fault)
    }

    fn fail(&mut self, thread: Pid, errno: i32) -> anyhow::Result<()> {
        self.was_injected = true;
        arch::make_harmless(thread)?;
        self.failing.insert(thread, errno);
        go_on(ptrace::syscall(thread, None))
    }

    fn after_call(&mut self, thread: Pid) -> anyhow::Result<()> {
        if let Some(errno) = self.failing.remove(&thread) {
            arch::return_error(thread, errno)?;
        }
        go_on(ptrace::cont(thread, None))
    }

    fn is_of_program(&self, thread: Pid) -> bool {
        Path::new(&format!("/proc/{}/task/{thread}", self.program)).exists()
    }

    /// Takes over the most memory that the program has had so far.
    fn note_memory(&mut self) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program)).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next());
        let peak = peak.and_then(|kib| kib.parse().ok()).unwrap_or(0);
        self.peak = self.peak.max(peak);
    }

    /// Kills what the program started and left behind.
    fn end_children(&mut self) {
        for child in std::mem::take(&mut self.children) {
            // One that has ended already is what we want; after the kill its end is all that is left to be seen.
            let _ = kill(child, Signal::SIGKILL);
            while waitpid(child, Some(WaitPidFlag::__WALL))
                .is_ok_and(|seen| !matches!(seen, WaitStatus::Exited(..) | WaitStatus::Signaled(..)))
            {
                let _ = ptrace::cont(child, None);
            }
        }
    }
}

/// A thread that was killed while it was stopped cannot be sent on; its end is seen next.
fn go_on(sent: Result<(), Errno>) -> anyhow::Result<()> {
    match sent {
        Ok(()) | Err(Errno::ESRCH) => Ok(()),
        Err(error) => Err(error).context("the program could not be traced on"),
    }
}

/// Without the folder, which has another name in each run.
fn shown(changed: &Changed, watched: &Path) -> String {
    match changed {
        Changed::File(path) => path.strip_prefix(watched).unwrap_or(path).display().to_string(),
        Changed::Connection => "a connection".to_owned(),
    }
}

/// Kills a program that does not end.
struct Watchdog {
    ended: mpsc::Sender<()>,
    watching: std::thread::JoinHandle<bool>,
}

impl Watchdog {
    fn over(program: Pid) -> Self {
        let (ended, end) = mpsc::channel();
        let watching = std::thread::spawn(move || {
            let waited_in_vain = end.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout);
            if waited_in_vain {
                // It may end in this very moment.
                let _ = kill(program, Signal::SIGKILL);
            }
            waited_in_vain
        });
        Self { ended, watching }
    }

    /// Whether it had to kill the program, which has ended now.
    fn has_bitten(self) -> bool {
        drop(self.ended);
        self.watching.join().unwrap_or(false)
    }
}
