//! While secrets are locked the list works, whatever needs a secret says so, and all works again after unlocking.

use crate::common::{PASSPHRASE, SYSTEM_KEY, World, code};
use app::{DeskError, Event, FORGET_SECRETS, Kind, Target};
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
    world.desk.reveal(id).await.unwrap();
    world.restart();
    assert_eq!(world.desk.lock_state().await.unwrap().0, LockState::Locked(KeptBy::Passphrase));
    assert_eq!(world.names("type:dev").await, ["north"]);
    assert_eq!(world.desk.counts().await.unwrap().all, 1);
    assert!(matches!(world.detail(id).await.key, app::SeenKey::Locked { .. }));
    assert_eq!(world.happened().await.len(), 2);
    world.desk.rename_account(account, "b").await.unwrap();
    assert!(!world.desk.stored().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_needs_a_secret_says_that_it_is_locked_and_works_after_unlocking() {
    let mut world = World::with_passphrase().await;
    let north = world.issued_elsewhere("north").await;
    let account = world.connect("a").await;
    let id = world.named("north").await;
    world.restart();
    let sent = world.proxy.seen().len();
    let target = Target { format: Format::Jwt, path: world.path("l.jwt"), in_place: false, keep: false };
    let kept = world.account(account).await;
    let locked: Vec<DeskError> = vec![
        world.desk.refresh(account).await.unwrap_err(),
        world.create(account, "south").await.unwrap_err(),
        world.desk.delete(id, "north").await.unwrap_err(),
        world.desk.reveal(id).await.unwrap_err(),
        world.desk.copy_key(id).await.unwrap_err(),
        world.desk.export(id, target.clone()).await.unwrap_err(),
        world.desk.preview(id, &target).await.unwrap_err(),
        world.desk.import_text(SYSTEM_KEY, None).await.unwrap_err(),
        world.desk.connect_local("z").await.unwrap_err(),
        world.desk.look_up(&kept, north.key.unwrap()).await.unwrap_err(),
        world.desk.test_account(&kept).await.unwrap_err(),
    ];
    for error in locked {
        assert_eq!((error.facts().code.as_str(), error.kind()), ("vault-locked", Kind::Locked), "{error:?}");
        assert!(error.hint().unwrap().contains("--unlock-file"));
    }
    assert_eq!(world.proxy.seen().len(), sent, "nothing was sent");
    world.unlock().await;
    world.desk.refresh(account).await.unwrap();
    world.desk.export(id, target).await.unwrap();
    world.created(account, "south").await;
    world.desk.import_text(SYSTEM_KEY, None).await.unwrap();
}

#[tokio::test]
async fn a_login_that_was_tested_while_locked_is_kept_after_unlocking() {
    let mut world = World::with_passphrase().await;
    world.restart();
    let tested = world.desk.test_login(world.login(&world.token)).await.unwrap();
    assert_eq!(code(world.desk.keep_account(&tested.ticket, "a").await), "vault-locked");
    world.unlock().await;
    let id = world.desk.keep_account(&tested.ticket, "a").await.unwrap();
    world.desk.refresh(id).await.unwrap();
}

#[tokio::test]
async fn a_locked_refresh_is_no_fault_of_the_vendor() {
    let mut world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let before = world.state(account).await;
    world.restart();
    world.desk.refresh(account).await.unwrap_err();
    assert_eq!(world.state(account).await, before);
}

#[tokio::test]
async fn a_wrong_passphrase_opens_nothing() {
    let mut world = World::with_passphrase().await;
    world.restart();
    assert_eq!(code(world.desk.unlock_with_passphrase(passphrase("guess")).await), "passphrase-wrong");
    assert_eq!(world.desk.lock_state().await.unwrap().0, LockState::Locked(KeptBy::Passphrase));
    world.host.forget_events();
    world.unlock().await;
    assert!(world.host.saw(&Event::LockChanged));
}

#[tokio::test]
async fn another_passphrase_takes_the_place_of_the_first() {
    let mut world = World::with_passphrase().await;
    world.desk.set_passphrase(passphrase("another one")).await.unwrap();
    world.restart();
    assert_eq!(code(world.desk.unlock_with_passphrase(passphrase(PASSPHRASE)).await), "passphrase-wrong");
    world.desk.unlock_with_passphrase(passphrase("another one")).await.unwrap();
}

#[tokio::test]
async fn what_was_kept_for_the_session_is_sealed_once_a_passphrase_is_chosen() {
    let mut world = World::start().await;
    let id = world.desk.import_text(SYSTEM_KEY, Some("cell")).await.unwrap().license;
    world.desk.set_passphrase(passphrase(PASSPHRASE)).await.unwrap();
    world.restart();
    world.unlock().await;
    assert_eq!(world.key_of(id).await.unwrap().expose(), SYSTEM_KEY);
}

#[tokio::test]
async fn every_way_in_is_told() {
    let world = World::locked().await;
    assert_eq!(world.desk.ways_in().await.unwrap(), []);
    world.unlock().await;
    assert_eq!(world.desk.ways_in().await.unwrap(), [KeptBy::Passphrase]);
}

#[tokio::test]
async fn a_passphrase_besides_a_keyring_that_does_not_open_is_asked_for_and_opens_the_home() {
    let mut world = World::with_passphrase().await;
    world.connect("a").await;
    world.is_kept_by_a_keyring_too();
    world.restart();
    assert_eq!(world.desk.ways_in().await.unwrap(), [KeptBy::Keyring, KeptBy::Passphrase]);
    let error = world.desk.unlock_without_prompt().await.unwrap_err();
    assert_eq!((error.facts().code.as_str(), error.kind()), ("vault-locked", Kind::Locked));
    world.unlock().await;
    assert_eq!(world.desk.lock_state().await.unwrap().0, LockState::Unlocked(KeptBy::Passphrase));
    world.desk.refresh_all().await.unwrap();
}

#[tokio::test]
async fn who_forgot_the_passphrase_begins_anew_and_keeps_the_list() {
    let mut world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let imported = world.desk.import_text(SYSTEM_KEY, Some("cell")).await.unwrap().license;
    world.restart();
    assert_eq!(code(world.desk.forget_secrets("forget").await), "not-confirmed");
    world.desk.forget_secrets(FORGET_SECRETS).await.unwrap();
    assert!(world.host.saw(&Event::LockChanged));
    assert_eq!(world.desk.lock_state().await.unwrap().0, LockState::New);
    assert_eq!(world.names("").await, ["cell", "north"]);
    world.desk.set_passphrase(passphrase("another one")).await.unwrap();
    let error = world.desk.refresh(account).await.unwrap_err();
    assert_eq!(error.facts().code, "login-not-kept");
    assert!(error.hint().unwrap().contains("or the secrets were forgotten"), "{error:?}");
    // Its account says so until it has another login.
    let state = world.sight(account).await.state;
    assert!(matches!(&state, app::State::Failed(facts) if facts.code == "login-not-kept"), "{state:?}");
    assert!(matches!(world.detail(imported).await.key, app::SeenKey::Lost));
    world.desk.renew_login(account, BTreeMap::new(), world.login(&world.token).secrets).await.unwrap();
    world.desk.refresh(account).await.unwrap();
    assert_eq!(world.sight(account).await.state, app::State::Ready);
    world.key_of(id).await.unwrap();
    assert_eq!(world.desk.import_text(SYSTEM_KEY, None).await.unwrap().license, imported);
}
