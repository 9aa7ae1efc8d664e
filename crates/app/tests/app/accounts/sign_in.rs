//! Logins that are exchanged for a session, at the local portal's own accounts.

use crate::common::{World, code};
use app::accounts::{LastSession, Login};
use app::context::State;
use app::list::Removal;
use license::{AccountId, Token};
use portal::NewEntitled;
use std::collections::BTreeMap;
use testkit::{Answer, until_async};

const PASSWORD: &str = "correct horse battery";

/// A user of the account `demo` with one license.
async fn with_user() -> World {
    let world = World::with_passphrase().await;
    let portal = world.portal();
    portal.add_user("demo", "ada@demo.example", PASSWORD, false).unwrap();
    let license = NewEntitled {
        name: Some("cell".to_owned()),
        expires: None,
        entitlements: vec!["core".to_owned()],
        max_machines: None,
    };
    portal.add_license("demo", "ada@demo.example", license).unwrap();
    world
}

fn login(world: &World, password: &str) -> Login {
    let fields = [("vendor-account", "demo"), ("email", "ada@demo.example"), ("confirm-host", "127.0.0.1")];
    Login {
        provider: "aica".to_owned(),
        address: world.proxy.url(),
        fields: fields.map(|(name, text)| (name.to_owned(), text.to_owned())).into(),
        secrets: [("password".to_owned(), Token::new(password.to_owned()))].into(),
    }
}

async fn connected(world: &World) -> AccountId {
    let tested = app::accounts::test_login(&world.context, login(world, PASSWORD)).await.unwrap();
    assert_eq!((tested.subject.as_deref(), tested.licenses), (Some("ada@demo.example"), Some(1)));
    let id = app::accounts::keep_account(&world.context, &tested.ticket, "cells").await.unwrap();
    app::refresh::refresh(&world.context, id).await.unwrap();
    id
}

#[tokio::test]
async fn the_session_is_kept_and_neither_password_nor_code() {
    let world = with_user().await;
    let id = connected(&world).await;
    assert_eq!(world.names("").await, ["cell"]);
    let library = world.context.vault().library();
    assert!(library.login(id, "token").unwrap().is_some());
    assert_eq!(library.login(id, "password").unwrap(), None);
    let kept = world.account(id).await.fields;
    assert!(kept.contains_key("token-id") && !kept.contains_key("password"), "{:?}", kept.keys());
    assert_eq!(world.proxy.count("POST /v1/accounts/demo/tokens"), 1);
}

#[tokio::test]
async fn the_same_account_is_recognised_whatever_else_is_typed_beside_it() {
    let world = with_user().await;
    connected(&world).await;
    let mut again = login(&world, PASSWORD);
    again.fields.insert("registry".to_owned(), "127.0.0.1:5000".to_owned());
    again.fields.insert("confirm-registry".to_owned(), "127.0.0.1".to_owned());
    let tested = app::accounts::test_login(&world.context, again).await.unwrap();
    assert_eq!(tested.already.as_deref(), Some("cells"));
}

#[tokio::test]
async fn a_host_that_was_not_confirmed_is_not_asked() {
    let world = with_user().await;
    let mut login = login(&world, PASSWORD);
    login.fields.remove("confirm-host");
    assert_eq!(code(app::accounts::test_login(&world.context, login).await), "host-not-confirmed");
    assert_eq!(world.proxy.received().len(), 0);
}

#[tokio::test]
async fn a_wrong_password_is_sent_once_however_often_it_is_tried() {
    let world = with_user().await;
    assert_eq!(
        code(app::accounts::test_login(&world.context, login(&world, "wrong")).await),
        "vendor-wrong-password"
    );
    for _ in 0..3 {
        assert_eq!(
            code(app::accounts::test_login(&world.context, login(&world, "wrong")).await),
            "vendor-refused-before"
        );
    }
    assert_eq!(world.proxy.count("POST /v1/accounts/demo/tokens"), 1);
}

#[tokio::test]
async fn a_session_that_ended_is_renewed_by_logging_in_and_nothing_is_lost() {
    let world = with_user().await;
    let id = connected(&world).await;
    let license = world.named("cell").await;
    world.portal().expire_tokens("demo").unwrap();
    app::refresh::refresh(&world.context, id).await.unwrap_err();
    assert_eq!(world.names("").await, ["cell"]);
    app::accounts::new_login(&world.context, id, BTreeMap::new(), login(&world, PASSWORD).secrets)
        .await
        .unwrap();
    app::refresh::refresh(&world.context, id).await.unwrap();
    assert_eq!(world.named("cell").await, license);
}

#[tokio::test]
async fn logging_out_revokes_the_session_and_the_account_asks_for_its_login() {
    let world = with_user().await;
    let id = connected(&world).await;
    app::accounts::sign_out(&world.context, id).await.unwrap();
    assert_eq!(world.proxy.count("DELETE /v1/accounts/demo/tokens/"), 1);
    assert_eq!(code(app::refresh::refresh(&world.context, id).await), "login-not-kept");
    assert_eq!(world.names("").await, ["cell"]);
    assert_eq!(world.happened().await[0], "signed-out cells done");
}

#[tokio::test]
async fn whoever_looks_after_logging_out_sees_that_a_login_is_needed() {
    let world = with_user().await;
    let id = connected(&world).await;
    let before = world.status(id).await;
    assert!(before.session_expires.is_some_and(|end| end > jiff::Timestamp::now()));
    assert_eq!(before.host.as_deref(), Some("127.0.0.1"));
    let typed: Vec<_> = before.changeable.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(typed, [("email", "ada@demo.example"), ("vendor-account", "demo")]);
    app::accounts::sign_out(&world.context, id).await.unwrap();
    let State::Failed(facts) = world.status(id).await.state else { panic!("it does not ask for a login") };
    assert_eq!(facts.code, "login-not-kept");
}

#[tokio::test]
async fn an_account_that_is_removed_says_what_became_of_its_session() {
    let mut world = with_user().await;
    let removed = async |world: &World, id| {
        let session = app::accounts::remove_account(&world.context, id, "cells").await.unwrap();
        (
            session,
            world.context.activity(None, 1).await.unwrap().remove(0).activity.detail.unwrap_or_default(),
        )
    };
    let id = connected(&world).await;
    assert_eq!(removed(&world, id).await, (LastSession::Ended, "its session was ended".to_owned()));

    let id = connected(&world).await;
    app::accounts::sign_out(&world.context, id).await.unwrap();
    assert_eq!(world.status(id).await.session_expires, None);
    assert_eq!(removed(&world, id).await, (LastSession::None, String::new()));

    let id = connected(&world).await;
    world.restart();
    let (session, told) = removed(&world, id).await;
    assert!(matches!(session, LastSession::Left(why) if why.code == "vault-locked"), "{told}");
    assert_eq!(told, "its session was not ended: vault-locked");

    world.unlock().await;
    let id = connected(&world).await;
    world.proxy.go_away();
    let (session, _) = removed(&world, id).await;
    assert!(matches!(session, LastSession::Left(why) if why.code == "vendor-unreachable"));
}

#[tokio::test]
async fn another_login_ends_the_session_that_it_takes_the_place_of() {
    let world = with_user().await;
    let id = connected(&world).await;
    let before = world.account(id).await.fields["token-id"].clone();
    app::accounts::new_login(&world.context, id, BTreeMap::new(), login(&world, PASSWORD).secrets)
        .await
        .unwrap();
    app::accounts::leave(&world.context).await;
    assert_eq!(world.proxy.count(&format!("DELETE /v1/accounts/demo/tokens/{before}\n")), 1);
    assert_eq!(world.proxy.count("DELETE /v1/accounts/demo/tokens/"), 1);
    assert_ne!(world.account(id).await.fields["token-id"], before);
    app::refresh::refresh(&world.context, id).await.unwrap();
}

#[tokio::test]
async fn a_login_that_cannot_be_kept_is_ended_and_the_kept_one_lives() {
    let world = with_user().await;
    let id = connected(&world).await;
    let before = world.account(id).await.fields;
    world.proxy.once("POST /v1/accounts/demo/tokens", Answer::CommitThenHold);
    // Another process forgets all secrets meanwhile: what is sealed now could not be opened later.
    let forgetting = async {
        until_async("it is sent", async || world.proxy.count("POST /v1/accounts/demo/tokens") == 2).await;
        world.second_context().vault().lock().forget_secrets().unwrap();
        world.proxy.release();
    };
    let renewing =
        app::accounts::new_login(&world.context, id, BTreeMap::new(), login(&world, PASSWORD).secrets);
    let (refused, ()) = tokio::join!(renewing, forgetting);
    assert_eq!(code(refused), "vault-locked");
    app::accounts::leave(&world.context).await;
    assert_eq!(world.proxy.count("DELETE /v1/accounts/demo/tokens/"), 1);
    let id_before = &before["token-id"];
    assert_eq!(world.proxy.count(&format!("DELETE /v1/accounts/demo/tokens/{id_before} ")), 0);
    assert_eq!(world.account(id).await.fields, before);
}

#[tokio::test]
async fn a_session_that_was_tested_and_not_kept_is_ended_behind() {
    let world = with_user().await;
    app::accounts::test_login(&world.context, login(&world, PASSWORD)).await.unwrap();
    app::accounts::leave(&world.context).await;
    assert_eq!(world.proxy.count("DELETE /v1/accounts/demo/tokens/"), 1);
    app::accounts::leave(&world.context).await;
    assert_eq!(world.proxy.count("DELETE /v1/accounts/demo/tokens/"), 1, "each is ended once");
}

#[tokio::test]
async fn of_two_tested_logins_the_first_is_ended_and_the_kept_one_lives() {
    let world = with_user().await;
    app::accounts::test_login(&world.context, login(&world, PASSWORD)).await.unwrap();
    let id = connected(&world).await;
    app::home::finish_setup(&world.context).await.unwrap();
    app::accounts::leave(&world.context).await;
    assert_eq!(world.proxy.count("DELETE /v1/accounts/demo/tokens/"), 1);
    app::refresh::refresh(&world.context, id).await.unwrap();
}

#[tokio::test]
async fn the_end_of_the_wizard_ends_what_it_only_tested() {
    let world = with_user().await;
    app::accounts::test_login(&world.context, login(&world, PASSWORD)).await.unwrap();
    app::home::finish_setup(&world.context).await.unwrap();
    app::accounts::leave(&world.context).await;
    assert_eq!(world.proxy.count("DELETE /v1/accounts/demo/tokens/"), 1);
}

#[tokio::test]
async fn a_login_of_somebody_else_is_refused_and_its_session_ended() {
    let world = with_user().await;
    let id = connected(&world).await;
    world.portal().add_user("demo", "bob@demo.example", PASSWORD, false).unwrap();
    let other = BTreeMap::from([("email".to_owned(), "bob@demo.example".to_owned())]);
    let secrets = login(&world, PASSWORD).secrets;
    assert_eq!(code(app::accounts::new_login(&world.context, id, other, secrets).await), "login-other");
    app::accounts::leave(&world.context).await;
    assert_eq!(world.proxy.count("DELETE /v1/accounts/demo/tokens/"), 1);
    assert_eq!(world.account(id).await.fields["email"], "ada@demo.example");
    app::refresh::refresh(&world.context, id).await.unwrap();
}

#[tokio::test]
async fn a_public_key_that_was_mistyped_is_mended_with_the_next_login() {
    let world = with_user().await;
    // What is signed names the host that was asked: past the proxy.
    let straight = Login { address: world.portal_address(), ..login(&world, PASSWORD) };
    let tested = app::accounts::test_login(&world.context, straight).await.unwrap();
    let id = app::accounts::keep_account(&world.context, &tested.ticket, "cells").await.unwrap();
    let secrets = || login(&world, PASSWORD).secrets;
    let key = |text: &str| BTreeMap::from([("public-key".to_owned(), text.to_owned())]);
    let of_another = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let refused = app::accounts::new_login(&world.context, id, key(of_another), secrets()).await;
    assert_eq!(code(refused), "vendor-signature-bad");
    let own = world.portal().public_key_hex();
    app::accounts::new_login(&world.context, id, key(&own), secrets()).await.unwrap();
    assert_eq!(world.status(id).await.changeable["public-key"], own);
    app::accounts::new_login(&world.context, id, key(""), secrets()).await.unwrap();
    assert!(!world.account(id).await.fields.contains_key("public-key"));
}

#[tokio::test]
async fn an_account_whose_vendor_has_no_sessions_is_not_logged_out() {
    let world = World::start().await;
    let id = world.connect("Northwind").await;
    assert_eq!(code(app::accounts::sign_out(&world.context, id).await), "facet-missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_vendor_takes_from_no_program_is_refused_before_it_is_written_down_or_sent() {
    let world = with_user().await;
    let account = connected(&world).await;
    let cell = world.named("cell").await;
    assert_eq!(app::list::detail(&world.context, cell).await.unwrap().removal, Removal::Nowhere);
    let before = world.context.activity(None, 50).await.unwrap().len();

    assert_eq!(code(app::changes::delete(&world.context, cell, "cell").await), "vendor-unsupported");
    assert_eq!(code(app::changes::create_form(&world.context, account).await), "vendor-unsupported");
    assert_eq!(world.context.activity(None, 50).await.unwrap().len(), before, "nothing was begun");
}
