//! The wizard: what a pasted text is, its draft, and what was imported.

use super::errors;
use crate::view::{self, FoundFile, ImportPlan, Imported, Recognised, SetupDraft};
use app::context::AppError;
use app::home::{Draft, Path as SetupPath, Step as SetupStep};
use license::{
    AccountId,
    key::{self, Mistake},
};
use vendors::{LOCAL_PORTAL, Registry};

/// What a pasted text is. It stays in memory and goes nowhere.
pub(crate) fn recognised(text: &str) -> Recognised {
    match key::recognise(text) {
        Ok(key::Recognised::Key { form, in_file, other_version, .. }) => Recognised::Key {
            form: form.word().to_owned(),
            product: Registry::default().product_of_form(form).map(|known| known.product.to_owned()),
            in_file,
            remark: other_version,
        },
        Ok(key::Recognised::PortalToken(_)) => {
            Recognised::Token { provider: LOCAL_PORTAL.provider.to_owned() }
        }
        Ok(key::Recognised::Address(url)) => Recognised::Url { url: url.to_string() },
        Err(Mistake::Empty) => Recognised::Nothing,
        Err(mistake) => Recognised::Mistake { error: errors::facts(app::import::mistake_facts(&mistake)) },
    }
}

/// A license file at a usual place.
pub(crate) fn found_file(found: app::import::FoundFile) -> FoundFile {
    FoundFile {
        path: found.path.display().to_string(),
        form: found.form.word().to_owned(),
        already_known: found.is_known,
    }
}

/// What importing a pasted key would do.
pub(crate) fn import_plan(plan: app::import::ImportPlan) -> ImportPlan {
    ImportPlan {
        license: plan.known.map(|(id, _)| id.to_string()),
        name: super::name(&plan.name),
        formats: plan.formats.into_iter().map(|format| format.word().to_owned()).collect(),
    }
}

/// What importing did.
pub(crate) fn imported(source: String, imported: Result<app::import::Imported, AppError>) -> Imported {
    match imported {
        Ok(imported) => Imported {
            source,
            license: Some(imported.license.to_string()),
            label: Some(super::name(&imported.label)),
            known: imported.was_known,
            error: None,
        },
        Err(error) => {
            Imported { source, license: None, label: None, known: false, error: Some(errors::error(error)) }
        }
    }
}

/// The wizard's draft.
pub(crate) fn draft(draft: Draft) -> SetupDraft {
    SetupDraft {
        step: match draft.step {
            SetupStep::Where => view::SetupStep::Where,
            SetupStep::Connect => view::SetupStep::Connect,
            SetupStep::Keep => view::SetupStep::Keep,
            SetupStep::File => view::SetupStep::File,
            SetupStep::Done => view::SetupStep::Done,
        },
        path: draft.path.map(|path| match path {
            SetupPath::Account { provider } => view::SetupPath::Account { provider },
            SetupPath::Key => view::SetupPath::Key,
            SetupPath::Local => view::SetupPath::Local,
        }),
        fields: draft.fields,
        secret_missing: draft.secret_missing,
        account: draft.account.map(|id| id.0),
        license: draft.license.map(|id| id.to_string()),
        written: draft.written,
    }
}

/// The wizard's draft to be remembered.
pub(crate) fn kept_draft(view: SetupDraft) -> Draft {
    Draft {
        step: match view.step {
            view::SetupStep::Where => SetupStep::Where,
            view::SetupStep::Connect => SetupStep::Connect,
            view::SetupStep::Keep => SetupStep::Keep,
            view::SetupStep::File => SetupStep::File,
            view::SetupStep::Done => SetupStep::Done,
        },
        path: view.path.map(|path| match path {
            view::SetupPath::Account { provider } => SetupPath::Account { provider },
            view::SetupPath::Key => SetupPath::Key,
            view::SetupPath::Local => SetupPath::Local,
        }),
        fields: view.fields,
        secret_missing: view.secret_missing,
        account: view.account.map(AccountId),
        license: view.license.and_then(|id| id.parse().ok()),
        written: view.written,
    }
}
