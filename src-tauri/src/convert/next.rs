//! A Core on this computer, and what to do next with a license.

use super::errors;
use crate::view::{CoreStateView, CoreView, FactView, StepView};
use app::offers::{CoreStatus, StepStatus};
use vendors::CoreState;

/// A Core on this computer.
pub(crate) fn core(seen: CoreStatus) -> CoreView {
    let state = match seen.state {
        Ok(CoreState::Undetermined) => CoreStateView::Undetermined,
        Ok(CoreState::Reported { online, packages, entitlements }) => CoreStateView::Reported {
            online,
            packages: packages.into_iter().map(|(name, value)| FactView { name, value }).collect(),
            entitlements,
        },
        Err(facts) => CoreStateView::Unreachable { error: errors::facts(facts) },
    };
    CoreView { address: seen.address, state, at: seen.at.to_string() }
}

/// Things to do next.
pub(super) fn steps(steps: Vec<StepStatus>) -> Vec<StepView> {
    steps.into_iter().map(step).collect()
}

fn step(step: StepStatus) -> StepView {
    StepView {
        id: step.id.to_owned(),
        title: step.title.to_owned(),
        mail: step.mail.to_owned(),
        subject: step.subject.to_owned(),
        body: step.body,
    }
}
