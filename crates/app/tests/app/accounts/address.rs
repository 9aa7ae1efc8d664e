//! The address that an account is kept with: the one that was typed, or the one that it leads to.

use crate::common::{World, code};
use app::accounts::Login;
use app::context::AppError;
use testkit::{Answer, FaultServer};
use vendors::ConnectError;

/// A server that sends every request on to the same path of another origin.
fn leading_to(origin: String) -> FaultServer {
    FaultServer::answering(move |request| {
        Answer::reply(308, "text/plain", "").with_header("location", &format!("{origin}{}", request.target))
    })
}

/// The world's portal by another name of its host.
fn by_name(world: &World) -> String {
    world.proxy.localhost_url()
}

fn login(world: &World, address: &str, further: &[(&str, &str)]) -> Login {
    let further = further.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Login { address: address.to_owned(), fields: further.collect(), ..world.login(&world.token) }
}

#[tokio::test]
async fn host_that_an_address_leads_to_is_confirmed_and_kept() {
    let world = World::start().await;
    let elsewhere = leading_to(by_name(&world));
    let refused =
        app::accounts::test_login(&world.context, login(&world, &elsewhere.url(), &[])).await.unwrap_err();
    let AppError::Connect(ConnectError::HostNotConfirmed { host, from, field }) = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!((host.as_str(), from.as_deref(), *field), ("localhost", Some("127.0.0.1"), "confirm-host"));
    assert_eq!(world.proxy.received().len(), 0, "the other host is not asked");

    let confirmed = login(&world, &elsewhere.url(), &[("confirm-host", "localhost")]);
    let tested = app::accounts::test_login(&world.context, confirmed).await.unwrap();
    assert_eq!((tested.address.as_str(), tested.is_moved), (by_name(&world).as_str(), true));
    let id = app::accounts::keep_account(&world.context, &tested.ticket, "north").await.unwrap();
    assert_eq!(world.account(id).await.address, by_name(&world));
    world.created(id, "box").await;
    assert!(elsewhere.lines().iter().all(|line| line == "GET /rpc"), "{:?}", elsewhere.lines());
    let has_token = elsewhere.received().iter().any(|request| format!("{request:?}").contains(&world.token));
    assert!(!has_token);
}

#[tokio::test]
async fn address_that_leads_nowhere_else_is_kept_as_typed() {
    let world = World::start().await;
    let typed = format!("{}/rpc", world.proxy.url());
    let tested = app::accounts::test_login(&world.context, login(&world, &typed, &[])).await.unwrap();
    assert_eq!((tested.address, tested.is_moved), (world.proxy.url(), false));
    let local = app::accounts::connect_local(&world.context, "here").await.unwrap();
    assert_eq!(world.account(local).await.address, "local");
}

#[tokio::test]
async fn remote_http_address_requires_allow_http() {
    let world = World::start().await;
    let typed = "http://portal.invalid";
    assert_eq!(
        code(app::accounts::test_login(&world.context, login(&world, typed, &[])).await),
        "http-not-allowed"
    );
    let allowed = login(&world, typed, &[("allow-http", "yes")]);
    assert_eq!(
        code(app::accounts::test_login(&world.context, allowed).await),
        "vendor-unreachable",
        "it was tried"
    );
}

#[tokio::test]
async fn existing_http_account_requires_allow_http() {
    let world = World::start().await;
    let account = vault::NewAccount {
        provider: "aidbox".to_owned(),
        name: "north".to_owned(),
        address: "http://portal.invalid".to_owned(),
        fields: std::collections::BTreeMap::new(),
    };
    let library = world.context.vault().library();
    let id = library.add_account(&account).unwrap();
    library
        .put_secret(vault::SecretOwner::Account(id), vault::SecretKind::Login("token"), "licet_token")
        .unwrap();
    assert_eq!(code(app::refresh::refresh(&world.context, id).await), "http-not-allowed");
}
