//! Deleting many licenses: each once, with the rest left alone after a stop, an outage or an interruption.

use crate::common::{SYSTEM_KEY, World, code};
use app::selections::{DeleteOutcome, Reason};
use license::LicenseId;
use std::sync::Mutex;
use testkit::Answer;

async fn three(world: &World) -> Vec<LicenseId> {
    let account = world.connect("a").await;
    let mut ids = Vec::new();
    for name in ["north", "south", "west"] {
        ids.push(world.created(account, name).await);
    }
    ids
}

#[tokio::test]
async fn licenses_of_vendors_and_imported_keys_go_with_their_number_typed() {
    let world = World::with_passphrase().await;
    let mut ids = three(&world).await;
    ids.push(app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license);
    let plan = app::selections::delete_plan(&world.context, ids.clone()).await.unwrap();
    assert_eq!((plan.count(), plan.imported, plan.at_vendors["a"]), (4, 1, 3));
    assert_eq!(
        code(app::selections::delete_all(&world.context, ids.clone(), "3", |_| ()).await),
        "not-confirmed"
    );
    let seen = Mutex::new(Vec::new());
    let report = |one: &app::selections::Deletion| seen.lock().unwrap().push(one.label.clone());
    let done = app::selections::delete_all(&world.context, ids, "4", report).await.unwrap();
    assert!(done.iter().all(|one| matches!(one.outcome, DeleteOutcome::Done)), "{done:?}");
    assert_eq!(*seen.lock().unwrap(), ["north", "south", "west", "cell"]);
    assert!(world.names("").await.is_empty() && world.names_at_portal().await.is_empty());
    assert!(app::selections::unfinished_delete(&world.context).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_gone_or_under_way_is_left_out() {
    let world = World::with_passphrase().await;
    let ids = three(&world).await;
    app::changes::delete(&world.context, ids[0], "north").await.unwrap();
    let plan = app::selections::delete_plan(&world.context, ids.clone()).await.unwrap();
    assert_eq!(plan.count(), 2);
    assert_eq!((plan.left_out[0].id, plan.left_out[0].reason), (ids[0], Reason::Gone));
}

#[tokio::test]
async fn an_outage_stops_the_others_of_its_account() {
    let world = World::with_passphrase().await;
    let ids = three(&world).await;
    world.proxy.always("remove-license", Answer::Drop);
    let done = app::selections::delete_all(&world.context, ids.clone(), "3", |_| ()).await.unwrap();
    assert!(matches!(done[0].outcome, DeleteOutcome::Unknown(_) | DeleteOutcome::Failed(_)), "{done:?}");
    assert!(done[1..].iter().all(|one| matches!(one.outcome, DeleteOutcome::NotStarted)), "{done:?}");
    assert_eq!(world.proxy.count("remove-license"), 1);
}
