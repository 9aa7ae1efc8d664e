//! Bringing keys in: recognised by their form, sent nowhere, told nothing that they do not tell.

use crate::common::{SYSTEM_KEY, World, code};
use app::list::{KeyStatus, Removal};
use license::{KeyForm, Product, Status};
use testkit::put;

/// A Deployment Key of the documented form, signed by nobody.
fn deployment_key() -> String {
    format!("key/eyJsaWNlbnNlIjoiY2VsbC0wNyJ9.{}", "Bwc".repeat(28) + "Bw")
}

#[tokio::test]
async fn a_bare_key_tells_neither_name_nor_expiry_and_none_is_made_up() {
    let world = World::start().await;
    let imported =
        app::import::import_text(&world.context, &format!("  {SYSTEM_KEY}\n"), None).await.unwrap();
    assert_eq!((imported.label.as_str(), imported.was_known), ("AICA license …0F2", false));
    let detail = world.detail(imported.license).await;
    let license = &detail.row.stored.license;
    assert_eq!((&license.product, license.expiry, license.tier), (&Product::Aica, None, None));
    assert_eq!((license.created, &license.entitlements), (None, &None));
    assert_eq!((detail.row.days, detail.row.status), (None, Status::Unknown(None)));
    assert_eq!((detail.removal, detail.account.name.as_str()), (Removal::Remove, "files"));
    let KeyStatus::Kept { masked, form, claims, verified } = detail.key else { panic!("it was kept") };
    assert_eq!((form, claims.is_empty(), verified), (Some(KeyForm::System), true, None));
    assert_eq!(masked, "••••••-••••••-••••••-••••••-•••0F2-V3");
}

#[tokio::test]
async fn every_form_of_key_is_recognised() {
    let world = World::start().await;
    let jwt = world.issued_elsewhere("north").await.key.unwrap();
    let toml = format!("# cell 7\nLicense = \"{SYSTEM_KEY}\"\n");
    let deployment = deployment_key();
    for (text, form) in [
        (toml.as_str(), KeyForm::System),
        (deployment.as_str(), KeyForm::Deployment),
        (jwt.expose(), KeyForm::Jwt),
    ] {
        let imported = app::import::import_text(&world.context, text, None).await.unwrap();
        let stored = app::list::row(&world.context, imported.license).await.unwrap().stored;
        assert_eq!((stored.key_form, stored.has_key), (Some(form), true));
    }
    assert_eq!(world.rows("account:files").await.len(), 3);
}

#[tokio::test]
async fn a_file_lends_its_name_and_a_person_may_give_another() {
    let world = World::start().await;
    let path = world.path("cell-07.toml");
    put(&path, &format!("License = \"{SYSTEM_KEY}\"\n"));
    let first = app::import::import_file(&world.context, &path, None).await.unwrap();
    assert_eq!(first.label, "cell-07");
    let again = app::import::import_file(&world.context, &path, Some("Robot 7")).await.unwrap();
    assert_eq!((again.license, again.label.as_str(), again.was_known), (first.license, "Robot 7", true));
    let pasted = app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap();
    assert_eq!((pasted.license, pasted.label.as_str()), (first.license, "Robot 7"), "the name stays");
    assert_eq!(
        code(app::import::import_text(&world.context, SYSTEM_KEY, Some("two\nlines")).await),
        "name-control"
    );
}

#[tokio::test]
async fn another_version_of_the_form_is_taken_with_a_remark() {
    let world = World::start().await;
    let imported =
        app::import::import_text(&world.context, &SYSTEM_KEY.replace("V3", "V12"), None).await.unwrap();
    assert_eq!(imported.other_version.as_deref(), Some("V12"));
}

#[tokio::test]
async fn a_mistyped_key_says_which_part_is_wrong() {
    let world = World::start().await;
    for (text, expected) in [
        ("", "key-none"),
        ("my notes", "key-none"),
        ("5614D1-3E7A6C-932DEB-8C4189-V3", "key-system-groups"),
        ("5614D1-3E7A6C-932DEB-8C41-F6B0F2-V3", "key-system-length"),
        ("5614D1-3E7A6C-932DEB-8C418X-F6B0F2-V3", "key-system-group"),
        ("key/abc", "key-deployment"),
        ("a = \"b\"", "key-toml-without-license"),
        ("License = = 1", "key-toml"),
        ("licet_abc", "key-portal-token"),
        ("https://aidbox.app", "key-is-address"),
    ] {
        assert_eq!(code(app::import::import_text(&world.context, text, None).await), expected, "{text:?}");
    }
    assert_eq!(
        code(app::import::import_file(&world.context, &world.path("nowhere.toml"), None).await),
        "file-missing"
    );
    assert_eq!(code(app::import::import_file(&world.context, &world.path(""), None).await), "file-is-folder");
    assert!(world.rows("").await.is_empty());
}

#[tokio::test]
async fn importing_sends_nothing_anywhere() {
    let world = World::start().await;
    world.connect("a").await;
    let before = world.proxy.received().len();
    let imported = app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap().license;
    world.detail(imported).await;
    app::list::look_closer(&world.context, imported).await.unwrap();
    app::list::reveal(&world.context, imported).await.unwrap();
    assert_eq!(world.proxy.received().len(), before);
    let files = world.context.account_named("files").await.unwrap();
    assert_eq!(code(app::refresh::refresh(&world.context, files.id).await), "account-without-vendor");
    assert_eq!(
        code(app::changes::delete(&world.context, imported, "AICA license …0F2").await),
        "account-without-vendor"
    );
}

#[tokio::test]
async fn an_imported_key_is_forgotten_by_its_name_and_can_come_back() {
    let world = World::with_passphrase().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    assert_eq!(code(app::import::remove(&world.context, id, "Cell").await), "not-confirmed");
    app::import::remove(&world.context, id, "cell").await.unwrap();
    assert!(world.rows("").await.is_empty());
    assert_eq!(world.sealed_secrets(), 0);
    assert_eq!(world.happened().await, ["removed cell done", "imported cell done"]);
    assert!(!app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap().was_known);
}

#[tokio::test]
async fn the_key_of_a_connected_accounts_license_is_recognised_as_its_own() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let path = world.path("license.jwt");
    put(&path, world.key_of(id).await.unwrap().expose());
    let before = world.happened().await;
    let imported = app::import::import_file(&world.context, &path, None).await.unwrap();
    assert_eq!((imported.license, imported.label.as_str(), imported.was_known), (id, "north", true));
    assert_eq!((world.names("").await, world.happened().await), (vec!["north".to_owned()], before));
}

#[tokio::test]
async fn a_license_of_a_vendor_is_deleted_and_not_forgotten() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    assert_eq!(code(app::import::remove(&world.context, id, "north").await), "license-not-imported");
    assert_eq!(world.names("").await, ["north"]);
}

#[tokio::test]
async fn a_key_that_was_in_memory_alone_is_at_hand_again_once_it_is_brought_in_again() {
    let mut world = World::start().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    world.restart();
    app::keys::keep_for_session_only(&world.context).await.unwrap();
    assert_eq!(code(world.key_of(id).await), "key-not-kept");
    let again = app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap();
    assert_eq!((again.license, again.label.as_str(), again.was_known), (id, "cell", true));
    assert_eq!(world.key_of(id).await.unwrap().expose(), SYSTEM_KEY);
}

/// A license string with the claims of the vendor's public example (`docs/protocols.md`, "License string", [S]); signed by nobody.
fn aidbox_string(id: &str) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let part = |json: serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    let claims = serde_json::json!({
        "id": id, "name": "smart-app", "product": "aidbox", "type": "development", "status": "active",
        "created": "2024-06-01T08:00:00Z", "expiration": "2124-06-01T08:00:00Z", "issuer": "https://aidbox.app",
        "offline": false, "max-instances": 2, "max-db-size": 5_368_709_120_i64, "key": "Abcdefghijk0123456789Z",
        "creator": {"id": "u1", "resourceType": "User", "key": "Nested0123456789abcdef"},
        "project": {"id": "p1", "resourceType": "Project"}, "info": {"hosting": "self-hosted"},
    });
    format!("{}.{}.c2lnbmF0dXJl", part(serde_json::json!({"alg": "RS256", "typ": "JWT"})), part(claims))
}

#[tokio::test]
async fn an_aidbox_string_says_what_license_it_is() {
    let world = World::start().await;
    let imported = app::import::import_text(&world.context, &aidbox_string("l1"), None).await.unwrap();
    let detail = world.detail(imported.license).await;
    let license = &detail.row.stored.license;
    assert_eq!((license.vendor_id.as_str(), license.label()), ("l1", "smart-app"));
    assert_eq!((&license.product, license.tier), (&Product::Aidbox, Some(license::Tier::Development)));
    assert_eq!(license.hosting, Some(license::Hosting::SelfHosted));
    assert_eq!(license.limits["max-instances"], 2);
    assert_eq!(
        license.expiry,
        Some(license::Expiry::Never),
        "a century is how the portal says that it does not expire"
    );
    assert_eq!(detail.row.status, Status::Valid);
}

#[tokio::test]
async fn a_claim_that_is_a_secret_is_not_shown() {
    let world = World::start().await;
    let imported = app::import::import_text(&world.context, &aidbox_string("l1"), None).await.unwrap();
    let detail = world.detail(imported.license).await;
    let shown = format!("{detail:?}");
    assert!(!shown.contains("Abcdefghijk") && !shown.contains("Nested0123"), "{shown}");
    let KeyStatus::Kept { claims, .. } = detail.key else { panic!("it was kept") };
    assert_eq!(claims["max-instances"], 2);
}

/// Another string of the same license.
fn another_string(id: &str) -> String {
    aidbox_string(id).replace("c2lnbmF0dXJl", "b3RoZXI")
}

/// The key that is kept of a license; the vendor is not asked.
fn kept(world: &World, id: license::LicenseId) -> Option<String> {
    let kept = world.context.vault().library().license_key(id).unwrap();
    kept.map(|key| key.expose().to_owned())
}

#[tokio::test]
async fn second_string_of_a_license_is_kept_beside_the_first() {
    let world = World::start().await;
    let one = app::import::import_text(&world.context, &aidbox_string("l1"), None).await.unwrap();
    let other = app::import::import_text(&world.context, &another_string("l1"), None).await.unwrap();
    assert_ne!(one.license, other.license);
    assert_eq!(kept(&world, one.license), Some(aidbox_string("l1")));
    assert_eq!(kept(&world, other.license), Some(another_string("l1")));
    let again = app::import::import_text(&world.context, &aidbox_string("l1"), None).await.unwrap();
    assert_eq!((again.license, again.was_known), (one.license, true));
}

#[tokio::test]
async fn session_import_leaves_the_sealed_string_of_its_license() {
    let mut world = World::with_passphrase().await;
    let id = app::import::import_text(&world.context, &aidbox_string("l1"), None).await.unwrap().license;
    world.restart();
    app::keys::keep_for_session_only(&world.context).await.unwrap();
    assert_eq!(
        code(app::import::import_text(&world.context, &another_string("l1"), None).await),
        "vault-locked"
    );
    world.unlock().await;
    assert_eq!(kept(&world, id), Some(aidbox_string("l1")));
}

#[tokio::test]
async fn string_of_a_license_with_a_damaged_key_is_kept_beside_it() {
    let world = World::with_passphrase().await;
    let one = app::import::import_text(&world.context, &aidbox_string("l1"), None).await.unwrap().license;
    world.damage_sealed_keys();
    let other = app::import::import_text(&world.context, &another_string("l1"), None).await.unwrap();
    assert!(one != other.license && !other.was_known);
    assert_eq!(kept(&world, other.license), Some(another_string("l1")));
}

#[tokio::test]
async fn damaged_key_is_repaired_by_importing_it_again() {
    let world = World::with_passphrase().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    world.damage_sealed_keys();
    let again = app::import::import_text(&world.context, SYSTEM_KEY, None).await.unwrap();
    assert_eq!((again.license, again.label.as_str(), again.was_known), (id, "cell", true));
    assert_eq!(kept(&world, id).as_deref(), Some(SYSTEM_KEY));
}

#[tokio::test]
async fn a_string_of_a_listed_license_is_that_license() {
    let world = World::start().await;
    let issued = world.issued_elsewhere("north").await;
    let account = world.connect("a").await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    let listed = world.named("north").await;
    let string = aidbox_string(&issued.license.vendor_id);
    let imported = app::import::import_text(&world.context, &string, None).await.unwrap();
    assert_eq!((imported.license, imported.was_known), (listed, false));
    assert_eq!(kept(&world, listed), Some(string.clone()));
    assert!(
        app::list::row(&world.context, listed).await.unwrap().stored.key_is_stale,
        "the vendor may have another"
    );
    assert!(app::import::import_text(&world.context, &string, None).await.unwrap().was_known);
    assert_eq!(world.names("").await, ["north"], "listed once");
    assert_eq!(
        world.key_of(listed).await.unwrap(),
        issued.key.unwrap(),
        "the vendor's own, once it is needed"
    );
}

#[tokio::test]
async fn another_string_of_a_listed_license_is_kept_beside_it() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let listed = world.created(account, "north").await;
    let own = world.key_of(listed).await.unwrap();
    let string = aidbox_string(&world.vendor_id(listed).await);
    let imported = app::import::import_text(&world.context, &string, None).await.unwrap();
    assert!(imported.license != listed && !imported.was_known);
    assert_eq!(kept(&world, imported.license), Some(string));
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(kept(&world, listed).as_deref(), Some(own.expose()));
    assert_eq!(world.rows("").await.len(), 2);
}

#[tokio::test]
async fn string_of_a_leaked_license_is_not_taken_for_its_new_key() {
    let world = World::start().await;
    let issued = world.issued_elsewhere("north").await;
    world.connect("a").await;
    let listed = world.named("north").await;
    app::leaked::mark_leaked(&world.context, listed, true).await.unwrap();
    let imported = app::import::import_text(&world.context, &aidbox_string(&issued.license.vendor_id), None)
        .await
        .unwrap();
    assert!(imported.license != listed && kept(&world, listed).is_none());
}

#[tokio::test]
async fn an_imported_license_becomes_the_listed_one() {
    let world = World::start().await;
    let issued = world.issued_elsewhere("north").await;
    let path = world.path("license.jwt");
    let imported =
        app::import::import_text(&world.context, issued.key.unwrap().expose(), None).await.unwrap().license;
    let format = license::file::Format::Jwt;
    let target = app::files::Target { format, path: path.clone(), in_place: false, keep: false };
    app::export::export(&world.context, imported, target).await.unwrap();
    let account = world.connect("a").await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    let listed = world.named("north").await;
    assert_eq!(world.names("").await, ["north"], "listed once");
    assert_eq!(world.detail(listed).await.files[0].tracked.file.path, path);
}
