//! The list of an account: without names, with unknown words, and when the account is switched off half-way.

use journeys::{Hand, Window, until};
use portal::NewEntitled;
use serde_json::{Value, json};
use testkit::{Answer, FaultServer};

use crate::world::{ACCOUNT, EMAIL, PASSWORD, World};

/// The listing as the service gives it to a program of nobody here.
async fn listing(world: &World) -> anyhow::Result<Value> {
    let client = reqwest::Client::new();
    let at = |path: &str| format!("{}/v1/accounts/{ACCOUNT}/{path}", world.portal.url());
    let login = client.post(at("tokens")).basic_auth(EMAIL, Some(PASSWORD)).send().await?.text().await?;
    let login: Value = serde_json::from_str(&login)?;
    let token = login["data"]["attributes"]["token"].as_str().unwrap_or_default().to_owned();
    let listed = client.get(at("licenses?page[number]=1&page[size]=100")).bearer_auth(token).send().await?;
    Ok(serde_json::from_str(&listed.text().await?)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_license_without_a_name_goes_by_the_end_of_its_id_and_an_unknown_status_is_kept()
-> anyhow::Result<()> {
    let world = World::new()?;
    world.license(NewEntitled::default())?;
    let between = FaultServer::before(world.portal.address());
    let mut changed = listing(&world).await?;
    let id = changed["data"][0]["id"].as_str().unwrap_or_default().to_owned();
    let end = id[id.len() - 6..].to_owned();
    changed["data"][0]["attributes"]["status"] = json!("HIBERNATING");
    changed["data"][0]["attributes"]["mood"] = json!("drowsy");
    let kind = "application/vnd.api+json";
    between.always("GET /v1/accounts/plant/licenses?page", Answer::reply(200, kind, changed.to_string()));
    world.connect(&between.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    let row = hand.select(&end).await?;
    assert!(row.signs.iter().chain(&row.cells).any(|word| word.contains("HIBERNATING")), "{row:?}");
    assert_eq!(window.text("detail-name").await?, end);
    window.shows("HIBERNATING").await?;
    assert_eq!(world.licet_json(&["list"])?[0]["status"], "unknown");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_switched_off_in_the_middle_of_a_refresh_keeps_its_list() -> anyhow::Result<()> {
    let world = World::new()?;
    let named = |at: usize| NewEntitled { name: Some(format!("cell {at:03}")), ..NewEntitled::default() };
    world.service.add_licenses(ACCOUNT, EMAIL, 120, named)?;
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    let account = hand.first_like("account-menu-").await?.replace("account-menu-", "account-");
    let second_page = "number%5D=2";
    // What the window asks at its start is over first: a refresh that is asked for meanwhile would be that one.
    until("the list of the start", || Ok(between.count(second_page) > 1)).await?;
    hand.attribute(&account, "data-state", "ready").await?;
    hand.click(&account).await?;
    window.shows("Entitlements of the first 100 licenses came with the list").await?;
    let before = between.count(second_page);
    between.once(second_page, Answer::Forward.held());
    hand.click("refresh").await?;
    until("the second page to be asked for", || Ok(between.count(second_page) > before)).await?;
    world.service.ban_user(ACCOUNT, EMAIL, true)?;
    between.release();
    hand.attribute(&account, "data-state", "failed").await?;
    window.shows("plant could not be refreshed").await?;
    window.shows("The vendor has switched this account off").await?;
    window.shows("Its licenses stay in the list as they were last seen").await?;
    window.shows("120").await?;
    let listed = world.licet_json(&["list"])?;
    assert_eq!(listed.as_array().map(Vec::len), Some(120), "nothing counts as gone");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_lacks_licenses_says_so_and_takes_none_for_gone() -> anyhow::Result<()> {
    let world = World::new()?;
    for name in ["one", "two"] {
        world.license(NewEntitled { name: Some(name.to_owned()), ..NewEntitled::default() })?;
    }
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    let mut short = listing(&world).await?;
    if let Some(data) = short["data"].as_array_mut() {
        data.truncate(1);
    }
    let kind = "application/vnd.api+json";
    between.always("GET /v1/accounts/plant/licenses?page", Answer::reply(200, kind, short.to_string()));
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    window.shows("1 license is missing from the list").await?;
    window.shows("no license counts as gone").await?;
    hand.row("one").await?;
    hand.row("two").await?;
    window.close().await
}
