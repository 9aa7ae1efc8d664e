//! Machines, and what a vendor says of a key.

use crate::view::{SeatView, SeatsView, ValidationView};
use app::offers::SeatsStatus;
use license::{Seat, Validated};

/// The machines that a license is in use on.
pub(crate) fn seats(seen: SeatsStatus) -> SeatsView {
    SeatsView {
        seats: seen.seats.into_iter().map(seat).collect(),
        whole: seen.is_whole,
        most: seen.most.map(|most| u32::try_from(most).unwrap_or(u32::MAX)),
        as_of: seen.at.to_string(),
    }
}

fn seat(seat: Seat) -> SeatView {
    SeatView {
        label: super::name(seat.label()),
        id: seat.id,
        fingerprint: seat.fingerprint,
        host: seat.host.as_deref().map(super::name),
        platform: seat.platform,
        ip: seat.ip,
        last_heartbeat: seat.last_heartbeat.map(|at| at.to_string()),
        heartbeat: seat.heartbeat.map(|heartbeat| heartbeat.word().to_owned()),
        activated: seat.activated.map(|at| at.to_string()),
    }
}

/// What a vendor says of a key.
pub(crate) fn validated(answer: Validated) -> ValidationView {
    ValidationView {
        valid: answer.valid,
        code: answer.code.word().to_owned(),
        detail: answer.detail,
        at: answer.at.map(|at| at.to_string()),
    }
}
