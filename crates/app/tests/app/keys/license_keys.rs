//! Keys: fetched when they are needed, sealed, shown and copied with care.

use crate::common::{SYSTEM_KEY, World, code, done, json, seen_jwt, wanted};
use app::context::{Event, Message};
use app::files::Target;
use app::list::KeyStatus;
use license::{Expiry, LicenseId, LicenseKey, file::Format, jwt::Verification};
use std::sync::atomic::Ordering;
use testkit::{Answer, until_async};

#[tokio::test]
async fn a_key_is_asked_for_once_and_sealed_from_then_on() {
    let mut world = World::with_passphrase().await;
    let key = world.issued_elsewhere("north").await.key.unwrap();
    world.connect("a").await;
    let id = world.named("north").await;
    assert!(matches!(world.detail(id).await.key, KeyStatus::AtVendor));
    assert_eq!(world.key_of(id).await.unwrap().expose(), key.expose());
    assert_eq!(world.proxy.count("get-license\""), 1);
    world.proxy.go_away();
    world.restart();
    assert!(matches!(world.detail(id).await.key, KeyStatus::Locked { .. }));
    world.unlock().await;
    assert_eq!(world.key_of(id).await.unwrap(), key, "without the vendor");
}

#[tokio::test]
async fn a_key_that_came_with_a_create_is_at_hand_at_once() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.key_of(id).await.unwrap();
    assert_eq!(world.proxy.count("get-license\""), 0);
}

#[tokio::test]
async fn keys_that_come_with_the_list_are_kept_and_read_as_what_they_are() {
    let world = World::start().await;
    let found = world.issued_elsewhere("north").await;
    let with_key = format!("\"jwt\":\"{}\",\"name\":\"north\"", found.key.as_ref().unwrap().expose());
    world.proxy.always("get-licenses", Answer::replacing("\"name\":\"north\"", &with_key));
    world.connect("a").await;
    let id = world.named("north").await;
    let (claims, verified) = seen_jwt(world.detail(id).await.key);
    assert!(claims.contains_key("exp") || claims.contains_key("iat"), "{claims:?}");
    assert_eq!(verified, Verification::Verified);
    assert_eq!(world.key_of(id).await.unwrap(), found.key.unwrap());
    assert_eq!(world.proxy.count("get-license\""), 0);
}

#[tokio::test]
async fn showing_and_copying_a_key_is_written_down() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let key = app::list::reveal(&world.context, id).await.unwrap();
    app::list::copy_key(&world.context, id).await.unwrap();
    assert_eq!(world.host.pasted().as_deref(), Some(key.expose()));
    assert_eq!(world.happened().await[..2], ["copied north done", "revealed north done"]);
}

#[tokio::test]
async fn a_copied_key_leaves_the_clipboard_after_ten_seconds() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    app::list::copy_key(&world.context, id).await.unwrap();
    world.clock.advance(9);
    assert!(world.host.pasted().is_some());
    world.clock.advance(1);
    world.host.sees(&Event::Message(Message::ClipboardCleared)).await;
    assert_eq!(world.host.pasted(), None);
}

#[tokio::test]
async fn what_a_person_copied_meanwhile_stays_on_the_clipboard() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    app::list::copy_key(&world.context, id).await.unwrap();
    *world.host.clipboard.lock().unwrap() = Some("a shopping list".to_owned());
    app::keys::clear_copied(&world.context).await;
    assert_eq!(world.host.pasted().as_deref(), Some("a shopping list"));
    assert!(!world.host.saw(&Event::Message(Message::ClipboardCleared)));
}

#[tokio::test]
async fn a_key_that_is_copied_again_has_its_ten_seconds_again() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let (id, other) = (world.created(account, "north").await, world.created(account, "south").await);
    app::list::copy_key(&world.context, id).await.unwrap();
    world.clock.advance(5);
    app::list::copy_key(&world.context, id).await.unwrap();
    world.clock.advance(5);
    // The first copy's time is over when another story has gone through the same runtime.
    app::list::reveal(&world.context, other).await.unwrap();
    assert!(world.host.pasted().is_some());
    world.clock.advance(5);
    until_async("it is cleared", async || world.host.pasted().is_none()).await;
}

#[tokio::test]
async fn closing_the_program_takes_a_copied_key_off_the_clipboard() {
    let world = World::start().await;
    let account = world.connect("a").await;
    app::list::copy_key(&world.context, world.created(account, "north").await).await.unwrap();
    app::keys::clear_copied(&world.context).await;
    assert_eq!(world.host.pasted(), None);
    world.host.clipboard.lock().unwrap().replace("mine".to_owned());
    app::keys::clear_copied(&world.context).await;
    assert_eq!(world.host.pasted().as_deref(), Some("mine"));
}

#[tokio::test]
async fn forgetting_secrets_takes_a_copied_key_off_the_clipboard() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    app::list::copy_key(&world.context, id).await.unwrap();
    assert!(world.host.pasted().is_some());
    app::keys::forget_secrets(&world.context, app::keys::FORGET_SECRETS).await.unwrap();
    assert!(world.host.pasted().is_none());
}

#[tokio::test]
async fn a_place_without_a_clipboard_says_so() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.host.has_no_clipboard.store(true, Ordering::Relaxed);
    assert_eq!(code(app::list::copy_key(&world.context, id).await), "host-cannot");
    assert_eq!(world.happened().await[0], "created north done", "nothing was copied");
}

#[tokio::test]
async fn the_local_portals_signature_is_verified_and_a_changed_one_is_not() {
    let world = World::start().await;
    let key = world.issued_elsewhere("north").await.key.unwrap();
    world.connect("a").await;
    let id = world.named("north").await;
    world.key_of(id).await.unwrap();
    assert_eq!(seen_jwt(world.detail(id).await.key).1, Verification::Verified);
    let asked = world.proxy.count("jwks.json");
    assert_eq!(seen_jwt(world.detail(id).await.key).1, Verification::Verified);
    assert_eq!(world.proxy.count("jwks.json"), asked, "its issuer is asked once");
    world.proxy.go_away();
    assert_eq!(seen_jwt(world.detail(id).await.key).1, Verification::Verified, "nor is it needed again");
    world.proxy.come_back();
    let forged = forged(key.expose());
    let id = world.issued_elsewhere("forged").await;
    world.proxy.once("get-license\"", Answer::replacing(id.key.unwrap().expose(), &forged));
    app::refresh::refresh(&world.context, world.context.account_named("a").await.unwrap().id).await.unwrap();
    let id = world.named("forged").await;
    assert_eq!(world.key_of(id).await.unwrap().expose(), forged);
    assert_eq!(seen_jwt(world.detail(id).await.key).1, Verification::Failed);
}

#[tokio::test]
async fn the_claims_of_a_portal_that_publishes_no_keys_are_shown_unverified() {
    let world = World::start().await;
    world.proxy.always("/rpc/capabilities", json(404, "{}"));
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let (claims, verified) = seen_jwt(world.detail(id).await.key);
    assert!(claims.contains_key("entitlements"), "{claims:?}");
    assert_eq!(verified, Verification::NotVerified);
}

#[tokio::test]
async fn a_silent_portal_holds_up_no_facts() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.proxy.always("jwks.json", Answer::CommitThenHang);
    world.proxy.always("capabilities", Answer::CommitThenHang);
    let (claims, verified) = seen_jwt(world.detail(id).await.key);
    assert_eq!((claims.is_empty(), verified), (false, Verification::NotVerified));
}

#[tokio::test]
async fn a_vendor_that_gives_no_key_out_is_named() {
    let world = World::start().await;
    let key = world.issued_elsewhere("north").await.key.unwrap();
    world.connect("a").await;
    let jwt = format!("\"jwt\":\"{}\",", key.expose());
    world.proxy.always("get-license\"", Answer::replacing(&jwt, ""));
    let error = world.key_of(world.named("north").await).await.unwrap_err().report();
    assert_eq!((error.code.as_str(), error.args["label"].as_str()), ("key-not-to-be-had", "north"));
}

/// The JWT with another signature.
fn forged(jwt: &str) -> String {
    let (signed, signature) = jwt.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{signed}.{other}{}", &signature[1..])
}

#[tokio::test]
async fn a_license_that_its_vendor_extended_is_exported_with_its_new_key() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let choices = [("type", "prod")];
    let id = done(app::changes::create(&world.context, wanted(account, "north", &choices)).await);
    let old = world.key_of(id).await.unwrap();
    let new = extended(&world, id, &old).await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert!(app::list::row(&world.context, id).await.unwrap().stored.key_is_stale);
    let target = Target { format: Format::Jwt, path: world.path("l.jwt"), in_place: false, keep: false };
    app::export::export(&world.context, id, target.clone()).await.unwrap();
    assert_eq!(std::fs::read_to_string(&target.path).unwrap().trim_end(), new.expose());
    let asked = world.proxy.count("get-license\"");
    assert_eq!(world.key_of(id).await.unwrap(), new);
    assert_eq!(world.proxy.count("get-license\""), asked, "it is kept again");
}

#[tokio::test]
async fn a_closer_look_brings_the_key_of_a_license_that_changed() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = done(app::changes::create(&world.context, wanted(account, "north", &[("type", "prod")])).await);
    let new = extended(&world, id, &world.key_of(id).await.unwrap()).await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    app::list::look_closer(&world.context, id).await.unwrap();
    world.proxy.go_away();
    assert_eq!(world.key_of(id).await.unwrap(), new);
}

#[tokio::test]
async fn while_the_vendor_cannot_be_asked_the_kept_key_is_what_there_is() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = done(app::changes::create(&world.context, wanted(account, "north", &[("type", "prod")])).await);
    let old = world.key_of(id).await.unwrap();
    let new = extended(&world, id, &old).await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    world.proxy.go_away();
    assert_eq!(world.key_of(id).await.unwrap(), old);
    assert!(app::list::row(&world.context, id).await.unwrap().stored.key_is_stale, "and it says so");
    world.proxy.come_back();
    assert_eq!(world.key_of(id).await.unwrap(), new);
    assert!(!app::list::row(&world.context, id).await.unwrap().stored.key_is_stale);
}

#[tokio::test]
async fn a_kept_key_that_was_damaged_is_asked_for_again() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let key = world.key_of(id).await.unwrap();
    let imported = app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap().license;
    world.damage_sealed_keys();
    assert!(matches!(world.detail(id).await.key, KeyStatus::AtVendor));
    assert_eq!(world.key_of(id).await.unwrap(), key);
    assert!(matches!(world.detail(id).await.key, KeyStatus::Kept { .. }));
    assert_eq!(code(world.key_of(imported).await), "sealed-damaged", "nobody else has it");
}

#[tokio::test]
async fn a_silent_issuer_is_left_alone_for_a_minute() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.proxy.always("jwks.json", Answer::CommitThenHang);
    assert_eq!(seen_jwt(world.detail(id).await.key).1, Verification::NotVerified);
    world.proxy.clear();
    let asked = world.proxy.received().len();
    assert_eq!(seen_jwt(world.detail(id).await.key).1, Verification::NotVerified);
    assert_eq!(world.proxy.received().len(), asked, "nothing was asked");
    world.clock.advance(60);
    assert_eq!(seen_jwt(world.detail(id).await.key).1, Verification::Verified);
}

/// The vendor gives a license more time, and with that another key. Returns the new key.
async fn extended(world: &World, id: LicenseId, old: &LicenseKey) -> LicenseKey {
    let new = world.issued_elsewhere("other").await.key.unwrap();
    let end = app::list::row(&world.context, id).await.unwrap().stored.license.expiry.unwrap();
    let Expiry::On(end) = end else { panic!("a production license ends") };
    let (day, later) = (end.to_string()[..10].to_owned(), "2099-01-01");
    for at in ["get-licenses", "get-license\""] {
        let (day, old, new) = (day.clone(), old.expose().to_owned(), new.expose().to_owned());
        let edit = move |body: String| body.replace(&day, later).replace(&old, &new);
        world.proxy.always(at, Answer::edited(edit));
    }
    new
}
