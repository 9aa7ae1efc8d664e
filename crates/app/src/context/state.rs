//! What subjects keep in memory while the program runs, such as the key on the clipboard.

use super::Context;
use async_trait::async_trait;
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What a subject keeps in memory. Its module alone knows the type, so the context depends on no subject.
#[async_trait]
pub(crate) trait SubjectState: Any + fmt::Debug + Send + Sync {
    /// Drops what depends on secrets: they were removed from this computer.
    async fn end_session(&self) {}
}

/// The states of all subjects, by their types. Each is made when it is first asked for.
#[derive(Default)]
pub(crate) struct States(Mutex<HashMap<TypeId, Arc<dyn SubjectState>>>);

impl States {
    #[expect(clippy::expect_used, reason = "the map has each state under its own type")]
    fn of<T: SubjectState + Default>(&self) -> Arc<T> {
        let state = self.locked().entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default())).clone();
        let state: Arc<dyn Any + Send + Sync> = state;
        state.downcast().expect("it was inserted with this type")
    }

    /// Making a state and cloning a reference leave nothing half done, so a panic in another thread does not matter.
    fn locked(&self) -> MutexGuard<'_, HashMap<TypeId, Arc<dyn SubjectState>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.locked().values()).finish()
    }
}

impl Context {
    /// What a subject keeps in memory.
    pub(crate) fn state<T: SubjectState + Default>(&self) -> Arc<T> {
        self.states.of()
    }

    /// Has every subject drop what depends on secrets.
    pub(crate) async fn end_session(&self) {
        let all: Vec<_> = self.states.locked().values().cloned().collect();
        for state in all {
            state.end_session().await;
        }
    }
}
