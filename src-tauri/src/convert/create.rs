//! What vendors and products are, the create form, and what came of a create or delete.

use super::errors;
use crate::view::{
    ChoiceView, ConnectFieldView, CreateForm, CreateRequest, FieldKind, GuideView, ImportView, Outcome,
    ProductView, ShownWhen, SourcedFact, VariableView, VendorView,
};
use app::changes::{Sent, Wanted};
use license::{AccountId, file::Format};
use vendors::{Accepts, Choice, Description, Fact, FileRule, Obstacle, ProductForms, Registry};

/// Every licensing system, for the wizard.
pub(crate) fn vendors() -> Vec<VendorView> {
    vendors::registry().iter().map(|known| vendor(known.description)).collect()
}

fn vendor(description: &Description) -> VendorView {
    let field = |field: &vendors::ConnectField| ConnectFieldView {
        name: field.name.to_owned(),
        kind: match field.kind {
            vendors::FieldKind::Url => FieldKind::Url,
            vendors::FieldKind::Secret => FieldKind::Secret,
            vendors::FieldKind::Text => FieldKind::Text,
            vendors::FieldKind::Password => FieldKind::Password,
            vendors::FieldKind::OneTimeCode => FieldKind::OneTimeCode,
            vendors::FieldKind::CaFile => FieldKind::CaFile,
            vendors::FieldKind::ConfirmHost => FieldKind::ConfirmHost,
            vendors::FieldKind::PublicKey => FieldKind::PublicKey,
            vendors::FieldKind::AllowHttp => FieldKind::AllowHttp,
        },
        label: field.label.english.to_owned(),
        hint: field.where_to_find.english.to_owned(),
        optional: field.optional,
        editable: field.is_editable,
        placeholder: field.placeholder.map(str::to_owned),
        default: field.default.map(str::to_owned),
    };
    let token_page = description.connect.iter().find_map(|field| field.link);
    VendorView {
        provider: description.provider.to_owned(),
        title: description.title.english.to_owned(),
        summary: description.summary.english.to_owned(),
        with_key: description.with_key.map(|text| text.english.to_owned()),
        invitation: description.invitation.unwrap_or(description.summary).english.to_owned(),
        subject: description.subject.map(|subject| subject.english.to_owned()),
        refused_hint: description.hints.refused.map(|hint| hint.english.to_owned()),
        fields: description.connect.iter().map(field).collect(),
        product: description.product.to_owned(),
        first_steps: super::next::steps(app::offers::first_steps(Registry::default(), description.product)),
        facets: super::facets(description.facets),
        creates: !description.create.is_empty(),
        vendor_page: !description.vendor_page.is_empty(),
        own_domain: description.own_domain.map(str::to_owned),
        entitled_with_list: description.entitled_with_list,
        login_note: description.login_note.map(|note| note.english.to_owned()),
        token_page: token_page.map(|link| link.url.to_owned()),
        create_page: Some(description.page.url.to_owned()),
        facts: description.facts.iter().map(fact).collect(),
    }
}

fn fact(fact: &Fact) -> SourcedFact {
    let (param, value) = fact.about;
    SourcedFact {
        key: fact.text.key.to_owned(),
        about: format!("{param}:{value}"),
        text: fact.text.english.to_owned(),
        source: fact.source.english.to_owned(),
    }
}

/// Which files a product's keys are written to, and what belongs beside its licenses.
pub(crate) fn products() -> Vec<ProductView> {
    Registry::default().products().map(product).collect()
}

fn product(known: &ProductForms) -> ProductView {
    ProductView {
        product: known.product.to_owned(),
        title: known.title.english.to_owned(),
        formats: known.formats().map(|format| format.word().to_owned()).collect(),
        variables: known.files.iter().filter_map(variable).collect(),
        import: known.import.map(|import| ImportView {
            title: import.title.english.to_owned(),
            summary: import.summary.english.to_owned(),
            keys: import.keys.iter().map(|&key| key.to_owned()).collect(),
            file: import.file.to_owned(),
            place: known.files.iter().find(|rule| rule.is_looked_for).map(|rule| rule.usual.to_owned()),
        }),
        core: known.core.map(|core| core.address.to_owned()),
        facts: known.facts.iter().map(fact).collect(),
    }
}

fn variable(rule: &FileRule) -> Option<VariableView> {
    let Format::Env(file) = rule.format else { return None };
    Some(VariableView {
        format: file.word.to_owned(),
        variable: file.variable.to_owned(),
        of: rule.variant.map(|variant| variant.of.word().to_owned()),
        when: rule.variant.map(|variant| variant.when.english.to_owned()),
    })
}

/// The license that a user wants.
pub(crate) fn wanted(request: CreateRequest) -> Wanted {
    let CreateRequest { account, name, choices, allow_same_name } = request;
    Wanted { account: AccountId(account), name, choices, allow_same_name }
}

/// An account's create form.
pub(crate) fn create_form(account: i64, form: &app::changes::CreateForm) -> CreateForm {
    let choices = form.description.create.iter().map(|one| choice(one, &form.accepts)).collect();
    CreateForm { account, choices }
}

fn choice(choice: &Choice, accepts: &Accepts) -> ChoiceView {
    let guide = |value: &vendors::Value| {
        value.guide.map(|guide| GuideView {
            value: value.word.to_owned(),
            title: guide.text.english.to_owned(),
            url: guide.url.to_owned(),
        })
    };
    let is_carried =
        |value: &vendors::Value| !matches!(choice.obstacle(value, accepts), Some(Obstacle::NotCarried(_)));
    ChoiceView {
        param: choice.param.to_owned(),
        label: choice.label.english.to_owned(),
        values: choice.values.iter().map(|value| value.word.to_owned()).collect(),
        default: choice.default.to_owned(),
        shown_when: choice
            .shown_when
            .map(|(param, value)| ShownWhen { param: param.to_owned(), value: value.to_owned() }),
        carried: choice.values.iter().all(is_carried),
        guides: choice.values.iter().filter_map(guide).collect(),
    }
}

/// What came of a create or delete.
pub(crate) fn outcome(sent: Sent) -> Outcome {
    match sent {
        Sent::Done(license) => Outcome::Done { license: license.map(|id| id.to_string()) },
        Sent::Unknown(error) => Outcome::Unknown { error: errors::error(error) },
    }
}
