//! The way to the keyring: one thread does what is asked, and who asks waits for a bounded time only.

use super::error::LockError;
use super::{KeyringState, keyring};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a call waits that cannot open a prompt.
pub(super) const WITHOUT_PROMPT: Duration = Duration::from_secs(5);

/// How long a call waits for a user to answer a prompt.
pub(super) const WITH_PROMPT: Duration = Duration::from_secs(120);

/// How long a probe waits.
const PROBE: Duration = Duration::from_secs(2);

type Job = Box<dyn FnOnce() + Send>;

/// The way to entries in the keyring.
#[derive(Debug)]
pub(super) struct KeyringWorker {
    entries: Worker,
    probes: Worker,
}

impl KeyringWorker {
    pub(super) fn new() -> Self {
        Self { entries: Worker::new("keyring"), probes: Worker::new("keyring-probe") }
    }

    /// Whether the keyring can be used. Not kept waiting by a prompt that another call has opened. Fails where it is too slow.
    pub(super) fn probe(&self) -> Result<KeyringState, LockError> {
        self.probes.run(PROBE, || keyring::probe(PROBE))
    }

    /// Reads what is kept under a name; see [`keyring::get`].
    pub(super) fn get(&self, name: &str, within: Duration) -> Result<Vec<Zeroizing<String>>, LockError> {
        let name = name.to_owned();
        self.entries.run(within, move || keyring::get(&name))
    }

    /// Writes an entry; see [`keyring::set`].
    pub(super) fn set(
        &self,
        name: &str,
        text: Zeroizing<String>,
        may_replace: impl Fn(&str) -> bool + Send + 'static,
        within: Duration,
    ) -> Result<bool, LockError> {
        let name = name.to_owned();
        self.entries.run(within, move || keyring::set(&name, &text, may_replace))
    }

    /// Deletes entries; see [`keyring::delete`].
    pub(super) fn delete(
        &self,
        name: &str,
        is_ours: impl Fn(&str) -> bool + Send + 'static,
        within: Duration,
    ) -> Result<(), LockError> {
        let name = name.to_owned();
        self.entries.run(within, move || keyring::delete(&name, is_ours))
    }
}

/// A thread that does one job after the other. One that hangs is left to itself, and the next job gets a new thread.
#[derive(Debug)]
struct Worker {
    name: &'static str,
    jobs: Mutex<Crew>,
}

#[derive(Debug, Default)]
struct Crew {
    thread: Option<Sender<Job>>,
    generation: u64,
}

impl Worker {
    fn new(name: &'static str) -> Self {
        Self { name, jobs: Mutex::default() }
    }

    fn run<T: Send + 'static>(
        &self,
        within: Duration,
        job: impl FnOnce() -> Result<T, LockError> + Send + 'static,
    ) -> Result<T, LockError> {
        let (answer, answered) = mpsc::channel();
        let job: Job = Box::new(move || {
            // Who asked may have stopped waiting.
            let _ = answer.send(job());
        });
        let generation = self.give(job)?;
        match answered.recv_timeout(within) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => {
                self.abandon(generation);
                Err(LockError::KeyringTimedOut)
            }
            Err(RecvTimeoutError::Disconnected) => {
                self.abandon(generation);
                Err(LockError::KeyringFailed { detail: "the call ended without an answer".to_owned() })
            }
        }
    }

    fn give(&self, job: Job) -> Result<u64, LockError> {
        let mut crew = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let job = match &crew.thread {
            Some(thread) => match thread.send(job) {
                Ok(()) => return Ok(crew.generation),
                Err(mpsc::SendError(job)) => job,
            },
            None => job,
        };
        let (thread, jobs) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name(self.name.to_owned())
            .spawn(move || jobs.into_iter().for_each(|job| job()))
            .map_err(|error| LockError::KeyringFailed { detail: error.to_string() })?;
        thread.send(job).map_err(|_| LockError::KeyringFailed { detail: "its thread ended".to_owned() })?;
        crew.thread = Some(thread);
        crew.generation += 1;
        Ok(crew.generation)
    }

    fn abandon(&self, generation: u64) {
        let mut crew = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if crew.generation == generation {
            crew.thread = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_hangs_holds_up_no_later_one() {
        let worker = Worker::new("test");
        let (release, hold) = mpsc::channel::<()>();
        let hung = worker.run(Duration::from_millis(20), move || {
            let _ = hold.recv();
            Ok(())
        });
        assert!(matches!(hung, Err(LockError::KeyringTimedOut)));
        assert_eq!(worker.run(WITHOUT_PROMPT, || Ok(7)).unwrap(), 7);
        drop(release);
    }

    #[test]
    fn a_call_that_waits_behind_one_that_hangs_times_out_too_and_a_later_one_works() {
        let worker = Worker::new("test");
        let (release, hold) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            let hung = scope.spawn(|| {
                worker.run(Duration::from_millis(200), move || {
                    let _ = hold.recv();
                    Ok(())
                })
            });
            let waiting = scope.spawn(|| worker.run(Duration::from_millis(200), || Ok(())));
            let results = [hung.join().unwrap(), waiting.join().unwrap()];
            assert!(results.iter().any(|result| matches!(result, Err(LockError::KeyringTimedOut))));
        });
        assert_eq!(worker.run(WITHOUT_PROMPT, || Ok(7)).unwrap(), 7);
        drop(release);
    }

    #[test]
    fn a_call_that_panics_is_an_error_and_a_later_one_works() {
        let worker = Worker::new("test");
        let panicked = worker.run::<()>(WITHOUT_PROMPT, || panic!("as a store might"));
        assert!(matches!(panicked, Err(LockError::KeyringFailed { .. })));
        assert_eq!(worker.run(WITHOUT_PROMPT, || Ok(7)).unwrap(), 7);
    }
}
