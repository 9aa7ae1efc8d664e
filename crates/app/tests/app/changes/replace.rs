//! Replacing a license: created, files written, checked, the old one deleted, and taken up again wherever it was stopped.

use crate::common::{World, code, json, wanted};
use app::changes::Replaced;
use app::context::AppError;
use app::files::Target;
use license::{AccountId, LicenseId, file::Format};
use std::{fs, path::PathBuf};
use testkit::{Answer, put, until_async};
use vault::ReplacementStep;

/// A license whose key stands in two files.
async fn in_use(world: &World) -> (AccountId, LicenseId) {
    let account = world.connect("a").await;
    let old = world.created(account, "old").await;
    for (format, path) in files(world) {
        put(&path, if format == Format::BOX_ENV { "PGPASSWORD=postgres\n" } else { "" });
        app::export::export(&world.context, old, Target { format, path, in_place: false, keep: true })
            .await
            .unwrap();
    }
    (account, old)
}

fn files(world: &World) -> [(Format, PathBuf); 2] {
    [(Format::BOX_ENV, world.path(".env")), (Format::Jwt, world.path("license.jwt"))]
}

async fn replace(world: &World, account: AccountId, old: LicenseId) -> Result<Replaced, AppError> {
    app::changes::replace(&world.context, old, wanted(account, "new", &[("type", "prod")]), "old").await
}

/// The new license alone is at the portal, and stands in both files.
async fn is_done(world: &World, done: &Replaced) {
    assert_eq!(world.names_at_portal().await, ["new"]);
    assert_eq!(world.named("new").await, done.new);
    let key = world.key_of(done.new).await.unwrap();
    for (format, path) in files(world) {
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(license::file::parse(format, &text).unwrap(), key, "{format:?}");
        assert!(done.files.contains(&path), "{done:?}");
    }
    assert!(fs::read_to_string(world.path(".env")).unwrap().starts_with("PGPASSWORD=postgres\n"));
    assert!(app::files::files_of(&world.context, done.old).await.unwrap().is_empty() && done.left.is_empty());
    assert!(
        app::files::files_of(&world.context, done.new).await.unwrap().iter().all(|one| one.tracked.file.keep)
    );
    assert!(app::list::row(&world.context, done.old).await.unwrap().stored.gone_since.is_some());
    assert!(app::changes::replacing(&world.context).await.unwrap().is_empty());
    assert!(world.happened().await.contains(&"replaced old done".to_owned()));
}

#[tokio::test]
async fn the_new_license_takes_the_place_of_the_old_one_everywhere() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    let done = replace(&world, account, old).await.unwrap();
    is_done(&world, &done).await;
    assert_eq!(code(app::changes::resume_replace(&world.context, old).await), "replacement-not-found");
}

#[tokio::test]
async fn whatever_is_not_confirmed_or_cannot_be_created_changes_nothing() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    let order = || wanted(account, "new", &[]);
    assert_eq!(code(app::changes::replace(&world.context, old, order(), "new").await), "not-confirmed");
    let taken = wanted(account, "old", &[]);
    assert_eq!(code(app::changes::replace(&world.context, old, taken, "old").await), "name-taken");
    let bad = wanted(account, "new", &[("type", "gold")]);
    assert_eq!(code(app::changes::replace(&world.context, old, bad, "old").await), "choice-unknown");
    assert!(app::changes::replacing(&world.context).await.unwrap().is_empty(), "nothing is left behind");
    assert_eq!(world.names_at_portal().await, ["old"]);
    // The same name is meant where it is said so: it is the old one that goes.
    let again = app::changes::Wanted { allow_same_name: true, ..wanted(account, "old", &[]) };
    let done = app::changes::replace(&world.context, old, again, "old").await.unwrap();
    assert_eq!((world.names_at_portal().await, world.named("old").await), (vec!["old".to_owned()], done.new));
}

/// The program is killed while the portal's answer to a request is on its way, and started again.
async fn killed_at(request: &'static str, step: ReplacementStep) {
    let mut world = World::with_passphrase().await;
    let (account, old) = in_use(&world).await;
    world.proxy.once(request, Answer::CommitThenHold);
    let before = world.proxy.count(request);
    let context = world.context.clone();
    let order = wanted(account, "new", &[("type", "prod")]);
    let running = tokio::spawn(async move { app::changes::replace(&context, old, order, "old").await });
    until_async(request, async || world.proxy.count(request) > before).await;
    running.abort();
    assert!(running.await.is_err(), "it was killed in the middle");
    world.restart();
    world.unlock().await;

    let open = app::changes::replacing(&world.context).await.unwrap();
    assert_eq!((open[0].old, open[0].name.as_str(), open[0].step), (old, "new", step));
    assert_eq!(world.detail(old).await.replacing.as_ref(), Some(&open[0]));
    assert_eq!(code(replace(&world, account, old).await), "replacing");
    let done = app::changes::resume_replace(&world.context, old).await.unwrap();
    is_done(&world, &done).await;
}

#[tokio::test]
async fn killed_while_the_new_one_is_created_it_is_created_once() {
    killed_at("issue-license", ReplacementStep::Create).await;
}

#[tokio::test]
async fn killed_while_it_looks_for_the_new_one_nothing_is_deleted_before() {
    killed_at("get-license\"", ReplacementStep::Check).await;
}

#[tokio::test]
async fn killed_while_the_old_one_is_deleted_it_ends_as_it_should() {
    killed_at("remove-license", ReplacementStep::Delete).await;
}

#[tokio::test]
async fn killed_between_two_files_the_other_one_is_written_too() {
    let mut world = World::with_passphrase().await;
    let (account, old) = in_use(&world).await;
    world.clock.dies_after_writing(world.path(".env"));
    let context = world.context.clone();
    let order = wanted(account, "new", &[("type", "prod")]);
    let running = tokio::spawn(async move { app::changes::replace(&context, old, order, "old").await });
    assert!(running.await.is_err(), "it was killed in the middle");
    world.restart();
    world.unlock().await;
    let [env, jwt] = files(&world).map(|(_, path)| fs::read_to_string(path).unwrap());
    assert!(!env.contains(jwt.trim()), "one of the two is written");
    assert_eq!(app::changes::replacing(&world.context).await.unwrap()[0].step, ReplacementStep::Files);
    let done = app::changes::resume_replace(&world.context, old).await.unwrap();
    is_done(&world, &done).await;
}

#[tokio::test]
async fn what_was_written_from_the_old_one_meanwhile_is_written_too_before_it_is_deleted() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    world.proxy.always("remove-license", json(403, r#"{"message": "not you"}"#));
    assert_eq!(code(replace(&world, account, old).await), "vendor-unauthorized");
    assert_eq!(app::changes::replacing(&world.context).await.unwrap()[0].step, ReplacementStep::Delete);
    let later = world.path("later.jwt");
    let target = Target { format: Format::Jwt, path: later.clone(), in_place: false, keep: true };
    app::export::export(&world.context, old, target).await.unwrap();
    world.proxy.clear();
    let done = app::changes::resume_replace(&world.context, old).await.unwrap();
    assert_eq!(fs::read_to_string(&later).unwrap().trim(), world.key_of(done.new).await.unwrap().expose());
    is_done(&world, &done).await;
}

#[tokio::test]
async fn without_its_successor_the_old_one_is_neither_written_over_nor_deleted() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    world.proxy.always("remove-license", json(403, r#"{"message": "not you"}"#));
    assert!(replace(&world, account, old).await.is_err());
    world.proxy.clear();
    let later = world.path("later.jwt");
    let target = Target { format: Format::Jwt, path: later.clone(), in_place: false, keep: true };
    app::export::export(&world.context, old, target).await.unwrap();
    let new = app::list::row(&world.context, world.named("new").await).await.unwrap();
    world.deleted_elsewhere(&new.stored.license.vendor_id).await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    let stopped = app::changes::resume_replace(&world.context, old).await.unwrap_err();
    assert_eq!(stopped.report().code, "license-gone");
    assert!(matches!(stopped, AppError::HalfReplaced { .. }), "{stopped:?}");
    assert_eq!(world.names_at_portal().await, ["old"]);
    assert_eq!(fs::read_to_string(&later).unwrap().trim(), world.key_of(old).await.unwrap().expose());
}

#[tokio::test]
async fn what_somebody_else_made_before_anything_was_sent_is_not_taken_for_the_new_one() {
    let mut world = World::with_passphrase().await;
    let (account, old) = in_use(&world).await;
    // It looks at what is there, before it sends anything.
    world.proxy.once("get-licenses", Answer::CommitThenHold);
    let before = world.proxy.count("get-licenses");
    let context = world.context.clone();
    let order = app::changes::Wanted { allow_same_name: true, ..wanted(account, "new", &[("type", "prod")]) };
    let running = tokio::spawn(async move { app::changes::replace(&context, old, order, "old").await });
    until_async("it looked", async || world.proxy.count("get-licenses") > before).await;
    running.abort();
    assert!(running.await.is_err(), "it was killed in the middle");
    world.restart();
    world.unlock().await;
    world.issued_elsewhere("new").await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    let theirs = world.named("new").await;
    let done = app::changes::resume_replace(&world.context, old).await.unwrap();
    assert_ne!(done.new, theirs);
    assert_eq!(world.names_at_portal().await, ["new", "new"]);
}

#[tokio::test]
async fn of_two_processes_one_goes_on() {
    let world = World::with_passphrase().await;
    let (account, old) = in_use(&world).await;
    world.proxy.once("issue-license", Answer::CommitThenHold);
    let before = world.proxy.count("issue-license");
    let context = world.context.clone();
    let order = app::changes::Wanted { allow_same_name: true, ..wanted(account, "new", &[("type", "prod")]) };
    let running = tokio::spawn(async move { app::changes::replace(&context, old, order, "old").await });
    until_async("it is sent", async || world.proxy.count("issue-license") > before).await;

    let beside = world.unlocked_second_context().await;
    assert!(app::changes::replacing(&beside).await.unwrap()[0].is_running);
    let refused = app::changes::resume_replace(&beside, old).await.unwrap_err();
    assert_eq!(refused.report().code, "replacing");
    assert!(matches!(refused, AppError::Replacing { is_running: true, .. }), "{refused:?}");
    assert_eq!(code(app::changes::give_up_replace(&beside, old).await), "replacing");
    world.proxy.release();
    let done = running.await.unwrap().unwrap();
    is_done(&world, &done).await;
    assert_eq!(world.proxy.count("issue-license"), before + 1, "it was created once");
}

#[tokio::test]
async fn a_file_that_cannot_be_written_stops_it_and_the_old_license_stays() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    // The library says that it is there; the folder of it is gone.
    let folder = world.path("box");
    fs::create_dir(&folder).unwrap();
    let path = folder.join(".env");
    app::export::export(
        &world.context,
        old,
        Target { format: Format::BOX_ENV, path: path.clone(), in_place: false, keep: true },
    )
    .await
    .unwrap();
    let text = fs::read_to_string(&path).unwrap();
    put(&path, &format!("A=\"\n{text}"));
    let stopped = replace(&world, account, old).await;
    assert_eq!(code(stopped), "file-syntax", "a quoted value has no end");
    assert_eq!(world.names_at_portal().await, ["new", "old"]);
    assert_eq!(app::changes::replacing(&world.context).await.unwrap()[0].step, ReplacementStep::Files);

    put(&path, &text);
    let done = app::changes::resume_replace(&world.context, old).await.unwrap();
    assert!(done.files.contains(&path));
    is_done(&world, &done).await;
}

#[tokio::test]
async fn a_file_that_holds_something_else_by_now_is_left_alone() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    let other = world.created(account, "other").await;
    let others = world.key_of(other).await.unwrap();
    put(&world.path("license.jwt"), others.expose());
    let done = replace(&world, account, old).await.unwrap();
    assert_eq!(fs::read_to_string(world.path("license.jwt")).unwrap(), others.expose());
    assert_eq!((done.files, done.left), (vec![world.path(".env")], vec![world.path("license.jwt")]));
}

#[tokio::test]
async fn a_file_that_cannot_be_looked_into_stops_it_before_anything_is_deleted() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    // What a share that is not mounted looks like, and what is no text any more.
    let path = world.path("license.jwt");
    fs::rename(&path, world.path("elsewhere")).unwrap();
    assert_eq!(code(replace(&world, account, old).await), "replacement-unchecked");
    put(&path, &[0xff, 0xfe]);
    assert_eq!(code(app::changes::resume_replace(&world.context, old).await), "replacement-unchecked");
    assert_eq!(world.names_at_portal().await, ["new", "old"]);

    fs::rename(world.path("elsewhere"), &path).unwrap();
    let done = app::changes::resume_replace(&world.context, old).await.unwrap();
    is_done(&world, &done).await;
}

#[tokio::test]
async fn what_is_given_up_leaves_both_licenses() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    world.proxy.always("remove-license", json(403, r#"{"message": "not you"}"#));
    assert!(replace(&world, account, old).await.is_err());
    app::changes::give_up_replace(&world.context, old).await.unwrap();
    assert!(app::changes::replacing(&world.context).await.unwrap().is_empty());
    assert_eq!(world.names_at_portal().await, ["new", "old"]);
    assert_eq!(code(app::changes::give_up_replace(&world.context, old).await), "replacement-not-found");
}

#[tokio::test]
async fn what_was_imported_or_is_gone_is_not_replaced() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    let imported = app::import::import_text(&world.context, crate::common::SYSTEM_KEY, Some("robot"))
        .await
        .unwrap()
        .license;
    let order = wanted(account, "new", &[]);
    assert_eq!(
        code(app::changes::replace(&world.context, imported, order.clone(), "robot").await),
        "account-without-vendor"
    );
    app::changes::delete(&world.context, old, "old").await.unwrap();
    assert_eq!(code(app::changes::replace(&world.context, old, order, "old").await), "license-gone");
}

#[tokio::test]
async fn the_old_key_is_written_over_under_either_variable_of_a_file() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    let key = world.key_of(old).await.unwrap();
    let env = world.path(".env");
    put(&env, &format!("PGPASSWORD=postgres\nAIDBOX_LICENSE={0}\nBOX_LICENSE={0}\n", key.expose()));
    let done = replace(&world, account, old).await.unwrap();
    is_done(&world, &done).await;
    let (text, new) = (fs::read_to_string(&env).unwrap(), world.key_of(done.new).await.unwrap());
    assert!(!text.contains(key.expose()));
    assert_eq!(text.matches(new.expose()).count(), 2, "an older instance reads the other variable");
}

#[tokio::test]
async fn a_key_that_stands_in_a_file_beside_the_license_stops_it_before_the_old_one_is_deleted() {
    let world = World::start().await;
    let (account, old) = in_use(&world).await;
    let key = world.key_of(old).await.unwrap();
    let other = world.created(account, "other").await;
    let path = world.path("other.env");
    put(&path, &format!("AIDBOX_LICENSE={}\n", key.expose()));
    let target = Target { format: Format::BOX_ENV, path: path.clone(), in_place: false, keep: true };
    app::export::export(&world.context, other, target).await.unwrap();
    assert_eq!(code(replace(&world, account, old).await), "replaced-key-remains");
    assert_eq!(world.names_at_portal().await, ["new", "old", "other"]);

    put(&path, "BOX_LICENSE=\n");
    app::changes::resume_replace(&world.context, old).await.unwrap();
    assert_eq!(world.names_at_portal().await, ["new", "other"]);
}
