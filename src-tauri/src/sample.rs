//! `--portal`: a home to look around in, connected to a local portal with licenses of every type and hosting, and with
//! imported AICA keys of both forms.

use crate::opened::Opened;
use app::DeskError;

/// The example of the vendor's licensing page.
const SYSTEM_KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

/// Of the form of a Deployment Key; nobody signed it.
const DEPLOYMENT_KEY: &str = "key/eyJkZXBsb3ltZW50IjoiY2VsbC0wNyJ9.\
    AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw";

/// Fills the home, unless it has accounts already.
pub(crate) async fn fill(opened: &Opened, is_throw_away: bool) -> Result<(), Box<dyn std::error::Error>> {
    let desk = &opened.desk;
    if is_throw_away {
        desk.keep_for_session_only().await?;
    }
    if !desk.accounts().await?.is_empty() {
        return Ok(());
    }
    let running = opened.portal.running().await?;
    tokio::task::spawn_blocking(move || running.portal().seed_demo()).await??;
    let account = desk.connect_local(portal::DEMO_PROJECT).await?;
    desk.refresh(account).await?;
    import(desk).await?;
    Ok(desk.finish_setup().await?)
}

async fn import(desk: &app::Desk) -> Result<(), DeskError> {
    desk.import_text(SYSTEM_KEY, Some("Robot cell 7")).await?;
    desk.import_text(DEPLOYMENT_KEY, Some("Palletizer deployment")).await?;
    Ok(())
}
