//! Changes the fields of an account that need no new login, such as the address of a package registry.

use crate::accounts::{
    login::{Login, entered_anew},
    sign_in::client_of,
};
use crate::context::{AppError, Context, Outcome, Verb, login::login_of};
use license::AccountId;
use std::collections::BTreeMap;
use vault::FILES_PROVIDER;
use vendors::Description;

/// Changes editable fields of an account; an empty text removes one. The kept login is sealed again for the changed fields in
/// the same transaction, and the next request uses them.
///
/// Fails where the vendor refuses the fields, as one refuses a host that was not confirmed, and while secrets are locked.
pub async fn edit_account(
    context: &Context,
    id: AccountId,
    changed: BTreeMap<String, String>,
) -> Result<(), AppError> {
    context.unlock_without_prompt().await?;
    let account = context.account(id).await?;
    if account.provider == FILES_PROVIDER {
        return Err(AppError::NoVendor { account: account.name });
    }
    let known = context.registry.description(&account.provider)?;
    refuse_fixed(known, &changed)?;
    let keeps = known.keeps;
    let of = account.clone();
    let secrets = context.off_thread(move |vault| login_of(vault, &of, keeps)).await?;
    let mut fields = account.fields.clone();
    fields.extend(entered_anew(known, &account, changed.clone(), BTreeMap::new()).fields);
    fields.retain(|name, _| match changed.get(name) {
        Some(text) => !text.trim().is_empty(),
        // A host was confirmed for the field as it was.
        None => name.strip_prefix("confirm-").is_none_or(|of| !changed.contains_key(of)),
    });
    let login = Login { provider: account.provider, address: account.address, fields, secrets };
    let address = context.resolve(&login.address).await?;
    client_of(context, &address, &login)?;
    let fields = login.fields;
    context.off_thread(move |vault| Ok(vault.library().set_login(id, [], &fields)?)).await?;
    context.drop_client(id);
    context.note(Verb::Edited, Some(&account.name), None, &account.name, Outcome::Done).await
}

/// Refuses fields that only a login can change.
fn refuse_fixed(known: &'static Description, changed: &BTreeMap<String, String>) -> Result<(), AppError> {
    let editable: Vec<_> =
        known.connect.iter().filter(|field| field.is_editable).map(|field| field.name).collect();
    match changed.keys().find(|name| !editable.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(AppError::NotAChoice {
            param: "field".to_owned(),
            value: name.clone(),
            possible: editable.join(", "),
        }),
    }
}
