//! `licet show`

use crate::args::licenses::Show;
use crate::commands::files::certificates::Certificate;
use crate::output::{fail::Fail, lines::Lines, shape, words};
use crate::process::shell::Shell;
use app::{
    context::{AppError, Report},
    list::{Detail, KeyStatus, Removal},
};
use jiff::Timestamp;
use license::{KeyForm, LicenseId, Status};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io;
use vault::{Activity, KeptBy, RecordedActivity};

/// What `--json` prints: `show.json`.
#[derive(Serialize)]
struct Shape<'a> {
    #[serde(flatten)]
    license: shape::License<'a>,
    as_of: Option<Timestamp>,
    key: Key<'a>,
    formats: Vec<&'static str>,
    removal: &'static str,
    activity: Vec<ActivityEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    leaked_since: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<Certificate<'a>>,
}

/// What is known of the key, without it.
#[derive(Serialize)]
struct Key<'a> {
    state: &'static str,
    form: Option<&'static str>,
    masked: Option<&'a str>,
    verified: Option<&'static str>,
    claims: Option<&'a Map<String, Value>>,
}

#[derive(Serialize)]
struct ActivityEntry<'a> {
    at: Timestamp,
    verb: &'a str,
    outcome: &'a str,
    detail: Option<String>,
}

pub(crate) async fn run(shell: &Shell<'_>, asked: &Show) -> Result<(), Fail> {
    let id = shell.license(&asked.license).await?;
    look_closer(shell, id).await?;
    let detail = app::list::detail(&shell.context, id).await?;
    let ways = app::keys::ways_in(&shell.context).await?;
    shell.out.print(&shape(&detail), |lines| print(lines, &detail, &ways))
}

/// Fetches what the list did not bring. Where that cannot be, what is known is shown.
async fn look_closer(shell: &Shell<'_>, id: LicenseId) -> Result<(), Fail> {
    match shell.context.unlock_without_prompt().await {
        Ok(()) => {}
        // Everything but the key is readable without it, and the key shows as locked.
        Err(AppError::Lock(_)) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    if let Err(error) = app::list::look_closer(&shell.context, id).await {
        shell.out.remark(&error.to_string());
    }
    Ok(())
}

fn shape(detail: &Detail) -> Shape<'_> {
    Shape {
        license: shape::License::new(&detail.row, &detail.files),
        as_of: detail.as_of.map(words::to_the_second),
        key: key(&detail.key),
        formats: detail.formats.iter().map(|format| format.word()).collect(),
        removal: match detail.removal {
            Removal::Delete => "delete",
            Removal::Remove => "remove",
            Removal::Nowhere => "nowhere",
        },
        activity: detail.activity.iter().map(activity_entry).collect(),
        leaked_since: detail.row.stored.leaked_since.map(words::to_the_second),
        certificate: detail.certificate.as_ref().map(Certificate::new),
    }
}

fn key(key: &KeyStatus) -> Key<'_> {
    let unseen = Key { state: "at-vendor", form: None, masked: None, verified: None, claims: None };
    match key {
        KeyStatus::Kept { masked, form, claims, verified } => Key {
            state: "kept",
            form: form.map(KeyForm::word),
            masked: Some(masked),
            verified: verified.map(shape::verification),
            claims: (*form == Some(KeyForm::Jwt)).then_some(claims),
        },
        KeyStatus::Locked { form } => Key { state: "locked", form: form.map(KeyForm::word), ..unseen },
        KeyStatus::Lost => Key { state: "lost", ..unseen },
        KeyStatus::AtVendor => unseen,
    }
}

fn activity_entry(recorded: &RecordedActivity) -> ActivityEntry<'_> {
    let Activity { at, verb, outcome, detail, .. } = &recorded.activity;
    let report = Report::of(&recorded.activity);
    let detail = match report {
        Some(report) => Some(app::instance::sentence(&report).unwrap_or(report.code)),
        None => detail.clone(),
    };
    ActivityEntry { at: words::to_the_second(*at), verb, outcome, detail }
}

fn print(lines: &mut Lines<'_>, detail: &Detail, ways: &[KeptBy]) -> io::Result<()> {
    let row = &detail.row;
    let license = &row.stored.license;
    let or_dash = |word: Option<&str>| word.unwrap_or("-").to_owned();
    let mut facts = vec![
        ("id", row.stored.id.to_string()),
        ("name", license.label().to_owned()),
        ("account", row.account.clone()),
        ("product", license.product.word().to_owned()),
        ("type", or_dash(license.tier.map(|tier| tier.word()))),
        ("hosting", or_dash(license.hosting.map(|hosting| hosting.word()))),
        ("goal", or_dash(license.goal.map(|goal| goal.word()))),
        ("status", status(&row.status)),
        ("created", license.created.map_or_else(|| "unknown".to_owned(), day)),
        ("expires", words::expiry(license, Timestamp::now())),
        ("entitlements", entitlements(detail)),
    ];
    if shape::is_unused(license) {
        let after = facts.iter().position(|(name, _)| *name == "created").unwrap_or_default();
        facts.insert(after, ("remark", "not used for 90 days".to_owned()));
    }
    // That of an imported key is Licet's own: no vendor knows it.
    if detail.removal != Removal::Remove {
        facts.insert(1, ("vendor's id", license.vendor_id.clone()));
    }
    facts.extend(license.limits.iter().map(|(name, value)| (name.as_str(), words_of(value))));
    facts.push(("key", key_words(&detail.key, ways)));
    facts.extend(row.stored.leaked_since.map(|since| ("leaked", format!("marked on {}", day(since)))));
    facts.push((
        "as of",
        detail.as_of.map_or_else(|| "-".to_owned(), |at| words::to_the_second(at).to_string()),
    ));
    for file in &detail.files {
        let path = file.tracked.file.path.display();
        facts.push(("file", format!("{path} ({})", shape::state(file))));
    }
    lines.facts(&facts)
}

/// The status, with the vendor's own word where Licet does not know it.
fn status(status: &Status) -> String {
    if let Status::Unknown(Some(word)) = status {
        format!("{} (vendor says: {word})", status.word())
    } else {
        status.word().to_owned()
    }
}

/// A text without the quotes that JSON has around it.
fn words_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn day(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).date().to_string()
}

fn entitlements(detail: &Detail) -> String {
    let codes = |all: &Vec<license::Entitlement>| {
        all.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(", ")
    };
    detail.row.stored.license.entitlements.as_ref().map_or_else(|| "unknown".to_owned(), codes)
}

fn key_words(seen: &KeyStatus, ways: &[KeptBy]) -> String {
    let key = key(seen);
    match seen {
        KeyStatus::Kept { masked, .. } => match key.verified {
            Some("verified") => format!("{masked} (signed by its issuer)"),
            Some("failed") => format!("{masked} (NOT signed by its issuer)"),
            Some(_) => format!("{masked} (not verified)"),
            None => masked.clone(),
        },
        KeyStatus::Locked { .. } if ways.contains(&KeptBy::Passphrase) => {
            "locked; --unlock-file PATH shows more".to_owned()
        }
        KeyStatus::Locked { .. } => "locked; unlock the keyring to see more".to_owned(),
        KeyStatus::AtVendor => "fetched from the vendor when needed".to_owned(),
        KeyStatus::Lost => "kept for one session, which is over; import it again".to_owned(),
    }
}
