//! Licenses: taken over, gone and back, found, imported.

use crate::test_home::{TestHome, add_account, dev, ending, entitled, now, take_page};
use license::{AccountId, KeyForm, License, LicenseId, LicenseKey};
use vault::{FILES_PROVIDER, LibraryError, SecretError, SecretKind, SecretOwner};

#[test]
fn a_license_reads_back_as_its_vendor_told_it() {
    let home = TestHome::new();
    let told = License {
        goal: Some(license::Goal::Evaluation),
        hosting: Some(license::Hosting::Sandbox),
        vendor_status: Some(license::VendorStatus::Other("Under Review".to_owned())),
        product: license::Product::Other("formbox".to_owned()),
        instance_origin: Some("https://box.example".to_owned()),
        ..ending(entitled(dev("v1", "<b>שלום</b> 🚀 \"it's\""), &["a", "b"]), "2026-12-02T12:00:00.123456Z")
    };
    let bare = License {
        name: None,
        tier: None,
        hosting: None,
        vendor_status: None,
        created: None,
        expiry: None,
        limits: Default::default(),
        ..dev("v2", "")
    };
    let ids = home.list(home.north(), &[told.clone(), bare.clone()]);
    assert_eq!(home.license(ids[0]).license, told);
    assert_eq!(home.license(ids[1]).license, bare);
}

#[test]
fn a_refresh_that_finds_nothing_new_changes_no_rev() {
    let home = TestHome::new();
    let account = home.north();
    let page = [dev("v1", "one"), entitled(dev("v2", "two"), &["x"])];
    home.list(account, &page);
    let before = home.library().rev().unwrap();
    let mark = home.library().begin_listing().unwrap();
    let taken = take_page(home.library(), account, mark, &page, false).unwrap();
    assert_eq!((taken.added, taken.changed), (0, 0));
    assert_eq!(home.library().rev().unwrap(), before);
}

#[test]
fn only_what_changed_gets_a_new_rev() {
    let home = TestHome::new();
    let account = home.north();
    let ids = home.list(account, &[dev("v1", "one"), dev("v2", "two")]);
    let before = home.library().rev().unwrap();
    let mark = home.library().begin_listing().unwrap();
    let page = [dev("v1", "one"), dev("v2", "renamed"), dev("v3", "three")];
    let taken = take_page(home.library(), account, mark, &page, false).unwrap();
    assert_eq!((taken.added, taken.changed), (1, 1));
    let added = home.library().license_by_vendor_id(account, "v3").unwrap().unwrap().id;
    assert_eq!(home.library().changed_since(before).unwrap().licenses, [ids[1], added]);
}

#[test]
fn entitlements_that_a_listing_does_not_tell_are_not_forgotten() {
    let home = TestHome::new();
    let account = home.north();
    let id = home.list(account, &[entitled(dev("v1", "one"), &["x"])])[0];
    home.list(account, &[dev("v1", "another name")]);
    let kept = home.license(id).license;
    assert_eq!(kept.name.as_deref(), Some("another name"));
    assert_eq!(kept.entitlements.unwrap()[0].code, "x");
    home.list(account, &[entitled(dev("v1", "another name"), &[])]);
    assert_eq!(home.license(id).license.entitlements, Some(vec![]), "told to be none, they are none");
}

#[test]
fn a_license_is_gone_only_after_a_complete_listing_without_it() {
    let home = TestHome::new();
    let account = home.north();
    let ids = home.list(account, &[dev("v1", "one"), dev("v2", "two")]);
    let mark = home.library().begin_listing().unwrap();
    take_page(home.library(), account, mark, &[dev("v1", "one")], false).unwrap();
    assert_eq!(home.license(ids[1]).gone_since, None, "the listing lacks some");
    let taken = take_page(home.library(), account, mark, &[dev("v1", "one")], true).unwrap();
    assert_eq!(taken.gone, [ids[1]]);
    assert_eq!(home.license(ids[1]).gone_since, Some(now()));
    assert_eq!(home.license(ids[0]).gone_since, None);
}

#[test]
fn a_listing_of_one_account_says_nothing_of_another() {
    let home = TestHome::new();
    let south = add_account(home.library(), "south");
    let kept = home.list(south, &[dev("v1", "one")])[0];
    home.list(home.north(), &[]);
    assert_eq!(home.license(kept).gone_since, None);
}

#[test]
fn a_license_just_created_is_not_gone_after_a_listing_that_began_earlier() {
    let home = TestHome::new();
    let account = home.north();
    let mark = home.library().begin_listing().unwrap();
    let id = home.library().upsert_one(account, &dev("v9", "created meanwhile"), now()).unwrap();
    take_page(home.library(), account, mark, &[], true).unwrap();
    assert_eq!(home.license(id).gone_since, None);
}

#[test]
fn the_ids_of_what_was_removed_are_never_used_again() {
    let home = TestHome::new();
    let account = home.north();
    let id = home.list(account, &[dev("v1", "one")])[0];
    home.library().remove_license(id).unwrap();
    let next = home.list(account, &[dev("v1", "one")])[0];
    assert!(next > id);
    home.library().remove_account(account).unwrap();
    assert!(home.north() > account);
}

#[test]
fn two_accounts_may_have_a_license_of_the_same_vendors_id() {
    let home = TestHome::new();
    let north = home.list(home.north(), &[dev("v1", "one")])[0];
    let south = home.list(add_account(home.library(), "south"), &[dev("v1", "one")])[0];
    assert_ne!(north, south);
    assert_eq!(home.library().find("v1").unwrap().len(), 2);
}

#[test]
fn a_license_is_found_by_licets_id_the_vendors_id_or_its_name() {
    let home = TestHome::new();
    let ids = home.list(home.north(), &[dev("v1", "Cafe\u{301}"), dev("v2", "twin"), dev("v3", "twin")]);
    let found = |text: &str| -> Vec<LicenseId> {
        home.library().find(text).unwrap().into_iter().map(|license| license.id).collect()
    };
    assert_eq!(found(&ids[0].to_string()), [ids[0]]);
    assert_eq!(found("v2"), [ids[1]]);
    assert_eq!(found(" Caf\u{e9} "), [ids[0]]);
    assert_eq!(found("twin"), ids[1..]);
    assert!(found("cafe").is_empty());
    assert!(found("L999").is_empty());
}

#[test]
fn a_license_without_a_name_is_found_by_what_it_is_called() {
    let home = TestHome::new();
    let mut unnamed = dev("0F3A77-5Aacea", "");
    unnamed.name = None;
    let id = home.list(home.north(), &[unnamed, dev("v2", "other")])[0];
    let found = home.library().find("5Aacea").unwrap();
    assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
    assert!(home.library().find("v2x").unwrap().is_empty());
}

#[test]
fn the_ids_that_bear_a_name_already_are_told_for_an_account() {
    let home = TestHome::new();
    let account = home.north();
    home.list(account, &[dev("v1", "box"), dev("v2", "box"), dev("v3", "Box")]);
    let bearing = home.library().licenses_by_name(account, " box").unwrap();
    let ids: Vec<_> = bearing.iter().map(|license| license.license.vendor_id.as_str()).collect();
    assert_eq!(ids, ["v1", "v2"]);
    assert!(home.library().licenses_by_name(AccountId(99), "box").unwrap().is_empty());
}

#[test]
fn an_imported_key_belongs_to_the_account_files_and_is_imported_once() {
    let home = TestHome::unlocked();
    let key = LicenseKey::new("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3".to_owned());
    let facts = License { expiry: None, vendor_status: None, tier: None, ..dev("derived", "robot") };
    let id = home.library().import_key(&facts, KeyForm::System, &key, now()).unwrap().unwrap();
    assert_eq!(home.library().import_key(&facts, KeyForm::System, &key, now()).unwrap(), Some(id));
    let stored = home.license(id);
    assert_eq!(home.library().account(stored.account).unwrap().unwrap().provider, FILES_PROVIDER);
    assert_eq!(stored.key_form, Some(KeyForm::System));
    assert!(stored.has_key);
    assert_eq!(home.library().license_key(id).unwrap().unwrap().expose(), key.expose());
    assert_eq!(home.all().len(), 1);
}

#[test]
fn a_page_for_an_account_that_is_gone_meanwhile_is_refused_whole() {
    let home = TestHome::new();
    let mark = home.library().begin_listing().unwrap();
    let refused = take_page(home.library(), AccountId(7), mark, &[dev("v1", "one")], true);
    assert!(matches!(refused, Err(SecretError::Library(LibraryError::NoSuchAccount))));
    assert!(home.all().is_empty());
}

#[test]
fn of_two_listings_at_the_same_time_neither_loses_what_both_saw() {
    let home = TestHome::new();
    let account = home.north();
    let library = home.library();
    let page = [dev("v1", "one")];
    let (earlier, later) = (library.begin_listing().unwrap(), library.begin_listing().unwrap());
    for mark in [later, earlier, later] {
        let taken = take_page(library, account, mark, &page, true).unwrap();
        assert!(taken.gone.is_empty());
    }
}

#[test]
fn a_name_means_what_is_there_before_what_is_gone() {
    let home = TestHome::new();
    let account = home.north();
    let old = home.list(account, &[dev("v1", "box")])[0];
    let new = home.list(account, &[dev("v2", "box")])[0];
    assert!(home.license(old).gone_since.is_some());
    let found = home.library().find("box").unwrap();
    assert_eq!(found.iter().map(|license| license.id).collect::<Vec<_>>(), [new]);
    home.list(account, &[]);
    assert_eq!(home.library().find("box").unwrap().len(), 2);
}

#[test]
fn a_key_is_stale_from_another_fact_on_until_a_key_is_put() {
    for home in [TestHome::unlocked(), TestHome::new()] {
        home.vault.lock().keep_for_session_only();
        let account = home.north();
        let id = home.list(account, &[dev("v1", "one")])[0];
        let put = |key: &str| {
            home.library().put_secret(SecretOwner::License(id), SecretKind::Key, key).unwrap();
        };
        put("key");
        home.list(account, &[dev("v1", "one")]);
        assert!(!home.license(id).key_is_stale, "nothing changed");
        home.list(account, &[ending(dev("v1", "one"), "2026-12-31T00:00:00Z")]);
        assert!(home.license(id).key_is_stale && home.license(id).has_key);
        put("another key");
        assert!(!home.license(id).key_is_stale);
        home.list(account, &[dev("v1", "one")]);
        put("another key");
        assert!(!home.license(id).key_is_stale, "it is the same, and was asked for");
    }
}
