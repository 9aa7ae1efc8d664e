//! Converts what use cases return to what the page shows, and what the page asks for to their arguments.

mod accounts;
mod attention;
mod backups;
mod certificate;
mod create;
mod detail;
mod errors;
mod events;
mod files;
mod instance;
mod list;
mod next;
mod packages;
mod replace;
mod run;
mod seats;
mod selection;
mod settings;
mod setup;

pub(crate) use accounts::{account, login, session_left, tested};
pub(crate) use attention::attention;
pub(crate) use backups::{backup, git_plan, restore_plan, restored};
pub(crate) use certificate::{certificate, check_out, import_with};
pub(crate) use create::{create_form, outcome, products, vendors, wanted};
pub(crate) use detail::{activity, detail, stored};
pub(crate) use errors::{error, open_error};
pub(crate) use events::{HostEvent, event};
pub(crate) use files::{access, file, file_of_license, format, new_target, preview, target, written};
pub(crate) use instance::{applied, apply_preview, instance};
pub(crate) use list::{counts, query, row, window};
pub(crate) use next::core;
pub(crate) use packages::{artifact, packages, release};
pub(crate) use replace::{replaced, replacing};
pub(crate) use run::{run_plan, vendor_page};
pub(crate) use seats::{seats, validated};
pub(crate) use selection::{delete_plan, deletion, unfinished_write, write_plan, write_to, writing};
pub(crate) use settings::{chosen_settings, settings, vault};
pub(crate) use setup::{draft, found_file, import_plan, imported, kept_draft, recognised};

use crate::view::ErrorView;
use license::LicenseId;
use std::path::Path;

/// Licet's id of a license as the page has it.
pub(crate) fn license_id(text: &str) -> Result<LicenseId, ErrorView> {
    let not_found =
        |_| app::context::AppError::NotFound { what: app::context::Thing::License, named: text.to_owned() };
    text.parse().map_err(not_found).map_err(error)
}

pub(crate) fn license_ids(texts: &[String]) -> Result<Vec<LicenseId>, ErrorView> {
    texts.iter().map(|text| license_id(text)).collect()
}

/// A name that a user or a vendor chose: what is invisible in it is shown as its escape, and typed so to confirm it. A page shows
/// line breaks and tabs as spaces.
fn name(chosen: &str) -> String {
    let breaks = ['\n', '\r', '\t'];
    chosen
        .split_inclusive(breaks)
        .flat_map(|part| {
            let text = part.trim_end_matches(breaks);
            [app::context::shown(text), part[text.len()..].into()]
        })
        .collect()
}

/// A path as the page shows it, with `~` for the user's home; see [`name`].
fn path(path: &Path) -> String {
    name(&vault::files::from_home(path).display().to_string())
}

/// What an account offers beside its list, by the words that the page has panels for.
fn facets(all: &[vendors::Facet]) -> Vec<String> {
    all.iter().map(|facet| facet.word().to_owned()).collect()
}

/// A number of rows as the page has it; no list comes near the greatest.
pub(crate) fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
