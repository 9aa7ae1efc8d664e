//! The first-run wizard's draft.

use crate::common::World;
use app::home::{Draft, Path as SetupPath, Step as SetupStep};

#[tokio::test]
async fn a_new_home_begins_with_the_wizard_and_one_with_accounts_does_not() {
    let world = World::start().await;
    assert_eq!(app::home::draft(&world.context).await.unwrap(), Some(Draft::default()));
    world.connect("a").await;
    assert_eq!(app::home::draft(&world.context).await.unwrap(), None);
}

#[tokio::test]
async fn an_interrupted_wizard_goes_on_where_it_was() {
    let mut world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let draft = Draft {
        step: SetupStep::File,
        path: Some(SetupPath::Account { provider: "aidbox".to_owned() }),
        fields: [("url".to_owned(), "https://aidbox.app".to_owned())].into(),
        secret_missing: true,
        account: Some(account),
        ..Draft::default()
    };
    app::home::save_draft(&world.context, draft.clone()).await.unwrap();
    world.restart();
    assert_eq!(app::home::draft(&world.context).await.unwrap(), Some(draft));
    app::home::finish_setup(&world.context).await.unwrap();
    assert_eq!(app::home::draft(&world.context).await.unwrap(), None);
}
