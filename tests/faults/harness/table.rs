//! The table that a run prints.

use std::{fmt, time::Duration};

use super::point::Tried;

/// What the points of one operation came to.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub points: usize,
    pub survived: usize,
    worst: Duration,
    /// KiB.
    peak: u64,
}

impl Row {
    /// Adds a point.
    pub(super) fn add(&mut self, tried: &Tried) {
        self.worst = self.worst.max(tried.time);
        self.peak = self.peak.max(tried.peak);
        if tried.happened || !tried.wrong.is_empty() {
            self.points += 1;
            self.survived += usize::from(tried.wrong.is_empty());
        }
    }

    fn of_all<'a>(rows: impl Iterator<Item = &'a Self>) -> Self {
        rows.fold(Self::default(), |all, row| Self {
            points: all.points + row.points,
            survived: all.survived + row.survived,
            worst: all.worst.max(row.worst),
            peak: all.peak.max(row.peak),
        })
    }
}

/// All rows by operation, shown in Markdown.
#[derive(Debug)]
pub(super) struct Table(pub Vec<(&'static str, Row)>);

impl Table {
    fn all(&self) -> Row {
        Row::of_all(self.0.iter().map(|(_, row)| row))
    }

    /// Whether points were tried, and every one was survived.
    pub(super) fn is_good(&self) -> bool {
        let all = self.all();
        all.points > 0 && all.points == all.survived
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| operation | points | survived | worst time | peak memory |")?;
        writeln!(f, "|---|--:|--:|--:|--:|")?;
        let all = self.all();
        let tried = self.0.iter().map(|(name, row)| (*name, row)).filter(|(_, row)| row.points > 0);
        for (name, row) in tried.chain([("together", &all)]) {
            let Row { points, survived, worst, peak } = row;
            let (seconds, megabytes) = (worst.as_secs_f32(), peak.div_ceil(1024));
            writeln!(f, "| {name} | {points} | {survived} | {seconds:.1} s | {megabytes} MiB |")?;
        }
        Ok(())
    }
}
