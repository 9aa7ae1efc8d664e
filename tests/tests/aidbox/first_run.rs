//! From the first start to a license file on disk.

use journeys::{Hand, KeyringState, Session, Window, readers};

use crate::world::{Project, mode};

/// How Licet's one entry in the keyring is found by any other program.
pub(crate) const ENTRY: &[(&str, &str)] = &[("service", "dev.licet")];

#[tokio::test(flavor = "multi_thread")]
async fn trying_it_takes_four_clicks_to_a_license_file() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &[]).await?;
    let hand = Hand::at(&window);
    let env = session.home().join(".env");

    window.find("setup-step-where").await?;
    hand.click("setup-card-local").await?;
    hand.click("setup-next").await?;
    assert_eq!(hand.value("setup-first-license-name").await?, "my-first-box");
    hand.click("setup-first-license-create").await?;
    assert_eq!(hand.value("setup-file-path").await?, env.display().to_string());
    let preview =
        hand.text_that("setup-file-preview", "the variable", |text| text.contains("BOX_LICENSE=")).await?;
    hand.click("setup-file-write").await?;
    window.find("setup-file-done").await?;
    assert!(hand.clicks() <= 4, "it took {} clicks to the file", hand.clicks());
    hand.click("setup-next").await?;
    let summary = window.text("setup-summary").await?;
    assert!(summary.contains("~/.env") && summary.contains("1 license"), "{summary}");
    let command = window.text("setup-next-command").await?;
    assert!(command.contains("docker compose --project-directory"), "{command}");
    hand.click("setup-finish").await?;
    let row = hand.selected("my-first-box").await?;
    assert!(hand.clicks() <= 6, "it took {} clicks to the list", hand.clicks());
    assert!(row.cells.iter().any(|cell| cell == "Never expires"), "{row:?}");
    hand.unfold("rules").await?;
    hand.text_that("detail", "its facts", |text| text.contains("Self-hosted") && text.contains("Dev"))
        .await?;

    let written = readers::dotenv(&env)?;
    let jwt = written["BOX_LICENSE"].as_str().unwrap_or_default();
    assert_eq!(mode(&env)?, 0o600);
    assert!(!preview.contains(jwt), "the preview masks the key");
    let project = Project::of_this_computer(&session, "This computer")?;
    let issued = project.the_one("my-first-box").await?;
    assert_eq!((&issued["type"], &issued["status"]), (&"development".into(), &"active".into()));
    let claims = readers::jwt(jwt, &project.url)?;
    assert_eq!(claims["sub"], issued["id"], "{claims}");
    assert!(session.keyring()?.look_up(ENTRY)?.is_some(), "the key of the library is in the keyring");
    window.close().await
}
