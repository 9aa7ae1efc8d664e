//! What changes outside the library, which the library's own signal does not report: each kind is sent here, and nowhere else in
//! the use cases. What changes in the library is sent by what follows it, in `refresh/follow.rs`.

use super::{Context, Event, Message};
use license::AccountId;

impl Context {
    /// Whether secrets can be read is in memory and in the keyring.
    pub(crate) fn lock_changed(&self) {
        self.host.emit(Event::LockChanged);
    }

    /// How far a refresh is, and what came of asking about one license, is in memory.
    pub(crate) fn account_changed(&self, id: AccountId) {
        self.host.emit(Event::AccountChanged(id));
    }

    /// A message is shown once and kept nowhere.
    pub(crate) fn tell_user(&self, message: Message) {
        self.host.emit(Event::Message(message));
    }
}
