//! From a new license to an instance that can start: its `.env` in the compose folder, and what git would make of it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use journeys::{Hand, Looks, Window, readers};

use crate::world::{World, put};

#[tokio::test(flavor = "multi_thread")]
async fn a_new_license_runs_from_a_compose_folder_and_git_is_asked_first() -> anyhow::Result<()> {
    let world = World::connected()?;
    let folder = compose_folder(&world)?;
    git(&folder, &["init", "--quiet"])?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("create-open").await?;
    hand.paste("create-name", "checkout").await?;
    hand.click("create-submit").await?;
    hand.selected("checkout").await?;
    hand.click("toast-act").await?;
    let words = window.text("run-dialog").await?;
    assert!(words.contains("checkout"), "{words}");

    hand.paste("run-folder", &folder.display().to_string()).await?;
    let warning = window.text("run-git-warning").await?;
    assert!(warning.contains("Git would commit this .env"), "{warning}");
    let compose =
        hand.text_that("run-compose", "the compose file", |text| text.contains("compose.yaml")).await?;
    assert!(compose.contains(&folder.display().to_string()), "{compose}");
    picture(&window, "run-warning").await?;
    put(&folder.join(".gitignore"), ".env\n.env.bak\n")?;
    // Typing looks again.
    hand.paste("run-folder", &format!("{}/", folder.display())).await?;
    window.gone("run-git-warning").await?;
    let preview =
        hand.text_that("run-preview", "the other lines", |text| text.contains("PGPASSWORD=postgres")).await?;
    assert!(preview.contains("BOX_LICENSE=••••") && !preview.contains("eyJ"), "{preview}");
    assert!(!std::fs::read_to_string(folder.join(".env"))?.contains("BOX_LICENSE"), "nothing is written yet");

    hand.click("run-write").await?;
    let done = window.text("export-done").await?;
    assert!(done.contains("box/.env") && done.contains(".env.bak"), "{done}");
    let command = window.text("export-next").await?;
    assert!(command.contains("docker compose --project-directory"), "{command}");
    picture(&window, "run-done").await?;
    in_compose(&window, &folder, "BOX_LICENSE").await?;
    hand.click("run-close").await?;
    window.gone("run-dialog").await?;

    let read = readers::dotenv(&folder.join(".env"))?;
    assert_eq!(read["PGPASSWORD"], "postgres", "{read}");
    let claims = readers::jwt(read["BOX_LICENSE"].as_str().unwrap_or_default(), &world.portal.url())?;
    assert_eq!(claims["sub"], world.project().the_one("checkout").await?["id"]);
    assert_eq!(world.listed("checkout")?["files"][0]["state"], "up-to-date");
    assert_eq!(git(&folder, &["status", "--porcelain", "--", ".env"])?, "", "git does not see it");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_in_the_repository_already_is_pointed_out_from_the_menu() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    let folder = compose_folder(&world)?;
    git(&folder, &["init", "--quiet"])?;
    git(&folder, &["add", ".env"])?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("clinic").await?;
    hand.click("detail-menu").await?;
    hand.click("run-open").await?;
    hand.paste("run-folder", &folder.join("nowhere").display().to_string()).await?;
    window.shows("does not exist").await?;
    hand.enabled("run-write", false).await?;
    window.gone("run-git-warning").await?;
    hand.paste("run-folder", &folder.display().to_string()).await?;
    let tracked = |text: &str| text.contains("in the repository already");
    let warning = hand.text_that("run-git-warning", "what git tracks", tracked).await?;
    assert!(warning.contains("git rm --cached"), "{warning}");
    // Whoever knows what they do goes on.
    hand.click("run-write").await?;
    window.find("export-done").await?;
    hand.click("run-close").await?;
    assert!(readers::dotenv(&folder.join(".env"))?["BOX_LICENSE"].is_string());

    // The next time it begins where the license is.
    hand.click("detail-menu").await?;
    hand.click("run-open").await?;
    assert_eq!(hand.value("run-folder").await?, folder.display().to_string());
    window.close().await
}

/// A folder with a compose file and a `.env` of its own.
pub(crate) fn compose_folder(world: &World) -> anyhow::Result<PathBuf> {
    let folder = world.session.home().join("box");
    std::fs::create_dir_all(&folder)?;
    put(&folder.join("compose.yaml"), "services:\n  aidbox:\n    image: healthsamurai/aidboxone:latest\n")?;
    put(&folder.join(".env"), "# ours\nPGPASSWORD=postgres\n")?;
    Ok(folder)
}

/// The lines for the compose file are YAML that hands the variable on, by PyYAML.
pub(crate) async fn in_compose(window: &Window, folder: &Path, variable: &str) -> anyhow::Result<()> {
    let shown = window.driver().find(thirtyfour::By::Css("[data-testid=snippet-compose] pre")).await?;
    let file = put(&folder.join("shown.yaml"), &shown.prop("textContent").await?.context("the lines")?)?;
    let read = readers::yaml(&file)?;
    let expected = format!("${{{variable}}}");
    assert_eq!(read["services"]["aidbox"]["environment"][variable], expected, "{read}");
    let words = window.text("snippet-compose").await?;
    assert!(words.contains("environment of your instance’s service"), "{words}");
    Ok(())
}

/// What the window shows now, judged in light and dark.
pub(crate) async fn picture(window: &Window, name: &str) -> anyhow::Result<()> {
    let mut looks = Looks::default();
    looks.at(window, &format!("aidbox-{name}")).await?;
    looks.judged()
}

fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let ran = std::process::Command::new("git").arg("-C").arg(folder).args(arguments).output()?;
    anyhow::ensure!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    Ok(String::from_utf8(ran.stdout)?)
}
