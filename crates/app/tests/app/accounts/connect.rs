//! Connecting: a login is tested, and the tested one is kept.

use crate::common::{World, code, json, page};
use app::context::{AppError, State};
use std::sync::atomic::Ordering;
use testkit::{Answer, until_async};

#[tokio::test]
async fn a_tested_login_is_kept_and_its_licenses_are_fetched() {
    let world = World::start().await;
    world.issued_elsewhere("north").await;
    world.follow().await;
    let tested = app::accounts::test_login(&world.context, world.login(&world.token)).await.unwrap();
    assert_eq!(tested.licenses, Some(1));
    let id = app::accounts::keep_account(&world.context, &tested.ticket, "Northwind").await.unwrap();
    world.host.sees_change("the account", |change| change.accounts == [id]).await;
    assert_eq!(app::refresh::refresh(&world.context, id).await.unwrap().added, 1);
    let status = world.status(id).await;
    assert_eq!((status.account.name.as_str(), status.licenses, status.state), ("Northwind", 1, State::Ready));
    assert_eq!(world.names("").await, ["north"]);
    assert_eq!(world.happened().await, ["connected Northwind done"]);
}

#[tokio::test]
async fn an_account_keeps_of_a_pasted_address_only_where_the_portal_is() {
    let world = World::start().await;
    let mut login = world.login(&world.token);
    let portal = login.address.trim_end_matches('/').to_owned();
    login.address = format!("{portal}/ui/portal?token=s3cret-in-query#/s3cret-in-fragment");
    let draft = app::home::Draft {
        fields: [("url".to_owned(), login.address.replace("://", "://me:s3cret@"))].into(),
        ..app::home::Draft::default()
    };
    app::home::save_draft(&world.context, draft).await.unwrap();
    assert_eq!(
        app::home::draft(&world.context).await.unwrap().unwrap().fields["url"],
        format!("{portal}/ui/portal")
    );
    let tested = app::accounts::test_login(&world.context, login).await.unwrap();
    let id = app::accounts::keep_account(&world.context, &tested.ticket, "Northwind").await.unwrap();
    assert_eq!(world.status(id).await.account.address, portal);
    for file in [world.home().library(), world.home().dir().join("library.sqlite3-wal")] {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"s3cret"), "{}", file.display());
    }
}

#[tokio::test]
async fn the_login_that_was_tested_last_is_the_one_that_is_kept() {
    let world = World::start().await;
    let first = app::accounts::test_login(&world.context, world.login(&world.token)).await.unwrap();
    let other = world.portal().issue_token("southwind").unwrap().expose().to_owned();
    let second = app::accounts::test_login(&world.context, world.login(&other)).await.unwrap();
    assert_eq!(code(app::accounts::keep_account(&world.context, &first.ticket, "a").await), "ticket-unknown");
    let id = app::accounts::keep_account(&world.context, &second.ticket, "a").await.unwrap();
    let kept = world.context.vault().library().login(id, "token").unwrap();
    assert_eq!(kept.unwrap().expose(), other);
    assert_eq!(
        code(app::accounts::keep_account(&world.context, &second.ticket, "b").await),
        "ticket-unknown"
    );
}

#[tokio::test]
async fn a_wrong_token_says_so_and_keeps_nothing() {
    let world = World::start().await;
    let wrong = format!("licet_{}", "0".repeat(40));
    let error = app::accounts::test_login(&world.context, world.login(&wrong)).await.unwrap_err();
    assert_eq!(error.report().code, "vendor-unauthorized");
    assert!(app::accounts::accounts(&world.context).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_no_portal_says_what_it_is_instead() {
    let world = World::start().await;
    for (fault, expected) in [
        (page(200), "vendor-not-a-portal"),
        (json(429, "{}"), "vendor-rate-limited"),
        (json(500, r#"{"error": {"message": "out of order"}}"#), "vendor-rejected"),
        (Answer::Drop, "vendor-interrupted"),
    ] {
        world.proxy.always("get-licenses", fault);
        assert_eq!(
            code(app::accounts::test_login(&world.context, world.login(&world.token)).await),
            expected
        );
        world.proxy.clear();
    }
    world.proxy.go_away();
    assert_eq!(
        code(app::accounts::test_login(&world.context, world.login(&world.token)).await),
        "vendor-unreachable"
    );
}

#[tokio::test]
async fn a_form_that_cannot_be_sent_names_the_field_and_sends_nothing() {
    let world = World::start().await;
    let mut login = world.login(" ");
    let error = app::accounts::test_login(&world.context, login.clone()).await.unwrap_err().report();
    assert_eq!((error.code.as_str(), error.args["field"].as_str()), ("field-missing", "token"));
    login.address = "not an address".to_owned();
    assert_eq!(code(app::accounts::test_login(&world.context, login.clone()).await), "url-invalid");
    login.address = "https://me:secret@aidbox.example".to_owned();
    assert_eq!(code(app::accounts::test_login(&world.context, login.clone()).await), "url-with-login");
    login.provider = "nobody".to_owned();
    assert_eq!(code(app::accounts::test_login(&world.context, login).await), "provider-unknown");
    assert!(world.proxy.received().is_empty());
}

#[tokio::test]
async fn a_taken_name_is_refused_and_the_tested_login_waits_for_another() {
    let world = World::start().await;
    world.connect("Northwind").await;
    let tested = app::accounts::test_login(&world.context, world.login(&world.token)).await.unwrap();
    assert_ne!(tested.suggested_name.to_lowercase(), "northwind");
    for name in ["northwind", "NORTHWIND ", "files"] {
        assert_eq!(
            code(app::accounts::keep_account(&world.context, &tested.ticket, name).await),
            "account-name-taken",
            "{name}"
        );
    }
    for (name, expected) in [(" ", "name-empty"), ("two\nlines", "name-control")] {
        assert_eq!(code(app::accounts::keep_account(&world.context, &tested.ticket, name).await), expected);
    }
    app::accounts::keep_account(&world.context, &tested.ticket, "Northwind 2").await.unwrap();
}

#[tokio::test]
async fn the_local_portal_is_connected_without_a_token_being_typed() {
    let world = World::start().await;
    let id = app::accounts::connect_local(&world.context, "On this computer").await.unwrap();
    assert_eq!(world.account(id).await.address, "local");
    world.created(id, "here").await;
    assert_eq!(world.names("account:\"On this computer\"").await, ["here"]);
    assert_eq!(
        code(app::accounts::connect_local(&world.context, "on this computer").await),
        "account-name-taken"
    );
}

#[tokio::test]
async fn a_local_portal_that_cannot_be_started_is_offline_and_nothing_is_left_open() {
    let world = World::start().await;
    let id = app::accounts::connect_local(&world.context, "here").await.unwrap();
    world.created(id, "north").await;
    world.portal_is_broken.store(true, Ordering::Relaxed);
    let error = app::refresh::refresh(&world.context, id).await.unwrap_err().report();
    let told = (error.code.as_str(), error.detail.as_deref());
    assert_eq!(told, ("portal-not-running", Some("its port is taken")));
    assert!(matches!(world.state(id).await, State::Offline(_)));
    assert_eq!(code(world.create(id, "south").await), "portal-not-running");
    assert_eq!(code(app::accounts::connect_local(&world.context, "there").await), "portal-not-running");
    assert!(world.status(id).await.unsettled.is_empty());
    assert_eq!(world.names("").await, ["north"]);
    world.portal_is_broken.store(false, Ordering::Relaxed);
    world.created(id, "south").await;
    assert_eq!(world.state(id).await, State::Ready);
}

#[tokio::test]
async fn an_account_is_renamed_but_not_to_a_name_that_is_taken() {
    let world = World::start().await;
    let id = world.connect("north").await;
    app::accounts::connect_local(&world.context, "local").await.unwrap();
    app::accounts::rename_account(&world.context, id, " Northern ").await.unwrap();
    assert_eq!(world.account(id).await.name, "Northern");
    assert_eq!(world.happened().await[0], "renamed Northern done");
    for name in ["Local", "Files"] {
        assert_eq!(
            code(app::accounts::rename_account(&world.context, id, name).await),
            "account-name-taken",
            "{name}"
        );
    }
    assert_eq!(code(app::accounts::rename_account(&world.context, id, "").await), "name-empty");
}

#[tokio::test]
async fn the_account_of_imported_keys_keeps_its_name() {
    let world = World::start().await;
    app::import::import_text(&world.context, crate::common::SYSTEM_KEY, None).await.unwrap();
    let files = world.context.account_named("files").await.unwrap();
    assert_eq!(code(app::accounts::rename_account(&world.context, files.id, "mine").await), "choice-unknown");
    assert_eq!(world.names("account:files").await.len(), 1);
}

#[tokio::test]
async fn an_account_is_removed_by_its_name_and_its_secrets_with_it() {
    let world = World::with_passphrase().await;
    world.issued_elsewhere("north").await;
    let id = world.connect("Northwind").await;
    let license = world.named("north").await;
    app::list::reveal(&world.context, license).await.unwrap();
    assert_eq!(code(app::accounts::remove_account(&world.context, id, "northwind").await), "not-confirmed");
    assert_eq!(world.names("").await, ["north"]);
    app::accounts::remove_account(&world.context, id, "Northwind").await.unwrap();
    assert_eq!(world.sealed_secrets(), 0);
    assert!(
        world.names("").await.is_empty() && app::accounts::accounts(&world.context).await.unwrap().is_empty()
    );
    assert_eq!(world.names_at_portal().await, ["north"], "nothing changes at the vendor");
    assert_eq!(world.happened().await[0], "disconnected Northwind done");
    assert_eq!(
        code(app::accounts::remove_account(&world.context, id, "Northwind").await),
        "account-not-found"
    );
}

#[tokio::test]
async fn a_kept_login_is_tested_again_and_a_revoked_one_says_so() {
    let world = World::start().await;
    let id = world.connect("north").await;
    let account = world.account(id).await;
    app::accounts::test_account(&world.context, &account).await.unwrap();
    world.proxy.always("get-licenses", json(401, r#"{"error": {"message": "revoked"}}"#));
    let error = app::accounts::test_account(&world.context, &account).await.unwrap_err();
    assert!(matches!(error, AppError::Vendor { .. }));
    assert_eq!(error.report().code, "vendor-unauthorized");
    assert_eq!(error.report().detail.as_deref(), Some("revoked"));
}

#[tokio::test]
async fn a_create_that_is_being_sent_is_not_told_as_unsettled() {
    let world = std::sync::Arc::new(World::start().await);
    let id = world.connect("north").await;
    world.proxy.once("issue-license", Answer::CommitThenHold);
    let creating = tokio::spawn({
        let world = world.clone();
        async move { world.created(id, "slow").await }
    });
    until_async("it is sent", async || world.proxy.count("issue-license") == 1).await;
    assert!(world.status(id).await.unsettled.is_empty());
    world.proxy.release();
    creating.await.unwrap();
}
