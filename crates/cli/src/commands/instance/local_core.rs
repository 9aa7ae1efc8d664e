//! `licet core`

use crate::args::instance::Core;
use crate::output::{fail::Fail, words::to_the_second};
use crate::process::shell::Shell;
use app::{
    context::{AppError, ErrorReport},
    offers::CoreStatus,
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use vendors::CoreState;

/// What `--json` prints: `core.json`.
#[derive(Serialize)]
struct Shape<'a> {
    address: &'a str,
    state: &'static str,
    online: Option<bool>,
    packages: BTreeMap<&'a str, &'a str>,
    entitlements: &'a [String],
    error: Option<&'a str>,
    as_of: Timestamp,
}

/// Asks the Core on this computer. That none answers is an answer too.
pub(crate) async fn run(shell: &Shell<'_>, asked: &Core) -> Result<(), Fail> {
    let seen = match &asked.license {
        None => app::offers::core_here(&shell.context).await?,
        Some(license) => {
            let id = shell.license(license).await?;
            let label = || license.clone();
            let seen = app::offers::core(&shell.context, id).await?;
            Some(seen.ok_or_else(|| AppError::NoFacet { label: label(), facet: "core" })?)
        }
    };
    let Some(seen) = seen else { return Ok(()) };
    let shape = shape(&seen);
    shell.out.print(&shape, |lines| {
        lines.answer(&words(&seen))?;
        if seen.state.is_err() {
            lines.tell("Where a Core is asked stands in the settings as core-address.")?;
        }
        let packages = shape.packages.iter().map(|(name, version)| format!("{name} {version}"));
        let told = [
            ("packages", packages.collect::<Vec<_>>().join(", ")),
            ("entitlements", shape.entitlements.join(", ")),
        ];
        let told: Vec<_> = told.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        lines.facts(&told)
    })
}

fn shape(seen: &CoreStatus) -> Shape<'_> {
    let nothing = Shape {
        address: &seen.address,
        state: "undetermined",
        online: None,
        packages: BTreeMap::new(),
        entitlements: &[],
        error: None,
        as_of: to_the_second(seen.at),
    };
    match &seen.state {
        Ok(CoreState::Undetermined) => nothing,
        Ok(CoreState::Reported { online, packages, entitlements }) => Shape {
            state: "reported",
            online: Some(*online),
            packages: packages.iter().map(|(name, version)| (name.as_str(), version.as_str())).collect(),
            entitlements,
            ..nothing
        },
        Err(facts) => Shape { state: not_told(facts), error: Some(&facts.code), ..nothing },
    }
}

fn words(seen: &CoreStatus) -> String {
    let address = &seen.address;
    match &seen.state {
        Ok(CoreState::Undetermined) => {
            format!("undetermined: the Core at {address} does not know its license yet")
        }
        Ok(CoreState::Reported { online: true, .. }) => {
            format!("online: the Core at {address} is in touch with its vendor")
        }
        Ok(CoreState::Reported { online: false, .. }) => {
            format!("offline: the Core at {address} is not in touch with its vendor")
        }
        Err(facts) => match not_told(facts) {
            UNREACHABLE => format!("{UNREACHABLE}: nothing answers at {address} ({})", facts.code),
            other => format!("{other}: what is at {address} does not answer as a Core does ({})", facts.code),
        },
    }
}

const UNREACHABLE: &str = "unreachable";

/// Whether nothing answers, or something does that is no Core or a Core that failed.
fn not_told(facts: &ErrorReport) -> &'static str {
    match facts.code.as_str() {
        "vendor-unreachable" | "vendor-timed-out" | "vendor-interrupted" => UNREACHABLE,
        _ => "other-answer",
    }
}
