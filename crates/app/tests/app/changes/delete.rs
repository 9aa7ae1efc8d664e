//! Deleting: confirmed by the name, by id or by key, and settled by looking where no answer comes.

use crate::common::{World, code, done, json, unknown};
use app::changes::Sent;
use app::context::{Event, Message};
use license::{LicenseId, LicenseKey};
use testkit::{Answer, until_async};
use vault::IntentVerb;

#[tokio::test]
async fn a_license_is_deleted_by_its_name_and_by_no_other() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    for typed in ["", "North", "nort", "north2"] {
        let error = app::changes::delete(&world.context, id, typed).await.unwrap_err().report();
        assert_eq!((error.code.as_str(), error.args["expected"].as_str()), ("not-confirmed", "north"));
    }
    assert_eq!(world.proxy.count("remove-license"), 0);
    assert_eq!(done(app::changes::delete(&world.context, id, " north ").await), id);
    assert!(world.names_at_portal().await.is_empty() && world.names("").await.is_empty());
    assert_eq!(world.rows("status:gone").await[0].stored.id, id, "its history stays");
    assert_eq!(world.happened().await[0], "deleted north done");
}

#[tokio::test]
async fn a_name_typed_on_another_system_is_the_same_name() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "Caf\u{e9} שלום").await;
    done(app::changes::delete(&world.context, id, "Cafe\u{301} שלום").await);
}

#[tokio::test]
async fn a_license_that_was_deleted_elsewhere_is_deleted() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.deleted_elsewhere(&world.vendor_id(id).await).await;
    assert_eq!(done(app::changes::delete(&world.context, id, "north").await), id);
    assert!(world.names("").await.is_empty());
}

#[tokio::test]
async fn a_delete_whose_answer_is_lost_is_found_done() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.proxy.once("remove-license", Answer::CommitThenDrop);
    assert_eq!(done(app::changes::delete(&world.context, id, "north").await), id);
    assert!(world.names("").await.is_empty());
    assert_eq!(world.happened().await[..2], ["deleted north done", "deleted north unknown"]);
}

#[tokio::test]
async fn a_delete_that_never_arrived_is_given_up_after_two_minutes_and_the_license_stays() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.proxy.once("remove-license", Answer::Drop);
    assert_eq!(unknown(app::changes::delete(&world.context, id, "north").await), "vendor-outcome-unknown");
    assert!(app::list::row(&world.context, id).await.unwrap().delete_unknown);
    assert_eq!(code(app::changes::delete(&world.context, id, "north").await), "unsettled");
    assert_eq!(world.proxy.count("remove-license"), 1);
    world.clock.advance(120);
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert!(!app::list::row(&world.context, id).await.unwrap().delete_unknown);
    let told =
        Message::Settled { verb: IntentVerb::Delete, label: "north".into(), license: Some(id), done: false };
    assert!(world.host.saw(&Event::Message(told)));
    done(app::changes::delete(&world.context, id, "north").await);
}

#[tokio::test]
async fn an_unsettled_delete_holds_up_no_other_license_of_the_name() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.issued_elsewhere("north").await;
    world.issued_elsewhere("north").await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    let ids: Vec<LicenseId> = world.rows("").await.iter().map(|row| row.stored.id).collect();
    world.proxy.once("remove-license", Answer::Drop);
    unknown(app::changes::delete(&world.context, ids[0], "north").await);
    done(app::changes::delete(&world.context, ids[1], "north").await);
    assert_eq!(world.names_at_portal().await, ["north"]);
}

#[tokio::test]
async fn a_refused_delete_leaves_the_license_as_it_was() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.proxy.once("remove-license", json(403, r#"{"error": {"message": "read only token"}}"#));
    assert_eq!(code(app::changes::delete(&world.context, id, "north").await), "vendor-unauthorized");
    assert_eq!(world.names("").await, ["north"]);
    assert!(!app::list::row(&world.context, id).await.unwrap().delete_unknown);
    assert_eq!(world.happened().await[0], "deleted north failed");
}

#[tokio::test]
async fn a_license_is_looked_up_and_deleted_by_its_key() {
    let world = World::start().await;
    let found = world.issued_elsewhere("north").await;
    let key = found.key.unwrap();
    let id = world.connect("a").await;
    let account = world.account(id).await;
    let looked_up = app::changes::look_up(&world.context, &account, key.clone()).await.unwrap();
    assert_eq!(looked_up.license.name.as_deref(), Some("north"));
    assert_eq!(looked_up.id, Some(world.named("north").await));
    assert_eq!(
        code(app::changes::delete_by_key(&world.context, &account, key.clone(), "south").await),
        "not-confirmed"
    );
    done(app::changes::delete_by_key(&world.context, &account, key.clone(), "north").await);
    let sent = world.proxy.received().into_iter().find(|request| request.contains("remove-license")).unwrap();
    assert!(sent.contains(key.expose()), "by the key itself");
    assert_eq!(code(app::changes::look_up(&world.context, &account, key).await), "vendor-not-found");
}

#[tokio::test]
async fn only_the_key_of_a_license_file_is_sent() {
    let world = World::start().await;
    let key = world.issued_elsewhere("north").await.key.unwrap();
    let account = world.account(world.connect("a").await).await;
    let env = LicenseKey::new(format!("DB_PASSWORD=hunter2\nBOX_LICENSE={}\n", key.expose()));
    let found = app::changes::look_up(&world.context, &account, env.clone()).await.unwrap();
    assert_eq!(found.license.name.as_deref(), Some("north"));
    done(app::changes::delete_by_key(&world.context, &account, env, "north").await);
    let other = LicenseKey::new("DB_PASSWORD=hunter2\n".to_owned());
    assert_eq!(
        code(app::changes::look_up(&world.context, &account, other.clone()).await),
        "key-env-without-license"
    );
    assert!(app::changes::delete_by_key(&world.context, &account, other, "north").await.is_err());
    let sent = world.proxy.received();
    assert!(sent.iter().any(|request| request.contains(key.expose())));
    assert!(!sent.iter().any(|request| request.contains("hunter2")), "nothing else of the file");
}

#[tokio::test]
async fn a_license_that_the_library_never_saw_is_deleted_by_its_key_too() {
    let world = World::start().await;
    let id = world.connect("a").await;
    let key = world.issued_elsewhere("north").await.key.unwrap();
    let sent =
        app::changes::delete_by_key(&world.context, &world.account(id).await, key, "north").await.unwrap();
    assert!(matches!(sent, Sent::Done(None)));
    assert!(world.names_at_portal().await.is_empty());
    let nonsense = LicenseKey::new("not a key".to_owned());
    assert_eq!(
        code(app::changes::look_up(&world.context, &world.account(id).await, nonsense).await),
        "key-none"
    );
}

#[tokio::test]
async fn a_license_without_a_name_is_deleted_by_the_last_six_characters_of_its_id() {
    let world = World::start().await;
    let found = world.issued_elsewhere("north").await;
    world.proxy.always("get-licenses", Answer::replacing("\"name\":\"north\",", ""));
    world.connect("a").await;
    let row = world.rows("").await.remove(0);
    assert_eq!(row.stored.license.name, None);
    let end = found.license.vendor_id[found.license.vendor_id.len() - 6..].to_owned();
    assert_eq!(code(app::changes::delete(&world.context, row.stored.id, "north").await), "not-confirmed");
    done(app::changes::delete(&world.context, row.stored.id, &end).await);
}

#[tokio::test]
async fn a_row_shows_no_doubt_while_its_delete_is_on_its_way() {
    let world = std::sync::Arc::new(World::start().await);
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.proxy.once("remove-license", Answer::CommitThenHold);
    let deleting = tokio::spawn({
        let world = world.clone();
        async move { done(app::changes::delete(&world.context, id, "north").await) }
    });
    until_async("it is sent", async || world.proxy.count("remove-license") == 1).await;
    assert!(!app::list::row(&world.context, id).await.unwrap().delete_unknown);
    world.proxy.release();
    deleting.await.unwrap();
}

#[tokio::test]
async fn a_token_that_lost_its_project_deletes_nothing() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    // The portal has the same words for what is not there and for what is another's.
    let refused = json(403, r#"{"error": {"message": "You are not a member of the project"}}"#);
    world.proxy.always("remove-license", refused.clone());
    world.proxy.always("get-licenses", refused);
    assert_eq!(code(app::changes::delete(&world.context, id, "north").await), "vendor-not-found");
    assert_eq!(world.names("").await, ["north"], "it is still there");
    assert_eq!(world.happened().await[0], "deleted north failed");
    assert!(!app::list::row(&world.context, id).await.unwrap().delete_unknown);
    world.proxy.clear();
    done(app::changes::delete(&world.context, id, "north").await);
}

#[tokio::test]
async fn a_license_that_is_listed_after_it_was_not_found_was_not_deleted() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.proxy.once("remove-license", json(404, r#"{"error": {"message": "not found"}}"#));
    assert_eq!(code(app::changes::delete(&world.context, id, "north").await), "vendor-not-found");
    world.deleted_elsewhere(&world.vendor_id(id).await).await;
    // A listing that cannot be read whole proves nothing either.
    world.proxy.once("get-licenses", json(200, r#"{"result": [{"name": "no id"}]}"#));
    assert_eq!(code(app::changes::delete(&world.context, id, "north").await), "vendor-not-found");
    done(app::changes::delete(&world.context, id, "north").await);
}

#[tokio::test]
async fn a_license_that_is_listed_was_not_deleted_whatever_is_said_of_it_alone() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    world.proxy.once("remove-license", Answer::Drop);
    // The portal has the same words for what is not there and for what is another's.
    let refused = json(403, r#"{"error": {"message": "You are not a member of the project"}}"#);
    world.proxy.always("get-license\"", refused);
    assert_eq!(unknown(app::changes::delete(&world.context, id, "north").await), "vendor-outcome-unknown");
    assert_eq!(world.names("").await, ["north"], "it is still there");
    world.clock.advance(120);
    // A listing that cannot be read whole proves nothing, however late.
    world.proxy.always("get-licenses", json(200, r#"{"result": [{"name": "no id"}]}"#));
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert!(app::list::row(&world.context, id).await.unwrap().delete_unknown);
    world.proxy.clear();
    world.proxy.always("get-license\"", json(404, r#"{"error": {"message": "not found"}}"#));
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert!(!app::list::row(&world.context, id).await.unwrap().delete_unknown);
    assert_eq!(
        (world.happened().await.remove(0), world.names("").await),
        ("deleted north failed".into(), vec!["north".to_owned()])
    );
}
