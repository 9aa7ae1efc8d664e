//! Another login for a kept account: licenses, files and history stay.

use crate::common::{World, code};
use std::collections::BTreeMap;

#[tokio::test]
async fn a_new_token_of_the_project_takes_the_refused_ones_place_and_everything_stays() {
    let world = World::start().await;
    let id = world.connect("Northwind").await;
    let license = world.created(id, "north").await;
    let new = world.portal().issue_token("northwind").unwrap().expose().to_owned();
    app::accounts::new_login(&world.context, id, BTreeMap::new(), world.login(&new).secrets).await.unwrap();
    app::refresh::refresh(&world.context, id).await.unwrap();
    assert_eq!(world.named("north").await, license);
    let kept = world.context.vault().library().login(id, "token");
    assert_eq!(kept.unwrap().unwrap().expose(), new);
    assert_eq!(world.happened().await[0], "renewed Northwind done");
}

#[tokio::test]
async fn a_token_of_another_project_is_refused_before_every_license_seems_gone() {
    let world = World::start().await;
    let id = world.connect("Northwind").await;
    world.created(id, "north").await;
    let other = world.portal().issue_token("somewhere else").unwrap().expose().to_owned();
    assert_eq!(
        code(
            app::accounts::new_login(&world.context, id, BTreeMap::new(), world.login(&other).secrets).await
        ),
        "login-other"
    );
    app::refresh::refresh(&world.context, id).await.unwrap();
    assert_eq!(world.names("").await, ["north"]);
}

#[tokio::test]
async fn a_wrong_or_missing_token_leaves_the_kept_one() {
    let world = World::start().await;
    let id = world.connect("Northwind").await;
    let wrong = format!("licet_{}", "0".repeat(40));
    assert_eq!(
        code(
            app::accounts::new_login(&world.context, id, BTreeMap::new(), world.login(&wrong).secrets).await
        ),
        "vendor-unauthorized"
    );
    assert_eq!(
        code(app::accounts::new_login(&world.context, id, BTreeMap::new(), BTreeMap::new()).await),
        "field-missing"
    );
    app::refresh::refresh(&world.context, id).await.unwrap();
}

#[tokio::test]
async fn a_login_that_was_kept_for_a_session_only_is_asked_for_again() {
    let mut world = World::start().await;
    let id = world.connect("Northwind").await;
    world.created(id, "north").await;
    world.restart();
    app::keys::keep_for_session_only(&world.context).await.unwrap();
    assert_eq!(code(app::refresh::refresh(&world.context, id).await), "login-not-kept");
    app::accounts::new_login(&world.context, id, BTreeMap::new(), world.login(&world.token).secrets)
        .await
        .unwrap();
    app::refresh::refresh(&world.context, id).await.unwrap();
    assert_eq!(world.names("").await, ["north"]);
}

#[tokio::test]
async fn no_login_is_sent_for_an_account_that_was_edited() {
    let world = World::with_passphrase().await;
    let id = world.connect("Northwind").await;
    let library = rusqlite::Connection::open(world.home().library()).unwrap();
    let edited = format!("{}/elsewhere", world.proxy.url());
    library.execute("UPDATE accounts SET address = ?1 WHERE id = ?2", (&edited, id.0)).unwrap();
    let before = world.proxy.received().len();
    let new = world.portal().issue_token("northwind").unwrap().expose().to_owned();
    let refused =
        app::accounts::new_login(&world.context, id, BTreeMap::new(), world.login(&new).secrets).await;
    assert_eq!(code(refused), "sealed-damaged");
    assert_eq!(world.proxy.received().len(), before, "nothing was sent");
}
