//! License files: written beside what else stands there, watched, repaired, kept up to date.

use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
use journeys::{Hand, Window, readers, until};
use serde_json::{Value, json};
use testkit::{Answer, FaultServer};

use crate::world::{World, mode, put};

const BEFORE: &str =
    "# the ports\nAIDBOX_PORT=8888\n\nBOX_LICENSE=an-old-one\nAIDBOX_CLIENT_SECRET=\"a b\" # mine\n";

#[tokio::test(flavor = "multi_thread")]
async fn what_else_stands_in_an_env_file_stays_and_the_old_one_is_beside_it() -> anyhow::Result<()> {
    let (world, window) = with_license("clinic").await?;
    let hand = Hand::at(&window);
    let env = put(&world.session.home().join("compose/.env"), BEFORE)?;
    set_mode(&env, 0o640)?;
    hand.select("clinic").await?;
    hand.click("export-open").await?;
    hand.paste("export-path", &env.display().to_string()).await?;
    let preview =
        hand.text_that("export-preview", "the other lines", |text| text.contains("# the ports")).await?;
    assert!(preview.contains("AIDBOX_PORT=8888") && !preview.contains("an-old-one"), "{preview}");
    window.shows("Its present content is kept in a backup beside it.").await?;
    hand.click("export-write").await?;
    let done = window.text("export-done").await?;
    assert!(done.contains("compose/.env") && done.contains("compose/.env.bak"), "{done}");
    let command = window.text("export-next").await?;
    assert!(command.contains("docker compose --project-directory"), "{command}");
    let running = window.text("export-running").await?;
    assert!(running.contains("Run the command again to recreate it"), "{running}");
    hand.click("export-close").await?;
    hand.row("clinic").await?;

    let read = readers::dotenv(&env)?;
    assert_eq!((&read["AIDBOX_PORT"], &read["AIDBOX_CLIENT_SECRET"]), (&json!("8888"), &json!("a b")));
    verified(&world, &read["BOX_LICENSE"], "clinic").await?;
    let text = std::fs::read_to_string(&env)?;
    assert!(text.starts_with("# the ports\nAIDBOX_PORT=8888\n\nBOX_LICENSE="), "{text}");
    assert!(text.ends_with("\nAIDBOX_CLIENT_SECRET=\"a b\" # mine\n"), "{text}");
    assert_eq!(mode(&env)?, 0o640, "who could read it before still can");
    let backup = env.with_file_name(".env.bak");
    assert_eq!((std::fs::read_to_string(&backup)?.as_str(), mode(&backup)?), (BEFORE, 0o600));
    assert_eq!(world.listed("clinic")?["files"][0]["state"], "up-to-date");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kubernetes_secret_and_a_jwt_file_are_read_by_others() -> anyhow::Result<()> {
    let (world, window) = with_license("clinic").await?;
    let hand = Hand::at(&window);
    hand.select("clinic").await?;

    let secret = world.session.home().join("secret.yaml");
    export(&hand, "k8s-secret", &secret).await?;
    let command = window.text("export-next").await?;
    assert!(command.contains(&format!("kubectl apply -f {}", secret.display())), "{command}");
    hand.click("export-close").await?;
    let read = readers::yaml(&secret)?;
    assert_eq!((&read["kind"], &read["type"]), (&json!("Secret"), &json!("Opaque")), "{read}");
    let encoded = read["data"]["BOX_LICENSE"].as_str().unwrap_or_default();
    let decoded = String::from_utf8(STANDARD.decode(encoded)?)?;
    verified(&world, &json!(decoded), "clinic").await?;

    let file = world.session.home().join("license.jwt");
    export(&hand, "jwt", &file).await?;
    hand.click("export-close").await?;
    assert_eq!(std::fs::read_to_string(&file)?.trim_end(), decoded);
    assert_eq!((mode(&file)?, mode(&secret)?), (0o600, 0o600));
    assert_eq!(world.listed("clinic")?["files"].as_array().map(Vec::len), Some(2));
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_mounted_into_a_container_keeps_its_inode() -> anyhow::Result<()> {
    let (world, window) = with_license("clinic").await?;
    let hand = Hand::at(&window);
    let env = put(&world.session.home().join("mounted.env"), BEFORE)?;
    let inode = inode_of(&env)?;
    hand.select("clinic").await?;
    hand.click("export-open").await?;
    hand.paste("export-path", &env.display().to_string()).await?;
    hand.click("export-in-place").await?;
    hand.enabled("export-write", true).await?;
    hand.click("export-write").await?;
    window.find("export-done").await?;
    hand.click("export-close").await?;
    assert_eq!(inode_of(&env)?, inode, "the container sees the same file");
    let read = readers::dotenv(&env)?;
    assert_eq!(read["AIDBOX_PORT"], "8888");
    verified(&world, &read["BOX_LICENSE"], "clinic").await?;
    assert_eq!(std::fs::read_to_string(env.with_file_name("mounted.env.bak"))?, BEFORE);
    hand.text_that("detail", "how it was written", |text| text.contains("in place")).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn drift_is_seen_as_it_happens_and_repaired_by_one_click() -> anyhow::Result<()> {
    let (world, window) = with_license("clinic").await?;
    let hand = Hand::at(&window);
    let env = world.session.home().join(".env");
    hand.select("clinic").await?;
    export(&hand, "env", &env).await?;
    hand.click("export-close").await?;
    let written = std::fs::read_to_string(&env)?;
    let state = hand.first_like("file-state-").await?;
    let repair = state.replace("state", "repair");
    hand.text_that(&state, "as written", |text| text == "Up to date").await?;
    assert!(!hand.is_there(&repair).await?, "there is nothing to repair");

    put(&env, "BOX_LICENSE=somebody-elses\nOTHER=1\n")?;
    hand.text_that(&state, "drift", |text| text == "Differs from the license").await?;
    hand.row_that_shows("clinic", "A license file differs").await?;
    hand.click(&repair).await?;
    hand.text_that(&state, "the repair", |text| text == "Up to date").await?;
    let read = readers::dotenv(&env)?;
    assert_eq!(read["OTHER"], "1", "the other program's lines stay");
    verified(&world, &read["BOX_LICENSE"], "clinic").await?;

    std::fs::remove_file(&env)?;
    hand.text_that(&state, "the loss", |text| text == "Missing").await?;
    hand.click(&repair).await?;
    hand.text_that(&state, "the repair", |text| text == "Up to date").await?;
    assert_eq!(std::fs::read_to_string(&env)?, written);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_kept_follows_its_license() -> anyhow::Result<()> {
    let world = World::new()?;
    let between = FaultServer::before(world.portal.address());
    world.project().issue("clinic").await?;
    world.project().issue("another").await?;
    world.connect(&between.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("clinic").await?;
    let env = world.session.home().join(".env");
    export(&hand, "env", &env).await?;
    hand.click("export-close").await?;

    // The portal gives the license another end, and with it another string: that of the other license.
    let mut renewed = world.project().licenses().await?;
    let (of_clinic, of_another) = (id_of(&renewed, "clinic"), id_of(&renewed, "another"));
    for license in renewed.iter_mut().filter(|license| license["name"] == "clinic") {
        license["expiration"] = json!("2031-01-02T03:04:05Z");
    }
    let mut answer = world.project().get(&of_another).await?;
    answer["license"]["id"] = json!(of_clinic);
    answer["license"]["name"] = json!("clinic");
    answer["license"]["expiration"] = json!("2031-01-02T03:04:05Z");
    between.once("get-licenses\"", Answer::json(200, &json!({"result": renewed})));
    between.once("get-license\"", Answer::json(200, &json!({"result": answer})));
    hand.click("refresh").await?;
    until("the new string in the file", || {
        Ok(std::fs::read_to_string(&env)?.contains(answer["jwt"].as_str().unwrap_or("no jwt")))
    })
    .await?;
    let state = hand.first_like("file-state-").await?;
    hand.text_that(&state, "as written", |text| text == "Up to date").await?;
    assert!(!env.with_file_name(".env.bak").exists(), "what Licet wrote itself needs no backup");
    window.close().await
}

/// The window on a project with this license.
async fn with_license(name: &str) -> anyhow::Result<(World, Window)> {
    let world = World::new()?;
    world.project().issue(name).await?;
    world.connect(&world.portal.url())?;
    let window = Window::open(&world.session, &[]).await?;
    Ok((world, window))
}

/// Writes the selected license to a file, and leaves the dialog open at what to do next.
async fn export(hand: &Hand<'_>, format: &str, to: &Path) -> anyhow::Result<()> {
    hand.click("export-open").await?;
    hand.choose(&format!("export-format-{format}")).await?;
    hand.paste("export-path", &to.display().to_string()).await?;
    hand.enabled("export-write", true).await?;
    hand.click("export-write").await?;
    hand.window.find("export-done").await.map(drop)
}

/// The license string is the portal's own, by PyJWT and the keys that the portal publishes.
async fn verified(world: &World, jwt: &Value, name: &str) -> anyhow::Result<()> {
    let claims = readers::jwt(jwt.as_str().unwrap_or_default(), &world.portal.url())?;
    assert_eq!(claims["sub"], world.project().the_one(name).await?["id"], "{claims}");
    Ok(())
}

fn id_of(licenses: &[Value], name: &str) -> String {
    let named = licenses.iter().find(|license| license["name"] == name);
    named.and_then(|license| license["id"].as_str()).unwrap_or_default().to_owned()
}

fn set_mode(file: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, PermissionsExt::from_mode(mode))
}

fn inode_of(file: &Path) -> std::io::Result<u64> {
    use std::os::unix::fs::MetadataExt;
    Ok(std::fs::metadata(file)?.ino())
}
