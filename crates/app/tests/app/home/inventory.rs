//! What is stored where, and forgetting everything.

use crate::common::{SYSTEM_KEY, World, code};
use app::context::{Event, Message};
use app::files::Target;
use app::home::{FORGET_EVERYTHING, Place};
use license::file::Format;
use vault::LockState;

#[tokio::test]
async fn every_secret_and_file_is_listed_with_its_place_and_where_it_is_sent() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    app::accounts::connect_local(&world.context, "z").await.unwrap();
    app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap();
    let target = Target { format: Format::Jwt, path: world.path("l.jwt"), in_place: false, keep: false };
    let older = world.issued_elsewhere("older").await.key.unwrap();
    testkit::put(&target.path, older.expose());
    app::export::export(&world.context, id, target).await.unwrap();
    let stored = app::home::stored(&world.context).await.unwrap();
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
    let stored = app::home::stored(&world.context).await.unwrap();
    let places = stored.iter().filter(|one| one.what == "data-key").map(|one| one.place);
    assert_eq!(places.collect::<Vec<_>>(), [Place::Keyring, Place::Passphrase]);
}

#[tokio::test]
async fn what_a_session_keeps_is_in_memory_alone() {
    let world = World::start().await;
    world.connect("a").await;
    let stored = app::home::stored(&world.context).await.unwrap();
    assert!(stored.iter().all(|one| matches!(one.place, Place::Memory | Place::File)), "{stored:?}");
}

#[tokio::test]
async fn everything_is_forgotten_on_the_word_and_license_files_stay() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let path = world.path("l.jwt");
    let target = Target { format: Format::Jwt, path: path.clone(), in_place: false, keep: true };
    app::export::export(&world.context, id, target).await.unwrap();
    app::list::copy_key(&world.context, id).await.unwrap();
    let tested = app::accounts::test_login(&world.context, world.login(&world.token)).await.unwrap();
    assert_eq!(code(app::home::forget_everything(&world.context, "forget").await), "not-confirmed");
    assert_eq!(world.names("").await, ["north"]);
    app::home::forget_everything(&world.context, FORGET_EVERYTHING).await.unwrap();
    assert!(
        world.host.saw(&Event::LockChanged) && world.host.saw(&Event::Message(Message::ClipboardCleared))
    );
    assert_eq!(app::keys::lock_state(&world.context).await.unwrap().0, LockState::New);
    assert!(
        app::accounts::accounts(&world.context).await.unwrap().is_empty()
            && world.happened().await.is_empty()
    );
    assert!(
        app::home::draft(&world.context).await.unwrap().is_some(),
        "the next start begins with the wizard"
    );
    assert_eq!(world.names_at_portal().await, ["north"]);
    assert!(path.exists());
    world.unlock().await;
    assert_eq!(
        code(app::accounts::keep_account(&world.context, &tested.ticket, "a").await),
        "ticket-unknown"
    );
    world.connect("a").await;
}
