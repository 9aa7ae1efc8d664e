//! Events of the use cases, as the page receives them.

use crate::view::Event as View;
use app::context::{Event, Message};
use license::AccountId;

/// An event for the window.
pub(crate) enum HostEvent {
    /// To be told as it is.
    Emit(Box<View>),
    /// To be told with how secrets are kept now.
    LockChanged,
    /// To be told with the present settings.
    SettingsChanged,
    /// To be told with how each of the accounts fares now.
    AccountsChanged(Vec<AccountId>),
}

/// What the window does with an event. Where only what is known of accounts changed, no list needs to be asked for again.
pub(crate) fn event(event: Event) -> HostEvent {
    HostEvent::Emit(Box::new(match event {
        Event::LibraryChanged(Some(changes)) if changes.is_of_accounts_alone() => {
            return HostEvent::AccountsChanged(changes.accounts);
        }
        Event::LibraryChanged(_) => View::LibraryChanged,
        Event::FilesChanged(licenses) => {
            View::FilesChanged { licenses: licenses.iter().map(ToString::to_string).collect() }
        }
        Event::SettingsChanged => return HostEvent::SettingsChanged,
        Event::LockChanged => return HostEvent::LockChanged,
        Event::AccountChanged(id) => return HostEvent::AccountsChanged(vec![id]),
        Event::Message(told) => message(told),
    }))
}

fn message(told: Message) -> View {
    match told {
        Message::Settled { verb, label, license, done } => View::Settled {
            verb: verb.word().to_owned(),
            label: super::name(&label),
            license: license.map(|id| id.to_string()),
            done,
        },
        Message::Arrived { account, license, problem } => View::Arrived {
            account: account.0,
            license: license.map(|id| id.to_string()),
            problem: problem.map(super::errors::facts),
        },
        Message::ClipboardCleared => View::ClipboardCleared,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use license::LicenseId;
    use vault::Changes;

    #[test]
    fn change_of_accounts_alone_asks_for_no_list() {
        let accounts = vec![AccountId(1), AccountId(2)];
        let change = Changes { accounts: accounts.clone(), ..Changes::default() };
        let heard = event(Event::LibraryChanged(Some(change)));
        assert!(matches!(heard, HostEvent::AccountsChanged(changed) if changed == accounts));
    }

    #[test]
    fn other_changes_ask_for_what_is_shown() {
        let change =
            Changes { licenses: vec![LicenseId(1)], accounts: vec![AccountId(1)], ..Changes::default() };
        for change in [Some(change), None] {
            let HostEvent::Emit(told) = event(Event::LibraryChanged(change)) else {
                panic!("it is told as it is")
            };
            assert!(matches!(*told, View::LibraryChanged));
        }
    }
}
