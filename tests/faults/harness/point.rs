//! The points of an operation: each is one fault at one place.

use std::time::Duration;

use journeys::tracer::{Fault, Injection};

use super::{
    broken::BrokenAnswer,
    check::{Check, Next},
    operations::Operation,
    start::Start,
    world::World,
};

/// One fault at one place.
#[derive(Debug, Clone)]
pub(super) enum Point {
    /// At a call that writes; and what is done first afterwards.
    Call(Injection, Next),
    /// In the vendor's answers.
    Answer(BrokenAnswer),
}

/// The result of a point.
#[derive(Debug)]
pub(super) struct Tried {
    /// What is wrong afterwards; empty where Licet survived it.
    pub wrong: Vec<String>,
    /// How long the command took.
    pub time: Duration,
    /// The most memory that it had at once, in KiB.
    pub peak: u64,
    /// Whether the fault happened: a run may make fewer calls than the one that they were counted in.
    pub happened: bool,
}

impl Point {
    /// Every point of an operation.
    pub(super) fn all(start: &Start) -> Vec<Self> {
        // What is killed has no chance to clean up, so both ways to go on are tried. A full disk behaves much the same from
        // one call to the next.
        let faults = [
            (Fault::Kill, Next::Again, 1),
            (Fault::Kill, Next::Refresh, 1),
            (Fault::Error, Next::Again, 1),
            (Fault::DiskFull, Next::Refresh, 4),
        ];
        let at_calls = faults.into_iter().flat_map(|(fault, next, step)| {
            (1..=start.calls.len()).step_by(step).map(move |at| Self::Call(Injection { at, fault }, next))
        });
        at_calls.chain(BrokenAnswer::all(&start.requests).into_iter().map(Self::Answer)).collect()
    }

    /// Brings the start back, runs the operation with the fault, and checks what is left.
    pub(super) fn try_it(
        &self,
        world: &mut World,
        operation: &Operation,
        start: &Start,
    ) -> anyhow::Result<Tried> {
        start.bring_back(world)?;
        let run = match self {
            Self::Call(injection, _) => world.traced(&operation.command, Some(*injection))?,
            Self::Answer(broken) => {
                world.honest();
                broken.set(world);
                start.serve(world);
                world.traced(&operation.command, None)?
            }
        };
        let (time, peak) = (run.time, run.peak);
        let (fault, next, happened) = match self {
            Self::Call(injection, next) => (Some(injection.fault), *next, run.was_injected),
            Self::Answer(_) => (None, Next::Again, true),
        };
        let must_be_decided = matches!(self, Self::Answer(broken) if broken.is_decided());
        let may_be_refused = matches!(self, Self::Answer(broken) if broken.is_about_what_is_taken());
        let mut check =
            Check { world, operation, start, next, must_be_decided, may_be_refused, wrong: Vec::new() };
        if let Err(error) = check.everything(&run, fault) {
            check.wrong.push(format!("what is left cannot be looked at: {error:#}"));
        }
        Ok(Tried { wrong: check.wrong, time, peak, happened })
    }

    /// The point in words.
    pub(super) fn words(&self, start: &Start) -> String {
        match self {
            Self::Answer(broken) => broken.to_string(),
            Self::Call(Injection { at, fault }, next) => {
                let call = start.calls.get(at - 1).map_or("", String::as_str);
                let next = if *next == Next::Refresh { ", then a refresh" } else { "" };
                format!("{fault} call {at} of {} ({call}){next}", start.calls.len())
            }
        }
    }
}
