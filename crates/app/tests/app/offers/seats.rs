//! The machines of a license, and a release whose answer is lost.

use crate::common::{World, code};
use app::offers::SeatsStatus;
use license::{LicenseId, UseUnit};
use portal::{DEMO_EMAIL, NewEntitled};
use testkit::Answer;

/// A license in use on a machine, and how the machine's id reads in a list.
pub(crate) async fn in_use(world: &World) -> (LicenseId, SeatsStatus) {
    world.connect_demo(&[]).await;
    let new = NewEntitled {
        name: Some("press".to_owned()),
        expires: None,
        entitlements: Vec::new(),
        max_machines: Some(2),
    };
    let key = world.portal().add_license("demo", DEMO_EMAIL, new).unwrap();
    world.portal().add_machine(key.expose(), "aa:bb", "hall-07", None).unwrap();
    app::refresh::refresh_all(&world.context).await.unwrap();
    let license = world.named("press").await;
    let seen = app::offers::seats(&world.context, license).await.unwrap();
    assert_eq!((seen.seats[0].label(), seen.most, seen.is_whole), ("hall-07", Some(2), true));
    (license, seen)
}

#[tokio::test]
async fn list_shows_the_seats_that_were_counted_last() {
    let world = World::start().await;
    let (license, _) = in_use(&world).await;
    let used = async || {
        let counted = app::list::row(&world.context, license).await.unwrap().stored.in_use().unwrap();
        (counted.unit, counted.used, counted.most)
    };
    assert_eq!(used().await, (UseUnit::Seats, Some(1), Some(2)));
    app::offers::release_seat(&world.context, license, "hall-07", "hall-07").await.unwrap();
    app::offers::seats(&world.context, license).await.unwrap();
    assert_eq!(used().await, (UseUnit::Seats, Some(0), Some(2)));
    let key = world.key_of(license).await.unwrap();
    world.portal().add_machine(key.expose(), "cc:dd", "hall-08", None).unwrap();
    app::refresh::refresh_all(&world.context).await.unwrap();
    assert_eq!(used().await, (UseUnit::Seats, Some(1), Some(2)));
}

#[tokio::test]
async fn a_release_whose_answer_is_lost_is_found_by_looking() {
    let world = World::start().await;
    let (license, _) = in_use(&world).await;
    world.proxy.once("DELETE /v1/accounts/demo/machines/", Answer::CommitThenDrop);
    app::offers::release_seat(&world.context, license, "hall-07", "hall-07").await.unwrap();
    assert_eq!(world.happened().await[0], "released hall-07 done");
}

#[tokio::test]
async fn a_list_that_is_short_does_not_say_that_a_machine_was_released() {
    let world = World::start().await;
    let (license, seen) = in_use(&world).await;
    world.proxy.once("DELETE /v1/accounts/demo/machines/", Answer::Drop);
    // The service counts the machine and does not send it; or sends it without its id.
    let id = format!("\"id\":\"{}\",", seen.seats[0].id);
    let without_its_id = Answer::replacing(&id, "");
    let asked = world.proxy.count("/machines?");
    // Listed whole for the release itself, short when it is looked for.
    world.proxy.once("/machines?", Answer::replacing("", ""));
    world.proxy.always("/machines?", without_its_id);
    let released = app::offers::release_seat(&world.context, license, "hall-07", "hall-07").await;
    assert_eq!(code(released), "vendor-outcome-unknown");
    assert_eq!(world.proxy.count("/machines?"), asked + 2);
    assert_eq!(world.happened().await[0], "released hall-07 unknown");
    let short = app::offers::seats(&world.context, license).await.unwrap();
    assert!(short.seats.is_empty() && !short.is_whole);
}
