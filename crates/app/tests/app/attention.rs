//! What needs attention: found where it is, with the most urgent first, and gone once it is settled.

use crate::common::{SYSTEM_KEY, World, done, wanted};
use crate::instance::status;
use app::attention::{Item, Problem};
use app::files::Target;
use license::{LicenseId, file::Format};
use testkit::{Answer, put};
use vault::FileState;
use vendors::CheckOut;

const DAY: i64 = 24 * 60 * 60;

async fn items(world: &World) -> Vec<Item> {
    app::attention::attention(&world.context).await.unwrap().items
}

/// Each problem, as the word of its variant, with what it is about.
async fn problems(world: &World) -> Vec<String> {
    let word = |problem: &Problem| {
        let shown = format!("{problem:?}");
        shown.split([' ', '(']).next().unwrap().to_owned()
    };
    items(world).await.iter().map(|item| format!("{} {}", word(&item.problem), item.label)).collect()
}

async fn imported(world: &World, path: &str) -> LicenseId {
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    let (format, path) = (Format::LauncherToml, world.path(path));
    let target = Target { format, path, in_place: false, keep: true };
    app::export::export(&world.context, id, target).await.unwrap();
    id
}

#[tokio::test]
async fn a_new_home_needs_no_attention() {
    let world = World::with_passphrase().await;
    world.connect("a").await;
    imported(&world, "aica-license.toml").await;
    assert_eq!(app::attention::attention(&world.context).await.unwrap().count(), 0);
}

#[tokio::test]
async fn the_most_urgent_problem_comes_first() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = imported(&world, "aica-license.toml").await;
    put(&world.path("aica-license.toml"), "somebody else's");
    world.proxy.always("get-licenses", Answer::Drop);
    app::refresh::refresh(&world.context, account).await.unwrap_err();
    app::leaked::mark_leaked(&world.context, id, true).await.unwrap();
    assert_eq!(problems(&world).await, ["Leaked cell", "File cell", "Offline a"]);
}

#[tokio::test]
async fn file_is_listed_until_it_is_repaired() {
    let world = World::with_passphrase().await;
    imported(&world, "aica-license.toml").await;
    std::fs::remove_file(world.path("aica-license.toml")).unwrap();
    let [Item { problem: Problem::File(file), .. }] = &items(&world).await[..] else { panic!("one file") };
    assert_eq!(file.state, FileState::Missing);
    app::export::repair(&world.context, file.tracked.id).await.unwrap();
    assert_eq!(items(&world).await, []);
}

#[tokio::test]
async fn token_that_its_instance_did_not_renew_is_listed() {
    let (world, account) = status::connected().await;
    let token = status::token(&world);
    app::instance::apply_token(&world.context, account, &token, true).await.unwrap();
    assert_eq!(problems(&world).await, Vec::<String>::new());
    world.clock.advance(6 * DAY);
    let found = items(&world).await;
    let [Item { problem: Problem::TokenExpires(_), license: Some(_), account: of, .. }] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(*of, Some(account));
}

#[tokio::test]
async fn expired_license_is_listed_until_it_is_gone() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let wanted = wanted(account, "trial", &[("type", "ci")]);
    let id = done(app::changes::create(&world.context, wanted).await);
    assert_eq!(problems(&world).await, ["ExpiresSoon trial"]);
    world.clock.advance(40 * DAY);
    assert_eq!(problems(&world).await, ["Expired trial"]);
    app::changes::delete(&world.context, id, "trial").await.unwrap();
    assert_eq!(problems(&world).await, Vec::<String>::new());
}

#[tokio::test]
async fn certificate_is_listed_before_it_expires() {
    let world = World::start().await;
    world.connect_demo(&[]).await;
    let cell = world.named("cell-07").await;
    let ten_days = u64::try_from(10 * DAY).unwrap();
    let terms = CheckOut { ttl: Some(ten_days), entitlements: true, encrypted: false };
    app::certificates::check_out(&world.context, cell, terms).await.unwrap();
    let path = world.path("license.lic");
    let target = Target { format: Format::Certificate, path, in_place: false, keep: false };
    app::export::export(&world.context, cell, target).await.unwrap();
    let listed = async || {
        let is_certificate = |item: &Item| matches!(item.problem, Problem::CertificateExpires { .. });
        items(&world).await.iter().filter(|item| is_certificate(item)).count()
    };
    assert_eq!(listed().await, 0);
    world.clock.advance(4 * DAY);
    assert_eq!(listed().await, 1);
}
