//! A settings file with values that cannot be used.

use journeys::{Window, licet_home};

use crate::common::{has, says, with_key};

#[tokio::test(flavor = "multi_thread")]
async fn bad_value_is_named_and_the_window_opens() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let settings = licet_home(&session).join("settings.toml");
    let text = "density = \"dense\"\nappearance = \"dark\"\n";
    xtask::repository::write(&settings, text.as_bytes())?;

    let window = Window::open(&session, &[]).await?;
    has(&window, "app-ready", "data-screen", "main").await?;
    says(&window, "settings-problems", "“density”").await?;
    let theme = window.driver().execute("return document.documentElement.dataset.theme", vec![]).await?;
    assert_eq!(theme.json(), "dark", "the other setting applies");
    assert_eq!(std::fs::read_to_string(&settings)?, text, "the file stays as it is");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn file_that_is_not_toml_opens_with_the_defaults() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let settings = licet_home(&session).join("settings.toml");
    xtask::repository::write(&settings, b"density = \n")?;
    let window = Window::open(&session, &[]).await?;
    says(&window, "settings-problems", "not valid TOML").await?;
    window.close().await
}
