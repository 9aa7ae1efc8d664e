//! `licet refresh`

use crate::{args::Refresh, fail::Fail, shell::Shell};
use desk::{
    DeskError, Refreshed,
    vault::{Account, FILES_PROVIDER},
};
use serde::Serialize;

/// One element of what `--json` prints: `refresh.json`.
#[derive(Serialize)]
struct Shape<'a> {
    account: &'a str,
    added: usize,
    changed: usize,
    gone: usize,
    problem: Option<String>,
}

/// Fetches from each account; the first failure is told after all were asked.
pub async fn run(shell: &Shell<'_>, asked: &Refresh) -> Result<(), Fail> {
    let accounts = match &asked.account {
        Some(name) => vec![shell.desk.account_named(name).await?],
        None => with_vendors(shell).await?,
    };
    shell.ask_to_unlock().await?;
    let mut done = Vec::new();
    for account in accounts {
        let refreshed = shell.desk.refresh(account.id).await;
        done.push((account, refreshed));
    }
    print(shell, &done)?;
    done.into_iter().find_map(|(_, refreshed)| refreshed.err()).map_or(Ok(()), |error| Err(error.into()))
}

async fn with_vendors(shell: &Shell<'_>) -> Result<Vec<Account>, Fail> {
    let accounts = shell.desk.accounts().await?.into_iter().map(|sight| sight.account);
    Ok(accounts.filter(|account| account.provider != FILES_PROVIDER).collect())
}

fn print(shell: &Shell<'_>, done: &[(Account, Result<Refreshed, DeskError>)]) -> Result<(), Fail> {
    let shape = |(account, refreshed): &'_ (Account, Result<Refreshed, DeskError>)| {
        let (counts, problem) = match refreshed {
            Ok(counts) => (*counts, None),
            Err(error) => (Refreshed::default(), Some(error.facts().code)),
        };
        (account.name.clone(), counts, problem)
    };
    let told: Vec<_> = done.iter().map(shape).collect();
    let shapes: Vec<_> = told
        .iter()
        .map(|(account, counts, problem)| Shape {
            account,
            added: counts.added,
            changed: counts.changed,
            gone: counts.gone,
            problem: problem.clone(),
        })
        .collect();
    shell.out.print(&shapes, |lines| {
        for one in &shapes {
            match &one.problem {
                Some(problem) => lines.tell(&format!("{}: {problem}", one.account))?,
                None => lines.tell(&format!(
                    "{}: {} new, {} changed, {} gone",
                    one.account, one.added, one.changed, one.gone
                ))?,
            }
        }
        Ok(())
    })
}
