//! Accounts, files, activity, intents and drafts.

use crate::room::{Room, add_account, at, dev, names_in, now};
use license::{AccountId, LicenseId};
use vault::files::Digest;
use vault::{
    Activity, Begun, IntentRecord, IntentVerb, LibraryError, NewAccount, NewTrackedFile, Refresh,
    SecretError, SecretKind, SecretOwner,
};

#[test]
fn a_name_is_taken_once_without_regard_to_case() {
    let room = Room::new();
    room.north();
    let mut account = room.library().accounts().unwrap().remove(0);
    account.name = " NORTH ".to_owned();
    let again = vault::NewAccount {
        provider: account.provider,
        name: account.name,
        address: account.address,
        fields: account.fields,
    };
    assert!(matches!(room.library().add_account(&again), Err(LibraryError::NameTaken { .. })));
    let files = vault::NewAccount { name: "Files".to_owned(), ..again };
    assert!(matches!(room.library().add_account(&files), Err(LibraryError::NameTaken { .. })));
}

#[test]
fn an_account_is_found_by_its_name_and_renamed() {
    let room = Room::new();
    let id = room.north();
    add_account(room.library(), "south");
    room.library().rename_account(id, "Nörth").unwrap();
    assert_eq!(room.library().account_by_name("NÖRTH").unwrap().unwrap().id, id);
    assert!(room.library().account_by_name("north").unwrap().is_none());
    let taken = room.library().rename_account(id, "South");
    assert!(matches!(taken, Err(LibraryError::NameTaken { name }) if name == "South"));
    let nobody = room.library().rename_account(AccountId(99), "west");
    assert!(matches!(nobody, Err(LibraryError::NoSuchAccount)));
}

/// The login of an account that is connected in one step.
fn connect(room: &Room, name: &str) -> Result<AccountId, SecretError> {
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
    room.library().connect(&account, [("token", "licet_token")], &first)
}

#[test]
fn account_is_connected_with_its_login() {
    let room = Room::unlocked();
    let id = connect(&room, "north").unwrap();
    assert_eq!(room.library().login(id, "token").unwrap().unwrap().expose(), "licet_token");
    let account = room.library().account(id).unwrap().unwrap();
    assert_eq!((account.subject.as_deref(), account.refreshed), (Some("northwind"), Some(now())));
}

#[test]
fn account_whose_login_cannot_be_kept_is_not_connected() {
    let room = Room::new();
    assert!(matches!(connect(&room, "north"), Err(SecretError::Locked)));
    assert!(room.library().accounts().unwrap().is_empty());
}

#[test]
fn account_of_a_taken_name_leaves_no_login() {
    let room = Room::unlocked();
    connect(&room, "north").unwrap();
    let taken = connect(&room, "North");
    assert!(matches!(taken, Err(SecretError::Library(LibraryError::NameTaken { .. }))));
    assert_eq!(room.sealed_secrets(), "1");
}

#[test]
fn how_a_refresh_ended_is_noted_and_what_it_does_not_tell_stays() {
    let room = Room::new();
    let id = room.north();
    let first = Refresh {
        at: now(),
        outcome: "done".to_owned(),
        validator: Some("etag".to_owned()),
        subject: Some("northwind".to_owned()),
        capabilities: Some(vec!["hosting".to_owned()]),
    };
    room.library().note_refresh(id, &first).unwrap();
    let second = Refresh {
        outcome: "offline".to_owned(),
        validator: None,
        subject: None,
        capabilities: None,
        ..first
    };
    room.library().note_refresh(id, &second).unwrap();
    let account = room.library().account(id).unwrap().unwrap();
    assert_eq!(account.refresh_outcome.as_deref(), Some("offline"));
    assert_eq!(account.refreshed, Some(now()));
    assert_eq!(account.validator, None);
    assert_eq!(account.subject.as_deref(), Some("northwind"));
    assert_eq!(account.capabilities, ["hosting"]);
}

#[test]
fn a_license_that_comes_back_is_the_same_with_its_files_key_and_history() {
    let room = Room::unlocked();
    let account = room.north();
    let id = room.list(account, &[dev("v1", "one")])[0];
    room.library().put_secret(SecretOwner::License(id), SecretKind::Key, "the key").unwrap();
    room.library().track_file(&file(id, "/etc/one.toml")).unwrap();
    room.library().record(&exported(id)).unwrap();
    room.list(account, &[]);
    assert!(room.license(id).gone_since.is_some());
    assert!(room.all().is_empty(), "a list leaves out what is gone");

    assert_eq!(room.list(account, &[dev("v1", "one")]), [id]);

    assert_eq!(room.license(id).gone_since, None);
    assert_eq!(room.library().license_key(id).unwrap().unwrap().expose(), "the key");
    assert_eq!(room.library().files_of(id).unwrap().len(), 1);
    assert_eq!(room.library().recent_of(id, 10).unwrap().len(), 1);
}

#[test]
fn removing_an_account_takes_its_licenses_and_secrets_and_leaves_tombstones() {
    let room = Room::unlocked();
    let account = room.north();
    let ids = room.list(account, &[dev("v1", "one"), dev("v2", "two")]);
    room.library().put_secret(SecretOwner::Account(account), SecretKind::Login("token"), "token").unwrap();
    room.library().put_secret(SecretOwner::License(ids[0]), SecretKind::Key, "key").unwrap();
    let before = room.library().rev().unwrap();

    room.library().remove_account(account).unwrap();

    let changes = room.library().changed_since(before).unwrap();
    assert_eq!(changes.removed_licenses, ids);
    assert_eq!(changes.removed_accounts, [account]);
    assert!(room.library().license(ids[0]).unwrap().is_none());
    assert_eq!(room.sealed_secrets(), "0");
    assert!(matches!(room.library().remove_account(account), Err(LibraryError::NoSuchAccount)));
}

#[test]
fn a_path_belongs_to_one_license_and_its_row_is_told_to_have_changed() {
    let room = Room::new();
    let ids = room.list(room.north(), &[dev("v1", "one"), dev("v2", "two")]);
    let first = room.library().track_file(&file(ids[0], "/etc/l.toml")).unwrap();
    let before = room.library().rev().unwrap();
    let second = room.library().track_file(&file(ids[1], "/etc/l.toml")).unwrap();
    assert_eq!(first, second);
    assert_eq!(room.library().changed_since(before).unwrap().licenses, ids);
    assert!(room.library().files_of(ids[0]).unwrap().is_empty());
    let kept = room.library().files_of(ids[1]).unwrap().remove(0);
    assert_eq!(kept.file, file(ids[1], "/etc/l.toml"));

    room.library().keep_file(second, false).unwrap();
    assert!(!room.library().all_files().unwrap()[0].file.keep);
    room.library().untrack_file(second).unwrap();
    assert!(room.library().all_files().unwrap().is_empty());
    assert!(matches!(room.library().untrack_file(second), Err(LibraryError::NoSuchFile)));
    let nobodys = room.library().track_file(&file(LicenseId(99), "/etc/l.toml"));
    assert!(matches!(nobodys, Err(LibraryError::NoSuchLicense)));
}

#[test]
fn activity_is_read_from_the_latest_on_and_outlives_what_it_is_about() {
    let room = Room::new();
    let account = room.north();
    let id = room.list(account, &[dev("v1", "one")])[0];
    for _ in 0..5 {
        room.library().record(&exported(id)).unwrap();
    }
    room.library().remove_account(account).unwrap();
    let latest = room.library().recent_activity(None, 2).unwrap();
    let older = room.library().recent_activity(Some(latest[1].id), 10).unwrap();
    assert_eq!((latest.len(), older.len()), (2, 3));
    assert!(latest[0].id > latest[1].id && latest[1].id > older[0].id);
    assert_eq!(latest[0].activity, exported(id));
}

#[test]
fn an_intent_is_found_after_a_restart_until_it_is_settled() {
    let room = Room::new();
    let intent = create(room.north(), "box");
    let id = claimed(room.library().begin(&intent, |_| false)).id;
    assert!(!room.library().open_intents().unwrap()[0].is_sent, "it is no more than a claim");
    let known = ["v1".to_owned(), "v2".to_owned()];
    room.library().note_sent(id, &known, at("2026-06-01T12:00:07Z")).unwrap();

    let after = room.reopened();
    let open = after.library().open_intents().unwrap();
    let sent =
        IntentRecord { known_vendor_ids: known.to_vec(), at: at("2026-06-01T12:00:07Z"), ..intent.clone() };
    assert_eq!((open[0].id, &open[0].record, open[0].is_sent), (id, &sent, true));
    assert!(after.library().settle(id).unwrap());
    assert!(!room.library().settle(id).unwrap(), "it is settled once");
    assert!(room.library().open_intents().unwrap().is_empty());
    let late = room.library().note_sent(id, &known, now());
    assert!(matches!(late, Err(LibraryError::NoSuchIntent)), "what was settled is not sent any more");
}

#[test]
fn of_several_that_begin_the_same_at_once_one_gets_the_claim() {
    let room = Room::new();
    let account = room.north();
    let vaults = [room.reopened(), room.reopened(), room.reopened()];
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
            assert!(room.library().is_on_its_way(like).unwrap(), "somebody sends it");
        }
    }
    drop(begun);
    let left = room.library().open_intents().unwrap();
    assert!(!room.library().is_on_its_way(&left[0]).unwrap(), "nobody does any more");
    assert!(matches!(room.library().begin(&create(account, "other"), |_| false), Ok(Begun::Claimed(_))));
    assert!(names_in(&room.home()).iter().all(|name| !name.starts_with("sending-")));
}

#[test]
fn a_draft_is_there_until_it_is_cleared() {
    let room = Room::new();
    assert_eq!(room.library().draft("setup").unwrap(), None);
    let draft = serde_json::json!({"step": 2, "url": "https://aidbox.app"});
    room.library().save_draft("setup", &draft).unwrap();
    assert_eq!(room.reopened().library().draft("setup").unwrap(), Some(draft));
    room.library().clear_draft("setup").unwrap();
    assert_eq!(room.library().draft("setup").unwrap(), None);
}

#[test]
fn forgetting_everything_leaves_nothing_but_tombstones() {
    let room = Room::unlocked();
    let account = room.north();
    let ids = room.list(account, &[dev("v1", "one")]);
    room.library().put_secret(SecretOwner::License(ids[0]), SecretKind::Key, "key").unwrap();
    room.library().track_file(&file(ids[0], "/etc/l.toml")).unwrap();
    room.library().record(&exported(ids[0])).unwrap();
    room.library().save_draft("setup", &serde_json::json!(1)).unwrap();
    let before = room.library().rev().unwrap();

    room.vault.lock().forget_everything().unwrap();

    assert!(room.library().accounts().unwrap().is_empty());
    assert!(room.all().is_empty());
    assert!(room.library().recent_activity(None, 9).unwrap().is_empty());
    assert_eq!(room.library().draft("setup").unwrap(), None);
    assert_eq!(room.vault.lock().state().unwrap(), vault::LockState::New);
    let changes = room.library().changed_since(before).unwrap();
    assert_eq!((changes.removed_licenses, changes.removed_accounts), (ids, vec![account]));
    let kept = std::fs::read(room.vault.home().library()).unwrap();
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
