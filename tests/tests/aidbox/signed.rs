//! What the window says about who signed a license string.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use journeys::{Hand, Window, readers};
use serde_json::json;
use testkit::{Answer, FaultServer};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_string_whose_issuers_keys_are_known_is_verified() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    let (window, said) = revealed(&world).await?;
    assert_eq!(said, "Verified");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_string_whose_issuers_keys_are_not_known_is_not_verified_and_its_claims_are_shown()
-> anyhow::Result<()> {
    let world = World::new()?;
    let id = world.project().issue("clinic").await?;
    let between = FaultServer::before(world.portal.address());
    // A vendor's portal, as documented, publishes no keys.
    between.always("GET /rpc/capabilities", Answer::reply(404, "text/plain", "not found"));
    between.always("jwks.json", Answer::reply(404, "text/plain", "not found"));
    world.connect(&between.url())?;
    let (window, said) = revealed(&world).await?;
    assert_eq!(said, "Not verified");
    let badge = window.find("key-verified").await?.attr("title").await?.unwrap_or_default();
    assert!(badge.contains("The issuer’s key is not known here"), "{badge}");
    Hand::at(&window).unfold("technical").await?;
    let claims = window.text("key-claims").await?;
    assert!(claims.contains(&id), "{claims}");
    // It is genuine all the same, for who has the keys.
    let env = world.session.home().join(".env");
    world.licet(&["export", "clinic", "--format", "env", "--to", &env.display().to_string()])?;
    let jwt = readers::dotenv(&env)?["BOX_LICENSE"].as_str().unwrap_or_default().to_owned();
    assert_eq!(readers::jwt(&jwt, &world.portal.url())?["sub"], json!(id));
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_string_that_its_issuer_did_not_sign_is_told() -> anyhow::Result<()> {
    let world = World::new()?;
    let id = world.project().issue("clinic").await?;
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    let mut answer = world.project().get(&id).await?;
    let jwt = answer["jwt"].as_str().unwrap_or_default();
    let signed = jwt.rsplit_once('.').map(|(signed, _)| signed).unwrap_or_default();
    answer["jwt"] = json!(format!("{signed}.{}", URL_SAFE_NO_PAD.encode([7; 64])));
    between.always("get-license\"", Answer::json(200, &json!({ "result": answer })));
    let (window, said) = revealed(&world).await?;
    assert_eq!(said, "Signature does not match");
    assert!(readers::jwt(answer["jwt"].as_str().unwrap_or_default(), &world.portal.url()).is_err());
    window.close().await
}

/// The window at the license with its string fetched, and the badge beside it.
async fn revealed(world: &World) -> anyhow::Result<(Window, String)> {
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("clinic").await?;
    hand.click("key-reveal").await?;
    hand.text_that("key-masked", "the string", |text| text.contains("eyJ")).await?;
    let said = window.text("key-verified").await?;
    Ok((window, said))
}
