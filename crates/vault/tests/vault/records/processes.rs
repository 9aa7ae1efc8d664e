//! Several processes on one library.

use crate::stage::{beside, is_on_stage, on_small_disk, shell};
use crate::test_home::{TestHome, add_account, dev, now, passphrase, take_page};
use std::collections::BTreeMap;
use std::sync::mpsc;
use std::time::Duration;
use testkit::until;
use vault::{
    Begun, Home, IntentRecord, IntentVerb, LibraryError, NewAccount, Refresh, SecretError, SecretKind,
    SecretOwner, Vault,
};

const HOME: &str = "LICET_STORY_HOME";
const PAGE: usize = 1_000;

fn home_of_story() -> Home {
    Home::at(std::env::var_os(HOME).unwrap())
}

#[test]
fn a_process_notices_what_another_changed() {
    const STORY: &str = "records::processes::a_process_notices_what_another_changed";
    if is_on_stage() {
        add_account(Vault::open(home_of_story()).unwrap().library(), "from afar");
        return;
    }
    let home = TestHome::new();
    let (changed, changes) = mpsc::channel();
    let _watch = home.library().watch(move |rev| changed.send(rev).unwrap()).unwrap();
    let before = home.library().rev().unwrap();

    let mut other = beside(STORY, &[(HOME, home.path().to_str().unwrap())]);
    let rev = changes.recv_timeout(Duration::from_secs(20)).unwrap();

    assert!(other.wait().unwrap().success());
    let changes = home.library().changed_since(before).unwrap();
    assert_eq!(rev, changes.rev);
    let named = home.library().account(changes.accounts[0]).unwrap().unwrap();
    assert_eq!(named.name, "from afar");
}

#[test]
fn a_watch_tells_nothing_where_nothing_changed_and_nothing_after_it_ended() {
    let home = TestHome::new();
    let account = home.north();
    home.list(account, &[dev("v1", "one")]);
    let (changed, changes) = mpsc::channel();
    let watch = home.library().watch(move |rev| changed.send(rev).unwrap()).unwrap();
    home.library().begin_listing().unwrap();
    assert!(changes.recv_timeout(Duration::from_millis(700)).is_err(), "a mark is no change");
    add_account(home.library(), "south");
    assert_eq!(changes.recv_timeout(Duration::from_secs(10)).unwrap(), home.library().rev().unwrap());
    drop(watch);
    add_account(home.library(), "west");
    assert!(matches!(changes.try_recv(), Err(mpsc::TryRecvError::Disconnected)));
}

#[test]
fn a_reader_is_not_kept_waiting_by_a_writer() {
    let home = TestHome::new();
    home.north();
    let database = home.vault.home().library();
    let is_held = home.dir.path().join("held");
    let hold = format!(
        "sqlite3 {} '.timeout 5000' 'BEGIN IMMEDIATE; UPDATE meta SET rev = rev' '.shell touch {}; sleep 1' 'COMMIT'",
        database.display(),
        is_held.display()
    );
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| shell(&hold));
        until("another process writes", || is_held.exists());
        assert_eq!(home.library().accounts().unwrap().len(), 1);
        // It waits its turn.
        add_account(home.library(), "south");
        writer.join().unwrap();
    });
    assert_eq!(home.library().accounts().unwrap().len(), 2);
}

#[test]
fn killed_in_the_middle_a_batch_is_there_whole_or_not_at_all() {
    const STORY: &str = "records::processes::killed_in_the_middle_a_batch_is_there_whole_or_not_at_all";
    if is_on_stage() {
        return take_over_forever();
    }
    let home = TestHome::unlocked();
    home.north();
    for round in 1..=5 {
        let before = home.all().len();
        let mut other = beside(STORY, &[(HOME, home.path().to_str().unwrap())]);
        until("the other process takes over pages", || home.all().len() >= before + round * PAGE);
        other.kill().unwrap();
        other.wait().unwrap();
        let rows = home.all();
        assert_eq!(rows.len() % PAGE, 0, "a page is there whole or not at all");
        let sound =
            shell(&format!("sqlite3 {} 'PRAGMA integrity_check'", home.vault.home().library().display()));
        assert_eq!(sound.trim(), "ok");
    }
}

fn take_over_forever() {
    let vault = Vault::open(home_of_story()).unwrap();
    let account = vault.library().account_by_name("north").unwrap().unwrap().id;
    let run = vault.library().rev().unwrap();
    for page in 0.. {
        let licenses: Vec<_> = (0..PAGE).map(|n| dev(&format!("{run}-{page}-{n}"), "x")).collect();
        let mark = vault.library().begin_listing().unwrap();
        take_page(vault.library(), account, mark, &licenses, false).unwrap();
    }
}

#[test]
fn killed_while_it_connects_accounts_each_has_its_login() {
    const STORY: &str = "records::processes::killed_while_it_connects_accounts_each_has_its_login";
    if is_on_stage() {
        return connect_forever();
    }
    let home = TestHome::unlocked();
    for _ in 0..5 {
        let before = home.library().accounts().unwrap().len();
        let mut other = beside(STORY, &[(HOME, home.path().to_str().unwrap())]);
        until("the other process connects", || home.library().accounts().unwrap().len() > before);
        other.kill().unwrap();
        other.wait().unwrap();
        for account in home.library().accounts().unwrap() {
            assert!(home.library().login(account.id, "token").unwrap().is_some(), "{}", account.name);
            assert!(account.refreshed.is_some(), "{}", account.name);
        }
    }
}

fn connect_forever() {
    let vault = Vault::open(home_of_story()).unwrap();
    vault.lock().unlock_with_passphrase(&passphrase()).unwrap();
    let known = vault.library().accounts().unwrap().len();
    for number in known.. {
        let account = NewAccount {
            provider: "aidbox".to_owned(),
            name: format!("account {number}"),
            address: "https://aidbox.app".to_owned(),
            fields: BTreeMap::new(),
        };
        let first =
            Refresh { at: now(), outcome: String::new(), validator: None, subject: None, capabilities: None };
        vault.library().connect(&account, [("token", "licet_token")], &first).unwrap();
    }
}

#[test]
fn two_processes_write_at_once_and_both_are_heard() {
    let home = TestHome::unlocked();
    let vaults = [home.reopened(), home.reopened(), home.reopened()];
    std::thread::scope(|scope| {
        for (n, vault) in vaults.iter().enumerate() {
            scope.spawn(move || {
                for m in 0..20 {
                    add_account(vault.library(), &format!("account {n}-{m}"));
                }
            });
        }
    });
    assert_eq!(home.library().accounts().unwrap().len(), 60);
}

#[test]
fn a_full_disk_is_told_and_what_was_kept_stays() {
    on_small_disk("records::processes::a_full_disk_is_told_and_what_was_kept_stays", 1_500, "", |disk| {
        let vault = Vault::open(Home::at(disk.join("home"))).unwrap();
        let account = add_account(vault.library(), "north");
        vault.lock().keep_for_session_only();
        let mut refused = None;
        for page in 0..200 {
            let licenses: Vec<_> =
                (0..200).map(|n| dev(&format!("{page}-{n}"), "a name of some length")).collect();
            let mark = vault.library().begin_listing().map_err(SecretError::from);
            let taken = mark.and_then(|mark| take_page(vault.library(), account, mark, &licenses, false));
            if let Err(error) = taken {
                refused = Some(error);
                break;
            }
        }
        assert!(matches!(refused, Some(SecretError::Library(LibraryError::DiskFull))), "{refused:?}");
        let kept = vault.library().window(&Default::default(), now(), 30).unwrap().total;
        assert_eq!(kept % 200, 0);
        assert!(kept > 0);
        vault.library().put_secret(SecretOwner::Account(account), SecretKind::Login("token"), "x").unwrap();
    });
}

#[test]
fn what_a_killed_process_was_sending_is_no_longer_on_its_way() {
    const STORY: &str = "records::processes::what_a_killed_process_was_sending_is_no_longer_on_its_way";
    if is_on_stage() {
        return send_forever();
    }
    let home = TestHome::new();
    home.north();
    let mut other = beside(STORY, &[(HOME, home.path().to_str().unwrap())]);
    until("the other process sends", || home.library().open_intents().unwrap().iter().any(|one| one.is_sent));
    let intent = home.library().open_intents().unwrap().remove(0);
    assert!(home.library().is_on_its_way(&intent).unwrap());
    other.kill().unwrap();
    other.wait().unwrap();
    assert!(!home.library().is_on_its_way(&intent).unwrap());
    assert!(home.library().settle(intent.id).unwrap());
    assert!(crate::test_home::names_in(&home.path()).iter().all(|name| !name.starts_with("sending-")));
}

fn send_forever() {
    let vault = Vault::open(home_of_story()).unwrap();
    let account = vault.library().account_by_name("north").unwrap().unwrap().id;
    let intent = IntentRecord {
        verb: IntentVerb::Create,
        account,
        license: None,
        payload: serde_json::json!({}),
        known_vendor_ids: Vec::new(),
        at: now(),
    };
    let Begun::Claimed(claim) = vault.library().begin(&intent, |_| false).unwrap() else {
        panic!("nobody else sends")
    };
    vault.library().note_sent(claim.id, &[], now()).unwrap();
    loop {
        std::thread::park();
    }
}
