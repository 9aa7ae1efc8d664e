//! `licet seats`

use crate::args::licenses::Seats;
use crate::output::{
    fail::Fail,
    lines::{Cell, Lines},
    words::{self, to_the_second},
};
use crate::process::shell::Shell;
use app::offers::SeatsStatus;
use jiff::Timestamp;
use license::{Heartbeat, LicenseId, Seat};
use serde::Serialize;
use std::io;

#[derive(Serialize)]
struct Shape<'a> {
    license: LicenseId,
    most: Option<u64>,
    complete: bool,
    as_of: Timestamp,
    seats: Vec<Machine<'a>>,
}

#[derive(Serialize)]
struct Machine<'a> {
    id: &'a str,
    fingerprint: &'a str,
    name: Option<&'a str>,
    host: Option<&'a str>,
    platform: Option<&'a str>,
    ip: Option<&'a str>,
    last_heartbeat: Option<Timestamp>,
    heartbeat: Option<&'a str>,
}

#[derive(Serialize)]
struct Released<'a> {
    released: &'a str,
}

pub(crate) async fn run(shell: &Shell<'_>, asked: &Seats) -> Result<(), Fail> {
    let license = shell.license(&asked.license).await?;
    shell.ask_to_unlock().await?;
    if let Some(machine) = &asked.release {
        let seat = app::offers::release_seat(&shell.context, license, machine, &asked.confirm).await?;
        return shell.out.print(&Released { released: &seat.id }, |lines| {
            lines.tell(&format!("{:?} no longer takes a seat.", seat.label()))
        });
    }
    let seen = app::offers::seats(&shell.context, license).await?;
    let seats = seen.seats.iter().map(machine).collect();
    let (complete, as_of) = (seen.is_whole, to_the_second(seen.at));
    let shape = Shape { license, most: seen.most, complete, as_of, seats };
    shell.out.print(&shape, |lines| table(lines, &seen))
}

fn machine(seat: &Seat) -> Machine<'_> {
    Machine {
        id: &seat.id,
        fingerprint: &seat.fingerprint,
        name: seat.name.as_deref(),
        host: seat.host.as_deref(),
        platform: seat.platform.as_deref(),
        ip: seat.ip.as_deref(),
        last_heartbeat: seat.last_heartbeat.map(to_the_second),
        heartbeat: seat.heartbeat.as_ref().map(Heartbeat::word),
    }
}

fn table(lines: &mut Lines<'_>, seen: &SeatsStatus) -> io::Result<()> {
    let row = |seat: &Seat| {
        let told = |text: Option<&str>| Cell::calm(text.unwrap_or("-"));
        let heard = seat.last_heartbeat.map(|at| to_the_second(at).to_string());
        [
            Cell::calm(seat.label()),
            told(seat.host.as_deref()),
            told(seat.platform.as_deref()),
            Cell::calm(&seat.fingerprint),
            told(heard.as_deref()),
            told(seat.heartbeat.as_ref().map(Heartbeat::word)),
        ]
    };
    let head = ["MACHINE", "HOST", "PLATFORM", "FINGERPRINT", "LAST HEARD", "HEARTBEAT"];
    lines.table(head, seen.seats.iter().map(row).collect())?;
    if !seen.is_whole {
        lines.tell("the vendor did not send every machine that it counted, or one that cannot be read")?;
    }
    let taken = words::count(seen.seats.len(), "machine", "machines");
    match seen.most {
        Some(most) => lines.tell(&format!("{taken}, of at most {most}")),
        None => lines.tell(&taken),
    }
}
