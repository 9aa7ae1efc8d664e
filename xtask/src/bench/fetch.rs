//! The first fetch of everything into a new library, beside curl fetching the same bytes.

use xtask::session::Session;

use super::{
    figures::{Bound, Comparison, Unit, interleaved, median},
    stock::{Stock, timed},
};
use crate::build::Programs;

pub(super) fn compare(
    session: &Session,
    programs: &Programs,
    stock: &Stock,
    runs: usize,
) -> anyhow::Result<Comparison> {
    let fetched = || {
        let home = tempfile::tempdir_in(session.folder())?;
        timed(&mut stock.connect(session, programs, home.path()))
    };
    let downloaded = || {
        let mut command = session.command("curl");
        command.args(["--silent", "--fail", "--header", "content-type: application/json"]);
        command.arg("--data-binary").arg(format!("@{}", stock.question().display())).arg(stock.address());
        timed(&mut command)
    };
    let (subject, reference) = interleaved(runs, fetched, downloaded)?;
    Ok(Comparison {
        what: "first fetch into the library; curl",
        unit: Unit::Milliseconds,
        subject: median(subject),
        reference: median(reference),
        bound: Bound::Times(5.0),
    })
}
