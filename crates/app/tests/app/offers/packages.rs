//! What a license gives access to, and logging a container client in to its registry.

use crate::common::{PASSPHRASE, SYSTEM_KEY, World, code};
use app::context::{Context, Programs};
use app::files::Target;
use license::{LicenseId, Password, Token, file::Format};
use portal::DEMO_PASSWORD;
use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::PathBuf};
use testkit::put;

const REGISTRY: [(&str, &str); 2] =
    [("registry", "registry.example:5000"), ("confirm-registry", "registry.example")];

/// A container client that writes down what it is told, and says what it is told to say.
fn client(world: &World, says: &str) -> PathBuf {
    let path = world.path("docker");
    let folder = path.parent().unwrap().display().to_string();
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > {folder}/args\ncat > {folder}/input\n{says}\n");
    put(&path, &script);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

async fn context_with(world: &World, clients: Vec<PathBuf>) -> Context {
    let context = world.context_with(Programs { container: clients, ..Programs::default() });
    app::keys::unlock_with_passphrase(&context, Password::new(PASSPHRASE.to_owned())).await.unwrap();
    context
}

async fn connected(fields: &[(&str, &str)]) -> (World, LicenseId) {
    let world = World::with_passphrase().await;
    world.connect_demo(fields).await;
    let cell = world.named("cell-07").await;
    (world, cell)
}

#[tokio::test]
async fn a_license_shows_its_packages_their_releases_and_their_files() {
    let (world, cell) = connected(&[]).await;
    let seen = app::offers::packages(&world.context, cell).await.unwrap();
    assert_eq!(seen.registry, None, "this service is not the vendor's own");
    let packages = &seen.packages;
    assert_eq!(
        packages.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(),
        ["core", "motion-control", "vision"]
    );
    let releases = app::offers::releases(&world.context, cell, &packages[0].id).await.unwrap();
    let mut versions: Vec<_> = releases
        .iter()
        .map(|one| (one.version.as_str(), one.channel.as_deref().unwrap_or_default()))
        .collect();
    versions.sort_unstable();
    assert_eq!(versions, [("4.4.2", "stable"), ("4.5.0-rc.1", "rc")]);
    assert_eq!(seen.named("core").unwrap(), &packages[0]);
    assert_eq!(code(seen.named("cor")), "package-not-found");
    let files = app::offers::artifacts(&world.context, cell, &releases[0].id).await.unwrap();
    assert_eq!((files.len(), files[0].filesize), (1, Some(18_874_368)));
    assert!(files[0].filename.starts_with("core-"), "{files:?}");
    let all = app::offers::releases_with_files(&world.context, cell, &packages[0].id).await.unwrap();
    assert_eq!(
        all.iter().map(|(release, _)| release).collect::<Vec<_>>(),
        releases.iter().collect::<Vec<_>>()
    );
    assert_eq!(all[0].1, files);
}

#[tokio::test]
async fn the_key_is_read_by_the_container_client_from_its_standard_input_alone() {
    let (world, cell) = connected(&REGISTRY).await;
    let path = world.path("cell.toml");
    let target = Target { format: Format::LauncherToml, path: path.clone(), in_place: false, keep: false };
    app::export::export(&world.context, cell, target).await.unwrap();
    let key = world.key_of(cell).await.unwrap();
    let context = context_with(&world, vec![client(&world, "echo; cat \"$0\".said")]).await;
    put(&world.path("docker.said"), &format!("Login Succeeded, said {}\n", key.expose()));

    let login = app::offers::registry_login(&context, cell).await.unwrap();
    let expected = format!(
        "cat {} | docker login registry.example:5000 -u ada@demo.example --password-stdin",
        path.display()
    );
    assert_eq!((login.command.as_str(), login.program.is_some()), (expected.as_str(), true));
    assert!(login.has_file);
    let words = app::offers::log_in_registry(&context, cell, "").await.unwrap();
    assert!(words.starts_with("Login Succeeded, said <redacted>"), "{words}");
    assert!(!words.contains(key.expose()), "{words}");

    let args = fs::read_to_string(world.path("args")).unwrap();
    assert_eq!(args, "login\nregistry.example:5000\n-u\nada@demo.example\n--password-stdin\n");
    assert_eq!(fs::read_to_string(world.path("input")).unwrap(), fs::read_to_string(path).unwrap());
    assert_eq!(world.happened().await[0], "registry-login cell-07 done");
}

#[tokio::test]
async fn a_client_that_refuses_and_one_that_is_not_there_are_told_apart() {
    let (world, cell) = connected(&REGISTRY).await;
    let refusing = context_with(&world, vec![client(&world, "echo unauthorized >&2; exit 1")]).await;
    let refused = app::offers::log_in_registry(&refusing, cell, "ada").await.unwrap_err();
    assert_eq!(
        (refused.report().code.as_str(), refused.report().detail.as_deref()),
        ("program-failed", Some("unauthorized"))
    );
    let without = context_with(&world, vec![world.path("no-docker")]).await;
    let login = app::offers::registry_login(&without, cell).await.unwrap();
    assert_eq!((login.program, login.has_file), (None, false));
    assert_eq!(code(app::offers::log_in_registry(&without, cell, "ada").await), "program-missing");
    assert_eq!(code(app::offers::log_in_registry(&without, cell, "--help").await), "choice-unknown");
}

#[tokio::test]
async fn a_registry_that_nobody_confirmed_is_never_an_accounts() {
    let (world, cell) = connected(&REGISTRY).await;
    let account = app::list::row(&world.context, cell).await.unwrap().stored.account;
    let other = BTreeMap::from([("registry".to_owned(), "registry.elsewhere".to_owned())]);
    let password = || BTreeMap::from([("password".to_owned(), Token::new(DEMO_PASSWORD.to_owned()))]);
    let refused = app::accounts::new_login(&world.context, account, other, password()).await;
    assert_eq!(code(refused), "host-not-confirmed");
    assert_eq!(
        app::offers::registry_login(&world.context, cell).await.unwrap().host,
        "registry.example:5000"
    );
}

#[tokio::test]
async fn the_key_of_another_service_is_not_sent_to_the_vendors_registry() {
    let (world, cell) = connected(&[]).await;
    assert_eq!(code(app::offers::registry_login(&world.context, cell).await), "registry-unknown");
}

#[tokio::test]
async fn a_suspended_license_is_told_in_the_vendors_words_and_no_permission_is_asked_for() {
    let (world, _) = connected(&[]).await;
    let retired = world.named("retired-line").await;
    let refused = app::offers::packages(&world.context, retired).await.unwrap_err().report();
    assert_eq!(refused.code, "vendor-rejected");
    assert!(refused.detail.unwrap().contains("suspended"));
}

#[tokio::test]
async fn an_imported_key_is_sent_nowhere() {
    let (world, _) = connected(&[]).await;
    let robot = app::import::import_text(&world.context, SYSTEM_KEY, Some("robot")).await.unwrap().license;
    let before = world.proxy.received().len();
    assert_eq!(code(app::offers::packages(&world.context, robot).await), "key-other-host");
    assert_eq!(code(app::offers::log_in_registry(&world.context, robot, "ada").await), "key-other-host");
    assert_eq!(world.proxy.received().len(), before);
}

#[tokio::test]
async fn a_vendor_without_packages_says_so() {
    let world = World::start().await;
    let account = world.connect("Northwind").await;
    let license = world.created(account, "clinic").await;
    assert_eq!(code(app::offers::packages(&world.context, license).await), "facet-missing");
}
