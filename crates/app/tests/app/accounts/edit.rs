//! What of an account changes without a new login.

use crate::common::{World, code};
use std::collections::BTreeMap;

fn fields(given: &[(&str, &str)]) -> BTreeMap<String, String> {
    given.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[tokio::test]
async fn registry_changes_without_a_login_and_the_kept_session_still_works() {
    let world = World::with_passphrase().await;
    let account = world.connect_demo(&[]).await;
    let logins = world.proxy.count("/tokens");
    let registry = [("registry", "registry.example"), ("confirm-registry", "registry.example")];
    app::accounts::edit_account(&world.context, account, fields(&registry)).await.unwrap();
    assert_eq!(world.account(account).await.fields["registry"], "registry.example");
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.proxy.count("/tokens"), logins, "no password was sent");
    let happened = world.happened().await;
    assert!(happened.iter().any(|line| line.contains("edited")), "{happened:?}");

    app::accounts::edit_account(&world.context, account, fields(&[("registry", "")])).await.unwrap();
    let left = world.account(account).await.fields;
    assert!(!left.contains_key("registry") && !left.contains_key("confirm-registry"), "{left:?}");
}

#[tokio::test]
async fn foreign_registry_is_confirmed_before_anything_changes() {
    let world = World::with_passphrase().await;
    let account = world.connect_demo(&[]).await;
    let before = world.account(account).await.fields;
    let edited =
        app::accounts::edit_account(&world.context, account, fields(&[("registry", "registry.example")]))
            .await;
    assert_eq!(code(edited), "host-not-confirmed");
    assert_eq!(world.account(account).await.fields, before);
}

#[tokio::test]
async fn field_of_a_login_changes_with_a_login_only() {
    let world = World::with_passphrase().await;
    let account = world.connect_demo(&[]).await;
    let edited =
        app::accounts::edit_account(&world.context, account, fields(&[("email", "eve@example.com")])).await;
    assert_eq!(code(edited), "choice-unknown");
}

#[tokio::test]
async fn account_is_not_changed_while_its_login_is_locked() {
    let mut world = World::with_passphrase().await;
    let account = world.connect_demo(&[]).await;
    world.restart();
    let edited =
        app::accounts::edit_account(&world.context, account, fields(&[("registry", "mirror.aica.tech")]))
            .await;
    assert_eq!(code(edited), "vault-locked");
    assert!(!world.account(account).await.fields.contains_key("registry"));
}
