//! Accounts, files, activity, intents and drafts.

use crate::test_home::{TestHome, add_account, at, dev, names_in, now};
use license::{AccountId, LicenseId};
use vault::files::Digest;
use vault::{
    Activity, Begun, IntentRecord, IntentVerb, LibraryError, NewAccount, NewTrackedFile, Refresh,
    SecretError, SecretKind, SecretOwner,
};

#[test]
fn a_name_is_taken_once_without_regard_to_case() {
    let home = TestHome::new();
    home.north();
    let mut account = home.library().accounts().unwrap().remove(0);
    account.name = " NORTH ".to_owned();
    let again = vault::NewAccount {
        provider: account.provider,
        name: account.name,
        address: account.address,
        fields: account.fields,
    };
    assert!(matches!(home.library().add_account(&again), Err(LibraryError::NameTaken { .. })));
    let files = vault::NewAccount { name: "Files".to_owned(), ..again };
    assert!(matches!(home.library().add_account(&files), Err(LibraryError::NameTaken { .. })));
}

#[test]
fn an_account_is_found_by_its_name_and_renamed() {
    let home = TestHome::new();
    let id = home.north();
    add_account(home.library(), "south");
    home.library().rename_account(id, "Nörth").unwrap();
    assert_eq!(home.library().account_by_name("NÖRTH").unwrap().unwrap().id, id);
    assert!(home.library().account_by_name("north").unwrap().is_none());
    let taken = home.library().rename_account(id, "South");
    assert!(matches!(taken, Err(LibraryError::NameTaken { name }) if name == "South"));
    let nobody = home.library().rename_account(AccountId(99), "west");
    assert!(matches!(nobody, Err(LibraryError::NoSuchAccount)));
}

/// The login of an account that is connected in one step.
fn connect(home: &TestHome, name: &str) -> Result<AccountId, SecretError> {
    let account = NewAccount {
        provider: "aidbox".to_owned(),
        name: name.to_owned(),
        address: "https://aidbox.app".to_owned(),
        fields: std::collections::BTreeMap::new(),
    };
    let first = Refresh {
        at: now(),
        outcome: String::new(),
        validator: None,
        subject: Some("northwind".to_owned()),
        capabilities: None,
    };
    home.library().connect(&account, [("token", "licet_token")], &first)
}

#[test]
fn account_is_connected_with_its_login() {
    let home = TestHome::unlocked();
    let id = connect(&home, "north").unwrap();
    assert_eq!(home.library().login(id, "token").unwrap().unwrap().expose(), "licet_token");
    let account = home.library().account(id).unwrap().unwrap();
    assert_eq!((account.subject.as_deref(), account.refreshed), (Some("northwind"), Some(now())));
}

#[test]
fn account_whose_login_cannot_be_kept_is_not_connected() {
    let home = TestHome::new();
    assert!(matches!(connect(&home, "north"), Err(SecretError::Locked)));
    assert!(home.library().accounts().unwrap().is_empty());
}

#[test]
fn account_of_a_taken_name_leaves_no_login() {
    let home = TestHome::unlocked();
    connect(&home, "north").unwrap();
    let taken = connect(&home, "North");
    assert!(matches!(taken, Err(SecretError::Library(LibraryError::NameTaken { .. }))));
    assert_eq!(home.sealed_secrets(), "1");
}

#[test]
fn how_a_refresh_ended_is_noted_and_what_it_does_not_tell_stays() {
    let home = TestHome::new();
    let id = home.north();
    let first = Refresh {
        at: now(),
        outcome: "done".to_owned(),
        validator: Some("etag".to_owned()),
        subject: Some("northwind".to_owned()),
        capabilities: Some(vec!["hosting".to_owned()]),
    };
    home.library().note_refresh(id, &first).unwrap();
    let second = Refresh {
        outcome: "offline".to_owned(),
        validator: None,
        subject: None,
        capabilities: None,
        ..first
    };
    home.library().note_refresh(id, &second).unwrap();
    let account = home.library().account(id).unwrap().unwrap();
    assert_eq!(account.refresh_outcome.as_deref(), Some("offline"));
    assert_eq!(account.refreshed, Some(now()));
    assert_eq!(account.validator, None);
    assert_eq!(account.subject.as_deref(), Some("northwind"));
    assert_eq!(account.capabilities, ["hosting"]);
}

#[test]
fn a_license_that_comes_back_is_the_same_with_its_files_key_and_history() {
    let home = TestHome::unlocked();
    let account = home.north();
    let id = home.list(account, &[dev("v1", "one")])[0];
    home.library().put_secret(SecretOwner::License(id), SecretKind::Key, "the key").unwrap();
    home.library().track_file(&file(id, "/etc/one.toml")).unwrap();
    home.library().record(&exported(id)).unwrap();
    home.list(account, &[]);
    assert!(home.license(id).gone_since.is_some());
    assert!(home.all().is_empty(), "a list leaves out what is gone");

    assert_eq!(home.list(account, &[dev("v1", "one")]), [id]);

    assert_eq!(home.license(id).gone_since, None);
    assert_eq!(home.library().license_key(id).unwrap().unwrap().expose(), "the key");
    assert_eq!(home.library().files_of(id).unwrap().len(), 1);
    assert_eq!(home.library().recent_of(id, 10).unwrap().len(), 1);
}

#[test]
fn removing_an_account_takes_its_licenses_and_secrets_and_leaves_tombstones() {
    let home = TestHome::unlocked();
    let account = home.north();
    let ids = home.list(account, &[dev("v1", "one"), dev("v2", "two")]);
    home.library().put_secret(SecretOwner::Account(account), SecretKind::Login("token"), "token").unwrap();
    home.library().put_secret(SecretOwner::License(ids[0]), SecretKind::Key, "key").unwrap();
    let before = home.library().rev().unwrap();

    home.library().remove_account(account).unwrap();

    let changes = home.library().changed_since(before).unwrap();
    assert_eq!(changes.removed_licenses, ids);
    assert_eq!(changes.removed_accounts, [account]);
    assert!(home.library().license(ids[0]).unwrap().is_none());
    assert_eq!(home.sealed_secrets(), "0");
    assert!(matches!(home.library().remove_account(account), Err(LibraryError::NoSuchAccount)));
}

#[test]
fn a_path_belongs_to_one_license_and_its_row_is_told_to_have_changed() {
    let home = TestHome::new();
    let ids = home.list(home.north(), &[dev("v1", "one"), dev("v2", "two")]);
    let first = home.library().track_file(&file(ids[0], "/etc/l.toml")).unwrap();
    let before = home.library().rev().unwrap();
    let second = home.library().track_file(&file(ids[1], "/etc/l.toml")).unwrap();
    assert_eq!(first, second);
    assert_eq!(home.library().changed_since(before).unwrap().licenses, ids);
    assert!(home.library().files_of(ids[0]).unwrap().is_empty());
    let kept = home.library().files_of(ids[1]).unwrap().remove(0);
    assert_eq!(kept.file, file(ids[1], "/etc/l.toml"));

    home.library().keep_file(second, false).unwrap();
    assert!(!home.library().all_files().unwrap()[0].file.keep);
    home.library().untrack_file(second).unwrap();
    assert!(home.library().all_files().unwrap().is_empty());
    assert!(matches!(home.library().untrack_file(second), Err(LibraryError::NoSuchFile)));
    let nobodys = home.library().track_file(&file(LicenseId(99), "/etc/l.toml"));
    assert!(matches!(nobodys, Err(LibraryError::NoSuchLicense)));
}

#[test]
fn activity_is_read_from_the_latest_on_and_outlives_what_it_is_about() {
    let home = TestHome::new();
    let account = home.north();
    let id = home.list(account, &[dev("v1", "one")])[0];
    for _ in 0..5 {
        home.library().record(&exported(id)).unwrap();
    }
    home.library().remove_account(account).unwrap();
    let latest = home.library().recent_activity(None, 2).unwrap();
    let older = home.library().recent_activity(Some(latest[1].id), 10).unwrap();
    assert_eq!((latest.len(), older.len()), (2, 3));
    assert!(latest[0].id > latest[1].id && latest[1].id > older[0].id);
    assert_eq!(latest[0].activity, exported(id));
}

#[test]
fn an_intent_is_found_after_a_restart_until_it_is_settled() {
    let home = TestHome::new();
    let intent = create(home.north(), "box");
    let id = claimed(home.library().begin(&intent, |_| false)).id;
    assert!(!home.library().open_intents().unwrap()[0].is_sent, "it is no more than a claim");
    let known = ["v1".to_owned(), "v2".to_owned()];
    home.library().note_sent(id, &known, at("2026-06-01T12:00:07Z")).unwrap();

    let after = home.reopened();
    let open = after.library().open_intents().unwrap();
    let sent =
        IntentRecord { known_vendor_ids: known.to_vec(), at: at("2026-06-01T12:00:07Z"), ..intent.clone() };
    assert_eq!((open[0].id, &open[0].record, open[0].is_sent), (id, &sent, true));
    assert!(after.library().settle(id).unwrap());
    assert!(!home.library().settle(id).unwrap(), "it is settled once");
    assert!(home.library().open_intents().unwrap().is_empty());
    let late = home.library().note_sent(id, &known, now());
    assert!(matches!(late, Err(LibraryError::NoSuchIntent)), "what was settled is not sent any more");
}

#[test]
fn of_several_that_begin_the_same_at_once_one_gets_the_claim() {
    let home = TestHome::new();
    let account = home.north();
    let vaults = [home.reopened(), home.reopened(), home.reopened()];
    let begun: Vec<Begun> = std::thread::scope(|scope| {
        let beginning: Vec<_> = vaults
            .iter()
            .map(|vault| {
                scope.spawn(move || vault.library().begin(&create(account, "box"), |_| true).unwrap())
            })
            .collect();
        beginning.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(begun.iter().filter(|one| matches!(one, Begun::Claimed(_))).count(), 1);
    for begun in &begun {
        if let Begun::Open(like) = begun {
            assert!(home.library().is_on_its_way(like).unwrap(), "somebody sends it");
        }
    }
    drop(begun);
    let left = home.library().open_intents().unwrap();
    assert!(!home.library().is_on_its_way(&left[0]).unwrap(), "nobody does any more");
    assert!(matches!(home.library().begin(&create(account, "other"), |_| false), Ok(Begun::Claimed(_))));
    assert!(names_in(&home.path()).iter().all(|name| !name.starts_with("sending-")));
}

#[test]
fn a_draft_is_there_until_it_is_cleared() {
    let home = TestHome::new();
    assert_eq!(home.library().draft("setup").unwrap(), None);
    let draft = serde_json::json!({"step": 2, "url": "https://aidbox.app"});
    home.library().save_draft("setup", &draft).unwrap();
    assert_eq!(home.reopened().library().draft("setup").unwrap(), Some(draft));
    home.library().clear_draft("setup").unwrap();
    assert_eq!(home.library().draft("setup").unwrap(), None);
}

#[test]
fn forgetting_everything_leaves_nothing_but_tombstones() {
    let home = TestHome::unlocked();
    let account = home.north();
    let ids = home.list(account, &[dev("v1", "one")]);
    home.library().put_secret(SecretOwner::License(ids[0]), SecretKind::Key, "key").unwrap();
    home.library().track_file(&file(ids[0], "/etc/l.toml")).unwrap();
    home.library().record(&exported(ids[0])).unwrap();
    home.library().save_draft("setup", &serde_json::json!(1)).unwrap();
    let before = home.library().rev().unwrap();

    home.vault.lock().forget_everything().unwrap();

    assert!(home.library().accounts().unwrap().is_empty());
    assert!(home.all().is_empty());
    assert!(home.library().recent_activity(None, 9).unwrap().is_empty());
    assert_eq!(home.library().draft("setup").unwrap(), None);
    assert_eq!(home.vault.lock().state().unwrap(), vault::LockState::New);
    let changes = home.library().changed_since(before).unwrap();
    assert_eq!((changes.removed_licenses, changes.removed_accounts), (ids, vec![account]));
    let kept = std::fs::read(home.vault.home().library()).unwrap();
    assert!(!kept.windows(10).any(|bytes| bytes == b"/etc/l.tom"), "not even in free pages");
}

fn file(license: LicenseId, path: &str) -> NewTrackedFile {
    NewTrackedFile {
        license,
        path: path.into(),
        format: "launcher-toml".to_owned(),
        in_place: false,
        keep: true,
        access: vault::files::Access::default(),
        digest: Digest::of(b"text"),
        written: now(),
    }
}

fn exported(license: LicenseId) -> Activity {
    Activity {
        at: now(),
        verb: "exported".to_owned(),
        account: Some("north".to_owned()),
        license: Some(license),
        label: Some("one".to_owned()),
        outcome: "done".to_owned(),
        detail: Some("/etc/one.toml".to_owned()),
    }
}

fn create(account: AccountId, name: &str) -> IntentRecord {
    IntentRecord {
        verb: IntentVerb::Create,
        account,
        license: None,
        payload: serde_json::json!({"name": name}),
        known_vendor_ids: Vec::new(),
        at: now(),
    }
}

fn claimed(begun: Result<Begun, LibraryError>) -> vault::Claim {
    match begun.unwrap() {
        Begun::Claimed(claim) => claim,
        Begun::Open(like) => panic!("there is one already: {like:?}"),
    }
}
