//! Accepting connections.

use super::shared::Shared;
use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

/// The thread that accepts connections, and the flag that ends it.
pub(super) struct Listening {
    pub(super) thread: JoinHandle<()>,
    pub(super) is_over: Arc<AtomicBool>,
}

impl Listening {
    /// Accepts connections in a thread, and answers each one in a thread of its own.
    pub(super) fn on(listener: TcpListener, shared: &Arc<Shared>) -> Self {
        let is_over = Arc::<AtomicBool>::default();
        let (shared, ending) = (Arc::clone(shared), Arc::clone(&is_over));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ending.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || shared.converse(stream));
            }
        });
        Self { thread, is_over }
    }
}
