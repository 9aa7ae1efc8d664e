//! `licet leaked`

use crate::args::licenses::Leaked;
use crate::commands::files::held_backups::{self, Held};
use crate::output::fail::Fail;
use crate::process::{secrets, shell::Shell};
use license::LicenseId;
use serde::Serialize;

#[derive(Serialize)]
struct Answer {
    license: LicenseId,
    /// Whether the key of this license is marked now.
    leaked: bool,
    /// The license whose key took its place.
    successor: Option<LicenseId>,
    /// Backups that contain a key of this license.
    backups: Vec<Held>,
}

/// Marks a key, takes the mark back, or brings in the key that takes its place.
pub(crate) async fn run(shell: &Shell<'_>, asked: &Leaked) -> Result<(), Fail> {
    let license = shell.license(&asked.license).await?;
    shell.ask_to_unlock().await?;
    let Some(source) = &asked.successor_file else {
        let leaked = !asked.take_back;
        app::leaked::mark_leaked(&shell.context, license, leaked).await?;
        let backups = match leaked {
            true => held_backups::of_license(shell, license).await,
            false => Vec::new(),
        };
        held_backups::warn(shell, &backups, "a key of this license");
        return shell.out.print(&Answer { license, leaked, successor: None, backups }, |lines| {
            lines.tell(match leaked {
                true => "Marked as leaked. Once its successor is there, Licet writes its files again and removes it.",
                false => "No longer marked as leaked.",
            })
        });
    };
    let mut backups = held_backups::of_license(shell, license).await;
    let successor = app::import::succeed(&shell.context, license, &secrets::read(source)?).await?;
    backups.retain(Held::is_there);
    held_backups::warn(shell, &backups, "the leaked key");
    let answer = Answer { license, leaked: false, successor: Some(successor.license), backups };
    shell.out.print(&answer, |lines| {
        lines.answer(&successor.license.to_string())?;
        lines.tell("The leaked key is removed, and its files have the new one.")
    })
}
