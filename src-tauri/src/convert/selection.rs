//! Actions on the selected licenses.

use super::{count, errors};
use crate::view::{AccountShare, DeletePlanView, DeletionOutcome, DeletionView, LeftOutReason, LeftOutView};
use app::selections::{DeleteOutcome, DeletePlan, Deletion, Reason};

pub(crate) fn delete_plan(plan: DeletePlan) -> DeletePlanView {
    DeletePlanView {
        count: count(plan.count()),
        imported: count(plan.imported),
        files: count(plan.files),
        accounts: plan
            .at_vendors
            .into_iter()
            .map(|(account, here)| AccountShare { account, count: count(here) })
            .collect(),
        left_out: plan
            .left_out
            .into_iter()
            .map(|one| LeftOutView {
                id: one.id.to_string(),
                label: super::name(&one.label),
                reason: match one.reason {
                    Reason::NotFromHere => LeftOutReason::NotFromHere,
                    Reason::UnderWay => LeftOutReason::UnderWay,
                    Reason::Gone => LeftOutReason::Gone,
                },
            })
            .collect(),
    }
}

pub(crate) fn deletion(deletion: Deletion) -> DeletionView {
    DeletionView {
        id: deletion.id.to_string(),
        label: super::name(&deletion.label),
        outcome: match deletion.outcome {
            DeleteOutcome::Done => DeletionOutcome::Done,
            DeleteOutcome::Failed(error) => DeletionOutcome::Failed { error: errors::error(error) },
            DeleteOutcome::Unknown(error) => DeletionOutcome::Unknown { error: errors::error(error) },
            DeleteOutcome::NotStarted => DeletionOutcome::NotStarted,
        },
    }
}
