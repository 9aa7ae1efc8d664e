//! Creating a license: checked against what the account takes, claimed before it is looked for, written down before it
//! is sent, sent once.

use crate::changes::{
    claim,
    in_flight::{ClaimedRequest, Sent, note_sent},
    intent,
    open_intents::end_intent,
    payload::Payload,
    replacing,
};
use crate::context::{AppError, Context, Outcome, Verb};
use crate::listing::{fetch, found};
use license::{AccountId, Goal, Hosting, LicenseId, LicenseName, Tier};
use std::collections::BTreeMap;
use vault::{Account, IntentVerb, Replacement};
use vendors::{Accepts, Choice, Description, Elsewhere, NewLicense, Obstacle, Registry, VendorError};

/// A license that a user wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Where.
    pub account: AccountId,
    /// Its name as typed.
    pub name: String,
    /// By parameter of the vendor's description.
    pub choices: BTreeMap<String, String>,
    /// Whether a second license of the name is meant.
    pub allow_same_name: bool,
}

/// What an account's create form offers.
#[derive(Debug, Clone)]
pub struct CreateForm {
    /// The vendor's description.
    pub description: &'static Description,
    /// What the account's API takes beyond what the vendor documents.
    pub accepts: Accepts,
}

/// What an account's create form offers.
pub async fn create_form(context: &Context, account: AccountId) -> Result<CreateForm, AppError> {
    form(&context.registry, &context.account(account).await?)
}

/// How many licenses of an account bear a name already, by what is known here.
pub async fn count_same_name(context: &Context, account: AccountId, name: &str) -> Result<usize, AppError> {
    Ok(fetch::licenses_named(context, account, name).await?.len())
}

/// Creates a license. Where no answer comes, the intent stays and is settled by looking.
pub async fn create(context: &Context, wanted: Wanted) -> Result<Sent, AppError> {
    create_for(context, wanted, None).await
}

/// The same, where a replacement asks for it: that is noted there just before it is sent.
pub(crate) async fn create_for(
    context: &Context,
    wanted: Wanted,
    replacement: Option<&Replacement>,
) -> Result<Sent, AppError> {
    let name = LicenseName::parse(&wanted.name)?;
    let id = wanted.account;
    let account = context.account(id).await?;
    let new = checked(&account, &form(&context.registry, &account)?, name, &wanted.choices)?;
    let client = context.client(&account).await?;
    let payload = Payload { label: new.name.as_str().to_owned(), vendor_id: None };
    let sending = claim::claim(context, id, IntentVerb::Create, None, payload).await?;
    let known = match look_before(context, &account, new.name.as_str(), wanted.allow_same_name).await {
        Ok(known) => known,
        Err(error) => {
            end_intent(context, sending.intent()).await?;
            return Err(error);
        }
    };
    note_sent(context, &sending, known.clone()).await?;
    if let Some(open) = replacement
        && let Err(error) = replacing::note_asked(context, open, Some(known)).await
    {
        end_intent(context, sending.intent()).await?;
        return Err(error);
    }
    let answer = client.create(&new).await;
    created(context, &account, new.name.as_str(), sending, answer).await
}

/// The vendor's ids of what bears the name now, or did before it was gone: what the new license is told from, should
/// no answer come.
async fn look_before(
    context: &Context,
    account: &Account,
    name: &str,
    allow_same_name: bool,
) -> Result<Vec<String>, AppError> {
    fetch::fetch(context, account.id).await?;
    let named = fetch::licenses_named(context, account.id, name).await?;
    if !named.is_empty() && !allow_same_name {
        let (account, name) = (account.name.clone(), name.to_owned());
        return Err(AppError::SameName { account, name, count: named.len() });
    }
    let mut known: Vec<_> = named.into_iter().map(|(_, vendor_id)| vendor_id).collect();
    known.extend(fetch::gone_licenses_named(context, account.id, name).await?);
    Ok(known)
}

async fn created(
    context: &Context,
    account: &Account,
    name: &str,
    sending: ClaimedRequest,
    answer: Result<vendors::Found, VendorError>,
) -> Result<Sent, AppError> {
    match answer {
        Ok(found) => match note_created(context, account, name, &sending, found).await {
            Ok(license) => Ok(Sent::Done(Some(license))),
            Err(why) => Ok(Sent::Unknown(AppError::not_recorded(account, format!("creating {name:?}"))(why))),
        },
        Err(error) if error.outcome_is_unknown() => {
            let error = Context::at(account, format!("creating {name:?}"))(error);
            intent::look_after(context, account, sending, error).await
        }
        Err(error) => {
            end_intent(context, sending.intent()).await?;
            let error = Context::at(account, format!("creating {name:?}"))(error);
            let failed = Outcome::Failed(error.report().code);
            context.note(Verb::Created, Some(&account.name), None, name, failed).await?;
            Err(error)
        }
    }
}

/// Takes over a license that its vendor created. The intent goes last: until then, the next look finds the license.
async fn note_created(
    context: &Context,
    account: &Account,
    name: &str,
    sending: &ClaimedRequest,
    found: vendors::Found,
) -> Result<LicenseId, AppError> {
    let license = found::take_found(context, account.id, found).await?;
    fetch::changed_at_vendor(context, account.id).await?;
    context.note(Verb::Created, Some(&account.name), Some(license), name, Outcome::Done).await?;
    end_intent(context, sending.intent()).await?;
    Ok(license)
}

fn form(registry: &Registry, account: &Account) -> Result<CreateForm, AppError> {
    let known = registry.registration(&account.provider);
    let known = known.ok_or_else(|| AppError::NoVendor { account: account.name.clone() })?;
    if known.description.create.is_empty() {
        let unsupported = VendorError::Unsupported { what: "creating a license" };
        return Err(Context::at(account, "creating a license")(unsupported));
    }
    let accepts = Accepts::these(account.capabilities.iter().cloned());
    Ok(CreateForm { description: known.description, accepts })
}

/// The order as it is sent: every choice is one of the description's and one that this account's API carries.
fn checked(
    account: &Account,
    form: &CreateForm,
    name: LicenseName,
    choices: &BTreeMap<String, String>,
) -> Result<NewLicense, AppError> {
    let mut chosen = BTreeMap::new();
    for choice in form.description.create {
        if let Some(word) = chosen_word(account, form, choice, choices)? {
            chosen.insert(choice.param.to_owned(), word);
        }
    }
    if let Some((param, value)) = choices.iter().find(|(param, _)| form.description.choice(param).is_none()) {
        let possible =
            form.description.create.iter().map(|choice| choice.param).collect::<Vec<_>>().join(", ");
        return Err(AppError::NotAChoice { param: param.clone(), value: value.clone(), possible });
    }
    let tier = chosen.remove("type").and_then(|word| Tier::from_word(&word)).unwrap_or(Tier::Development);
    let goal = chosen.remove("goal").and_then(|word| Goal::from_word(&word));
    let hosting = chosen.remove("hosting").and_then(|word| Hosting::from_word(&word));
    Ok(NewLicense { name, tier, goal, hosting, choices: chosen })
}

/// The word of one choice: what the user chose, else what is chosen at first where that can be sent.
fn chosen_word(
    account: &Account,
    form: &CreateForm,
    choice: &'static Choice,
    choices: &BTreeMap<String, String>,
) -> Result<Option<String>, AppError> {
    let is_shown =
        choice.shown_when.is_none_or(|(param, value)| choices.get(param).is_some_and(|word| word == value));
    let given = choices.get(choice.param).filter(|_| is_shown);
    let word = given.map_or(choice.default, String::as_str);
    let possible = || choice.values.iter().map(|value| value.word).collect::<Vec<_>>().join(", ");
    let not_a_choice = || AppError::NotAChoice {
        param: choice.param.to_owned(),
        value: word.to_owned(),
        possible: possible(),
    };
    let value = choice.values.iter().find(|value| value.word == word).ok_or_else(not_a_choice)?;
    let is_carried = choice.obstacle(value, &form.accepts).is_none();
    match (is_carried, given) {
        (true, _) if is_shown && carries_parameter(choice, &form.accepts) => Ok(Some(word.to_owned())),
        (true, _) | (false, None) => Ok(None),
        (false, Some(_)) => {
            let elsewhere = match choice.obstacle(value, &form.accepts) {
                Some(Obstacle::Guide(guide)) => Elsewhere::Guide(guide.text.english),
                Some(Obstacle::NotCarried(_)) | None => Elsewhere::Page(form.description.page.url),
            };
            let source =
                VendorError::NotCarried { param: choice.param.into(), value: word.into(), elsewhere };
            Err(Context::at(account, "creating a license")(source))
        }
    }
}

/// Whether a parameter is sent at all; a value that is implied anyway is not, where it is not advertised.
fn carries_parameter(choice: &Choice, accepts: &Accepts) -> bool {
    match choice.carried {
        vendors::Carried::Always => true,
        vendors::Carried::OnlyIfAdvertised { capability, .. } => accepts.has(capability),
    }
}
