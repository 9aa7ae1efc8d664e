//! Certificates: checked out where the account is, brought in where there is no network.

use std::path::PathBuf;

use journeys::{Hand, KeyringState, Session, Window, licet_home, licet_json, licet_says};
use serde_json::Value;
use xtask::repository::write;

use crate::world::World;

/// A public key that signed nothing here.
const OF_ANOTHER: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

/// A computer without network and without accounts, with one imported key, so that the wizard is over.
fn offline(certificate: &str) -> anyhow::Result<(Session, PathBuf)> {
    let session = Session::start(KeyringState::Unlocked)?;
    licet_says(&session, &["import", "-", "--name", "bench"], crate::papers::OTHER_KEY)?;
    let file = session.home().join("cell.lic");
    write(&file, certificate.as_bytes())?;
    Ok((session, file))
}

/// What the certificate on the screen entitles to; a chip that is scrolled out of sight counts too.
async fn entitlements(window: &Window) -> anyhow::Result<String> {
    let told = window.find("certificate-entitlements").await?.prop("textContent").await?;
    Ok(told.unwrap_or_default().trim().to_owned())
}

fn row<'a>(listed: &'a Value, name: &str) -> Option<&'a Value> {
    listed.as_array()?.iter().find(|row| row["name"] == name)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_checked_out_in_the_window_and_shows_what_it_certifies_offline() -> anyhow::Result<()>
{
    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("cell").await?;
    hand.unfold("certificate").await?;
    hand.click("certificate-check-out").await?;
    hand.choose("check-out-ttl-604800").await?;
    hand.click("check-out-encrypted").await?;
    hand.click("check-out-submit").await?;
    let seen = window.text("certificate").await?;
    assert!(seen.contains("by anyone"), "{seen}");
    assert_eq!(entitlements(&window).await?, "Motion control");
    assert!(seen.contains("Not verified"), "no public key is set: {seen}");
    let file = world.session.home().join("cell.lic");
    assert_eq!(hand.value("export-path").await?, file.display().to_string(), "named after its license");
    hand.enabled("export-write", true).await?;
    let preview = window.text("export-preview").await?;
    assert!(preview.contains("BEGIN LICENSE FILE") && preview.contains("••••"), "{preview}");
    hand.click("export-write").await?;
    let next = window.text("export-next").await?;
    assert!(next.contains(&format!("licet import {}", file.display())), "{next}");
    hand.click("export-close").await?;
    hand.first_like("fold-certificate-note").await?;
    let note = "return document.querySelector('[data-testid=fold-certificate-note]').textContent";
    let note: String = window.driver().execute(note, vec![]).await?.convert()?;
    assert!(note.starts_with("until "), "{note}");
    hand.unfold("history").await?;
    window.shows("Offline certificate created").await?;
    window.close().await?;
    let certificate = std::fs::read_to_string(&file)?;

    let (session, file) = offline(&certificate)?;
    let window = Window::open(&session, &[]).await?;
    let hand = Hand::at(&window);
    window.drop_files(std::slice::from_ref(&file)).await?;
    hand.selected("cell").await?;
    let seen = window.text("certificate").await?;
    assert!(seen.contains("Certificate expires") && seen.contains("License expires"), "{seen}");
    assert_eq!(entitlements(&window).await?, "Motion control");
    let listed = licet_json(&session, &["list"])?;
    let days = row(&listed, "cell").and_then(|row| row["expires_in_days"].as_i64());
    assert_eq!(days, Some(6), "it ends with the certificate, in a week");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_encrypted_one_asks_for_its_key_and_says_what_is_wrong_with_what_is_given() -> anyhow::Result<()> {
    let world = World::new()?;
    let key = world.cell()?;
    world.connect_with(&world.portal.url(), &["--public-key", &world.service.public_key_hex()])?;
    let file = world.session.home().join("license.lic");
    let to = file.to_str().unwrap_or_default();
    let args = ["export", "cell", "--format", "certificate", "--to", to, "--entitlements", "--encrypt"];
    assert_eq!(world.licet_json(&args)?["certificate"]["verified"], "verified");
    let certificate = std::fs::read_to_string(&file)?;

    let (session, file) = offline(&certificate)?;
    let window = Window::open(&session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("bench").await?;
    window.drop_files(std::slice::from_ref(&file)).await?;
    hand.text_that("certificate-dialog", "the question", |text| {
        text.contains("The certificate is encrypted.")
    })
    .await?;
    window.fill("certificate-key", "000000-000000-000000-000000-000000-V3").await?;
    hand.click("certificate-import").await?;
    hand.text_that("certificate-dialog", "the wrong key", |text| {
        text.contains("encrypted for another license")
    })
    .await?;
    window.fill("certificate-key", &format!("License = \"{key}\"")).await?;
    window.fill("certificate-issuer", OF_ANOTHER).await?;
    hand.click("certificate-import").await?;
    hand.text_that("certificate-dialog", "the wrong issuer", |text| text.contains("not signed by an issuer"))
        .await?;
    assert_eq!(licet_json(&session, &["list"])?.as_array().map(Vec::len), Some(1), "nothing was kept");
    window.fill("certificate-issuer", &world.service.public_key_hex()).await?;
    hand.click("certificate-import").await?;
    hand.selected("cell").await?;
    let seen = window.text("certificate").await?;
    assert!(seen.contains("Verified") && seen.contains("with its license key alone"), "{seen}");
    assert!(!window.everything_shown().await?.contains(&key));
    let again = licet_json(&session, &["show", "cell"])?;
    assert_eq!(again["certificate"]["verified"], "verified", "the issuer's key is remembered");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_over_says_when_it_ended_and_what_to_do() -> anyhow::Result<()> {
    let world = World::connected()?;
    let file = world.session.home().join("license.lic");
    let to = file.to_str().unwrap_or_default();
    world.licet(&["export", "cell", "--format", "certificate", "--to", to, "--ttl", "1d"])?;
    let (session, file) = offline(&std::fs::read_to_string(&file)?)?;
    licet_says(&session, &["import", file.to_str().unwrap_or_default()], "")?;
    write(&licet_home(&session).join("clock-ahead"), (3 * 86_400).to_string().as_bytes())?;
    let window = Window::open(&session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("cell").await?;
    let ended = window.text("certificate-expired").await?;
    assert!(ended.contains("This certificate expired on") && ended.contains("Create a new one"), "{ended}");
    let seen = window.text("certificate").await?;
    assert!(seen.contains("none in the certificate"), "{seen}");
    window.close().await
}
