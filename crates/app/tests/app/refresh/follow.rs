//! What another program changes in the library is taken up as it happens.

use crate::common::World;
use app::context::Event;
use vault::Refresh;

#[tokio::test]
async fn what_another_program_learns_of_an_account_alone_asks_for_no_list() {
    let world = World::with_passphrase().await;
    let (first, second) = (world.connect("a").await, world.connect("b").await);
    let command_line = world.second_context();
    app::refresh::follow_library(&world.context).await.unwrap();
    world.host.forget_events();
    let at = app::context::Clock::now(&*world.clock);
    let refresh = Refresh { at, outcome: String::new(), validator: None, subject: None, capabilities: None };
    // All that a change is told with comes before what the next one is told with.
    for id in [first, second] {
        command_line.vault().library().note_refresh(id, &refresh).unwrap();
        world.host.sees(&Event::AccountChanged(id)).await;
    }
    assert_eq!(world.events(), [Event::AccountChanged(first), Event::AccountChanged(second)]);
}

#[tokio::test]
async fn what_another_program_takes_away_is_told() {
    let world = World::with_passphrase().await;
    let id = world.connect("a").await;
    let command_line = world.second_context();
    app::refresh::follow_library(&world.context).await.unwrap();
    world.host.forget_events();
    command_line.vault().library().remove_account(id).unwrap();
    world.host.sees(&Event::LibraryChanged).await;
    assert!(app::accounts::accounts(&world.context).await.unwrap().is_empty());
}
