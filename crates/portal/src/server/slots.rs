//! The connections that are open: a fixed number of slots. When another client waits and all slots are in
//! use, the connection whose client has been idle the longest is closed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::server::bounds;

/// The slots of one portal.
pub(crate) struct Slots {
    free: Arc<Semaphore>,
    used: Mutex<Vec<Weak<Slot>>>,
}

/// One open connection; the slot is free again when the last clone is dropped.
pub(crate) struct Slot {
    state: Mutex<State>,
    closing: Notify,
    _permit: OwnedSemaphorePermit,
}

/// Who has to do something next.
#[derive(Clone, Copy)]
enum State {
    /// The client sends: a request's head or body, or the next request. What arrives does not restart the
    /// time, so that a client that sends a byte now and then cannot keep others out.
    Receiving { since: Instant },
    /// The portal works on a request.
    Working,
    /// The client reads: the system takes no more of the answer until it does.
    Sending { since: Instant },
    /// The connection is about to be closed for another client.
    Closing,
}

impl Slots {
    pub(crate) fn new(count: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(count)), used: Mutex::default() }
    }

    /// Waits for a free slot, and closes idle connections to get one.
    pub(crate) async fn take(&self) -> Arc<Slot> {
        loop {
            if let Ok(permit) = self.free.clone().try_acquire_owned() {
                return self.occupy(permit);
            }
            let wait = self.make_room();
            // The semaphore is never closed, so an error is a wait that was too long.
            if let Ok(Ok(permit)) = timeout(wait, self.free.clone().acquire_owned()).await {
                return self.occupy(permit);
            }
        }
    }

    /// Closes every connection whose client is idle.
    pub(crate) fn close_idle(&self) {
        let now = Instant::now();
        for slot in self.open() {
            slot.close_if_idle(now);
        }
    }

    /// Closes the connection whose client has been idle the longest. Returns when to look for another one.
    fn make_room(&self) -> Duration {
        let now = Instant::now();
        let idle_from = |slot: &Slot| slot.state().idle_from();
        let open = self.open();
        let candidates = open.iter().filter_map(|slot| idle_from(slot).map(|from| (from, slot)));
        match candidates.min_by_key(|(from, _)| *from) {
            Some((from, _)) if from > now => from - now,
            Some((_, slot)) => {
                slot.close_if_idle(now);
                bounds::SILENT
            }
            None => bounds::SILENT,
        }
    }

    fn occupy(&self, permit: OwnedSemaphorePermit) -> Arc<Slot> {
        let state = Mutex::new(State::Receiving { since: Instant::now() });
        let slot = Arc::new(Slot { state, closing: Notify::new(), _permit: permit });
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|other| other.strong_count() > 0);
        used.push(Arc::downgrade(&slot));
        slot
    }

    fn open(&self) -> Vec<Arc<Slot>> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.iter().filter_map(Weak::upgrade).collect()
    }
}

impl Slot {
    /// Notes that a request has arrived whole and the portal works on it now. Returns false if the connection
    /// is about to be closed for another client: then nothing must be done for the request.
    pub(crate) fn begin_work(&self) -> bool {
        let mut state = self.state();
        if matches!(*state, State::Closing) {
            return false;
        }
        *state = State::Working;
        true
    }

    /// Notes that the answer is ready to be sent.
    pub(crate) fn end_work(&self) {
        let mut state = self.state();
        if matches!(*state, State::Working) {
            *state = State::Receiving { since: Instant::now() };
        }
    }

    /// Notes that the system took a part of an answer.
    pub(crate) fn sent(&self) {
        let mut state = self.state();
        if matches!(*state, State::Receiving { .. } | State::Sending { .. }) {
            *state = State::Receiving { since: Instant::now() };
        }
    }

    /// Notes that the system takes no more of an answer until the client has read.
    pub(crate) fn unsent(&self) {
        let mut state = self.state();
        if matches!(*state, State::Receiving { .. }) {
            *state = State::Sending { since: Instant::now() };
        }
    }

    /// Completes when the connection must be closed: for another client, or because its client has read
    /// nothing of its answer for `limit`.
    pub(crate) async fn closed(&self, limit: Duration) {
        loop {
            let left = self.state().unread_for().map_or(limit, |unread| limit.saturating_sub(unread));
            if left.is_zero() || timeout(left, self.closing.notified()).await.is_ok() {
                return;
            }
        }
    }

    fn close_if_idle(&self, now: Instant) {
        let mut state = self.state();
        if state.idle_from().is_some_and(|from| from <= now) {
            *state = State::Closing;
            self.closing.notify_one();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// From when on the client counts as idle, so that the connection may be closed for another one.
    fn idle_from(self) -> Option<Instant> {
        match self {
            Self::Receiving { since } => Some(since + bounds::SILENT),
            Self::Sending { since } => Some(since + bounds::UNREAD),
            Self::Working | Self::Closing => None,
        }
    }

    fn unread_for(self) -> Option<Duration> {
        match self {
            Self::Sending { since } => Some(since.elapsed()),
            Self::Receiving { .. } | Self::Working | Self::Closing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(3600);

    /// Completes if the slot is closed for another client.
    async fn closed(slot: &Slot) {
        timeout(Duration::from_secs(60), slot.closed(LONG)).await.expect("the slot is closed");
    }

    async fn is_open(slot: &Slot) -> bool {
        timeout(Duration::ZERO, slot.closed(LONG)).await.is_err()
    }

    #[tokio::test]
    async fn longest_idle_connection_makes_room() {
        let slots = Slots::new(2);
        let (first, second) = (slots.take().await, slots.take().await);
        let close = async move {
            closed(&first).await;
            drop(first);
        };
        let (third, ()) = tokio::join!(slots.take(), close);
        assert!(is_open(&second).await && is_open(&third).await);
    }

    #[tokio::test]
    async fn connection_at_work_is_not_closed_for_another() {
        let slots = Slots::new(2);
        let (working, silent) = (slots.take().await, slots.take().await);
        assert!(working.begin_work());
        let close = async move {
            closed(&silent).await;
            drop(silent);
        };
        let (_next, ()) = tokio::join!(slots.take(), close);
        assert!(is_open(&working).await);
    }

    #[tokio::test]
    async fn client_waits_while_every_connection_is_at_work() {
        let slots = Slots::new(1);
        let working = slots.take().await;
        assert!(working.begin_work());
        let answer = async move {
            assert!(is_open(&working).await);
            working.end_work();
            closed(&working).await;
            drop(working);
        };
        tokio::join!(slots.take(), answer);
    }

    #[tokio::test]
    async fn request_on_a_connection_being_closed_is_not_done() {
        let slots = Slots::new(1);
        let slot = slots.take().await;
        slot.close_if_idle(Instant::now() + bounds::SILENT);
        assert!(!slot.begin_work());
    }

    #[tokio::test]
    async fn answer_being_read_keeps_its_connection_longer() {
        let slots = Slots::new(1);
        let slot = slots.take().await;
        slot.unsent();
        slot.close_if_idle(Instant::now() + bounds::SILENT);
        assert!(is_open(&slot).await);
        slot.close_if_idle(Instant::now() + bounds::UNREAD);
        closed(&slot).await;
    }

    #[tokio::test]
    async fn connection_with_an_unread_answer_is_closed() {
        let slots = Slots::new(1);
        let slot = slots.take().await;
        slot.unsent();
        slot.closed(Duration::from_millis(20)).await;
    }

    #[tokio::test]
    async fn answer_that_is_read_slowly_is_not_cut() {
        let slots = Slots::new(1);
        let slot = slots.take().await;
        slot.unsent();
        slot.sent();
        assert!(slot.state().unread_for().is_none());
    }
}
