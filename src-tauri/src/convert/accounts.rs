//! Accounts, and logins as the connect form sends them.

use super::{count, errors};
use crate::view::{AccountState, AccountView, ConnectRequest, ErrorView, Tested, UnsettledView};
use app::accounts::{AccountStatus, LastSession, Login};
use app::context::State;
use license::Token;

/// An account with how it fares.
pub(crate) fn account(status: AccountStatus) -> AccountView {
    let unsettled = |one: app::changes::Unsettled| UnsettledView {
        verb: one.verb.word().to_owned(),
        label: super::name(&one.label),
        at: one.at.to_string(),
    };
    AccountView {
        id: status.account.id.0,
        provider: status.account.provider,
        name: super::name(&status.account.name),
        address: status.account.address,
        subject: status.account.subject,
        licenses: count(status.licenses),
        as_of: status.as_of.map(|at| at.to_string()),
        unreadable: u32::try_from(status.unreadable).unwrap_or(u32::MAX),
        missing: u32::try_from(status.missing).unwrap_or(u32::MAX),
        host: status.host,
        session_expires: status.session_expires.map(|at| at.to_string()),
        fields: status.changeable,
        facets: super::facets(status.facets),
        state: state(status.state),
        unsettled: status.unsettled.into_iter().map(unsettled).collect(),
        replacing: status.replacing.into_iter().map(super::replacing).collect(),
    }
}

fn state(state: State) -> AccountState {
    let rows = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    match state {
        State::Ready => AccountState::Ready,
        State::Refreshing { done, total } => {
            AccountState::Refreshing { done: rows(done), total: total.map(rows) }
        }
        State::Offline(facts) => AccountState::Offline { error: errors::facts(facts) },
        State::Failed(facts) => AccountState::Failed { error: errors::facts(facts) },
    }
}

/// Why the session of an account that was removed goes on at its vendor; nothing where it does not.
pub(crate) fn session_left(session: LastSession) -> Option<ErrorView> {
    match session {
        LastSession::None | LastSession::Ended => None,
        LastSession::Left(why) => Some(errors::facts(why)),
    }
}

/// A login as typed. The field `url` is its address; an empty one is told as missing.
pub(crate) fn login(request: ConnectRequest) -> Login {
    let ConnectRequest { provider, mut fields, secrets } = request;
    let address = fields.remove("url").unwrap_or_default();
    let secrets = secrets.into_iter().map(|(name, secret)| (name, Token::new(secret.into_text()))).collect();
    Login { provider, address, fields, secrets }
}

/// A login that worked.
pub(crate) fn tested(tested: app::accounts::Tested) -> Tested {
    Tested {
        ticket: tested.ticket,
        subject: tested.subject,
        licenses: tested.licenses.map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
        suggested_name: tested.suggested_name,
        already: tested.already,
        moved_to: tested.is_moved.then_some(tested.address),
    }
}
