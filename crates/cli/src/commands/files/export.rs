//! `licet export`

use crate::args::files::Export;
use crate::commands::files::{
    certificates::{self, Certificate},
    git,
};
use crate::output::{fail::Fail, shape, words};
use crate::process::shell::Shell;
use app::{
    certificates::CertificateStatus,
    files::{Reader, Target, Written},
};
use jiff::Timestamp;
use license::{
    LicenseId, Status,
    file::{Format, Pickup},
};
use serde::Serialize;
use std::path::{Path, PathBuf};
use vault::files::Access;
use vendors::Registry;

/// What `--json` prints: `export.json`.
#[derive(Serialize)]
struct Shape<'a> {
    license: LicenseId,
    path: &'a Path,
    format: &'a str,
    state: &'static str,
    keep: bool,
    in_place: bool,
    backup: Option<&'a Path>,
    open_to_others: bool,
    others: Vec<String>,
    /// The license file and those of its backups that git has or would commit.
    in_git: &'a [PathBuf],
    outdated: bool,
    next: &'a str,
    /// What a container that is already running needs to see it: `restart` or `recreate`.
    running: Option<&'static str>,
    snippets: Vec<Snippet<'a>>,
    /// The user that the next command's container runs as, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<ReaderShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<Certificate<'a>>,
}

/// Who reads the file in a container.
#[derive(Serialize)]
struct ReaderShape {
    user: u32,
    group: u32,
    can_read: bool,
}

impl From<Reader> for ReaderShape {
    fn from(Reader { user, group, can_read }: Reader) -> Self {
        Self { user, group, can_read }
    }
}

impl<'a> Shape<'a> {
    fn new(
        license: LicenseId,
        written: &'a Written,
        certificate: Option<&'a CertificateStatus>,
        in_git: &'a [PathBuf],
    ) -> Self {
        let file = &written.file.tracked.file;
        Self {
            license,
            path: &file.path,
            format: &file.format,
            state: shape::state(&written.file),
            keep: file.keep,
            in_place: file.in_place,
            backup: written.backup.as_deref(),
            open_to_others: written.open_to_others,
            others: words::others(&written.others),
            in_git,
            outdated: written.is_outdated,
            next: &written.next.command,
            running: written.next.running.map(Pickup::word),
            snippets: written
                .next
                .snippets
                .iter()
                .map(|one| Snippet { purpose: one.purpose, text: &one.text })
                .collect(),
            reader: written.next.reader.map(ReaderShape::from),
            certificate: certificate.map(Certificate::new),
        }
    }
}

/// A text for another file that makes the written one read.
#[derive(Serialize)]
struct Snippet<'a> {
    purpose: &'a str,
    text: &'a str,
}

pub(crate) async fn run(shell: &Shell<'_>, asked: &Export) -> Result<(), Fail> {
    let id = shell.license(&asked.license).await?;
    shell.ask_to_unlock().await?;
    warn_of_use(shell, id).await?;
    let format = format(asked)?;
    refuse_misplaced_terms(asked)?;
    if !asked.outdated {
        app::export::refuse_outdated(&shell.context, id).await?;
    }
    let Some(path) = asked.to.clone() else {
        check_out(shell, id, asked).await?;
        let text = app::export::export_text(&shell.context, id, format).await?;
        return shell.out.raw(text.expose());
    };
    // Keeping is ended in the window, not by leaving a flag out.
    let keep = asked.keep
        || format != Format::Certificate && app::export::is_kept(&shell.context, id, &path).await?;
    let target = Target { format, path, in_place: asked.in_place, keep };
    if !asked.replace {
        app::files::refuse_replacing(&shell.context, id, &target).await?;
    }
    app::files::refuse_unwritable(&shell.context, &target).await?;
    // Last of all: the vendor counts every certificate that is checked out.
    let certificate = check_out(shell, id, asked).await?;
    let access = Access { mode: asked.mode, group: asked.group, readable_by: asked.readable_by };
    let written = app::export::export_with(&shell.context, id, target, access).await?;
    warn_of_readers(shell, &written);
    if written.is_outdated {
        shell.out.warn(
            "the instance has another token by now, which it gives to nobody: this is the one from before",
        );
    }
    let in_git = git::warn(shell, &written.file.tracked.file.path).await;
    print(shell, id, &written, certificate.as_ref(), &in_git)
}

/// Everybody who can use the file beside its owner sees the key, unless access was asked for.
fn warn_of_readers(shell: &Shell<'_>, written: &Written) {
    let path = written.file.tracked.file.path.display();
    if written.open_to_others {
        let can = words::can(written.others.everybody_can_change);
        shell.out.warn(&format!("everybody on this computer can {can} {path}: chmod 600"));
    }
    let others = words::others(&written.others);
    if !others.is_empty() {
        let can = words::can(written.others.can_change);
        shell.out.warn(&format!("these can {can} {path} too: {}", others.join(", ")));
    }
    if !written.is_confirmed {
        shell.out.warn(&format!("{path} is written, but the disk did not confirm that it is stored"));
    }
}

fn refuse_misplaced_terms(asked: &Export) -> Result<(), Fail> {
    if asked.terms.are_misplaced(asked.format) {
        return Err(Fail::usage(
            "--ttl, --entitlements and --encrypt go with --format certificate",
            "leave them out, or export a certificate",
        ));
    }
    Ok(())
}

/// Checks out the certificate that is to be written; an imported one is there already.
async fn check_out(
    shell: &Shell<'_>,
    id: LicenseId,
    asked: &Export,
) -> Result<Option<CertificateStatus>, Fail> {
    if asked.format != Format::Certificate {
        return Ok(None);
    }
    Ok(match app::certificates::certificate(&shell.context, id).await? {
        Some(imported) => Some(imported),
        None => Some(app::certificates::check_out(&shell.context, id, asked.terms.check_out()).await?),
    })
}

/// The format with its variable: only an env file has one that can be chosen.
fn format(asked: &Export) -> Result<Format, Fail> {
    let Some(variable) = asked.variable.as_deref() else { return Ok(asked.format) };
    let has_it = |format: &Format| matches!(format, Format::Env(file) if file.variable == variable);
    match (asked.format, Registry::default().formats().into_iter().find(has_it)) {
        (Format::Env(_), Some(format)) => Ok(format),
        _ => Err(Fail::usage("--variable goes with --format env only", "leave it out")),
    }
}

/// A license that is over is written all the same: it may be renewed under the key that it has. So is a leaked key, as long
/// as there is no other.
async fn warn_of_use(shell: &Shell<'_>, id: LicenseId) -> Result<(), Fail> {
    let row = app::list::row(&shell.context, id).await?;
    if row.status == Status::Expired {
        let name = row.stored.license.label();
        let ends = words::expiry(&row.stored.license, Timestamp::now());
        shell.out.warn(&format!("{name:?} is expired: {ends}"));
    }
    if row.stored.leaked_since.is_some() {
        let name = row.stored.license.label();
        shell.out.warn(&format!("the key of {name:?} is marked as leaked: ask its vendor for another"));
    }
    Ok(())
}

fn print(
    shell: &Shell<'_>,
    license: LicenseId,
    written: &Written,
    certificate: Option<&CertificateStatus>,
    in_git: &[PathBuf],
) -> Result<(), Fail> {
    let file = &written.file.tracked.file;
    let shape = Shape::new(license, written, certificate, in_git);
    shell.out.print(&shape, |lines| {
        lines.tell(&format!("Wrote {}", file.path.display()))?;
        if let Some(backup) = &written.backup {
            lines.tell(&format!("What was there before is in {}", backup.display()))?;
        }
        if file.keep {
            lines.tell("A refresh that brings another key writes it again.")?;
        }
        certificate.iter().try_for_each(|seen| certificates::tell(lines, seen))?;
        lines.tell(&format!("Next: {}", written.next.command))?;
        if let Some(reader) = written.next.reader.filter(|reader| !reader.can_read) {
            lines.tell(&words::unreadable_by(reader))?;
        }
        if certificate.is_some_and(|seen| seen.encrypted) {
            lines.tell("Take the license key along in a file, too: it stands for KEYFILE.")?;
        }
        for snippet in &written.next.snippets {
            lines.tell(&format!("{}:", words::purpose(snippet.purpose)))?;
            snippet.text.lines().try_for_each(|line| lines.tell(&format!("  {line}")))?;
        }
        written.next.running.map_or(Ok(()), |pickup| lines.tell(words::pickup(pickup)))
    })
}
