//! The action on several licenses that runs: one at a time, which the user can stop.

use crate::context::{AppError, Context, state::SubjectState};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

#[derive(Debug, Default)]
struct Selected {
    is_running: AtomicBool,
    is_stopped: AtomicBool,
}

impl SubjectState for Selected {}

/// An action that runs until this is dropped.
pub(crate) struct Running(Arc<Selected>);

impl Running {
    /// Whether the user wants no further license to be started.
    pub(crate) fn is_stopped(&self) -> bool {
        self.0.is_stopped.load(Ordering::Acquire)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.is_running.store(false, Ordering::Release);
    }
}

/// Notes that an action runs. Fails with [`AppError::SelectionBusy`] while another does.
pub(crate) fn begin(context: &Context) -> Result<Running, AppError> {
    let state = context.state::<Selected>();
    if state.is_running.swap(true, Ordering::AcqRel) {
        return Err(AppError::SelectionBusy);
    }
    state.is_stopped.store(false, Ordering::Release);
    Ok(Running(state))
}

/// Whether an action on several licenses runs.
pub(crate) fn is_running(context: &Context) -> bool {
    context.state::<Selected>().is_running.load(Ordering::Acquire)
}

/// Lets the action that runs end with the license that it is at.
pub fn stop(context: &Context) {
    context.state::<Selected>().is_stopped.store(true, Ordering::Release);
}
