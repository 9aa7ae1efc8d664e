//! `licet accounts …`

use crate::args::{
    accounts::Accounts,
    login::{Add, Edited, Login, Options, Secrets},
};
use crate::commands::files::{
    backups,
    held_backups::{self, Held},
};
use crate::output::{
    fail::Fail,
    lines::{Cell, Lines, Tone},
    shape, words,
};
use crate::process::{
    secrets::{self, read_login},
    shell::Shell,
};
use app::{
    accounts::{AccountStatus, LastSession},
    context::{AppError, State},
};
use license::{AccountId, Token};
use serde::Serialize;
use std::{collections::BTreeMap, io};
use vendors::{ALLOW_HTTP, ALLOWED, Description, Facet, FieldKind, Registry, VendorError};

pub(crate) async fn run(shell: &Shell<'_>, command: &Accounts) -> Result<(), Fail> {
    match command {
        Accounts::Add(Add::Vendor(login)) => add(shell, login).await,
        Accounts::Add(Add::Local { name }) => {
            shell.ask_to_unlock().await?;
            let id = app::accounts::connect_local(&shell.context, name).await?;
            fetch_first(shell, id).await
        }
        Accounts::List => list(shell).await,
        Accounts::Test { name } => test(shell, name).await,
        Accounts::LogIn { name, allow_http, secrets, options } => {
            log_in(shell, name, *allow_http, secrets, options).await
        }
        Accounts::Edit { name, edited } => edit(shell, name, edited).await,
        Accounts::LogOut { name } => log_out(shell, name).await,
        Accounts::Remove { name, confirm } => remove(shell, name, confirm).await,
    }
}

async fn add(shell: &Shell<'_>, given: &Login) -> Result<(), Fail> {
    let vendor = vendor(given.provider)?;
    let secrets = read_login(&given.secrets, vendor)?;
    shell.ask_to_unlock().await?;
    let tested = match app::accounts::test_login(&shell.context, given.typed(secrets.clone())).await {
        Err(error) if needs_code(&error) && secrets::may_ask() => {
            app::accounts::test_login(&shell.context, given.typed(with_code(vendor, secrets)?)).await?
        }
        tested => tested?,
    };
    if tested.is_moved {
        shell.out.remark(&format!("the address redirects to {}; Licet keeps that address", tested.address));
    }
    let id = app::accounts::keep_account(&shell.context, &tested.ticket, &given.name).await?;
    if let Some(already) = tested.already {
        shell
            .out
            .remark(&format!("the same is connected already as {already:?}: its licenses are listed twice"));
    }
    fetch_first(shell, id).await
}

async fn log_in(
    shell: &Shell<'_>,
    name: &str,
    allow_http: bool,
    given: &Secrets,
    options: &Options,
) -> Result<(), Fail> {
    let account = shell.context.account_named(name).await?;
    let vendor = vendor(&account.provider)?;
    let mut changed = options_of(options, vendor)?;
    changed.extend(allow_http.then(|| (ALLOW_HTTP.to_owned(), ALLOWED.to_owned())));
    let secrets = read_login(given, vendor)?;
    shell.ask_to_unlock().await?;
    match app::accounts::new_login(&shell.context, account.id, changed.clone(), secrets.clone()).await {
        Err(error) if needs_code(&error) && secrets::may_ask() => {
            app::accounts::new_login(&shell.context, account.id, changed, with_code(vendor, secrets)?)
                .await?;
        }
        renewed => renewed?,
    }
    fetch_first(shell, account.id).await
}

/// What is known of a vendor; the account of imported keys has none.
fn vendor(provider: &str) -> Result<&'static Description, Fail> {
    let known = Registry::default().registration(provider).map(|known| known.description);
    Ok(known.ok_or_else(|| AppError::NoVendor { account: provider.to_owned() })?)
}

fn needs_code(error: &AppError) -> bool {
    let (AppError::Login { source, .. } | AppError::Vendor { source, .. }) = error else { return false };
    *source == VendorError::OneTimeCodeNeeded
}

/// The same login once more, with the code that is asked for on the terminal.
fn with_code(
    vendor: &Description,
    mut secrets: BTreeMap<String, Token>,
) -> Result<BTreeMap<String, Token>, Fail> {
    for field in vendor.connect.iter().filter(|field| field.kind == FieldKind::OneTimeCode) {
        secrets.insert(field.name.to_owned(), Token::from(secrets::ask(field.label.english)?));
    }
    Ok(secrets)
}

async fn edit(shell: &Shell<'_>, name: &str, edited: &Edited) -> Result<(), Fail> {
    let account = shell.context.account_named(name).await?;
    let vendor = vendor(&account.provider)?;
    if edited.0.is_empty() {
        let editable = vendor.connect.iter().filter(|field| field.is_editable);
        let options: Vec<_> = editable.map(|field| format!("`--{}`", field.name)).collect();
        let hint = match options.is_empty() {
            true => "accounts of this vendor change with `licet accounts log-in` only".to_owned(),
            false => format!("an account of {} has {}", vendor.title.english, options.join(", ")),
        };
        return Err(Fail::usage("nothing to change".to_owned(), hint));
    }
    shell.ask_to_unlock().await?;
    let changed = edited.0.iter().map(|(&name, text)| (name.to_owned(), text.clone())).collect();
    app::accounts::edit_account(&shell.context, account.id, changed).await?;
    let status = app::accounts::account_status(&shell.context, account.id).await?;
    shell
        .out
        .print(&shape::Account::new(&status), |lines| lines.tell(&format!("Changed {:?}.", account.name)))
}

#[derive(Serialize)]
struct LoggedOut<'a> {
    logged_out: &'a str,
}

async fn log_out(shell: &Shell<'_>, name: &str) -> Result<(), Fail> {
    let account = shell.context.account_named(name).await?;
    shell.ask_to_unlock().await?;
    app::accounts::sign_out(&shell.context, account.id).await?;
    shell.out.print(&LoggedOut { logged_out: &account.name }, |lines| {
        lines.tell(&format!("Ended the session of {:?}; its licenses stay in the list.", account.name))
    })
}

/// Fetches the licenses of a new account, and tells what was found.
async fn fetch_first(shell: &Shell<'_>, id: AccountId) -> Result<(), Fail> {
    let fetched = app::refresh::refresh(&shell.context, id).await;
    let status = app::accounts::account_status(&shell.context, id).await?;
    let name = &status.account.name;
    if let Err(error) = fetched {
        shell.out.remark(&format!("the account {name:?} is kept; its licenses could not be fetched"));
        return Err(error.into());
    }
    crate::commands::accounts::refresh::warn_of_gaps(shell, &status);
    shell.out.print(&shape::Account::new(&status), |lines| {
        let subject = status.account.subject.as_ref().map(|subject| format!(" ({subject:?})"));
        let found = words::count(status.licenses, "license", "licenses");
        lines.tell(&format!("Connected {name:?}{}: {found}.", subject.unwrap_or_default()))
    })
}

async fn list(shell: &Shell<'_>) -> Result<(), Fail> {
    let statuses = app::accounts::accounts(&shell.context).await?;
    let shapes: Vec<_> = statuses.iter().map(shape::Account::new).collect();
    shell.out.print(&shapes, |lines| table(lines, &statuses))
}

fn table(lines: &mut Lines<'_>, statuses: &[AccountStatus]) -> io::Result<()> {
    let row = |status: &AccountStatus| {
        let account = &status.account;
        let tone = match status.state {
            State::Ready | State::Refreshing { .. } => Tone::Calm,
            State::Offline(_) => Tone::Warning,
            State::Failed(_) => Tone::Bad,
        };
        [
            Cell::calm(&account.name),
            Cell::calm(&account.provider),
            Cell::calm(if account.address.is_empty() { "-" } else { &account.address }),
            Cell::calm(status.licenses.to_string()),
            Cell::calm(
                status.as_of.map_or_else(|| "-".to_owned(), |at| words::to_the_second(at).to_string()),
            ),
            Cell::toned(shape::account_state(&status.state), tone),
        ]
    };
    let head = ["NAME", "PROVIDER", "ADDRESS", "LICENSES", "AS OF", "STATE"];
    lines.table(head, statuses.iter().map(row).collect())?;
    for status in statuses {
        for open in &status.unsettled {
            let (verb, name, account) = (open.verb.word(), &open.label, &status.account.name);
            lines.tell(&format!("the {verb} of {name:?} with {account:?} is not settled: licet refresh"))?;
        }
    }
    if statuses.is_empty() { lines.tell("no accounts") } else { Ok(()) }
}

#[derive(Serialize)]
struct Works<'a> {
    account: &'a str,
    subject: Option<&'a str>,
    licenses: Option<u64>,
}

async fn test(shell: &Shell<'_>, name: &str) -> Result<(), Fail> {
    let account = shell.context.account_named(name).await?;
    shell.ask_to_unlock().await?;
    let probe = app::accounts::test_account(&shell.context, &account).await?;
    let subject = probe.subject.as_deref();
    let works = Works { account: &account.name, subject, licenses: probe.licenses };
    shell.out.print(&works, |lines| lines.tell(&format!("The login of {:?} works.", account.name)))
}

#[derive(Serialize)]
struct Removed<'a> {
    removed: &'a str,
    /// What became of its session at the vendor; nothing where it had none.
    session: Option<&'static str>,
    /// Backups that contain a key of one of its licenses.
    backups: Vec<Held>,
}

async fn remove(shell: &Shell<'_>, name: &str, confirm: &str) -> Result<(), Fail> {
    let account = shell.context.account_named(name).await?;
    if app::accounts::account_status(&shell.context, account.id).await?.facets.contains(&Facet::SignIn) {
        // Its session is ended with a token that is sealed here.
        shell.ask_to_unlock().await?;
    }
    backups::show_whose(shell).await?;
    // Whose a key is shows only while its license is in the library.
    let backups = held_backups::of_account(shell, account.id).await;
    let last = app::accounts::remove_account(&shell.context, account.id, confirm).await?;
    held_backups::warn(shell, &backups, "a key of the removed account");
    let session = match &last {
        LastSession::None => None,
        LastSession::Ended => Some("ended"),
        LastSession::Left(_) => Some("left"),
    };
    shell.out.print(&Removed { removed: &account.name, session, backups }, |lines| {
        let name = &account.name;
        lines.tell(&format!("Removed {name:?} from this computer. No license changed at the vendor."))?;
        match &last {
            LastSession::Left(why) => lines.tell(&format!(
                "Its session was not ended ({}): it goes on at the vendor until it ends by itself.",
                why.code
            )),
            LastSession::None | LastSession::Ended => Ok(()),
        }
    })
}

/// The fields of a vendor's login that they change. An option of other vendors is refused rather than passed over.
fn options_of(options: &Options, vendor: &Description) -> Result<BTreeMap<String, String>, Fail> {
    let has = |name: &str| vendor.connect.iter().any(|field| field.name == name);
    match options.0.keys().find(|name| !has(name)) {
        None => Ok(options.0.iter().map(|(&name, text)| (name.to_owned(), text.clone())).collect()),
        Some(name) => {
            let message = format!("an account of {} has no --{name}", vendor.title.english);
            Err(Fail::usage(message, "leave it out"))
        }
    }
}
