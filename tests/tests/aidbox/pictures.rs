//! The pictures in the documentation, taken of the real window. `LICET_WRITE_PICTURES=1` puts them into `docs/images`.

use journeys::{Hand, KeyringState, Session, Window};
use xtask::repository;

#[tokio::test(flavor = "multi_thread")]
async fn pictures() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &["--portal"]).await?;
    let hand = Hand::at(&window);
    let pictures = repository::target().join("pictures");
    std::fs::create_dir_all(&pictures)?;

    window.driver().set_window_rect(0, 0, 1180, 760).await?;
    hand.select("showroom").await?;
    hand.unfold("rules").await?;
    hand.text_that("detail", "its hosting", |text| text.contains("Sandbox")).await?;
    window.screenshot(&pictures.join("window.png")).await?;

    if std::env::var_os("LICET_WRITE_PICTURES").is_some() {
        let shown = repository::path("docs/images");
        std::fs::create_dir_all(&shown)?;
        std::fs::copy(pictures.join("window.png"), shown.join("window.png"))?;
    }
    window.close().await
}
