//! An instance of the Metrics Dashboard at the local portal.

use crate::common::{World, code};
use app::accounts::Login;
use app::files::Target;
use app::instance::Held;
use license::{AccountId, Token, UseUnit, file::Format};
use std::collections::BTreeMap;
use testkit::Answer;
use vault::{FileState, SecretKind, SecretOwner, files::Access};

const PASSWORD: &str = "a good password";
const CHECK: &str = "/api/licensing/check";

/// An instance that is connected, without a token; what goes to it can be counted and lost on the way.
pub(crate) async fn connected() -> (World, AccountId) {
    let world = World::with_passphrase().await;
    let address = world.proxy.url();
    connect(world, &address).await
}

/// The same at the address that it knows itself by.
pub(crate) async fn connected_at_its_root() -> (World, AccountId) {
    let world = World::with_passphrase().await;
    let address = world.portal_address();
    connect(world, &address).await
}

async fn connect(world: World, address: &str) -> (World, AccountId) {
    world.portal().add_instance("play", "admin", PASSWORD).unwrap();
    let id = connect_as(&world, address, "play").await;
    (world, id)
}

/// The administrator's login at the instance, kept as an account of this name.
pub(crate) async fn connect_as(world: &World, address: &str, name: &str) -> AccountId {
    let login = Login {
        provider: "dashboard".to_owned(),
        address: format!("{address}/instances/play"),
        fields: [("user".to_owned(), "admin".to_owned())].into(),
        secrets: [("password".to_owned(), Token::new(PASSWORD.to_owned()))].into(),
    };
    let tested = app::accounts::test_login(&world.context, login).await.unwrap();
    app::accounts::keep_account(&world.context, &tested.ticket, name).await.unwrap()
}

/// A token for the instance, under the root URL that it knows itself by.
pub(crate) fn token(world: &World) -> String {
    world.portal().instance_token("play", None, None).unwrap().expose().to_owned()
}

#[tokio::test]
async fn list_shows_the_users_that_the_instance_counted() {
    let (world, id) = connected().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let used = async || {
        let counted = world.rows("").await.remove(0).stored.in_use().unwrap();
        (counted.unit, counted.used)
    };
    assert_eq!(used().await, (UseUnit::Users, None));
    let active = app::instance::usage(&world.context, id).await.unwrap().active_users.unwrap();
    assert_eq!(used().await, (UseUnit::Users, Some(active.try_into().unwrap())));
    app::refresh::refresh_all(&world.context).await.unwrap();
    assert_eq!(used().await.1, Some(active.try_into().unwrap()), "a listing does not count");
}

#[tokio::test]
async fn what_an_instance_tells_is_seen_with_what_is_kept_here() {
    let (world, id) = connected().await;
    let empty = app::instance::instance(&world.context, id).await.unwrap();
    assert_eq!((empty.valid, empty.token, empty.held), (Ok(false), Ok(None), Held::No));
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let seen = app::instance::instance(&world.context, id).await.unwrap();
    assert_eq!((seen.valid, seen.held, seen.can_restore), (Ok(true), Held::Yes, false));
    app::instance::renew_token(&world.context, id).await.unwrap();
    assert_eq!(
        app::instance::instance(&world.context, id).await.unwrap().held,
        Held::No,
        "the new text is the instance's alone"
    );
}

#[tokio::test]
async fn nothing_is_sent_of_a_token_that_does_not_pass() {
    let (world, id) = connected().await;
    let other = world.portal().instance_token("play", None, Some("https://other.example")).unwrap();
    let preview = app::instance::preflight_token(&world.context, id, other.expose()).await.unwrap();
    assert!(!preview.may_send && preview.findings.iter().any(|found| found.word() == "wrong-instance"));
    assert_eq!(
        code(app::instance::apply_token(&world.context, id, other.expose(), false).await),
        "preflight-failed"
    );
    assert_eq!(world.proxy.count("POST "), 0);
}

#[tokio::test]
async fn a_token_whose_answer_is_lost_is_found_by_looking_and_the_one_before_it_can_be_restored() {
    let (world, id) = connected().await;
    let first = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    world.proxy.once("POST ", Answer::CommitThenDrop);
    let second = app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    assert!(second.previous_kept && second.token.jti != first.token.jti);
    let back = app::instance::restore(&world.context, id, true).await.unwrap();
    assert_eq!(back.token.jti, first.token.jti);
    assert_eq!(world.happened().await[0], "token-restored play done");
}

#[tokio::test]
async fn a_refused_token_leaves_what_can_be_put_back_as_it_was() {
    let (world, id) = connected().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let torn = "ey.torn";
    assert_eq!(code(app::instance::apply_token(&world.context, id, torn, true).await), "vendor-rejected");
    assert_eq!(code(app::instance::restore(&world.context, id, true).await), "nothing-to-restore");
}

#[tokio::test]
async fn a_password_that_no_longer_works_is_sent_once_by_whichever_process() {
    let (world, id) = connected().await;
    let owner = SecretOwner::Account(id);
    world.context.vault().library().put_secret(owner, SecretKind::Login("password"), "changed").unwrap();
    let before = world.proxy.count(CHECK);
    assert_eq!(code(app::instance::check_instance(&world.context, id).await), "vendor-wrong-password");
    let other = world.unlocked_second_context().await;
    for context in [&world.context, &other] {
        assert_eq!(code(app::instance::check_instance(context, id).await), "vendor-refused-before");
        assert_eq!(code(app::refresh::refresh(context, id).await), "vendor-refused-before");
    }
    assert_eq!(world.proxy.count(CHECK) - before, 1);
    let good = [("password".to_owned(), Token::new(PASSWORD.to_owned()))].into();
    app::accounts::new_login(&world.context, id, BTreeMap::new(), good).await.unwrap();
    assert_eq!(app::instance::check_instance(&other, id).await.ok(), Some(false));
}

#[tokio::test]
async fn removing_a_token_takes_the_root_url_typed() {
    let (world, id) = connected_at_its_root().await;
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    assert_eq!(
        code(app::instance::remove_token(&world.context, id, "https://other.example").await),
        "not-confirmed"
    );
    assert_eq!(app::instance::check_instance(&world.context, id).await.ok(), Some(true), "nothing was sent");
    let root = format!("{}/instances/play/", world.portal_address());
    app::instance::remove_token(&world.context, id, &root).await.unwrap();
    assert_eq!(world.names("").await.len(), 0);
    assert!(
        !app::instance::restore(&world.context, id, true).await.unwrap().previous_kept,
        "there was none to keep"
    );
    assert_eq!(app::instance::check_instance(&world.context, id).await.ok(), Some(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_names_the_password_and_both_tokens() {
    let (world, id) = connected_at_its_root().await;
    let kept = || async {
        let stored = app::home::stored(&world.context).await.unwrap();
        let secrets = stored.iter().filter(|one| one.sent_to.is_some() && one.what != "license-keys");
        secrets.map(|one| one.what).collect::<Vec<_>>()
    };
    assert_eq!(kept().await, ["account-password"]);
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    assert_eq!(kept().await, ["account-password", "applied-token", "previous-token"]);
}

#[tokio::test]
async fn a_file_whose_token_the_instance_renewed_is_left_alone_and_told_to_be_old() {
    let (world, id) = connected_at_its_root().await;
    let license =
        app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap().license.unwrap();
    let path = world.path("license.jwt");
    let target = Target { format: Format::Jwt, path: path.clone(), in_place: false, keep: true };
    let written = app::export::export(&world.context, license, target.clone()).await.unwrap();
    assert!(!written.is_outdated && written.next.snippets.len() == 3);
    let before = std::fs::read_to_string(&path).unwrap();
    app::instance::renew_token(&world.context, id).await.unwrap();
    app::refresh::refresh(&world.context, id).await.unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), before);
    assert!(app::export::preview(&world.context, license, &target).await.unwrap().is_outdated);
    let file = app::list::detail(&world.context, license).await.unwrap().files.remove(0);
    assert!(file.is_outdated && file.state == FileState::UpToDate, "as it was written, and yet old");
    assert_eq!(code(app::export::repair(&world.context, file.tracked.id).await), "token-outdated");
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    assert_ne!(std::fs::read_to_string(&path).unwrap(), before, "a token that is known here is written");
    assert!(!app::export::preview(&world.context, license, &target).await.unwrap().is_outdated);
}

#[tokio::test]
async fn file_that_the_instances_container_cannot_read_is_said_to_be() {
    let (world, id) = connected_at_its_root().await;
    let license =
        app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap().license.unwrap();
    let target = Target { format: Format::Jwt, path: world.path("l.jwt"), in_place: false, keep: true };
    let reader = app::export::preview(&world.context, license, &target).await.unwrap().reader.unwrap();
    assert_eq!((reader.user, reader.group, reader.can_read), (472, 0, false));
    let access = Access { readable_by: Some(reader.user), ..Access::default() };
    let written = app::export::export_with(&world.context, license, target.clone(), access).await.unwrap();
    assert!(written.next.reader.unwrap().can_read && written.others.is_nobody());
    assert!(app::export::preview(&world.context, license, &target).await.unwrap().reader.unwrap().can_read);
    app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap();
    let seen = app::export::preview(&world.context, license, &target).await.unwrap();
    assert!(seen.reader.unwrap().can_read, "a file that is kept up to date stays so");
}

#[tokio::test]
async fn a_token_that_its_instance_replaced_since_it_was_listed_is_told_to_be_old_when_it_is_written() {
    let (world, id) = connected_at_its_root().await;
    let license =
        app::instance::apply_token(&world.context, id, &token(&world), true).await.unwrap().license.unwrap();
    app::export::refuse_outdated(&world.context, license).await.unwrap();
    let elsewhere = world.portal().instance_token("play", None, None).unwrap();
    world.portal().apply_instance_token("play", &elsewhere).unwrap();
    let target = Target { format: Format::Jwt, path: world.path("l.jwt"), in_place: false, keep: false };
    assert!(app::export::export(&world.context, license, target).await.unwrap().is_outdated);
    assert_eq!(code(app::export::refuse_outdated(&world.context, license).await), "token-outdated");
}
