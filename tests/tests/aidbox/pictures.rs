//! The pictures in the documentation, taken of the real window. `LICET_WRITE_PICTURES=1` puts them into `docs/images`.

use std::path::Path;

use journeys::{Hand, KeyringState, Session, Window};
use xtask::repository;

/// Each picture in light and dark.
const THEMES: [(&str, &str); 2] = [("light", ""), ("dark", "-dark")];

#[tokio::test(flavor = "multi_thread")]
async fn pictures() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &["--portal"]).await?;
    let hand = Hand::at(&window);
    let pictures = repository::target().join("pictures");
    std::fs::create_dir_all(&pictures)?;

    window.driver().set_window_rect(0, 0, 1320, 800).await?;
    hand.select("showroom").await?;
    window.find("export-open").await?;
    taken(&window, &pictures, "window").await?;
    hand.click("view-attention").await?;
    window.find("attention").await?;
    taken(&window, &pictures, "attention").await?;
    hand.click("view-all").await?;
    hand.select("showroom").await?;
    hand.click("export-open").await?;
    hand.paste("export-path", "~/showroom.env").await?;
    hand.enabled("export-write", true).await?;
    hand.click("export-write").await?;
    hand.click("export-close").await?;
    xtask::repository::write(&session.home().join("showroom.env"), b"BOX_LICENSE=changed\n")?;
    hand.click("view-files").await?;
    window.find("files").await?;
    taken(&window, &pictures, "files").await?;

    if std::env::var_os("LICET_WRITE_PICTURES").is_some() {
        let shown = repository::path("docs/images");
        std::fs::create_dir_all(&shown)?;
        for name in ["window", "attention", "files"] {
            for (_, suffix) in THEMES {
                let file = format!("{name}{suffix}.png");
                std::fs::copy(pictures.join(&file), shown.join(&file))?;
            }
        }
    }
    window.close().await
}

/// Takes a picture of the window in light and in dark.
async fn taken(window: &Window, folder: &Path, name: &str) -> anyhow::Result<()> {
    for (theme, suffix) in THEMES {
        // What still changes its color would be shown in between.
        let set = format!(
            "document.documentElement.dataset.theme = '{theme}';
            for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish()"
        );
        window.driver().execute(set, vec![]).await?;
        window.screenshot(&folder.join(format!("{name}{suffix}.png"))).await?;
    }
    Ok(())
}
