//! What another program changes in the library and the settings is taken up as it happens.

use crate::common::World;
use app::context::Event;
use vault::Refresh;

#[tokio::test]
async fn refresh_of_another_program_reports_its_account_alone() {
    let world = World::with_passphrase().await;
    let (first, second) = (world.connect("a").await, world.connect("b").await);
    let command_line = world.second_context();
    world.follow().await;
    let at = app::context::Clock::now(&*world.clock);
    let refresh = Refresh { at, outcome: String::new(), validator: None, subject: None, capabilities: None };
    for id in [first, second] {
        command_line.vault().library().note_refresh(id, &refresh).unwrap();
        world.host.sees_change("the account", |change| change.accounts == [id]).await;
    }
    let changes = world.host.changes();
    assert_eq!(world.events().len(), 2);
    assert!(changes.iter().all(vault::Changes::is_of_accounts_alone), "{changes:?}");
}

#[tokio::test]
async fn what_another_program_takes_away_is_told() {
    let world = World::with_passphrase().await;
    let id = world.connect("a").await;
    let command_line = world.second_context();
    world.follow().await;
    command_line.vault().library().remove_account(id).unwrap();
    world.host.sees_change("its removal", |change| change.removed_accounts == [id]).await;
    assert!(app::accounts::accounts(&world.context).await.unwrap().is_empty());
}

#[tokio::test]
async fn settings_are_followed_whoever_changes_them() {
    let world = World::with_passphrase().await;
    let command_line = world.second_context();
    world.follow().await;
    for (days, context) in [(7, &world.context), (9, &command_line)] {
        world.host.forget_events();
        let settings = app::context::settings(context).await.unwrap();
        let changed = vault::Settings { expires_soon_days: days, ..settings };
        app::home::change_settings(context, changed).await.unwrap();
        world.host.sees(&Event::SettingsChanged).await;
        assert_eq!(world.events(), [Event::SettingsChanged]);
    }
}

#[tokio::test]
async fn change_before_the_watches_begin_is_reported() {
    let world = World::with_passphrase().await;
    let id = world.connect("a").await;
    let baseline = app::refresh::Baseline::take(&world.context).unwrap();
    let command_line = world.second_context();
    command_line.vault().library().remove_account(id).unwrap();
    let settings = app::context::settings(&command_line).await.unwrap();
    let changed = vault::Settings { expires_soon_days: 9, ..settings };
    app::home::change_settings(&command_line, changed).await.unwrap();
    world.host.forget_events();
    app::refresh::follow_library(&world.context, baseline).await.unwrap();
    world.host.sees(&Event::SettingsChanged).await;
    assert_eq!(world.host.changes().iter().filter(|change| change.removed_accounts == [id]).count(), 1);
}
