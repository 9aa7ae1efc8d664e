//! `licet refresh`

use crate::args::licenses::Refresh;
use crate::output::{fail::Fail, shape, words};
use crate::process::shell::Shell;
use app::{
    accounts::AccountStatus,
    context::{AppError, word as shell_word},
    files::TrackedState,
    listing::Refreshed,
};
use serde::Serialize;
use vault::{Account, FILES_PROVIDER, FileState};

/// One element of what `--json` prints: `refresh.json`.
#[derive(Serialize)]
struct Shape<'a> {
    account: &'a str,
    added: usize,
    changed: usize,
    gone: usize,
    /// Entries that could not be read as licenses.
    unreadable: u64,
    /// Licenses that were counted and did not come, or came twice.
    missing: u64,
    problem: Option<String>,
    /// Files that are kept up to date and that somebody else changed or took away.
    drifted: Vec<shape::File<'a>>,
}

/// What came of one account.
struct Done {
    status: AccountStatus,
    refreshed: Result<Refreshed, AppError>,
    drifted: Vec<TrackedState>,
}

/// Fetches from each account; the first failure is told after all were asked.
pub(crate) async fn run(shell: &Shell<'_>, asked: &Refresh) -> Result<(), Fail> {
    let accounts = match &asked.account {
        Some(name) => vec![shell.context.account_named(name).await?],
        None => with_vendors(shell).await?,
    };
    shell.ask_to_unlock().await?;
    let all = app::refresh::refresh_each(&shell.context, accounts.iter().map(|account| account.id)).await;
    let mut done = Vec::new();
    for (account, refreshed) in accounts.into_iter().zip(all) {
        let drifted = app::files::drifted_kept_files(&shell.context, account.id).await?;
        let status = app::accounts::account_status(&shell.context, account.id).await?;
        done.push(Done { status, refreshed, drifted });
    }
    print(shell, &done)?;
    done.iter().for_each(|one| warn_of_gaps(shell, &one.status));
    done.iter().flat_map(|one| &one.drifted).for_each(|file| warn_of(shell, file));
    done.into_iter().find_map(|one| one.refreshed.err()).map_or(Ok(()), |error| Err(error.into()))
}

async fn with_vendors(shell: &Shell<'_>) -> Result<Vec<Account>, Fail> {
    let accounts = app::accounts::accounts(&shell.context).await?.into_iter().map(|status| status.account);
    Ok(accounts.filter(|account| account.provider != FILES_PROVIDER).collect())
}

/// A list that is not whole is said to be so: what is not in it may still be there.
pub(crate) fn warn_of_gaps(shell: &Shell<'_>, status: &AccountStatus) {
    let count =
        |number: u64, one, several| words::count(usize::try_from(number).unwrap_or(usize::MAX), one, several);
    let warn = |gap: String| {
        shell.out.warn(&format!(
            "{}: {gap}; nothing counts as gone meanwhile; \
             `licet refresh` asks again; if the problem persists, look at the vendor's own page",
            status.account.name
        ));
    };
    if status.missing > 0 {
        let licenses = count(status.missing, "license", "licenses");
        warn(format!("{licenses} that the vendor counts did not come, or came twice"));
    }
    if status.unreadable > 0 {
        let entries = count(status.unreadable, "entry", "entries");
        warn(format!("{entries} of the list cannot be read as a license"));
    }
}

/// A refresh writes over nobody's work; what writes the file again is said.
fn warn_of(shell: &Shell<'_>, drifted: &TrackedState) {
    let file = &drifted.tracked.file;
    let path = file.path.display().to_string();
    let what = match drifted.state {
        FileState::Missing => "is missing",
        FileState::Interrupted => "contains only a part of its text, since writing it was interrupted",
        FileState::Drifted | FileState::UpToDate => "is not as it was written",
    };
    let (license, format) = (file.license, &file.format);
    let in_place = if file.in_place { " --in-place" } else { "" };
    let to = shell_word(&path);
    shell.out.warn(&format!(
        "{path} is kept up to date and {what}; \
         `licet export {license} --format {format} --to {to} --keep{in_place}` writes it again"
    ));
}

fn print(shell: &Shell<'_>, done: &[Done]) -> Result<(), Fail> {
    let shapes: Vec<_> = done.iter().map(shape).collect();
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

fn shape(done: &Done) -> Shape<'_> {
    let (counts, problem) = match &done.refreshed {
        Ok(counts) => (*counts, None),
        Err(error) => (Refreshed::default(), Some(error.report().code)),
    };
    Shape {
        account: &done.status.account.name,
        added: counts.added,
        changed: counts.changed,
        gone: counts.gone,
        unreadable: done.status.unreadable,
        missing: done.status.missing,
        problem,
        drifted: done.drifted.iter().map(shape::File::new).collect(),
    }
}
