//! What needs attention, as the page shows it.

use super::{errors, files};
use crate::view::{AttentionItem, AttentionView, ProblemView};
use app::attention::{Attention, Item, Problem};

/// What needs attention.
pub(crate) fn attention(found: Attention) -> AttentionView {
    AttentionView {
        more_licenses: u32::try_from(found.more_licenses).unwrap_or(u32::MAX),
        items: found.items.into_iter().map(item).collect(),
    }
}

fn item(found: Item) -> AttentionItem {
    AttentionItem {
        license: found.license.map(|id| id.to_string()),
        account: found.account.map(|id| id.0),
        label: super::name(&found.label),
        problem: problem(found.problem),
    }
}

fn problem(found: Problem) -> ProblemView {
    match found {
        Problem::Leaked => ProblemView::Leaked,
        Problem::WrongInstance => ProblemView::WrongInstance,
        Problem::Expired(at) => ProblemView::Expired { at: at.map(|at| at.to_string()) },
        Problem::ExpiresSoon(at) => ProblemView::ExpiresSoon { at: at.map(|at| at.to_string()) },
        Problem::Withdrawn(status) => ProblemView::Withdrawn { status: status.word().to_owned() },
        Problem::TokenExpires(at) => ProblemView::TokenExpires { at: at.to_string() },
        Problem::File(file) => ProblemView::File { file: files::file(&file) },
        Problem::CertificateExpires { file, at } => {
            ProblemView::CertificateExpires { file: files::file(&file), at: at.to_string() }
        }
        Problem::Unsettled(open) => {
            ProblemView::Unsettled { verb: open.verb.word().to_owned(), name: super::name(&open.label) }
        }
        Problem::Replacement { name } => ProblemView::Replacement { name: super::name(&name) },
        Problem::Refused(error) => ProblemView::Refused { error: errors::facts(error) },
        Problem::SessionExpires(at) => ProblemView::SessionExpires { at: at.to_string() },
        Problem::Offline(error) => ProblemView::Offline { error: errors::facts(error) },
    }
}
