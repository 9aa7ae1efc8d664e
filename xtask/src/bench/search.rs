//! A search that few licenses match, beside the sqlite3 shell looking through the same texts.

use xtask::session::Session;

use super::{
    figures::{Bound, Comparison, Unit, interleaved, median},
    list::SAME_COLUMNS,
    stock::{Stock, timed},
};
use crate::build::Programs;

/// A part of some names.
const SOUGHT: &str = "0123";

pub(super) fn compare(
    session: &Session,
    programs: &Programs,
    stock: &Stock,
    runs: usize,
) -> anyhow::Result<Comparison> {
    let found = || {
        let mut command = session.command(&programs.licet);
        timed(command.arg("--home").arg(stock.home()).args(["list", SOUGHT, "--json"]))
    };
    let matching = SAME_COLUMNS.replace(
        "where l.gone_since is null",
        &format!("where l.gone_since is null and instr(l.folded_text, '{SOUGHT}') > 0"),
    );
    let selected = || {
        let mut command = session.command("sqlite3");
        timed(command.args(["-readonly", "-json"]).arg(stock.home().join("library.sqlite3")).arg(&matching))
    };
    let (subject, reference) = interleaved(runs, found, selected)?;
    Ok(Comparison {
        what: "licet list, a search; sqlite3",
        unit: Unit::Milliseconds,
        subject: median(subject),
        reference: median(reference),
        bound: Bound::Times(3.0),
    })
}
