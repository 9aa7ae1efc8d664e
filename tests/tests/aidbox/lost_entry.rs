//! The keyring has lost Licet's entry: what is sealed cannot be opened any more, and there is a way out.

use journeys::{Hand, Looks, Window, licet_home, readers, until};

use crate::first_run::ENTRY;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn after_the_entry_was_lost_the_secrets_are_forgotten_and_a_token_opens_all_again() -> anyhow::Result<()>
{
    let mut world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    let env = world.session.home().join(".env");
    world.licet(&["export", "clinic", "--format", "env", "--to", &env.display().to_string()])?;
    let written = std::fs::read_to_string(&env)?;
    let first = world.session.keyring()?.look_up(ENTRY)?;
    assert!(first.is_some());
    world.session.keyring()?.clear(ENTRY)?;

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    // Told at the start: the keyring is open, and nothing was tried.
    window.shows("The keyring no longer has Licet’s entry, so sealed keys cannot be opened.").await?;
    window.shows("or forget the secrets").await?;
    hand.select("clinic").await?;

    hand.click("unlock-forget-secrets").await?;
    hand.paste("forget-secrets-typed", "forget everything").await?;
    hand.enabled("forget-secrets-confirm", false).await?;
    hand.paste("forget-secrets-typed", "forget secrets").await?;
    hand.enabled("forget-secrets-confirm", true).await?;
    hand.click("forget-secrets-confirm").await?;
    window.gone("forget-secrets-dialog").await?;
    window.shows("Give each account its token again.").await?;
    assert_eq!(sealed(&world)?, "0", "nothing is sealed any more");
    assert_eq!(world.listed("clinic")?["files"][0]["state"], "up-to-date", "the rest stays");
    assert_eq!(std::fs::read_to_string(&env)?, written);

    let account = hand.first_like("renew-open-").await?;
    hand.click(&account).await?;
    hand.paste("renew-field-token", &world.token).await?;
    hand.enabled("renew-submit", true).await?;
    hand.click("renew-submit").await?;
    window.gone("renew-dialog").await?;
    hand.click("page-back").await?;
    hand.select("clinic").await?;
    hand.click("key-reveal").await?;
    let shown = hand.text_that("key-masked", "the string", |text| text.contains("eyJ")).await?;
    let jwt = readers::dotenv(&env)?["BOX_LICENSE"].as_str().unwrap_or_default().to_owned();
    assert!(shown.contains(&jwt), "the key is fetched anew");
    window.gone("banner").await?;
    let again = world.session.keyring()?.look_up(ENTRY)?;
    assert!(again.is_some() && again != first, "another key opens what is sealed from now on");
    window.close().await?;

    // It is kept over a restart, for the command line as well.
    world.project().issue("newcomer").await?;
    let window = Window::open(&world.session, &[]).await?;
    Hand::at(&window).row("newcomer").await?;
    until("the refresh", || Ok(world.listed("newcomer").is_ok())).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn library_that_lost_its_slots_offers_to_forget_the_secrets() -> anyhow::Result<()> {
    let mut world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    let before = world.session.keyring()?.look_up(ENTRY)?;
    in_library(&world, "DELETE FROM slots")?;

    let window = Window::open(&world.session, &[]).await?;
    let (hand, mut looks) = (Hand::at(&window), Looks::default());
    window.shows("The library has lost the record of where its key is stored").await?;
    looks.at(&window, "slots-lost").await?;
    hand.select("clinic").await?;
    hand.click("unlock-forget-secrets").await?;
    window.find("forget-secrets-typed").await?;
    looks.at(&window, "slots-lost-forget").await?;
    assert_ne!(sealed(&world)?, "0");
    assert_eq!(world.session.keyring()?.look_up(ENTRY)?, before, "nothing was changed");
    hand.paste("forget-secrets-typed", "forget secrets").await?;
    hand.enabled("forget-secrets-confirm", true).await?;
    hand.click("forget-secrets-confirm").await?;
    window.gone("forget-secrets-dialog").await?;
    assert_eq!(sealed(&world)?, "0");
    world.listed("clinic")?;
    window.close().await?;
    looks.judged()
}

/// How many secrets the library holds.
fn sealed(world: &World) -> anyhow::Result<String> {
    in_library(world, "SELECT count(*) FROM secrets")
}

/// What a statement returns that another program runs in the library.
fn in_library(world: &World, statement: &str) -> anyhow::Result<String> {
    let mut command = world.session.command("sqlite3");
    command.arg(licet_home(&world.session).join("library.sqlite3")).arg(statement);
    let output = command.output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
