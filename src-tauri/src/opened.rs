//! What the commands work with.

use crate::{host::WindowHost, portal::HomePortal};
use desk::Desk;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Notify;

/// The opened home, as the commands of the page reach it.
#[derive(Debug)]
pub struct Opened {
    /// Everything that a person can do.
    pub desk: Desk,
    /// The window as a place to run in.
    pub host: Arc<WindowHost>,
    /// This home's portal.
    pub portal: Arc<HomePortal>,
    /// Told once the page is there and hears what it is told.
    pub page: Notify,
    given: Mutex<Vec<PathBuf>>,
}

impl Opened {
    /// An opened home with files that were given to be imported.
    pub fn new(desk: Desk, host: Arc<WindowHost>, portal: Arc<HomePortal>, given: Vec<PathBuf>) -> Self {
        Self { desk, host, portal, page: Notify::new(), given: Mutex::new(given) }
    }

    /// The files that were given at the start, once.
    pub fn take_given(&self) -> Vec<PathBuf> {
        std::mem::take(&mut self.given.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
