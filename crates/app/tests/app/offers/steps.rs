//! A Core on this computer, and what a user does next.

use crate::common::{SYSTEM_KEY, World, code};
use portal::CoreState;
use vendors::{CoreState as Seen, Registry};

async fn with_core_at(world: &World, address: Option<String>) {
    let settings = app::context::settings(&world.context).await.unwrap();
    app::home::change_settings(&world.context, vault::Settings { core_address: address, ..settings })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_core_that_has_not_determined_its_license_yet_is_no_core_without_one() {
    let world = World::start().await;
    let cell = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell-07")).await.unwrap().license;
    with_core_at(&world, Some(format!("{}/core/api", world.proxy.url()))).await;
    let state = async || app::offers::core(&world.context, cell).await.unwrap().unwrap().state;

    assert_eq!(state().await, Ok(Seen::Undetermined));
    let told = CoreState {
        online: true,
        packages: [("core".to_owned(), "4.4.2".to_owned())].into(),
        entitlements: vec!["vision".to_owned()],
    };
    world.portal().set_core(Some(&told)).unwrap();
    let Ok(Seen::Reported { online: true, packages, entitlements }) = state().await else {
        panic!("the Core tells its license now")
    };
    assert_eq!((packages["core"].as_str(), entitlements.as_slice()), ("4.4.2", &["vision".to_owned()][..]));
    world.portal().set_core(Some(&CoreState { online: false, ..told })).unwrap();
    assert!(matches!(state().await, Ok(Seen::Reported { online: false, .. })));
    world.portal().set_core(None).unwrap();
    assert_eq!(state().await, Ok(Seen::Undetermined));
}

#[tokio::test]
async fn that_no_core_runs_is_a_state_and_not_an_error() {
    let world = World::start().await;
    let cell = app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap().license;
    with_core_at(&world, Some("http://127.0.0.1:1/api".to_owned())).await;
    let seen = app::offers::core(&world.context, cell).await.unwrap().unwrap();
    assert_eq!(seen.state.unwrap_err().code, "vendor-unreachable");
    assert_eq!(seen.address, "http://127.0.0.1:1/api");
    // Something else answers there.
    with_core_at(&world, Some(world.proxy.url())).await;
    let told = app::offers::core_here(&world.context).await.unwrap().unwrap().state;
    assert_eq!(told.unwrap_err().code, "vendor-not-a-portal");
}

#[tokio::test]
async fn a_product_without_a_core_has_none_and_an_address_that_is_none_is_not_kept() {
    let world = World::start().await;
    world.connect("Northwind").await;
    let account = world.context.account_named("Northwind").await.unwrap().id;
    let license = world.created(account, "box").await;
    assert_eq!(app::offers::core(&world.context, license).await.unwrap(), None);
    for wrong in ["localhost", "mailto:a@b.example", "http://ada:secret@localhost/api"] {
        let settings = app::context::settings(&world.context).await.unwrap();
        let refused = app::home::change_settings(
            &world.context,
            vault::Settings { core_address: Some(wrong.to_owned()), ..settings },
        )
        .await;
        assert!(["url-invalid", "url-with-login"].contains(&code(refused).as_str()));
    }
    assert_eq!(app::context::settings(&world.context).await.unwrap().core_address, None);
}

#[tokio::test]
async fn each_next_step_is_one_message_to_the_address_that_the_vendor_names() {
    let world = World::start().await;
    let cell = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell & co")).await.unwrap().license;
    let steps = app::offers::next_steps(&world.context, cell).await.unwrap();
    let told: Vec<_> = steps.iter().map(|step| (step.id, step.mail)).collect();
    let (sales, support) = ("contact@aica.tech", "support@aica.tech");
    assert_eq!(
        told,
        [("not-entitled", sales), ("production", sales), ("renewal", sales), ("leaked", support)]
    );
    for step in &steps {
        assert!(step.body.contains("\u{201c}cell & co\u{201d}") && !step.body.contains("5614D1"), "{step:?}");
    }

    app::offers::open_step(&world.context, Some(cell), "", "leaked").await.unwrap();
    app::offers::open_step(&world.context, None, "aica", "no-license").await.unwrap();
    let opened = world.host.opened();
    assert!(opened[0].starts_with("mailto:support@aica.tech?subject="), "{opened:?}");
    assert!(opened[0].contains("cell%20%26%20co") && !opened[0].contains("5614D1"), "{opened:?}");
    assert!(opened[1].starts_with("mailto:contact@aica.tech?subject="), "{opened:?}");
    assert_eq!(code(app::offers::open_step(&world.context, None, "aica", "leaked").await), "choice-unknown");
    assert_eq!(code(app::offers::open_step(&world.context, Some(cell), "", "pay").await), "choice-unknown");
    assert_eq!(app::offers::first_steps(Registry::default(), "aica").len(), 1);
}

#[tokio::test]
async fn who_has_a_deployment_key_is_not_told_to_get_one() {
    let world = World::start().await;
    let key = format!("key/e30.{}", "A".repeat(86));
    let imported = app::import::import_text(&world.context, &key, None).await.unwrap();
    let steps = app::offers::next_steps(&world.context, imported.license).await.unwrap();
    assert!(!steps.is_empty());
    assert!(steps.iter().all(|step| step.id != "production"), "{steps:?}");
}
