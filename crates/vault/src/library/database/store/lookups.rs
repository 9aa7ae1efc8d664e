//! Looking up one thing costs the same in a large library as in a small one: SQLite tells how it answers the very statements
//! that the library runs.

use super::{connect, unpoisoned};
use crate::files::{Access, Digest};
use crate::library::{
    Library, NewTrackedFile, SecretKind, SecretOwner, TrackedFileId,
    replacements::{ReplacementId, ReplacementStep},
};
use crate::{Home, Vault};
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use rusqlite::{
    Connection,
    trace::{TraceEvent, TraceEventCodes},
};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

const ACCOUNT: AccountId = AccountId(1);
const LICENSE: LicenseId = LicenseId(1);
const FILE: TrackedFileId = TrackedFileId(1);

/// Every statement that a connection runs from now on.
fn statements(connection: &mut Connection) -> Receiver<String> {
    let (ran, statements) = channel();
    let note = move |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(statement, _) = event {
            let _ = ran.send(statement.sql().into_owned());
        }
    };
    connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note)).unwrap();
    statements
}

/// The steps in which SQLite answers a statement.
fn plan(library: &Library, statement: &str) -> Vec<String> {
    let connection = connect(&library.store.path).unwrap();
    let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
    let mut rows = explained.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get(3).unwrap());
    }
    steps
}

/// Fails if a statement looks through a whole table. The table `meta` has one row.
fn assert_uses_indexes(library: &Library, what: &str, statement: &str) {
    let steps = plan(library, statement);
    // What was given with the statement is no table.
    let is_given = |step: &str| step == "SCAN CONSTANT ROW" || step.contains("VIRTUAL TABLE");
    let is_scan = |step: &&String| step.starts_with("SCAN ") && !is_given(step);
    assert_eq!(steps.iter().find(is_scan), None, "{what}: {statement}\n{steps:#?}");
}

/// Looks something up. Returns the queries that it took, each of which uses indexes.
fn queries_of(what: &str, library: &Library, look: impl FnOnce(&Library)) -> Vec<String> {
    let mut reader = library.store.open_reader().unwrap();
    let statements = statements(&mut reader);
    *unpoisoned(library.store.readers.lock()) = vec![reader];
    look(library);
    unpoisoned(library.store.readers.lock()).clear();
    let queries: Vec<_> = statements.iter().filter(|statement| statement.starts_with("SELECT")).collect();
    queries.iter().for_each(|query| assert_uses_indexes(library, what, query));
    queries
}

fn library() -> (tempfile::TempDir, Vault) {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(Home::at(dir.path().join("home"))).unwrap();
    (dir, vault)
}

type LookUp = fn(&Library, &Path);

#[test]
fn one_thing_is_found_by_one_indexed_query() {
    let (_dir, vault) = library();
    let library = vault.library();
    let path = Path::new("/srv/box/.env");
    let lookups: [(&str, LookUp); 15] = [
        ("account", |library, _| drop(library.account(ACCOUNT).unwrap())),
        ("account by name", |library, _| drop(library.account_by_name("north").unwrap())),
        ("licenses of an account, counted", |library, _| {
            library.count_of_account(ACCOUNT).unwrap();
        }),
        ("license", |library, _| drop(library.license(LICENSE).unwrap())),
        ("license of an account by id", |library, _| {
            drop(library.license_by_vendor_id(ACCOUNT, "v1").unwrap());
        }),
        ("licenses by id", |library, _| drop(library.licenses_by_vendor_id("v1").unwrap())),
        ("licenses by name", |library, _| drop(library.licenses_by_name(ACCOUNT, "one").unwrap())),
        ("file", |library, _| drop(library.file(FILE).unwrap())),
        ("file by path", |library, path| drop(library.file_at(path).unwrap())),
        ("files of a license", |library, _| drop(library.files_of(LICENSE).unwrap())),
        ("files of several licenses", |library, _| drop(library.files_of_each([LICENSE]).unwrap())),
        ("backup", |library, path| drop(library.kept_backup(path).unwrap())),
        ("replacement", |library, _| drop(library.replacement_of(LICENSE).unwrap())),
        ("secret", |library, _| {
            drop(library.secret(SecretOwner::License(LICENSE), SecretKind::Key).unwrap());
        }),
        ("activity of a license", |library, _| drop(library.recent_of(LICENSE, 20).unwrap())),
    ];
    for (what, look) in lookups {
        assert_eq!(queries_of(what, library, |library| look(library, path)).len(), 1, "{what}");
    }
}

#[test]
fn license_is_found_by_what_a_user_types_without_a_scan() {
    let (_dir, vault) = library();
    let queries = queries_of("license by a text", vault.library(), |library| {
        drop(library.find("L42").unwrap());
    });
    assert_eq!(queries.len(), 4, "by Licet's id, the vendor's id, the name and the label");
}

#[test]
fn licenses_of_a_name_are_found_by_the_name() {
    let (_dir, vault) = library();
    let queries = queries_of("licenses by name", vault.library(), |library| {
        drop(library.licenses_by_name(ACCOUNT, "one").unwrap());
    });
    let steps = plan(vault.library(), &queries[0]);
    assert!(steps[0].contains("INDEX licenses_by_name (name_key=?)"), "{steps:?}");
}

#[test]
fn one_thing_is_changed_without_a_scan() {
    let (dir, vault) = library();
    let library = vault.library();
    let rows = "INSERT INTO accounts (id, provider, name, folded_name, address, fields, rev) \
                VALUES (1, 'acme', 'north', 'north', '', '{}', 1); \
                INSERT INTO licenses (id, account, vendor_id, folded_label, folded_text, folded_entitlements, product, \
                limits, first_seen, last_changed, refresh, rev) VALUES (1, 1, 'v', '', '', '', 'acme', '{}', 0, 0, 0, 1);";
    library.store.writer().unwrap().execute_batch(rows).unwrap();
    let ran = statements(&mut library.store.writer().unwrap());
    let file = NewTrackedFile {
        license: LICENSE,
        path: dir.path().join(".env"),
        format: "env".to_owned(),
        in_place: false,
        keep: false,
        access: Access::default(),
        digest: Digest::of(b""),
        written: Timestamp::UNIX_EPOCH,
    };
    let id = library.track_file(&file).unwrap();
    library.keep_file(id, true).unwrap();
    library.untrack_file(id).unwrap();
    library.set_leaked(&[LICENSE], None).unwrap();
    library.begin_replacement(LICENSE, &serde_json::Value::Null, Timestamp::UNIX_EPOCH).unwrap();
    let (from, to) = (ReplacementStep::Create, ReplacementStep::Files);
    library.set_replacement(ReplacementId(1), from, to, None).unwrap();
    library.store.writer().unwrap().trace_v2(TraceEventCodes::empty(), None::<fn(TraceEvent<'_>)>).unwrap();
    let changes: Vec<_> = ran.iter().filter(|statement| !statement.contains("meta")).collect();
    let changes = changes
        .iter()
        .filter(|statement| ["UPDATE", "DELETE", "INSERT"].iter().any(|word| statement.starts_with(word)));
    assert!(changes.clone().count() >= 8, "they are watched");
    changes.for_each(|change| assert_uses_indexes(library, "change", change));
}
