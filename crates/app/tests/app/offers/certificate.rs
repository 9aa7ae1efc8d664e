//! Certificates: checked out at an account, brought over, and read where there is no network.

use crate::common::{SYSTEM_KEY, World, code};
use app::certificates::ImportWith;
use app::context::Clock;
use app::files::Target;
use app::home::Place;
use license::{Expiry, LicenseId, LicenseKey, file::Format, jwt::Verification};
use std::{fs, path::PathBuf};
use vendors::CheckOut;

const PLAIN: CheckOut = CheckOut { ttl: Some(86_400), entitlements: true, encrypted: false };
const ENCRYPTED: CheckOut = CheckOut { encrypted: true, ..PLAIN };

async fn connected(fields: &[(&str, &str)]) -> (World, LicenseId) {
    let world = World::start().await;
    world.connect_demo(fields).await;
    let cell = world.named("cell-07").await;
    (world, cell)
}

/// Checks a certificate out and writes it to a file.
async fn written(world: &World, license: LicenseId, terms: CheckOut) -> PathBuf {
    app::certificates::check_out(&world.context, license, terms).await.unwrap();
    let path = world.path("license.lic");
    let target = Target { format: Format::Certificate, path: path.clone(), in_place: false, keep: false };
    let written = app::export::export(&world.context, license, target).await.unwrap();
    let key = if terms.encrypted { " --license-key-file KEYFILE" } else { "" };
    let public = world.detail(license).await.account.fields.get("public-key").cloned();
    let issuer = public.map(|hex| format!(" --issuer-key {hex}")).unwrap_or_default();
    assert_eq!(written.next.command, format!("licet import {}{key}{issuer}", path.display()));
    path
}

/// What is known of the key on the other computer.
fn with(license_key: Option<LicenseKey>, issuer_key: Option<String>) -> ImportWith {
    ImportWith { name: None, license_key, issuer_key }
}

#[tokio::test]
async fn a_certificate_tells_its_entitlements_and_both_ends_where_there_is_no_network() {
    let (world, cell) = connected(&[]).await;
    let issuer = world.portal().public_key_hex();
    for terms in [PLAIN, ENCRYPTED] {
        let path = written(&world, cell, terms).await;
        let offline = World::start().await;
        let key = terms.encrypted.then_some(world.key_of(cell).await.unwrap());
        let imported =
            app::import::import_file_with(&offline.context, &path, &with(key, Some(issuer.clone())))
                .await
                .unwrap();
        assert_eq!(imported.label, "cell-07");
        let seen = imported.certificate.unwrap();
        let codes: Vec<_> = seen.entitlements.as_ref().unwrap().iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["motion-control", "vision"]);
        assert_eq!(
            (seen.verified, seen.encrypted, seen.is_expired),
            (Verification::Verified, terms.encrypted, false)
        );

        let detail = offline.detail(imported.license).await;
        assert_eq!(detail.certificate, Some(seen.clone()), "as it was when it came");
        assert_eq!(detail.formats, [Format::Certificate]);
        assert_eq!(
            detail.row.stored.license.expiry.and_then(Expiry::instant),
            seen.expires,
            "the earlier end"
        );
        assert!(seen.license_expires.and_then(Expiry::instant) > seen.expires);
        assert_eq!(offline.proxy.received().len(), 0, "nobody was asked");
    }
}

#[tokio::test]
async fn the_issuers_key_is_remembered_for_the_next_certificate() {
    let (world, cell) = connected(&[]).await;
    let path = written(&world, cell, PLAIN).await;
    let offline = World::start().await;
    let unverified = app::import::import_file(&offline.context, &path, None).await.unwrap();
    assert_eq!(unverified.certificate.unwrap().verified, Verification::NotVerified);
    let given = with(None, Some(world.portal().public_key_hex()));
    app::import::import_file_with(&offline.context, &path, &given).await.unwrap();
    let next = written(&world, cell, PLAIN).await;
    let known = app::import::import_file(&offline.context, &next, None).await.unwrap();
    assert_eq!(known.certificate.unwrap().verified, Verification::Verified);
    let first = app::certificates::certificate(&offline.context, unverified.license).await.unwrap().unwrap();
    assert_eq!(first.verified, Verification::Verified, "the first one is looked at with it, too");
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_told_in_its_own_words_and_nothing_is_kept() {
    let (world, cell) = connected(&[]).await;
    let of_another = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a".to_owned();
    let path = written(&world, cell, ENCRYPTED).await;
    let offline = World::start().await;
    let import =
        async |with: ImportWith| code(app::import::import_file_with(&offline.context, &path, &with).await);
    assert_eq!(import(with(None, None)).await, "certificate-needs-key");
    let other = LicenseKey::new(SYSTEM_KEY.to_owned());
    assert_eq!(import(with(Some(other), None)).await, "certificate-other-license");
    let own = Some(world.key_of(cell).await.unwrap());
    assert_eq!(import(with(own.clone(), Some(of_another.clone()))).await, "certificate-not-genuine");
    assert_eq!(import(with(own, Some("abc".to_owned()))).await, "public-key-invalid");
    let text = fs::read_to_string(&path).unwrap();
    let torn = format!("{}\n-----END LICENSE FILE-----\n", &text[..text.len() / 2]);
    assert_eq!(code(app::import::import_text(&offline.context, &torn, None).await), "certificate-malformed");
    assert_eq!(offline.names("").await, [""; 0]);
    assert!(offline.context.vault().settings().read().issuer_keys.is_empty());
}

#[tokio::test]
async fn a_key_that_is_kept_opens_the_certificate_that_was_checked_out_with_it() {
    let (world, cell) = connected(&[]).await;
    let path = written(&world, cell, ENCRYPTED).await;
    let offline = World::start().await;
    app::import::import_text(&offline.context, world.key_of(cell).await.unwrap().expose(), Some("robot"))
        .await
        .unwrap();
    let imported = app::import::import_file(&offline.context, &path, None).await.unwrap();
    assert!(imported.certificate.unwrap().encrypted);
}

#[tokio::test]
async fn a_certificate_that_is_over_says_so_and_the_license_is_not_called_so() {
    let (world, cell) = connected(&[]).await;
    let path = written(&world, cell, PLAIN).await;
    let offline = World::start().await;
    let id = app::import::import_file(&offline.context, &path, None).await.unwrap().license;
    offline.clock.advance(2 * 86_400);
    let seen = app::certificates::certificate(&offline.context, id).await.unwrap().unwrap();
    assert!(seen.is_expired && seen.license_expires.is_some());
    assert_eq!(app::list::row(&offline.context, id).await.unwrap().status, license::Status::Expired);
}

#[tokio::test]
async fn an_account_with_its_public_key_verifies_what_it_checks_out() {
    let world = World::start().await;
    let key = world.portal().public_key_hex();
    world.connect_demo(&[("public-key", &key)]).await;
    let cell = world.named("cell-07").await;
    let seen = app::certificates::check_out(&world.context, cell, CheckOut { entitlements: false, ..PLAIN })
        .await
        .unwrap();
    assert_eq!((seen.verified, seen.entitlements), (Verification::Verified, None));
    assert!(world.happened().await[0].starts_with("checked-out cell-07"), "{:?}", world.happened().await);
    // The next command carries the key on, so that it is verified elsewhere, too.
    let path = written(&world, cell, ENCRYPTED).await;
    assert!(path.is_file());
}

#[tokio::test]
async fn a_certificate_is_written_once_it_was_checked_out_and_is_of_its_moment() {
    let (world, cell) = connected(&[]).await;
    assert_eq!(world.detail(cell).await.formats, [Format::LauncherToml, Format::Certificate]);
    let target =
        Target { format: Format::Certificate, path: world.path("license.lic"), in_place: false, keep: false };
    assert_eq!(
        code(app::export::export(&world.context, cell, target.clone()).await),
        "certificate-not-checked-out"
    );
    app::certificates::check_out(&world.context, cell, PLAIN).await.unwrap();
    assert_eq!(
        code(app::export::export(&world.context, cell, Target { keep: true, ..target.clone() }).await),
        "certificate-not-kept"
    );
    let held = async || {
        let stored = app::home::stored(&world.context).await.unwrap();
        stored.into_iter().find(|one| one.what == "checked-out-certificate").map(|one| (one.label, one.place))
    };
    assert_eq!(held().await, Some(("cell-07".to_owned(), Place::Memory)));
    let preview = app::export::preview(&world.context, cell, &target).await.unwrap().text.unwrap();
    assert_eq!(preview.lines().count(), 3, "{preview}");
    assert!(preview.contains("••••") && preview.len() < 120, "{preview}");
    let written = app::export::export(&world.context, cell, target.clone()).await.unwrap();
    assert_eq!(
        code(app::export::keep_file(&world.context, written.file.tracked.id, true).await),
        "certificate-not-kept"
    );
    assert_eq!(held().await, None, "it is in its file now");
    assert_eq!(code(app::export::export(&world.context, cell, target).await), "certificate-not-checked-out");
    let short = app::certificates::check_out(&world.context, cell, CheckOut { ttl: Some(60), ..PLAIN }).await;
    assert_eq!(code(short), "certificate-too-short");
}

#[tokio::test]
async fn an_imported_key_has_no_certificate_to_check_out() {
    let world = World::start().await;
    let robot = app::import::import_text(&world.context, SYSTEM_KEY, Some("robot")).await.unwrap().license;
    assert_eq!(world.detail(robot).await.formats, [Format::LauncherToml]);
    assert_eq!(
        code(app::certificates::check_out(&world.context, robot, PLAIN).await),
        "account-without-vendor"
    );
}

#[tokio::test]
async fn written_certificate_shows_its_expiry_and_is_outdated_once_the_key_leaked() {
    let (world, cell) = connected(&[]).await;
    for terms in [PLAIN, ENCRYPTED] {
        written(&world, cell, terms).await;
        let file = &world.detail(cell).await.files[0];
        assert!(!file.is_outdated);
        let days = file.expires.unwrap().duration_since(world.clock.now()).as_hours();
        assert!((23..=24).contains(&days), "{days}");
        app::leaked::mark_leaked(&world.context, cell, true).await.unwrap();
        let leaked = world.detail(cell).await;
        assert!(leaked.files[0].is_outdated);
        assert_eq!(leaked.row.status, license::Status::Leaked);
        app::leaked::mark_leaked(&world.context, cell, false).await.unwrap();
    }
}

#[tokio::test]
async fn certificate_of_a_replaced_key_is_outdated() {
    for terms in [PLAIN, ENCRYPTED] {
        let world = World::start().await;
        let account = world.connect_demo(&[]).await;
        let cell = world.named("cell-07").await;
        written(&world, cell, terms).await;
        let old = world.key_of(cell).await.unwrap();
        world.portal().renew_key(old.expose()).unwrap();
        app::refresh::refresh(&world.context, account).await.unwrap();
        assert_ne!(world.key_of(cell).await.unwrap().expose(), old.expose());
        let detail = world.detail(cell).await;
        assert!(detail.files[0].is_outdated, "{terms:?}");
    }
}

#[tokio::test]
async fn suggested_certificate_file_is_named_after_its_license() {
    let (world, cell) = connected(&[]).await;
    let path = app::files::suggested_path(&world.context, cell, Format::Certificate).await.unwrap();
    assert_eq!(path.file_name().unwrap(), "cell-07.lic");
}
