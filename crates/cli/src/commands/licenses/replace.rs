//! `licet replace`

use crate::args::licenses::Replace;
use crate::commands::{
    files::held_backups::{self, Held},
    licenses::create::{chosen, refuse_pointless},
};
use crate::output::fail::Fail;
use crate::process::shell::Shell;
use app::changes::{Replaced, Wanted};
use license::LicenseId;
use serde::Serialize;
use std::path::PathBuf;

/// What `--json` prints: `replace.json`.
#[derive(Serialize)]
struct Shape<'a> {
    old: LicenseId,
    new: LicenseId,
    files: &'a [PathBuf],
    left: &'a [PathBuf],
    deleted: bool,
    /// Backups that contain a key of the deleted license.
    backups: Vec<Held>,
}

/// What `--json` prints where it is given up: `replace.json` too.
#[derive(Serialize)]
struct GivenUp {
    old: LicenseId,
    given_up: bool,
}

pub(crate) async fn run(shell: &Shell<'_>, asked: &Replace) -> Result<(), Fail> {
    let old = shell.license(&asked.license).await?;
    if asked.give_up {
        return give_up(shell, old).await;
    }
    shell.ask_to_unlock().await?;
    let replaced = match &asked.name {
        Some(name) => begin(shell, old, asked, name, asked.confirm.as_deref().unwrap_or_default()).await?,
        None => app::changes::resume_replace(&shell.context, old).await?,
    };
    print(shell, &replaced).await
}

async fn begin(
    shell: &Shell<'_>,
    old: LicenseId,
    asked: &Replace,
    name: &str,
    typed: &str,
) -> Result<Replaced, Fail> {
    let row = app::list::row(&shell.context, old).await?;
    let tier = asked.tier.clone().or_else(|| Some(row.stored.license.tier?.word().to_owned()));
    let choices = chosen(tier.as_ref(), &asked.choices);
    let account = row.stored.account;
    refuse_pointless(&app::changes::create_form(&shell.context, account).await?, &choices)?;
    let allow_same_name = asked.choices.allow_same_name;
    let wanted = Wanted { account, name: name.to_owned(), choices, allow_same_name };
    Ok(app::changes::replace(&shell.context, old, wanted, typed).await?)
}

async fn give_up(shell: &Shell<'_>, old: LicenseId) -> Result<(), Fail> {
    app::changes::give_up_replace(&shell.context, old).await?;
    shell.out.print(&GivenUp { old, given_up: true }, |lines| {
        lines.answer(&old.to_string())?;
        lines.tell("Given up. Whatever is there stays: both licenses, and the files as they are.")
    })
}

async fn print(shell: &Shell<'_>, replaced: &Replaced) -> Result<(), Fail> {
    let Replaced { old, new, files, left } = replaced;
    let (gone, row) =
        (app::list::row(&shell.context, *old).await?, app::list::row(&shell.context, *new).await?);
    let backups = held_backups::of_license(shell, *old).await;
    held_backups::warn(shell, &backups, "a key of the deleted license");
    shell.out.print(&Shape { old: *old, new: *new, files, left, deleted: true, backups }, |lines| {
        lines.answer(&new.to_string())?;
        let (gone, name) = (gone.stored.license.label(), row.stored.license.label());
        lines.tell(&format!("{name:?} took the place of {gone:?}, which is deleted."))?;
        for path in files {
            lines.tell(&format!("Wrote {}", path.display()))?;
        }
        for path in left {
            lines.tell(&format!("Left alone: {} held something else", path.display()))?;
        }
        match files.is_empty() {
            true => Ok(()),
            false => lines.tell(
                "Running containers still have the old license. Recreate those that read an env file (`docker compose up`), \
                 and restart those that mount a file.",
            ),
        }
    })
}
