//! The list as JSON, beside the sqlite3 shell selecting the same columns.

use xtask::session::Session;

use super::{
    figures::{Bound, Comparison, Unit, interleaved, median},
    stock::{Stock, timed},
};
use crate::build::Programs;

/// The columns of `licet list --json` that are kept; the others are computed from them.
pub(super) const SAME_COLUMNS: &str = "
    select l.id, l.vendor_id, a.name as account, l.name, l.product, l.tier, l.hosting, l.goal, l.status,
           l.created, l.expires, l.entitlements, l.limits
    from licenses l join accounts a on a.id = l.account
    where l.gone_since is null
    order by l.folded_label, l.id";

pub(super) fn compare(
    session: &Session,
    programs: &Programs,
    stock: &Stock,
    runs: usize,
) -> anyhow::Result<Comparison> {
    let listed = || {
        let mut command = session.command(&programs.licet);
        timed(command.arg("--home").arg(stock.home()).args(["list", "--json"]))
    };
    let selected = || {
        let mut command = session.command("sqlite3");
        timed(
            command.args(["-readonly", "-json"]).arg(stock.home().join("library.sqlite3")).arg(SAME_COLUMNS),
        )
    };
    let (subject, reference) = interleaved(runs, listed, selected)?;
    Ok(Comparison {
        what: "licet list --json; sqlite3",
        unit: Unit::Milliseconds,
        subject: median(subject),
        reference: median(reference),
        bound: Bound::Times(3.0),
    })
}
