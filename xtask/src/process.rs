//! Child processes that never outlive this one.

use std::{
    collections::BTreeSet,
    process::{Child, Command, ExitStatus},
    sync::Mutex,
    time::{Duration, Instant},
};

use anyhow::Context;

/// The leaders of every group that is alive, so that a signal to this process ends them too.
static ALIVE: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// How long a group that was asked to end may take.
const GRACE: Duration = Duration::from_secs(3);

/// A child with a process group of its own: whatever it starts ends with it.
#[derive(Debug)]
pub struct Group {
    child: Child,
    ended: bool,
}

impl Group {
    /// Starts `command` as the leader of a new group.
    pub fn spawn(command: &mut Command) -> anyhow::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().with_context(|| format!("could not start {program}"))?;
        alive().insert(child.id());
        Ok(Self { child, ended: false })
    }

    /// The leader's process id, which is the group's id too.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The leader, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How the leader ended, if it has.
    pub fn status(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Waits for the leader to end by itself; whatever it left behind is then killed.
    pub fn wait(&mut self, deadline: Duration) -> anyhow::Result<ExitStatus> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                self.kill();
                return Ok(status);
            }
            if start.elapsed() > deadline {
                self.end();
                anyhow::bail!("did not end within {deadline:?}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks the whole group to end, and kills what is left of it after a grace.
    pub fn end(&mut self) {
        if self.ended {
            return;
        }
        signal(self.child.id(), Ending::Asked);
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < GRACE {
            std::thread::sleep(Duration::from_millis(10));
        }
        self.kill();
    }

    /// Kills the whole group at once, as a crash or the system would.
    pub fn kill(&mut self) {
        if self.ended {
            return;
        }
        self.ended = true;
        signal(self.child.id(), Ending::Forced);
        alive().remove(&self.child.id());
        // Only a child that somebody else reaped can fail here, and then there is nothing to wait for.
        let _ = self.child.wait();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}

/// From now on an interrupt or a termination of this process ends every group first.
pub fn end_with_this_process() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        let leaders: Vec<u32> = alive().iter().copied().collect();
        // Asked first: a test runner ends its tests, which are in groups of their own.
        for leader in &leaders {
            signal(*leader, Ending::Asked);
        }
        let start = Instant::now();
        while start.elapsed() < GRACE && leaders.iter().any(|leader| is_alive(*leader)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        for leader in leaders {
            signal(leader, Ending::Forced);
        }
        std::process::exit(130);
    })
    .context("could not watch for an interrupt")
}

#[derive(Clone, Copy)]
enum Ending {
    Asked,
    Forced,
}

#[cfg(unix)]
fn signal(leader: u32, ending: Ending) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let signal = match ending {
        Ending::Asked => Signal::TERM,
        Ending::Forced => Signal::KILL,
    };
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // A group that is gone already is what we want.
        let _ = kill_process_group(group, signal);
    }
}

/// Whether a group's leader still runs, or ended and was not yet waited for.
#[cfg(unix)]
fn is_alive(leader: u32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{leader}/stat")).unwrap_or_default();
    !state.is_empty() && !state.contains(") Z ")
}

#[cfg(not(unix))]
fn is_alive(_leader: u32) -> bool {
    false
}

#[cfg(not(unix))]
fn signal(leader: u32, _ending: Ending) {
    // A tree that is gone already is what we want.
    let _ = Command::new("taskkill").args(["/T", "/F", "/PID", &leader.to_string()]).status();
}

fn alive() -> std::sync::MutexGuard<'static, BTreeSet<u32>> {
    ALIVE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
