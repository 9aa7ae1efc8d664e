//! Actions on the selected licenses.

use super::{count, errors};
use crate::view::{
    AccountShare, DeletePlanView, DeletionOutcome, DeletionView, LeftOutReason, LeftOutView, PlannedFileView,
    UnfinishedWriteView, WriteAllRequest, WritePlanView, WritingOutcome, WritingView,
};
use app::selections::{
    DeleteOutcome, DeletePlan, Deletion, LeftOut, PlannedFile, Reason, UnfinishedWrite, WriteOutcome,
    WritePlan, WriteTo, Writing,
};

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
        left_out: plan.left_out.into_iter().map(left_out).collect(),
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

fn left_out(one: LeftOut) -> LeftOutView {
    LeftOutView {
        id: one.id.to_string(),
        label: super::name(&one.label),
        reason: match one.reason {
            Reason::NotFromHere => LeftOutReason::NotFromHere,
            Reason::UnderWay => LeftOutReason::UnderWay,
            Reason::Gone => LeftOutReason::Gone,
            Reason::Leaked => LeftOutReason::Leaked,
            Reason::NoFile => LeftOutReason::NoFile,
        },
    }
}

pub(crate) fn write_to(request: WriteAllRequest) -> WriteTo {
    WriteTo { folder: request.folder.into(), format: request.format, keep: request.keep }
}

pub(crate) fn write_plan(plan: WritePlan) -> WritePlanView {
    let file = |file: PlannedFile| PlannedFileView {
        id: file.id.to_string(),
        label: super::name(&file.label),
        shown: super::path(&file.path),
        exists: file.exists,
    };
    WritePlanView {
        files: plan.files.into_iter().map(file).collect(),
        formats: plan.formats.into_iter().map(|format| format.word().to_owned()).collect(),
        left_out: plan.left_out.into_iter().map(left_out).collect(),
    }
}

pub(crate) fn writing(writing: Writing) -> WritingView {
    WritingView {
        id: writing.id.to_string(),
        label: super::name(&writing.label),
        outcome: match writing.outcome {
            WriteOutcome::Done(path) => WritingOutcome::Done { shown: super::path(&path) },
            WriteOutcome::Failed(error) => WritingOutcome::Failed { error: errors::error(error) },
            WriteOutcome::NotStarted => WritingOutcome::NotStarted,
        },
    }
}

pub(crate) fn unfinished_write(left: UnfinishedWrite) -> UnfinishedWriteView {
    UnfinishedWriteView {
        licenses: left.licenses.into_iter().map(|id| id.to_string()).collect(),
        folder: left.to.folder.display().to_string(),
        format: left.to.format,
        keep: left.to.keep,
    }
}
