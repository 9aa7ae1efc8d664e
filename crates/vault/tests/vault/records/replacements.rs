//! Replacements under way, and keys that leaked.

use crate::test_home::{TestHome, dev, now};
use serde_json::json;
use vault::{LibraryError, ReplacementStep};

#[test]
fn a_replacement_is_taken_up_again_where_it_stood() {
    let home = TestHome::new();
    let ids = home.list(home.north(), &[dev("v1", "old"), dev("v2", "new")]);
    let library = home.library();
    let id = library.begin_replacement(ids[0], &json!({"name": "new"}), now()).unwrap().unwrap();
    library.set_replacement(id, ReplacementStep::Create, ReplacementStep::Files, Some(ids[1])).unwrap();
    library.set_replacement(id, ReplacementStep::Files, ReplacementStep::Check, None).unwrap();

    let later = home.reopened();
    let under_way = later.library().replacement_of(ids[0]).unwrap().unwrap();
    assert_eq!((under_way.step, under_way.new), (ReplacementStep::Check, Some(ids[1])));
    assert_eq!((under_way.wanted, under_way.at), (json!({"name": "new"}), now()));
    assert_eq!(later.library().replacement_of(ids[1]).unwrap(), None);

    assert!(later.library().end_replacement(id).unwrap());
    assert!(!library.end_replacement(id).unwrap(), "one is told that it ended it");
    let late = library.set_replacement(id, ReplacementStep::Check, ReplacementStep::Delete, None);
    assert!(matches!(late, Err(LibraryError::NoSuchReplacement)), "{late:?}");
    let late = library.set_wanted(id, &json!({}));
    assert!(matches!(late, Err(LibraryError::NoSuchReplacement)), "{late:?}");
}

#[test]
fn one_process_goes_on_with_a_replacement_and_nobody_notes_a_step_that_is_past() {
    let home = TestHome::new();
    let ids = home.list(home.north(), &[dev("v1", "old"), dev("v2", "new"), dev("v3", "another")]);
    let (library, beside) = (home.library(), home.reopened());
    let id = library.begin_replacement(ids[0], &json!({"name": "new"}), now()).unwrap().unwrap();
    let is_going_on = || {
        let open = library.replacement_of(ids[0]).unwrap().unwrap();
        library.is_going_on(&open).unwrap()
    };
    assert!(!is_going_on());
    let turn = library.take_replacement(id).unwrap().unwrap();
    assert!(is_going_on());
    assert!(beside.library().take_replacement(id).unwrap().is_none(), "another has it");
    library.set_wanted(id, &json!({"name": "new", "sent": ["v1"]})).unwrap();
    library.set_replacement(id, ReplacementStep::Create, ReplacementStep::Files, Some(ids[1])).unwrap();
    // Who stood at the same step and comes too late changes nothing.
    let late =
        beside.library().set_replacement(id, ReplacementStep::Create, ReplacementStep::Files, Some(ids[2]));
    assert!(matches!(late, Err(LibraryError::NoSuchReplacement)), "{late:?}");
    let open = beside.library().replacement_of(ids[0]).unwrap().unwrap();
    assert_eq!((open.new, open.wanted), (Some(ids[1]), json!({"name": "new", "sent": ["v1"]})));

    drop(turn);
    assert!(!is_going_on(), "who had it ended");
    let taken_up = beside.library().take_replacement(id).unwrap();
    assert!(taken_up.is_some());
    library.end_replacement(id).unwrap();
    let nothing = library.take_replacement(id);
    assert!(matches!(nothing, Err(LibraryError::NoSuchReplacement)), "{nothing:?}");
}

#[test]
fn a_license_has_one_replacement_at_a_time() {
    let home = TestHome::new();
    let id = home.list(home.north(), &[dev("v1", "old")])[0];
    let begin = || home.library().begin_replacement(id, &json!({}), now()).unwrap();
    let first = begin().unwrap();
    assert_eq!(begin(), None);
    home.library().end_replacement(first).unwrap();
    assert!(begin().is_some());
    home.library().remove_license(id).unwrap();
    assert!(home.library().open_replacements().unwrap().is_empty(), "it goes with its license");
    let nothing = home.library().begin_replacement(id, &json!({}), now());
    assert!(matches!(nothing, Err(LibraryError::NoSuchLicense)), "{nothing:?}");
}

#[test]
fn other_processes_are_told_of_a_replacement_and_of_a_leak() {
    let home = TestHome::new();
    let id = home.list(home.north(), &[dev("v1", "old")])[0];
    let library = home.library();
    let before = library.rev().unwrap();
    let replacement = library.begin_replacement(id, &json!({}), now()).unwrap().unwrap();
    let after = library.changed_since(before).unwrap();
    assert_eq!(after.licenses, [id]);
    library.set_replacement(replacement, ReplacementStep::Create, ReplacementStep::Files, None).unwrap();
    library.set_leaked(&[id], Some(now())).unwrap();
    assert_eq!(library.changed_since(after.rev).unwrap().licenses, [id]);
}

#[test]
fn a_leak_is_known_until_it_is_taken_back_and_outlives_a_listing() {
    let home = TestHome::new();
    let account = home.north();
    let id = home.list(account, &[dev("v1", "cell")])[0];
    home.library().set_leaked(&[id], Some(now())).unwrap();
    home.list(account, &[dev("v1", "cell, renamed")]);
    assert_eq!(home.license(id).leaked_since, Some(now()));
    home.library().set_leaked(&[id], None).unwrap();
    assert_eq!(home.license(id).leaked_since, None);
}
