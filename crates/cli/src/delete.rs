//! `licet delete`

use crate::{
    args::Delete,
    fail::Fail,
    secrets::{self, Source},
    shell::Shell,
};
use desk::Sent;
use license::{LicenseId, LicenseKey};
use serde::Serialize;

#[derive(Serialize)]
struct Deleted<'a> {
    deleted: Gone<'a>,
}

#[derive(Serialize)]
struct Gone<'a> {
    id: Option<LicenseId>,
    name: &'a str,
}

pub async fn run(shell: &Shell<'_>, asked: &Delete) -> Result<(), Fail> {
    let sent = match (asked.license.as_deref(), &asked.key_file, asked.account.as_deref()) {
        (_, Some(key), Some(account)) => by_key(shell, key, account, &asked.confirm).await?,
        (named, _, _) => {
            let id = shell.license(named.unwrap_or_default()).await?;
            shell.ask_to_unlock().await?;
            shell.desk.delete(id, &asked.confirm).await?
        }
    };
    let id = match sent {
        Sent::Done(id) => id,
        Sent::Unknown(error) => return Err(error.into()),
    };
    // What was typed is the name: it was deleted for that.
    let name = asked.confirm.trim();
    let deleted = Deleted { deleted: Gone { id, name } };
    shell.out.print(&deleted, |lines| lines.tell(&format!("Deleted {name:?}.")))
}

async fn by_key(shell: &Shell<'_>, key: &Source, account: &str, typed: &str) -> Result<Sent, Fail> {
    let account = shell.desk.account_named(account).await?;
    let key = LicenseKey::new(secrets::read(key)?);
    shell.ask_to_unlock().await?;
    Ok(shell.desk.delete_by_key(&account, key, typed).await?)
}
