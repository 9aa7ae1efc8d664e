//! An imported key and the license that a connected account lists with it are one license, whichever came first.

use crate::common::{SYSTEM_KEY, World};
use crate::instance::status::{connect_as, token};
use app::files::Target;
use license::file::Format;
use license::{AccountId, LicenseId, LicenseKey};
use portal::{DEMO_EMAIL, NewEntitled};
use std::path::{Path, PathBuf};
use testkit::put;

/// A license of the sample account, which is not connected yet; its key.
fn issued(world: &World, name: Option<&str>) -> LicenseKey {
    world.portal().seed_demo().unwrap();
    let new = NewEntitled {
        name: name.map(str::to_owned),
        expires: None,
        entitlements: Vec::new(),
        max_machines: Some(1),
    };
    LicenseKey::new(world.portal().add_license("demo", DEMO_EMAIL, new).unwrap().expose().to_owned())
}

async fn imported(world: &World, key: &LicenseKey, name: Option<&str>) -> LicenseId {
    app::import::import_text(&world.context, key.expose(), name).await.unwrap().license
}

async fn written(world: &World, id: LicenseId, format: Format, name: &str) -> PathBuf {
    let path = world.path(name);
    let target = Target { format, path: path.clone(), in_place: false, keep: true };
    app::export::export(&world.context, id, target).await.unwrap();
    path
}

/// The licenses that have a key.
async fn holders(world: &World, key: &LicenseKey) -> Vec<LicenseId> {
    let mut holders = Vec::new();
    for row in world.rows("").await {
        let id = row.stored.id;
        if world.context.vault().library().license_key(id).unwrap().as_ref() == Some(key) {
            holders.push(id);
        }
    }
    holders
}

async fn account_of(world: &World, id: LicenseId) -> AccountId {
    app::list::row(&world.context, id).await.unwrap().stored.account
}

async fn files(world: &World, id: LicenseId) -> Vec<PathBuf> {
    world.detail(id).await.files.into_iter().map(|one| one.tracked.file.path).collect()
}

fn is_keeping(path: &Path, key: &LicenseKey) -> bool {
    std::fs::read_to_string(path).unwrap().contains(key.expose())
}

/// The token that an instance was given on its own page.
fn applied(world: &World) -> String {
    let token = world.portal().instance_token("play", None, None).unwrap();
    world.portal().apply_instance_token("play", &token).unwrap();
    token.expose().to_owned()
}

#[tokio::test]
async fn imported_key_outlasts_the_account_that_listed_it() {
    let world = World::start().await;
    let key = issued(&world, Some("press"));
    let id = imported(&world, &key, Some("cell")).await;
    let path = written(&world, id, Format::LauncherToml, "cell.toml").await;
    let account = world.connect_demo(&[]).await;
    let name = world.context.vault().library().account(account).unwrap().unwrap().name;
    app::accounts::remove_account(&world.context, account, &name).await.unwrap();
    assert_eq!((holders(&world, &key).await, files(&world, id).await), (vec![id], vec![path]));
    assert_eq!(world.rows("").await.len(), 1, "the other licenses went with the account");
    assert_eq!(imported(&world, &key, None).await, id, "its key is known as an imported one");
}

#[tokio::test]
async fn key_imported_into_a_listed_license_outlasts_the_account() {
    let world = World::start().await;
    let key = issued(&world, Some("press"));
    let account = world.connect_demo(&[]).await;
    let id = imported(&world, &key, None).await;
    let name = world.context.vault().library().account(account).unwrap().unwrap().name;
    app::accounts::remove_account(&world.context, account, &name).await.unwrap();
    assert_eq!(holders(&world, &key).await, [id]);
}

#[tokio::test]
async fn imported_key_becomes_the_license_of_an_account() {
    let world = World::start().await;
    let key = issued(&world, Some("press"));
    let id = imported(&world, &key, Some("cell")).await;
    let path = written(&world, id, Format::LauncherToml, "cell.toml").await;
    let account = world.connect_demo(&[]).await;
    assert_eq!(holders(&world, &key).await, [id], "under the id that it had");
    assert_eq!((account_of(&world, id).await, world.named("press").await), (account, id));
    assert_eq!(files(&world, id).await, std::slice::from_ref(&path));
    let history = world.detail(id).await.activity;
    let labels: Vec<_> = history.iter().filter_map(|one| one.activity.label.as_deref()).collect();
    assert!(labels.contains(&"cell"), "{labels:?}");
    assert!(is_keeping(&path, &key));
}

#[tokio::test]
async fn license_without_a_name_keeps_that_of_the_import() {
    let world = World::start().await;
    let key = issued(&world, None);
    let id = imported(&world, &key, Some("quince")).await;
    world.connect_demo(&[]).await;
    app::refresh::refresh_all(&world.context).await.unwrap();
    assert_eq!((holders(&world, &key).await, world.named("quince").await), (vec![id], id));
    assert_eq!(world.names("quince").await, ["quince"], "it is found by that name");
}

#[tokio::test]
async fn key_of_a_connected_account_is_imported_into_its_license() {
    let world = World::start().await;
    let key = issued(&world, Some("press"));
    let account = world.connect_demo(&[]).await;
    let listed = world.named("press").await;
    let path = world.path("mine.toml");
    put(&path, &format!("License = \"{}\"\n", key.expose()));
    let imported = app::import::import_file(&world.context, &path, Some("cell")).await.unwrap();
    assert_eq!((imported.license, imported.label.as_str(), imported.was_known), (listed, "press", true));
    let path = written(&world, imported.license, Format::LauncherToml, "cell.toml").await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!((holders(&world, &key).await, files(&world, listed).await), (vec![listed], vec![path]));
}

#[tokio::test]
async fn given_name_is_that_of_a_listed_license_without_one() {
    let world = World::start().await;
    let key = issued(&world, None);
    world.connect_demo(&[]).await;
    let imported = app::import::import_text(&world.context, key.expose(), Some("cell")).await.unwrap();
    assert_eq!((imported.label.as_str(), world.named("cell").await), ("cell", imported.license));
    assert_eq!(holders(&world, &key).await, [imported.license]);
}

#[tokio::test]
async fn key_that_no_account_lists_stays_imported() {
    let world = World::start().await;
    let id = imported(&world, &LicenseKey::new(SYSTEM_KEY.to_owned()), Some("cell")).await;
    let account = world.connect_demo(&[]).await;
    assert_ne!(account_of(&world, id).await, account);
    assert_eq!(world.named("cell").await, id);
}

#[tokio::test]
async fn leaked_imported_key_is_leaked_in_its_account_too() {
    let world = World::start().await;
    let key = issued(&world, Some("press"));
    let id = imported(&world, &key, None).await;
    app::leaked::mark_leaked(&world.context, id, true).await.unwrap();
    world.connect_demo(&[]).await;
    assert_eq!(holders(&world, &key).await, [id]);
    assert!(app::list::row(&world.context, id).await.unwrap().stored.leaked_since.is_some());
}

#[tokio::test]
async fn imported_string_keeps_its_id_and_file_in_its_account() {
    let world = World::start().await;
    let key = world.issued_elsewhere("north").await.key.unwrap();
    let id = imported(&world, &key, Some("mine")).await;
    let path = written(&world, id, Format::Jwt, "license.jwt").await;
    let account = world.connect("a").await;
    assert_eq!(world.names("").await, ["north"]);
    assert_eq!((account_of(&world, id).await, files(&world, id).await), (account, vec![path]));
    assert_eq!(world.key_of(id).await.unwrap(), key);
}

#[tokio::test]
async fn imported_token_is_the_license_of_its_instance() {
    let world = World::start().await;
    world.portal().add_instance("play", "admin", "a good password").unwrap();
    let (text, later) = (applied(&world), token(&world));
    let id = imported(&world, &LicenseKey::new(text.clone()), None).await;
    let path = written(&world, id, Format::Jwt, "license.jwt").await;
    let account = connect_as(&world, &world.proxy.url(), "play").await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!((world.rows("").await.len(), account_of(&world, id).await), (1, account));
    assert_eq!(files(&world, id).await, [path]);

    let other = imported(&world, &LicenseKey::new(later), None).await;
    assert_ne!(other, id, "the instance reports that it has another token");
    assert_eq!(imported(&world, &LicenseKey::new(text), None).await, id);
}

#[tokio::test]
async fn token_of_a_connected_instance_is_imported_into_its_license() {
    let world = World::start().await;
    world.portal().add_instance("play", "admin", "a good password").unwrap();
    let text = applied(&world);
    let account = connect_as(&world, &world.proxy.url(), "play").await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    let id = imported(&world, &LicenseKey::new(text), None).await;
    assert_eq!((world.rows("").await.len(), account_of(&world, id).await), (1, account));
}
