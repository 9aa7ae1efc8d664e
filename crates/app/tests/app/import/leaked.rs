//! A key in other hands, and what is left of it when its successor is there.

use crate::common::{SYSTEM_KEY, World, code};
use app::files::Target;
use license::{KeyForm, License, LicenseId, LicenseKey, Product, file::Format};
use std::path::Path;
use testkit::put;

const NEW_KEY: &str = "A614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

async fn write(world: &World, id: LicenseId, name: &str) -> std::path::PathBuf {
    let path = world.path(name);
    let target = Target { format: Format::LauncherToml, path: path.clone(), in_place: false, keep: false };
    app::export::export(&world.context, id, target).await.unwrap();
    path
}

async fn since(world: &World, id: LicenseId) -> bool {
    app::list::row(&world.context, id).await.unwrap().stored.leaked_since.is_some()
}

async fn key(world: &World, id: LicenseId) -> String {
    world.key_of(id).await.unwrap().expose().to_owned()
}

/// An imported license with the key of another one, as libraries of earlier versions have them.
fn twin(world: &World, key: &str) -> LicenseId {
    let key = LicenseKey::new(key.to_owned());
    let license = License {
        name: Some("robot".to_owned()),
        ..License::untold(vault::imported_id(&key), Product::from_word("aica"))
    };
    let at = jiff::Timestamp::now();
    world.context.vault().library().import_key(&license, KeyForm::System, &key, at).unwrap().unwrap()
}

#[tokio::test]
async fn a_leak_is_of_the_key_wherever_it_is_and_can_be_taken_back() {
    let world = World::with_passphrase().await;
    world.connect_demo(&[]).await;
    let cell = world.named("cell-07").await;
    let twin = twin(&world, &key(&world, cell).await);
    let other = app::import::import_text(&world.context, SYSTEM_KEY, Some("other")).await.unwrap().license;

    app::leaked::mark_leaked(&world.context, twin, true).await.unwrap();
    assert!(since(&world, cell).await && since(&world, twin).await && !since(&world, other).await);
    assert_eq!(world.happened().await[0], "leaked robot done");
    app::leaked::mark_leaked(&world.context, cell, false).await.unwrap();
    assert!(!since(&world, cell).await && !since(&world, twin).await);
    assert_eq!(world.happened().await[0], "leak-taken-back cell-07 done");
}

#[tokio::test]
async fn the_new_key_that_a_refresh_brings_takes_the_leaked_ones_place_in_every_file() {
    let world = World::with_passphrase().await;
    let account = world.connect_demo(&[]).await;
    let cell = world.named("cell-07").await;
    let leaked = key(&world, cell).await;
    let twin = twin(&world, &leaked);
    let (applied, of_twin) =
        (write(&world, cell, "cell.toml").await, write(&world, twin, "robot.toml").await);
    put(&applied, &format!("# mine\n{}", read(&applied)));
    let foreign = write(&world, cell, "foreign.toml").await;
    put(&foreign, "license = \"somebody else's\"\n");
    app::list::copy_key(&world.context, cell).await.unwrap();
    app::leaked::mark_leaked(&world.context, cell, true).await.unwrap();

    app::refresh::refresh(&world.context, account).await.unwrap();
    assert!(since(&world, cell).await, "the vendor has the leaked key still");
    assert_eq!(key(&world, cell).await, leaked);

    let new = world.portal().renew_key(&leaked).unwrap().expose().to_owned();
    app::refresh::refresh(&world.context, account).await.unwrap();

    assert!(!since(&world, cell).await);
    assert_eq!(key(&world, cell).await, new);
    assert_eq!(code(app::list::detail(&world.context, twin).await), "license-not-found");
    assert!(read(&applied).starts_with("# mine\n"), "what stood beside it stays");
    for path in [&applied, &of_twin] {
        assert!(read(path).contains(&new) && !read(path).contains(&leaked), "{}", path.display());
        let beside = path.with_extension("toml.bak");
        assert!(!beside.exists() || !read(&beside).contains(&leaked), "{}", beside.display());
    }
    assert_eq!(read(&foreign), "license = \"somebody else's\"\n");
    assert_eq!(app::files::files_of(&world.context, cell).await.unwrap().len(), 3);
    assert_eq!(world.host.pasted(), None, "it is off the clipboard");
    let keys = world.context.vault().library();
    assert!(keys.licenses_by_key(&LicenseKey::new(leaked)).unwrap().is_empty());
    assert!(world.happened().await.contains(&"key-removed cell-07 done".to_owned()));
}

#[tokio::test]
async fn a_file_that_cannot_be_written_keeps_the_mark_until_it_can() {
    let world = World::with_passphrase().await;
    let account = world.connect_demo(&[]).await;
    let cell = world.named("cell-07").await;
    let leaked = key(&world, cell).await;
    let path = write(&world, cell, "cell.toml").await;
    // Not TOML any more, and the key stands in it: there is no way to write only the key anew.
    put(&path, &format!("[[{leaked}"));
    app::leaked::mark_leaked(&world.context, cell, true).await.unwrap();
    let new = world.portal().renew_key(&leaked).unwrap().expose().to_owned();

    app::refresh::refresh(&world.context, account).await.unwrap_err();
    assert!(since(&world, cell).await);
    let kept = world.context.vault().library().license_key(cell).unwrap().unwrap();
    assert_eq!(kept.expose(), leaked);

    std::fs::remove_file(&path).unwrap();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert!(!since(&world, cell).await);
    assert_eq!(key(&world, cell).await, new);
}

#[tokio::test]
async fn a_new_key_that_a_closer_look_brings_tells_what_it_could_not_write() {
    let world = World::with_passphrase().await;
    world.connect_demo(&[]).await;
    let cell = world.named("cell-07").await;
    let leaked = key(&world, cell).await;
    let path = write(&world, cell, "cell.toml").await;
    put(&path, &format!("[[{leaked}"));
    app::leaked::mark_leaked(&world.context, cell, true).await.unwrap();
    world.portal().renew_key(&leaked).unwrap();
    world.takes_kept_keys_for_stale();

    app::list::fetch_again(&world.context, cell).await.unwrap_err();
    assert!(since(&world, cell).await);
    assert!(world.detail(cell).await.fetch_problem.is_some());
}

#[tokio::test]
async fn a_file_that_cannot_be_looked_into_keeps_the_leaked_key_known() {
    let world = World::with_passphrase().await;
    let account = world.connect_demo(&[]).await;
    let cell = world.named("cell-07").await;
    let leaked = key(&world, cell).await;
    let folder = world.path("share");
    std::fs::create_dir(&folder).unwrap();
    let path = write(&world, cell, "share/cell.toml").await;
    app::leaked::mark_leaked(&world.context, cell, true).await.unwrap();
    world.portal().renew_key(&leaked).unwrap();

    let not_text = [leaked.as_bytes(), b"\xff"].concat();
    put(&path, &not_text);
    assert_eq!(code(app::refresh::refresh(&world.context, account).await), "leaked-key-remains");
    std::fs::rename(&folder, world.path("not mounted")).unwrap();
    assert_eq!(code(app::refresh::refresh(&world.context, account).await), "leaked-key-remains");
    assert!(since(&world, cell).await);
    assert_eq!(app::files::files_of(&world.context, cell).await.unwrap().len(), 1, "it is still watched");

    std::fs::rename(world.path("not mounted"), &folder).unwrap();
    put(&path, &format!("# not {leaked}\nlicense = {leaked:?}\n"));
    assert_eq!(
        code(app::refresh::refresh(&world.context, account).await),
        "leaked-key-remains",
        "it would stay in the comment"
    );
    put(&path, &format!("License = {leaked:?}\n"));
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert!(!since(&world, cell).await && !read(&path).contains(&leaked));
}

#[tokio::test]
async fn a_copy_that_was_made_of_an_overwritten_file_loses_the_leaked_key_too() {
    let world = World::with_passphrase().await;
    let old = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell-07")).await.unwrap().license;
    let path = write(&world, old, "cell.toml").await;
    // Somebody tried another license by hand, and it is repaired: Licet keeps what it writes over.
    put(&path, &format!("# was {SYSTEM_KEY}\nlicense = \"another\"\n"));
    let file = app::files::files_of(&world.context, old).await.unwrap().remove(0);
    let copy = app::export::repair(&world.context, file.tracked.id).await.unwrap().backup.unwrap();
    assert!(read(&copy).contains(SYSTEM_KEY));
    put(&path, &read(&path).replace("# was", "#").replacen(SYSTEM_KEY, "", 1));
    app::leaked::mark_leaked(&world.context, old, true).await.unwrap();

    app::import::succeed(&world.context, old, NEW_KEY).await.unwrap();
    assert!(read(&path).contains(NEW_KEY));
    assert!(!copy.exists(), "{}", copy.display());
}

#[tokio::test]
async fn a_leaked_key_that_is_not_kept_any_more_leaves_its_files_too() {
    let mut world = World::start().await;
    let old = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell-07")).await.unwrap().license;
    let path = write(&world, old, "cell.toml").await;
    world.restart();
    app::keys::keep_for_session_only(&world.context).await.unwrap();

    put(&path, &format!("# mine\n{}", read(&path)));
    assert_eq!(code(app::import::succeed(&world.context, old, NEW_KEY).await), "leaked-key-remains");
    assert!(app::list::row(&world.context, old).await.is_ok(), "its file is still watched");
    put(&path, read(&path).strip_prefix("# mine\n").unwrap());
    app::import::succeed(&world.context, old, NEW_KEY).await.unwrap();
    assert!(read(&path).contains(NEW_KEY) && !read(&path).contains(SYSTEM_KEY));
    assert_eq!(world.names("").await, ["cell-07"]);
}

#[tokio::test]
async fn an_imported_key_is_succeeded_by_the_one_that_is_pasted() {
    let world = World::with_passphrase().await;
    let old = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell-07")).await.unwrap().license;
    let path = write(&world, old, "cell.toml").await;
    app::leaked::mark_leaked(&world.context, old, true).await.unwrap();
    assert_eq!(code(app::import::succeed(&world.context, old, SYSTEM_KEY).await), "key-leaked");
    assert_eq!(code(app::import::succeed(&world.context, old, "nonsense").await), "key-none");

    let successor = app::import::succeed(&world.context, old, NEW_KEY).await.unwrap();
    assert_eq!(successor.label, "cell-07");
    assert_eq!(world.names("").await, ["cell-07"]);
    assert_eq!(key(&world, successor.license).await, NEW_KEY);
    assert!(read(&path).contains(NEW_KEY) && !read(&path).contains(SYSTEM_KEY));
    assert_eq!(app::files::files_of(&world.context, successor.license).await.unwrap().len(), 1);
    assert!(!since(&world, successor.license).await);
}

#[tokio::test]
async fn the_new_key_of_a_listed_license_comes_from_its_account() {
    let world = World::with_passphrase().await;
    world.connect_demo(&[]).await;
    let cell = world.named("cell-07").await;
    app::leaked::mark_leaked(&world.context, cell, true).await.unwrap();
    assert_eq!(code(app::import::succeed(&world.context, cell, NEW_KEY).await), "successor-at-vendor");
    assert!(since(&world, cell).await);
}
