//! While secrets are locked the list works, whatever needs a secret says so, and all works again after unlocking.

use crate::common::{PASSPHRASE, SYSTEM_KEY, World, code};
use app::context::{AppError, Event};
use app::files::Target;
use app::keys::FORGET_SECRETS;
use errors::Kind;
use license::{Password, file::Format};
use std::collections::BTreeMap;
use vault::{KeptBy, LockState};

fn passphrase(text: &str) -> Password {
    Password::new(text.to_owned())
}

#[tokio::test]
async fn what_needs_no_secret_works_while_locked() {
    let mut world = World::with_passphrase().await;
    world.issued_elsewhere("north").await;
    let account = world.connect("a").await;
    let id = world.named("north").await;
    app::list::reveal(&world.context, id).await.unwrap();
    world.restart();
    assert_eq!(app::keys::lock_state(&world.context).await.unwrap().0, LockState::Locked(KeptBy::Passphrase));
    assert_eq!(world.names("type:dev").await, ["north"]);
    assert_eq!(app::list::counts(&world.context).await.unwrap().all, 1);
    assert!(matches!(world.detail(id).await.key, app::list::KeyStatus::Locked { .. }));
    assert_eq!(world.happened().await.len(), 2);
    app::accounts::rename_account(&world.context, account, "b").await.unwrap();
    assert!(!app::home::stored(&world.context).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_needs_a_secret_says_that_it_is_locked_and_works_after_unlocking() {
    let mut world = World::with_passphrase().await;
    let north = world.issued_elsewhere("north").await;
    let account = world.connect("a").await;
    let id = world.named("north").await;
    world.restart();
    let sent = world.proxy.received().len();
    let target = Target { format: Format::Jwt, path: world.path("l.jwt"), in_place: false, keep: false };
    let kept = world.account(account).await;
    let locked: Vec<AppError> = vec![
        app::refresh::refresh(&world.context, account).await.unwrap_err(),
        world.create(account, "south").await.unwrap_err(),
        app::changes::delete(&world.context, id, "north").await.unwrap_err(),
        app::list::reveal(&world.context, id).await.unwrap_err(),
        app::list::copy_key(&world.context, id).await.unwrap_err(),
        app::export::export(&world.context, id, target.clone()).await.unwrap_err(),
        app::export::preview(&world.context, id, &target).await.unwrap_err(),
        app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap_err(),
        app::accounts::connect_local(&world.context, "z").await.unwrap_err(),
        app::changes::look_up(&world.context, &kept, north.key.unwrap()).await.unwrap_err(),
        app::accounts::test_account(&world.context, &kept).await.unwrap_err(),
    ];
    for error in locked {
        assert_eq!((error.report().code.as_str(), error.kind()), ("vault-locked", Kind::Locked), "{error:?}");
    }
    assert_eq!(world.proxy.received().len(), sent, "nothing was sent");
    world.unlock().await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    app::export::export(&world.context, id, target).await.unwrap();
    world.created(account, "south").await;
    app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap();
}

#[tokio::test]
async fn a_login_that_was_tested_while_locked_is_kept_after_unlocking() {
    let mut world = World::with_passphrase().await;
    world.restart();
    let tested = app::accounts::test_login(&world.context, world.login(&world.token)).await.unwrap();
    assert_eq!(code(app::accounts::keep_account(&world.context, &tested.ticket, "a").await), "vault-locked");
    world.unlock().await;
    let id = app::accounts::keep_account(&world.context, &tested.ticket, "a").await.unwrap();
    app::refresh::refresh(&world.context, id).await.unwrap();
}

#[tokio::test]
async fn a_locked_refresh_is_no_fault_of_the_vendor() {
    let mut world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let before = world.state(account).await;
    world.restart();
    app::refresh::refresh(&world.context, account).await.unwrap_err();
    assert_eq!(world.state(account).await, before);
}

#[tokio::test]
async fn a_wrong_passphrase_opens_nothing() {
    let mut world = World::with_passphrase().await;
    world.restart();
    assert_eq!(
        code(app::keys::unlock_with_passphrase(&world.context, passphrase("guess")).await),
        "passphrase-wrong"
    );
    assert_eq!(app::keys::lock_state(&world.context).await.unwrap().0, LockState::Locked(KeptBy::Passphrase));
    world.host.forget_events();
    world.unlock().await;
    assert!(world.host.saw(&Event::LockChanged));
}

#[tokio::test]
async fn another_passphrase_takes_the_place_of_the_first() {
    let mut world = World::with_passphrase().await;
    app::keys::set_passphrase(&world.context, passphrase("another one")).await.unwrap();
    world.restart();
    assert_eq!(
        code(app::keys::unlock_with_passphrase(&world.context, passphrase(PASSPHRASE)).await),
        "passphrase-wrong"
    );
    app::keys::unlock_with_passphrase(&world.context, passphrase("another one")).await.unwrap();
}

#[tokio::test]
async fn what_was_kept_for_the_session_is_sealed_once_a_passphrase_is_chosen() {
    let mut world = World::start().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    app::keys::set_passphrase(&world.context, passphrase(PASSPHRASE)).await.unwrap();
    world.restart();
    world.unlock().await;
    assert_eq!(world.key_of(id).await.unwrap().expose(), SYSTEM_KEY);
}

#[tokio::test]
async fn every_way_in_is_told() {
    let world = World::locked().await;
    assert_eq!(app::keys::ways_in(&world.context).await.unwrap(), []);
    world.unlock().await;
    assert_eq!(app::keys::ways_in(&world.context).await.unwrap(), [KeptBy::Passphrase]);
}

#[tokio::test]
async fn a_passphrase_besides_a_keyring_that_does_not_open_is_asked_for_and_opens_the_home() {
    let mut world = World::with_passphrase().await;
    world.connect("a").await;
    world.is_kept_by_a_keyring_too();
    world.restart();
    assert_eq!(app::keys::ways_in(&world.context).await.unwrap(), [KeptBy::Keyring, KeptBy::Passphrase]);
    let error = world.context.unlock_without_prompt().await.unwrap_err();
    assert_eq!((error.report().code.as_str(), error.kind()), ("vault-locked", Kind::Locked));
    world.unlock().await;
    assert_eq!(
        app::keys::lock_state(&world.context).await.unwrap().0,
        LockState::Unlocked(KeptBy::Passphrase)
    );
    app::refresh::refresh_all(&world.context).await.unwrap();
}

#[tokio::test]
async fn forgotten_secrets_are_reported_for_each_account() {
    let world = World::with_passphrase().await;
    let accounts = [world.connect("a").await, world.connect("b").await];
    world.follow().await;
    app::keys::forget_secrets(&world.context, FORGET_SECRETS).await.unwrap();
    let is_of_both = |change: &vault::Changes| accounts.iter().all(|id| change.accounts.contains(id));
    world.host.sees_change("the loss of both logins", is_of_both).await;
}

#[tokio::test]
async fn tested_login_is_not_kept_after_secrets_are_forgotten() {
    let world = World::with_passphrase().await;
    let tested = app::accounts::test_login(&world.context, world.login(&world.token)).await.unwrap();
    app::keys::forget_secrets(&world.context, FORGET_SECRETS).await.unwrap();
    app::keys::set_passphrase(&world.context, passphrase("another one")).await.unwrap();
    assert_eq!(
        code(app::accounts::keep_account(&world.context, &tested.ticket, "a").await),
        "ticket-unknown"
    );
}

#[tokio::test]
async fn who_forgot_the_passphrase_begins_anew_and_keeps_the_list() {
    let mut world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let imported = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    world.restart();
    assert_eq!(code(app::keys::forget_secrets(&world.context, "forget").await), "not-confirmed");
    app::keys::forget_secrets(&world.context, FORGET_SECRETS).await.unwrap();
    assert!(world.host.saw(&Event::LockChanged));
    assert_eq!(app::keys::lock_state(&world.context).await.unwrap().0, LockState::New);
    assert_eq!(world.names("").await, ["cell", "north"]);
    app::keys::set_passphrase(&world.context, passphrase("another one")).await.unwrap();
    let error = app::refresh::refresh(&world.context, account).await.unwrap_err();
    assert_eq!(error.report().code, "login-not-kept");
    // Its account says so until it has another login.
    let state = world.status(account).await.state;
    assert!(
        matches!(&state, app::context::State::Failed(facts) if facts.code == "login-not-kept"),
        "{state:?}"
    );
    assert!(matches!(world.detail(imported).await.key, app::list::KeyStatus::Lost));
    app::accounts::new_login(&world.context, account, BTreeMap::new(), world.login(&world.token).secrets)
        .await
        .unwrap();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(world.status(account).await.state, app::context::State::Ready);
    world.key_of(id).await.unwrap();
    assert_eq!(app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap().license, imported);
}
