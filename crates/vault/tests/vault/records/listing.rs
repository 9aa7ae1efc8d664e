//! Taking over a listing: whole or not at all, with keys, and with imported licenses that it has too.

use crate::test_home::{TestHome, dev, now, passphrase, query, take_steps};
use license::{KeyForm, License, LicenseId, LicenseKey};
use vault::{ListingStep, SecretError, Vault};

fn key(text: &str) -> LicenseKey {
    LicenseKey::new(text.to_owned())
}

fn page(licenses: &[(License, Option<&str>)]) -> ListingStep {
    ListingStep::Page(licenses.iter().map(|(license, text)| (license.clone(), text.map(key))).collect())
}

const END: ListingStep = ListingStep::End { is_complete: true };

fn import(vault: &Vault, vendor_id: &str, text: &str) -> LicenseId {
    let license = dev(vendor_id, "imported");
    vault.library().import_key(&license, KeyForm::Jwt, &key(text), now()).unwrap().unwrap()
}

#[track_caller]
fn assert_key(vault: &Vault, id: LicenseId, expected: &str) {
    assert_eq!(vault.library().license_key(id).unwrap().unwrap().expose(), expected);
}

#[test]
fn listing_that_fails_on_a_later_page_changes_nothing() {
    let home = TestHome::unlocked();
    let account = home.north();
    let known = home.list(account, &[dev("v0", "known")])[0];
    let refused = "CREATE TRIGGER refused BEFORE INSERT ON licenses WHEN NEW.vendor_id = 'v2' \
                   BEGIN SELECT RAISE(ABORT, 'no room'); END";
    query(&home.vault, refused);
    let mark = home.library().begin_listing().unwrap();
    let steps = vec![page(&[(dev("v1", "one"), Some("key"))]), page(&[(dev("v2", "two"), None)]), END];
    take_steps(home.library(), account, mark, steps).unwrap_err();
    assert_eq!(home.all().iter().map(|one| one.id).collect::<Vec<_>>(), [known]);
    assert_eq!((home.license(known).gone_since, home.sealed_secrets().as_str()), (None, "0"));
}

#[test]
fn listing_whose_next_page_fails_changes_nothing() {
    let home = TestHome::unlocked();
    let account = home.north();
    let mark = home.library().begin_listing().unwrap();
    let mut steps = vec![Ok(page(&[(dev("v1", "one"), Some("key"))])), Err(SecretError::Locked)].into_iter();
    let failed = home.library().take_listing(account, mark, now(), || steps.next().unwrap());
    assert!(matches!(failed, Err(SecretError::Locked)));
    assert!(home.all().is_empty() && home.sealed_secrets() == "0");
}

#[test]
fn keys_of_a_listing_are_kept() {
    for home in [TestHome::unlocked(), TestHome::new()] {
        home.vault.lock().keep_for_session_only();
        let account = home.north();
        let mark = home.library().begin_listing().unwrap();
        take_steps(home.library(), account, mark, vec![page(&[(dev("v1", "one"), Some("key"))]), END])
            .unwrap();
        assert_key(&home.vault, home.all()[0].id, "key");
    }
}

#[test]
fn another_key_of_a_leaked_one_is_handed_back() {
    let home = TestHome::unlocked();
    let account = home.north();
    let listed = |text| vec![page(&[(dev("v1", "one"), Some(text))]), END];
    let mark = home.library().begin_listing().unwrap();
    take_steps(home.library(), account, mark, listed("old")).unwrap();
    let id = home.all()[0].id;
    home.library().set_leaked(&[id], Some(now())).unwrap();
    assert!(take_steps(home.library(), account, mark, listed("old")).unwrap().successors.is_empty());
    let taken = take_steps(home.library(), account, mark, listed("new")).unwrap();
    assert_eq!(taken.successors, [(id, key("new"))]);
    assert_key(&home.vault, id, "old");
}

/// A complete listing of the license `v1`, with its key where it comes with one; the listed license, and how many there are.
fn lists_v1(home: &TestHome, text: Option<&str>) -> (LicenseId, usize) {
    let account = home.north();
    let mark = home.library().begin_listing().unwrap();
    take_steps(home.library(), account, mark, vec![page(&[(dev("v1", "listed"), text)]), END]).unwrap();
    (home.library().license_by_vendor_id(account, "v1").unwrap().unwrap().id, home.all().len())
}

#[test]
fn imported_license_becomes_the_listed_one_of_its_key() {
    for text in [Some("string"), None] {
        for home in [TestHome::unlocked(), TestHome::new()] {
            home.vault.lock().keep_for_session_only();
            import(&home.vault, "v1", "string");
            let (listed, count) = lists_v1(&home, text);
            assert_eq!((count, home.license(listed).key_is_stale), (1, text.is_none()));
            assert_key(&home.vault, listed, "string");
        }
    }
}

#[test]
fn imported_license_is_not_merged_into_one_that_is_gone() {
    let home = TestHome::unlocked();
    let (gone, _) = lists_v1(&home, Some("string"));
    let account = home.license(gone).account;
    home.list(account, &[]);
    let imported = import(&home.vault, "v1", "string");
    home.list(account, &[]);
    assert_eq!(home.all().iter().map(|one| one.id).collect::<Vec<_>>(), [imported]);
    assert_key(&home.vault, imported, "string");

    let mark = home.library().begin_listing().unwrap();
    take_steps(home.library(), account, mark, vec![page(&[(dev("v1", "listed"), Some("string"))]), END])
        .unwrap();
    assert_eq!(
        home.all().iter().map(|one| one.id).collect::<Vec<_>>(),
        [gone],
        "it is back, and has the key"
    );
}

#[test]
fn imported_and_listed_licenses_of_different_keys_both_stay() {
    let home = TestHome::unlocked();
    let imported = import(&home.vault, "v1", "string");
    let (listed, count) = lists_v1(&home, Some("another"));
    assert_eq!(count, 2);
    assert_key(&home.vault, imported, "string");
    assert_key(&home.vault, listed, "another");
}

#[test]
fn leaked_imported_license_is_not_merged() {
    let home = TestHome::unlocked();
    let imported = import(&home.vault, "v1", "string");
    home.library().set_leaked(&[imported], Some(now())).unwrap();
    assert_eq!(lists_v1(&home, None).1, 2);
}

#[test]
fn unsettled_write_of_a_merged_license_stays_with_it() {
    let home = TestHome::unlocked();
    let imported = import(&home.vault, "v1", "string");
    let recorded = "INSERT INTO file_writes (license, path, format, in_place, keep, written, target, temporary, overwrites, \
                    digest, size, lease) VALUES (ID, '/x', 'jwt', 0, 0, 0, '/x', '', 0, '', 0, '')";
    query(&home.vault, &recorded.replace("ID", &imported.0.to_string()));
    let (listed, _) = lists_v1(&home, None);
    assert_eq!(query(&home.vault, "SELECT license FROM file_writes"), listed.0.to_string());
}

#[test]
fn import_does_not_replace_another_key_of_the_same_id() {
    let home = TestHome::unlocked();
    let first = import(&home.vault, "v1", "first");
    let license = dev("v1", "imported");
    let second = home.library().import_key(&license, KeyForm::Jwt, &key("second"), now()).unwrap();
    assert_eq!((second, home.all().len()), (None, 1));
    assert_key(&home.vault, first, "first");
}

#[test]
fn session_import_does_not_replace_a_sealed_key() {
    let home = TestHome::unlocked();
    let session = home.reopened();
    session.lock().keep_for_session_only();
    let id = import(&session, "v1", "of the session");
    assert_eq!(import(&home.vault, "v1", "sealed since"), id, "the other process sees no key");
    session.lock().unlock_with_passphrase(&passphrase()).unwrap();
    assert_key(&session, id, "sealed since");
}

#[test]
fn session_import_of_an_id_with_a_sealed_key_is_refused() {
    let home = TestHome::unlocked();
    import(&home.vault, "v1", "sealed");
    let session = home.reopened();
    session.lock().keep_for_session_only();
    let license = dev("v1", "imported");
    let refused = session.library().import_key(&license, KeyForm::Jwt, &key("second"), now());
    assert!(matches!(refused, Err(SecretError::Locked)));
}

#[test]
fn key_that_a_vendor_returned_makes_its_imported_license_one_with_the_listed() {
    for home in [TestHome::unlocked(), TestHome::new()] {
        home.vault.lock().keep_for_session_only();
        let (listed, _) = lists_v1(&home, None);
        import(&home.vault, &vault::imported_id(&key("string")), "string");
        home.list(home.license(listed).account, &[dev("v1", "listed")]);
        assert_eq!(home.all().len(), 2, "its key is not known yet");
        home.library().put_listed_key(listed, &key("string"), KeyForm::Jwt).unwrap();
        assert_eq!(home.all().iter().map(|one| one.id).collect::<Vec<_>>(), [listed]);
        assert_key(&home.vault, listed, "string");
    }
}

#[test]
fn incomplete_listing_adopts_what_it_has() {
    let home = TestHome::unlocked();
    let account = home.north();
    let imported = import(&home.vault, "v1", "string");
    let mark = home.library().begin_listing().unwrap();
    let end = ListingStep::End { is_complete: false };
    let steps = vec![page(&[(dev("v1", "listed"), Some("string"))]), end];
    take_steps(home.library(), account, mark, steps).unwrap();
    assert_eq!(home.library().license_by_vendor_id(account, "v1").unwrap().unwrap().id, imported);
    assert_eq!(home.all().len(), 1);
}
