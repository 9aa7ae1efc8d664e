//! Events of the use cases, as the page receives them.

use crate::view::Event as View;
use app::context::Event;
use license::AccountId;

/// An event for the window.
pub(crate) enum HostEvent {
    /// To be told as it is.
    Emit(Box<View>),
    /// To be told with how secrets are kept now.
    LockChanged,
    /// To be told with how the account fares now.
    AccountChanged(AccountId),
}

/// What the window does with an event.
pub(crate) fn event(event: Event) -> HostEvent {
    HostEvent::Emit(Box::new(match event {
        Event::LibraryChanged => View::LibraryChanged,
        Event::FilesChanged(licenses) => {
            View::FilesChanged { licenses: licenses.iter().map(ToString::to_string).collect() }
        }
        Event::LockChanged => return HostEvent::LockChanged,
        Event::AccountChanged(id) => return HostEvent::AccountChanged(id),
        Event::Settled { verb, label, license, done } => View::Settled {
            verb: verb.word().to_owned(),
            label: super::name(&label),
            license: license.map(|id| id.to_string()),
            done,
        },
        Event::Arrived { account, license, problem } => View::Arrived {
            account: account.0,
            license: license.map(|id| id.to_string()),
            problem: problem.map(super::errors::facts),
        },
        Event::ClipboardCleared => View::ClipboardCleared,
    }))
}
