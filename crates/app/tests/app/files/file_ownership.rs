//! A file holds one key: what happens at a place that is another license's.

use crate::common::{SYSTEM_KEY, World, code, done};
use app::files::Target;
use license::{LicenseId, file::Format};
use std::path::Path;
use testkit::put;

fn target(format: Format, path: &Path) -> Target {
    Target { format, path: path.to_owned(), in_place: false, keep: true }
}

async fn replaces(world: &World, id: LicenseId, path: &Path) -> Option<String> {
    app::export::preview(&world.context, id, &target(Format::BOX_ENV, path)).await.unwrap().replaces
}

#[tokio::test]
async fn a_preview_names_the_license_whose_file_it_is() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let (prod, dev) = (world.created(account, "prod").await, world.created(account, "dev").await);
    let path = world.path(".env");
    assert_eq!(replaces(&world, prod, &path).await, None);
    app::export::export(&world.context, prod, target(Format::BOX_ENV, &path)).await.unwrap();
    assert_eq!(replaces(&world, prod, &path).await, None);
    assert_eq!(replaces(&world, dev, &path).await.as_deref(), Some("prod"));
    assert_eq!(
        code(app::files::refuse_replacing(&world.context, dev, &target(Format::BOX_ENV, &path)).await),
        "file-of-another"
    );
    app::files::refuse_replacing(&world.context, prod, &target(Format::BOX_ENV, &path)).await.unwrap();
    let copy = world.path("copy.env");
    put(&copy, &std::fs::read_to_string(&path).unwrap());
    assert_eq!(replaces(&world, dev, &copy).await.as_deref(), Some("prod"), "by the key that it holds");
}

#[tokio::test]
async fn the_key_of_an_imported_license_is_known_in_a_file_that_licet_did_not_write() {
    let world = World::start().await;
    app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap();
    let other =
        app::import::import_text(&world.context, &SYSTEM_KEY.replace("5614D1", "5614D2"), Some("other"))
            .await
            .unwrap();
    let path = world.path("aica-license.toml");
    put(&path, &format!("License = \"{SYSTEM_KEY}\"\n"));
    let preview = app::export::preview(&world.context, other.license, &target(Format::LauncherToml, &path))
        .await
        .unwrap();
    assert_eq!(preview.replaces.as_deref(), Some("cell"));
}

#[tokio::test]
async fn a_license_that_is_gone_leaves_its_place_and_is_written_nowhere() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let (prod, dev) = (world.created(account, "prod").await, world.created(account, "dev").await);
    let path = world.path(".env");
    let written = app::export::export(&world.context, prod, target(Format::BOX_ENV, &path)).await.unwrap();
    done(app::changes::delete(&world.context, prod, "prod").await);
    assert_eq!(replaces(&world, dev, &path).await, None);
    assert_eq!(
        code(app::export::export(&world.context, prod, target(Format::BOX_ENV, &path)).await),
        "license-gone"
    );
    assert_eq!(code(app::export::repair(&world.context, written.file.tracked.id).await), "license-gone");
    assert_eq!(code(app::export::export_text(&world.context, prod, Format::BOX_ENV).await), "license-gone");
}

#[tokio::test]
async fn no_license_is_offered_the_file_of_another() {
    let world = World::start().await;
    let imported = async |group: &str, name: &str| {
        let key = SYSTEM_KEY.replace("5614D1", group);
        app::import::import_text(&world.context, &key, Some(name)).await.unwrap().license
    };
    let (cell, other) = (imported("5614D1", "cell").await, imported("5614D2", "cell 2").await);
    let third = imported("5614D3", "cell 2").await;
    let usual = world.path("l.toml");
    let settings = vault::Settings { launcher_file: Some(usual.clone()), ..vault::Settings::default() };
    app::home::change_settings(&world.context, settings).await.unwrap();
    let offered =
        async |id| app::files::suggested_path(&world.context, id, Format::LauncherToml).await.unwrap();
    assert_eq!(offered(other).await, usual);
    app::export::export(&world.context, cell, target(Format::LauncherToml, &usual)).await.unwrap();
    assert_eq!(offered(cell).await, usual, "its own");
    let named = world.path(".aica-license-cell-2.toml");
    assert_eq!(offered(other).await, named);
    app::export::export(&world.context, other, target(Format::LauncherToml, &named)).await.unwrap();
    assert_eq!(offered(third).await, world.path(&format!(".aica-license-cell-2-{third}.toml")));
}

#[tokio::test]
async fn next_license_of_an_account_is_offered_the_last_folder() {
    let world = World::start().await;
    let (north, south) = (world.connect("north").await, world.connect("south").await);
    let project = world.path("project");
    std::fs::create_dir(&project).unwrap();
    let first = world.created(north, "first").await;
    app::export::export(&world.context, first, target(Format::BOX_ENV, &project.join(".env"))).await.unwrap();
    let offered = async |id, format| app::files::suggested_path(&world.context, id, format).await.unwrap();

    let next = world.created(north, "next").await;
    assert_eq!(offered(next, Format::BOX_ENV).await, project.join("next.env"));
    assert_ne!(offered(next, Format::Jwt).await.parent(), Some(&*project), "another format");
    let other = world.created(south, "other").await;
    assert_ne!(offered(other, Format::BOX_ENV).await.parent(), Some(&*project), "another account");
    std::fs::remove_dir_all(&project).unwrap();
    assert_ne!(offered(next, Format::BOX_ENV).await.parent(), Some(&*project), "the folder is gone");
}

#[tokio::test]
async fn launcher_file_stays_where_the_launcher_looks() {
    let world = World::start().await;
    let imported = async |group: &str, name: &str| {
        let key = SYSTEM_KEY.replace("5614D1", group);
        app::import::import_text(&world.context, &key, Some(name)).await.unwrap().license
    };
    let (cell, other) = (imported("5614D1", "cell").await, imported("5614D2", "other").await);
    let elsewhere = world.path("l.toml");
    app::export::export(&world.context, cell, target(Format::LauncherToml, &elsewhere)).await.unwrap();
    let offered = app::files::suggested_path(&world.context, other, Format::LauncherToml).await.unwrap();
    assert_ne!(offered.parent(), elsewhere.parent());
}
