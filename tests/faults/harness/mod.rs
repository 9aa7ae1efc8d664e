//! Runs every operation with every fault and prints the table.

mod afterwards;
mod broken;
mod check;
mod library;
mod operations;
mod point;
mod promise;
mod start;
mod table;
mod vendor;
mod world;

use std::{
    collections::{BTreeMap, VecDeque},
    ffi::OsString,
    process::ExitCode,
    sync::{Mutex, PoisonError},
};

use anyhow::Context;
use clap::Parser;
use journeys::tracer;
use xtask::fault_points::FaultPoints;

use operations::Operation;
use point::Point;
use start::{BASE, Start};
use table::{Row, Table};
use world::World;

/// Where an even choice of points begins: the same in each run, and not always at an operation's first call.
const SEED: usize = 7919;

/// Kills Licet at each call that writes, fails each of those calls, and breaks each answer of a vendor.
#[derive(Debug, Parser)]
#[command(name = "faults")]
struct Options {
    #[command(flatten)]
    points: FaultPoints,
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

pub(super) fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let outcome = match arguments.as_slice() {
        [_, first, program, rest @ ..] if first == tracer::TRACED => tracer::become_traced(program, rest),
        _ => everything(&Options::parse().points),
    };
    outcome.unwrap_or_else(|error| {
        say(&format!("error: {error:#}"));
        ExitCode::FAILURE
    })
}

/// Tries every operation, prints the table, and fails where a point was not survived.
fn everything(options: &FaultPoints) -> anyhow::Result<ExitCode> {
    let operations: VecDeque<_> = chosen_operations(options).into();
    anyhow::ensure!(!operations.is_empty(), "no operation has such a name");
    let order: Vec<_> = operations.iter().map(|operation| operation.name).collect();
    let (queue, rows) = (Mutex::new(operations), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        let work = || scope.spawn(|| worker(options, &queue, &rows));
        let workers: Vec<_> =
            (0..options.workers.unwrap_or_else(cores).clamp(1, order.len())).map(|_| work()).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a worker panicked")))
        })
    })?;
    let mut rows = rows.into_inner().unwrap_or_else(PoisonError::into_inner);
    let rows = order.into_iter().map(|name| Some((name, rows.remove(name)?)));
    let table = Table(rows.collect::<Option<_>>().context("an operation was not tried")?);
    print(&table);
    Ok(if table.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chosen_operations(options: &FaultPoints) -> Vec<Operation> {
    let is_chosen = |operation: &Operation| match &options.only {
        Some(part) => operation.name.contains(part.as_str()),
        None => true,
    };
    operations::all().into_iter().filter(is_chosen).collect()
}

/// Takes one operation after the other, in a world of its own, until none is left.
fn worker(
    options: &FaultPoints,
    queue: &Mutex<VecDeque<Operation>>,
    rows: &Mutex<BTreeMap<&'static str, Row>>,
) -> anyhow::Result<()> {
    let mut world = World::new()?;
    world.keep(BASE)?;
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let Some(operation) = next else { return Ok(()) };
        let row = all_points(&mut world, &operation, options)
            .with_context(|| format!("trying {:?}", operation.name))?;
        rows.lock().unwrap_or_else(PoisonError::into_inner).insert(operation.name, row);
    }
}

/// Tries the chosen points of an operation, and says what is wrong after them.
fn all_points(world: &mut World, operation: &Operation, options: &FaultPoints) -> anyhow::Result<Row> {
    let start = Start::of(world, operation)?;
    let mut points = Point::all(&start);
    if let Some(part) = &options.at {
        points.retain(|point| point.words(&start).contains(part.as_str()));
    }
    let points = evenly(points, options.each.unwrap_or(usize::MAX));
    let (mut row, mut wrong) = (Row::default(), Wrong::default());
    for point in points {
        let words = point.words(&start);
        let tried = point.try_it(world, operation, &start).with_context(|| words.clone())?;
        row.add(&tried);
        wrong.add(&words, tried.wrong);
    }
    say(&format!("{}: {} of {} points survived", operation.name, row.survived, row.points));
    wrong.say();
    world.let_go(operation.name)?;
    Ok(row)
}

/// What is wrong after the points of one operation, each with the points that it is wrong after.
#[derive(Debug, Default)]
struct Wrong(BTreeMap<String, Vec<String>>);

impl Wrong {
    /// How many points are named for each.
    const NAMED: usize = 4;

    fn add(&mut self, point: &str, wrong: Vec<String>) {
        for one in wrong {
            self.0.entry(one).or_default().push(point.to_owned());
        }
    }

    fn say(&self) {
        for (wrong, points) in &self.0 {
            say(&format!("  not survived, {} times: {wrong}", points.len()));
            for point in points.iter().take(Self::NAMED) {
                say(&format!("    {point}"));
            }
        }
    }
}

/// At most `most` of the points, as far apart as they go.
fn evenly<T>(points: Vec<T>, most: usize) -> Vec<T> {
    let all = points.len();
    if all <= most {
        return points;
    }
    let offset = SEED % all;
    let mut wanted = (0..most).map(|number| (number * all + offset) / most).peekable();
    let chosen =
        points.into_iter().enumerate().filter_map(|(at, point)| wanted.next_if_eq(&at).map(|_| point));
    chosen.collect()
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn print(table: &Table) {
    print!("\n{table}");
}

#[expect(clippy::print_stderr, reason = "this is a program for the command line")]
fn say(line: &str) {
    eprintln!("{line}");
}

#[cfg(test)]
mod tests {
    use super::evenly;

    #[test]
    fn few_points_are_spread_over_all() {
        let chosen = evenly((0..100).collect(), 10);
        assert_eq!(chosen.len(), 10);
        assert!(chosen.windows(2).all(|pair| pair[1] - pair[0] == 10), "{chosen:?}");
    }

    #[test]
    fn no_more_points_are_chosen_than_there_are() {
        assert_eq!(evenly(vec![1, 2, 3], 10), [1, 2, 3]);
    }
}
