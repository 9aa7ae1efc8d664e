//! `--portal`: a home to look around in, connected to a local portal with licenses of every type and hosting, and with
//! imported keys of both forms.

use crate::opened::Opened;
use app::context::AppError;

/// The example of the vendor's licensing page.
const SYSTEM_KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

/// Of the form of a Deployment Key; nobody signed it.
const DEPLOYMENT_KEY: &str = "key/eyJkZXBsb3ltZW50IjoiY2VsbC0wNyJ9.\
    AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw";

/// Fills the home, unless it has accounts already.
pub(crate) async fn fill(opened: &Opened, is_throw_away: bool) -> Result<(), Box<dyn std::error::Error>> {
    let context = &opened.context;
    if is_throw_away {
        app::keys::keep_for_session_only(context).await?;
    }
    if !app::accounts::accounts(context).await?.is_empty() {
        return Ok(());
    }
    let running = opened.portal.running().await?;
    tokio::task::spawn_blocking(move || running.portal().seed_demo()).await??;
    let account = app::accounts::connect_local(context, portal::DEMO_PROJECT).await?;
    app::refresh::refresh(context, account).await?;
    import(context).await?;
    Ok(app::home::finish_setup(context).await?)
}

async fn import(context: &app::context::Context) -> Result<(), AppError> {
    app::import::import_text(context, SYSTEM_KEY, Some("Robot cell 7")).await?;
    app::import::import_text(context, DEPLOYMENT_KEY, Some("Palletizer deployment")).await?;
    Ok(())
}
