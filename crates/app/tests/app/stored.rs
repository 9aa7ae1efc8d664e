//! What is stored where, and forgetting everything.

use crate::common::{SYSTEM_KEY, World, code};
use app::{Event, FORGET_EVERYTHING, Place, Target};
use license::file::Format;
use vault::LockState;

#[tokio::test]
async fn every_secret_and_file_is_listed_with_its_place_and_where_it_is_sent() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.desk.connect_local("z").await.unwrap();
    world.desk.import_text(SYSTEM_KEY, None).await.unwrap();
    let target = Target { format: Format::Jwt, path: world.path("l.jwt"), in_place: false, keep: false };
    let older = world.issued_elsewhere("older").await.key.unwrap();
    crate::common::put(&target.path, older.expose());
    world.desk.export(id, target).await.unwrap();
    let stored = world.desk.stored().await.unwrap();
    let told: Vec<_> = stored
        .iter()
        .map(|one| (one.what, one.label.as_str(), one.place, one.count, one.sent_to.as_deref()))
        .collect();
    assert_eq!(told[0], ("data-key", "Licet", Place::Passphrase, 1, None));
    assert!(told.contains(&("account-token", "a", Place::Sealed, 1, Some("127.0.0.1"))));
    assert!(told.contains(&("account-token", "z", Place::Sealed, 1, Some("this computer"))));
    assert!(told.contains(&("license-keys", "a", Place::Sealed, 1, Some("127.0.0.1"))));
    assert!(told.contains(&("license-keys", "files", Place::Sealed, 1, None)), "it is never sent");
    assert!(told.contains(&("license-file", "jwt", Place::File, 1, None)));
    assert!(told.contains(&("backup", "jwt", Place::File, 1, None)), "it may hold a key too");
    for file in stored.iter().filter(|one| one.place == Place::File && one.what != "settings") {
        assert!(file.path.as_ref().unwrap().exists(), "{file:?}");
    }
}

#[tokio::test]
async fn a_data_key_that_is_kept_in_two_places_is_listed_twice() {
    let world = World::with_passphrase().await;
    world.is_kept_by_a_keyring_too();
    let stored = world.desk.stored().await.unwrap();
    let places = stored.iter().filter(|one| one.what == "data-key").map(|one| one.place);
    assert_eq!(places.collect::<Vec<_>>(), [Place::Keyring, Place::Passphrase]);
}

#[tokio::test]
async fn what_a_session_keeps_is_in_memory_alone() {
    let world = World::start().await;
    world.connect("a").await;
    let stored = world.desk.stored().await.unwrap();
    assert!(stored.iter().all(|one| matches!(one.place, Place::Memory | Place::File)), "{stored:?}");
}

#[tokio::test]
async fn everything_is_forgotten_on_the_word_and_license_files_stay() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let path = world.path("l.jwt");
    let target = Target { format: Format::Jwt, path: path.clone(), in_place: false, keep: true };
    world.desk.export(id, target).await.unwrap();
    world.desk.copy_key(id).await.unwrap();
    let tested = world.desk.test_login(world.login(&world.token)).await.unwrap();
    assert_eq!(code(world.desk.forget_everything("forget").await), "not-confirmed");
    assert_eq!(world.names("").await, ["north"]);
    world.desk.forget_everything(FORGET_EVERYTHING).await.unwrap();
    assert!(world.host.saw(&Event::LockChanged) && world.host.saw(&Event::ClipboardCleared));
    assert_eq!(world.desk.lock_state().await.unwrap().0, LockState::New);
    assert!(world.desk.accounts().await.unwrap().is_empty() && world.happened().await.is_empty());
    assert!(world.desk.draft().await.unwrap().is_some(), "the next start begins with the wizard");
    assert_eq!(world.names_at_portal().await, ["north"]);
    assert!(path.exists());
    world.unlock().await;
    assert_eq!(code(world.desk.keep_account(&tested.ticket, "a").await), "ticket-unknown");
    world.connect("a").await;
}
