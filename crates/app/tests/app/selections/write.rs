//! Writing many license files: each named after its license, with the rest left alone after a stop, an outage or an
//! interruption.

use crate::common::{SYSTEM_KEY, World, code};
use app::selections::{Reason, UnfinishedWrite, WriteOutcome, WriteTo};
use license::LicenseId;
use std::{fs, path::PathBuf, sync::Mutex};
use testkit::{Answer, put};

async fn three(world: &World) -> Vec<LicenseId> {
    let account = world.connect("a").await;
    let mut ids = Vec::new();
    for name in ["north", "south", "west"] {
        ids.push(world.created(account, name).await);
    }
    ids
}

/// A folder in the user's home, for files that are kept up to date.
fn to(world: &World, format: Option<&str>) -> WriteTo {
    let folder = world.path("licenses");
    fs::create_dir_all(&folder).unwrap();
    WriteTo { folder, format: format.map(str::to_owned), keep: true }
}

async fn planned(world: &World, ids: &[LicenseId], to: &WriteTo) -> Vec<String> {
    let plan = app::selections::write_plan(&world.context, ids.to_vec(), to.clone()).await.unwrap();
    plan.files.iter().map(|file| file.path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

async fn write_all(world: &World, ids: &[LicenseId], to: &WriteTo) -> Vec<app::selections::Writing> {
    app::selections::write_all(&world.context, ids.to_vec(), to.clone(), |_| ()).await.unwrap()
}

#[tokio::test]
async fn each_license_gets_a_file_with_its_name() {
    let world = World::with_passphrase().await;
    let mut ids = three(&world).await;
    ids.push(app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license);
    let to = to(&world, None);
    let names = ["north.env", "south.env", "west.env", ".aica-license-cell.toml"];
    assert_eq!(planned(&world, &ids, &to).await, names);
    let seen = Mutex::new(Vec::new());
    let report = |one: &app::selections::Writing| seen.lock().unwrap().push(one.label.clone());
    let done = app::selections::write_all(&world.context, ids.clone(), to.clone(), report).await.unwrap();
    assert!(done.iter().all(|one| matches!(one.outcome, WriteOutcome::Done(_))), "{done:?}");
    assert_eq!(*seen.lock().unwrap(), ["north", "south", "west", "cell"]);
    for (id, name) in ids.iter().zip(names) {
        let text = fs::read_to_string(to.folder.join(name)).unwrap();
        assert!(text.contains(world.key_of(*id).await.unwrap().expose()), "{name}");
        assert!(world.detail(*id).await.files[0].tracked.file.keep, "{name}");
    }
    assert_eq!(app::selections::unfinished_write(&world.context).await.unwrap(), None);
}

#[tokio::test]
async fn one_format_is_written_of_those_that_have_it() {
    let world = World::with_passphrase().await;
    let mut ids = three(&world).await;
    ids.push(app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license);
    let jwt = to(&world, Some("jwt"));
    let plan = app::selections::write_plan(&world.context, ids.clone(), jwt.clone()).await.unwrap();
    assert_eq!(plan.files.len(), 3);
    assert!(plan.formats.contains(&license::file::Format::Jwt));
    assert_eq!((plan.left_out[0].id, plan.left_out[0].reason), (ids[3], Reason::NoFile));
    let unknown = to(&world, Some("docx"));
    assert_eq!(code(app::selections::write_plan(&world.context, ids, unknown).await), "choice-unknown");
}

#[tokio::test]
async fn gone_and_leaked_licenses_get_no_file() {
    let world = World::with_passphrase().await;
    let ids = three(&world).await;
    app::changes::delete(&world.context, ids[0], "north").await.unwrap();
    app::leaked::mark_leaked(&world.context, ids[1], true).await.unwrap();
    let plan = app::selections::write_plan(&world.context, ids, to(&world, None)).await.unwrap();
    let reasons: Vec<_> = plan.left_out.iter().map(|one| one.reason).collect();
    assert_eq!((plan.files.len(), reasons), (1, vec![Reason::Gone, Reason::Leaked]));
}

#[tokio::test]
async fn names_that_make_one_file_name_have_different_files() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let ids = [world.created(account, "north-star").await, world.created(account, "north star").await];
    let to = to(&world, None);
    let expected = ["north-star.env".to_owned(), format!("north-star-{}.env", ids[1])];
    assert_eq!(planned(&world, &ids, &to).await, expected);
    write_all(&world, &ids, &to).await;
    assert_eq!(planned(&world, &ids, &to).await, expected, "a file keeps its place");
}

#[tokio::test]
async fn folder_that_is_not_there_is_an_error_before_anything_is_written() {
    let world = World::with_passphrase().await;
    let ids = three(&world).await;
    let to = WriteTo { folder: world.path("nowhere"), format: None, keep: false };
    assert_eq!(code(app::selections::write_plan(&world.context, ids, to).await), "file-folder-missing");
}

#[tokio::test]
async fn file_that_cannot_be_written_leaves_the_others() {
    let world = World::with_passphrase().await;
    let ids = three(&world).await;
    let to = to(&world, None);
    fs::create_dir(to.folder.join("south.env")).unwrap();
    let done = write_all(&world, &ids, &to).await;
    let WriteOutcome::Failed(error) = &done[1].outcome else { panic!("{done:?}") };
    assert_eq!(error.report().code, "file-is-folder");
    assert!([0, 2].iter().all(|at| matches!(done[*at].outcome, WriteOutcome::Done(_))), "{done:?}");
}

#[tokio::test]
async fn outage_stops_the_others_of_its_account() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    for name in ["north", "south", "west"] {
        world.issued_elsewhere(name).await;
    }
    app::refresh::refresh(&world.context, account).await.unwrap();
    let ids = [world.named("north").await, world.named("south").await, world.named("west").await];
    world.proxy.otherwise(Answer::Drop);
    let done = write_all(&world, &ids, &to(&world, None)).await;
    assert!(matches!(done[0].outcome, WriteOutcome::Failed(_)), "{done:?}");
    assert!(done[1..].iter().all(|one| matches!(one.outcome, WriteOutcome::NotStarted)), "{done:?}");
}

#[tokio::test]
async fn stop_ends_it_with_the_license_that_it_is_at() {
    let world = World::with_passphrase().await;
    let ids = three(&world).await;
    let report = |_: &app::selections::Writing| app::selections::stop(&world.context);
    let done = app::selections::write_all(&world.context, ids, to(&world, None), report).await.unwrap();
    assert!(matches!(done[0].outcome, WriteOutcome::Done(_)), "{done:?}");
    assert!(done[1..].iter().all(|one| matches!(one.outcome, WriteOutcome::NotStarted)), "{done:?}");
}

#[tokio::test]
async fn what_an_interruption_left_is_known_afterwards() {
    let mut world = World::with_passphrase().await;
    let ids = three(&world).await;
    let to = to(&world, None);
    let first: PathBuf = to.folder.join("north.env");
    put(&first, "BOX_LICENSE=an-old-one\n");
    let (context, cut) = (world.unlocked_second_context().await, ids.clone());
    let asked = to.clone();
    {
        // The program ends after the first file.
        let (sender, ended) = tokio::sync::oneshot::channel();
        let sender = Mutex::new(Some(sender));
        let report = move |_: &app::selections::Writing| {
            if let Some(sender) = sender.lock().unwrap().take() {
                sender.send(()).unwrap();
            }
        };
        let writing = app::selections::write_all(&context, cut, asked, report);
        tokio::select! {
            biased;
            _ = ended => (),
            done = writing => panic!("it went on: {done:?}"),
        }
    }
    world.restart();
    world.unlock().await;
    let left = app::selections::unfinished_write(&world.context).await.unwrap();
    assert_eq!(left, Some(UnfinishedWrite { licenses: ids[1..].to_vec(), to: to.clone() }));
    write_all(&world, &ids[1..], &to).await;
    assert_eq!(app::selections::unfinished_write(&world.context).await.unwrap(), None);
}
