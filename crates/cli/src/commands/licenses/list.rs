//! `licet list`: one question to the library, printed as it comes.

use crate::args::licenses::List;
use crate::output::{
    fail::Fail,
    lines::{Cell, Lines, Tone},
    shape, words,
};
use crate::process::shell::Shell;
use app::{
    files::TrackedState,
    list::{ListQuery, Row, View},
};
use jiff::Timestamp;
use license::{LicenseId, Status};
use serde::{Serialize, Serializer, ser::SerializeSeq};
use std::{collections::HashMap, io};
use vault::{Direction, Sort};

pub(crate) async fn run(shell: &Shell<'_>, asked: &List) -> Result<(), Fail> {
    let query = ListQuery {
        view: View::All,
        account: None,
        text: asked.filter.join(" "),
        group: None,
        folded: Vec::new(),
        sort: Sort::Name,
        direction: Direction::Ascending,
    };
    let window = app::list::list(&shell.context, query, 0, None).await?;
    if let Some(problem) = window.problem {
        return Err(problem.into());
    }
    let files = match window.rows.iter().any(|row| row.files.is_some()) {
        true => by_license(app::files::written_files(&shell.context).await?),
        false => HashMap::new(),
    };
    let listed = Listed { rows: &window.rows, files };
    shell.out.print(&listed, |lines| table(lines, &window.rows))?;
    // The program ends here, and the system takes a million rows back faster than one by one.
    std::mem::forget(window.rows);
    Ok(())
}

fn by_license(files: Vec<TrackedState>) -> HashMap<LicenseId, Vec<TrackedState>> {
    let mut by_license: HashMap<_, Vec<_>> = HashMap::new();
    for file in files {
        by_license.entry(file.tracked.file.license).or_default().push(file);
    }
    by_license
}

/// The array that `--json` prints, row by row.
struct Listed<'a> {
    rows: &'a [Row],
    files: HashMap<LicenseId, Vec<TrackedState>>,
}

impl Serialize for Listed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_seq(Some(self.rows.len()))?;
        for row in self.rows {
            let files = self.files.get(&row.stored.id).into_iter().flatten();
            array.serialize_element(&shape::License::new(row, files))?;
        }
        array.end()
    }
}

fn table(lines: &mut Lines<'_>, rows: &[Row]) -> io::Result<()> {
    let head = ["ID", "NAME", "ACCOUNT", "PRODUCT", "TYPE", "HOSTING", "STATUS", "EXPIRES"];
    let now = Timestamp::now();
    let row = |row: &Row| {
        let license = &row.stored.license;
        [
            Cell::calm(row.stored.id.to_string()),
            Cell::calm(license.label()),
            Cell::calm(&row.account),
            Cell::calm(license.product.word()),
            Cell::calm(license.tier.map_or("-", |tier| tier.word())),
            Cell::calm(license.hosting.map_or("-", |hosting| hosting.word())),
            Cell::toned(row.status.word(), tone(&row.status)),
            Cell::calm(words::expiry(license, now)),
        ]
    };
    lines.table(head, rows.iter().map(row).collect())?;
    lines.tell(&match rows.len() {
        0 => "no licenses".to_owned(),
        number => words::count(number, "license", "licenses"),
    })
}

/// How urgent a status is.
pub(crate) fn tone(status: &Status) -> Tone {
    match status {
        Status::Valid => Tone::Calm,
        Status::ExpiresSoon | Status::Gone | Status::Unknown(_) => Tone::Warning,
        Status::Leaked | Status::Expired | Status::Suspended | Status::Banned | Status::WrongInstance => {
            Tone::Bad
        }
    }
}
