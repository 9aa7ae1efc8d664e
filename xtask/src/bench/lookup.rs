//! One license among many, in a home with a license file for each of them, beside the same home without any file.

use std::path::Path;

use xtask::session::Session;

use super::{
    figures::{Bound, Comparison, Unit, interleaved, median},
    stock::{Stock, done, timed},
};
use crate::build::Programs;

/// A file for each license, as it is tracked once it is written. None is on the disk.
const FILES: &str = "
    insert into tracked_files (license, path, format, in_place, keep, digest, written)
    select id, '/nonexistent/' || id || '/.env', 'env', 0, 1, printf('%064d', 0), 0 from licenses";

pub(super) fn compare(
    session: &Session,
    programs: &Programs,
    stock: &Stock,
    runs: usize,
) -> anyhow::Result<Comparison> {
    let with_files = session.folder().join("with-files");
    done(session.command("cp").arg("--recursive").arg(stock.home()).arg(&with_files))?;
    done(session.command("sqlite3").arg(with_files.join("library.sqlite3")).arg(FILES))?;
    let shown = |home: &Path| {
        let mut command = session.command(&programs.licet);
        timed(command.arg("--home").arg(home).args(["show", "Number 00001", "--json"]))
    };
    let (subject, reference) = interleaved(runs, || shown(&with_files), || shown(&stock.home()))?;
    Ok(Comparison {
        what: "licet show, many files; no file",
        unit: Unit::Milliseconds,
        subject: median(subject),
        reference: median(reference),
        bound: Bound::Times(1.5),
    })
}
