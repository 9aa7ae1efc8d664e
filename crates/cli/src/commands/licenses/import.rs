//! `licet import` and `licet remove`

use crate::args::{
    licenses::{Import, Remove},
    source::Source,
};
use crate::commands::files::{
    backups,
    certificates::{self, Certificate},
    held_backups::{self, Held},
};
use crate::output::{fail::Fail, words};
use crate::process::{secrets, shell::Shell};
use app::{certificates::ImportWith, context::AppError, import::Imported};
use jiff::Timestamp;
use license::{
    Expiry, LicenseId, LicenseKey,
    key::{self, Mistake, Recognised},
};
use serde::Serialize;
use std::path::Path;

/// One element of what `--json` prints: `import.json`.
#[derive(Serialize)]
struct Shape<'a> {
    path: Option<&'a Path>,
    id: LicenseId,
    name: &'a str,
    was_known: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<Certificate<'a>>,
}

/// Imports everything that can be; what cannot be is told after the rest is done.
pub(crate) async fn run(shell: &Shell<'_>, asked: &Import) -> Result<(), Fail> {
    if asked.name.is_some() && asked.sources.len() > 1 {
        return Err(Fail::usage("--name goes with one file only", "import the files one by one"));
    }
    asked.sources.iter().try_for_each(refuse_key)?;
    shell.ask_to_unlock().await?;
    let mut imported = Vec::new();
    let mut failed = Vec::new();
    let with = with(asked)?;
    for source in &asked.sources {
        match import(shell, source, &with).await {
            Ok(one) => imported.push((source, one)),
            Err(fail) => failed.push((source.clone(), fail)),
        }
    }
    imported.iter().for_each(|(_, one)| warn_of_end(shell, one));
    print(shell, &imported)?;
    if failed.is_empty() { Ok(()) } else { Err(Fail::Imports(failed)) }
}

/// What is given beside the files.
fn with(asked: &Import) -> Result<ImportWith, Fail> {
    let license_key = asked.license_key_file.as_ref().map(secrets::read).transpose()?;
    Ok(ImportWith {
        name: asked.name.clone(),
        license_key: license_key.map(LicenseKey::from),
        issuer_key: asked.issuer_key.clone(),
    })
}

async fn import(shell: &Shell<'_>, source: &Source, with: &ImportWith) -> Result<Imported, Fail> {
    Ok(match source {
        Source::File(path) => app::import::import_file_with(&shell.context, path, with).await?,
        Source::StandardInput => {
            let text = secrets::read(source)?;
            app::import::import_text_with(&shell.context, &text, with).await?
        }
    })
}

/// A key given as an argument is refused without repeating it.
fn refuse_key(source: &Source) -> Result<(), Fail> {
    let Source::File(path) = source else { return Ok(()) };
    let text = path.to_string_lossy();
    if path.exists() {
        return Ok(());
    }
    match key::recognise(&text) {
        Err(Mistake::Unknown | Mistake::Empty) => return Ok(()),
        // It is not a secret, and says what is wrong with it.
        Ok(Recognised::Address(_)) => {
            return Err(AppError::NotAKey { path: None, source: Mistake::IsAddress }.into());
        }
        Ok(Recognised::PortalToken(_)) => {
            return Err(Fail::usage(
                "a portal token is not given as an argument, which other programs can read",
                "it is not a license: connect its account with `licet accounts add`, which reads it from a file",
            ));
        }
        Ok(Recognised::Key { .. }) | Err(_) => {}
    }
    Err(Fail::usage(
        "a license key is not given as an argument, which other programs can read",
        "put it into a file, or pipe it: licet import -",
    ))
}

fn print(shell: &Shell<'_>, imported: &[(&Source, Imported)]) -> Result<(), Fail> {
    let path = |source: &'_ Source| match source {
        Source::File(path) => Some(path.clone()),
        Source::StandardInput => None,
    };
    let paths: Vec<_> = imported.iter().map(|(source, _)| path(source)).collect();
    let shapes: Vec<_> = imported
        .iter()
        .zip(&paths)
        .map(|((_, one), path)| Shape {
            path: path.as_deref(),
            id: one.license,
            name: &one.label,
            was_known: one.was_known,
            certificate: one.certificate.as_ref().map(Certificate::new),
        })
        .collect();
    shell.out.print(&shapes, |lines| {
        for (source, one) in imported {
            lines.answer(&one.license.to_string())?;
            lines.tell(&format!("{source}: {:?} {}", one.label, became(one)))?;
            one.certificate.iter().try_for_each(|seen| certificates::tell(lines, seen))?;
            if let Some(version) = &one.other_version {
                lines.tell(&format!("its key is of version {version}, not of the documented V3"))?;
            }
        }
        Ok(())
    })
}

/// A certificate that is over proves nothing any more.
fn warn_of_end(shell: &Shell<'_>, one: &Imported) {
    if let Some(end) = one.certificate.as_ref().filter(|seen| seen.is_expired).and_then(|seen| seen.expires) {
        let ended = words::ends(Some(Expiry::On(end)), Timestamp::now());
        shell.out.warn(&format!("the certificate {:?} has ended: {ended}; check out a new one", one.label));
    }
}

fn became(one: &Imported) -> String {
    match (&one.renamed_from, one.was_known) {
        (Some(before), _) => format!("was in the library already, as {before:?}: renamed"),
        (None, true) => "was in the library already".to_owned(),
        (None, false) => "imported".to_owned(),
    }
}

#[derive(Serialize)]
struct RemovedKey<'a> {
    removed: Gone<'a>,
}

#[derive(Serialize)]
struct Gone<'a> {
    id: LicenseId,
    name: &'a str,
    /// Backups that contain the key.
    backups: Vec<Held>,
}

pub(crate) async fn remove(shell: &Shell<'_>, asked: &Remove) -> Result<(), Fail> {
    let id = shell.license(&asked.license).await?;
    let row = app::list::row(&shell.context, id).await?;
    let name = row.stored.license.label();
    backups::show_whose(shell).await?;
    // Whose a key is shows only while it is in the library.
    let backups = held_backups::of_license(shell, id).await;
    app::import::remove(&shell.context, id, &asked.confirm).await?;
    held_backups::warn(shell, &backups, "the removed key");
    let removed = RemovedKey { removed: Gone { id, name, backups } };
    shell.out.print(&removed, |lines| {
        lines.tell(&format!("Removed {name:?}. Files that were written from it stay."))
    })
}
