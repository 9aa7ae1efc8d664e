//! `licet instance …`

use crate::args::{
    instance::{Instance, OfInstance},
    source::Source,
};
use crate::commands::instance::token::{Found, Token};
use crate::output::{fail::Fail, words};
use crate::process::{secrets, shell::Shell};
use app::{context::word as shell_word, instance::Applied};
use license::Finding;
use serde::Serialize;
use vault::Account;

pub(crate) async fn run(shell: &Shell<'_>, command: &Instance) -> Result<(), Fail> {
    match command {
        Instance::Check(of) => check(shell, &of_account(shell, of).await?).await,
        Instance::Token(of) => token(shell, &of_account(shell, of).await?).await,
        Instance::Stats(of) => stats(shell, &of_account(shell, of).await?).await,
        Instance::Renew(of) => {
            let account = of_account(shell, of).await?;
            let renewed = app::instance::renew_token(&shell.context, account.id).await?;
            changed(shell, &account, &renewed, "The instance has a new token from its issuer.")
        }
        Instance::Apply { source, of, force } => apply(shell, source, of, *force).await,
        Instance::Restore { of, force } => {
            let account = of_account(shell, of).await?;
            let applied = app::instance::restore(&shell.context, account.id, *force).await?;
            changed(shell, &account, &applied, "The instance has its earlier token again.")
        }
        Instance::Remove { of, confirm } => remove(shell, &of_account(shell, of).await?, confirm).await,
    }
}

/// The account of an instance, with the secrets that asking it takes at hand.
async fn of_account(shell: &Shell<'_>, of: &OfInstance) -> Result<Account, Fail> {
    let account = shell.context.account_named(&of.account).await?;
    shell.ask_to_unlock().await?;
    Ok(account)
}

#[derive(Serialize)]
struct Checked<'a> {
    account: &'a str,
    valid: bool,
}

async fn check(shell: &Shell<'_>, account: &Account) -> Result<(), Fail> {
    let valid = app::instance::check_instance(&shell.context, account.id).await?;
    let name = &account.name;
    shell.out.print(&Checked { account: name, valid }, |lines| {
        lines.answer(if valid { "valid" } else { "not valid" })
    })?;
    if valid { Ok(()) } else { Err(Fail::AnsweredNo) }
}

#[derive(Serialize)]
struct TokenShape<'a> {
    account: &'a str,
    root: &'a str,
    token: Option<Token<'a>>,
}

async fn token(shell: &Shell<'_>, account: &Account) -> Result<(), Fail> {
    let (root, token) = app::instance::current_token(&shell.context, account.id).await?;
    let told = TokenShape { account: &account.name, root: &root, token: token.as_ref().map(Token::new) };
    shell.out.print(&told, |lines| match &told.token {
        Some(token) => token.tell(lines),
        None => lines.tell("The instance has no license token."),
    })
}

#[derive(Serialize)]
struct Stats<'a> {
    account: &'a str,
    active_users: Option<i64>,
    active_admins_and_editors: Option<i64>,
    active_viewers: Option<i64>,
    active_anonymous_devices: Option<i64>,
    included_users: Option<i64>,
}

async fn stats(shell: &Shell<'_>, account: &Account) -> Result<(), Fail> {
    let usage = app::instance::usage(&shell.context, account.id).await?;
    let (_, token) = app::instance::current_token(&shell.context, account.id).await?;
    let included_users = token.and_then(|token| token.included_users);
    let stats = Stats {
        account: &account.name,
        active_users: usage.active_users,
        active_admins_and_editors: usage.active_admins_and_editors,
        active_viewers: usage.active_viewers,
        active_anonymous_devices: usage.active_anonymous_devices,
        included_users,
    };
    let shown =
        |number: Option<i64>| number.map_or_else(|| "unknown".to_owned(), |number| number.to_string());
    shell.out.print(&stats, |lines| {
        let included = included_users.map_or_else(String::new, |most| format!(" of {most} included"));
        lines.facts(&[
            ("active users", format!("{}{included}", shown(usage.active_users))),
            ("admins and editors", shown(usage.active_admins_and_editors)),
            ("viewers", shown(usage.active_viewers)),
            ("anonymous devices", shown(usage.active_anonymous_devices)),
        ])
    })
}

async fn apply(shell: &Shell<'_>, source: &Source, of: &OfInstance, force: bool) -> Result<(), Fail> {
    let account = shell.context.account_named(&of.account).await?;
    let text = secrets::read(source)?;
    shell.ask_to_unlock().await?;
    let applied = app::instance::apply_token(&shell.context, account.id, &text, force).await?;
    changed(shell, &account, &applied, "The instance has the token.")
}

#[derive(Serialize)]
struct Changed<'a> {
    account: &'a str,
    token: Token<'a>,
    findings: Vec<Found>,
    previous_kept: bool,
}

fn changed(shell: &Shell<'_>, account: &Account, applied: &Applied, sentence: &str) -> Result<(), Fail> {
    for finding in &applied.findings {
        shell.out.remark(&finding.sentence());
    }
    let is_said = applied.findings.iter().any(|finding| matches!(finding, Finding::WrongInstance { .. }));
    if !app::instance::is_valid(&applied.report)
        && !is_said
        && let Some(sentence) = app::instance::sentence(&applied.report)
    {
        shell.out.remark(&sentence);
    }
    let shape = Changed {
        account: &account.name,
        token: Token::new(&applied.token),
        findings: applied.findings.iter().map(Found::from).collect(),
        previous_kept: applied.previous_kept,
    };
    shell.out.print(&shape, |lines| {
        lines.tell(sentence)?;
        if applied.previous_kept {
            lines.tell(&format!(
                "The earlier one is kept: licet instance restore --account {}",
                shell_word(&words::plain(&account.name))
            ))?;
        }
        Ok(())
    })
}

#[derive(Serialize)]
struct Removed<'a> {
    account: &'a str,
    removed: &'a str,
}

async fn remove(shell: &Shell<'_>, account: &Account, confirm: &str) -> Result<(), Fail> {
    let root = app::instance::remove_token(&shell.context, account.id, confirm).await?;
    shell.out.print(&Removed { account: &account.name, removed: &root }, |lines| {
        lines.tell(&format!("{root} has no license token."))?;
        lines.tell("The instance answers the same whether there was one or not.")
    })
}
