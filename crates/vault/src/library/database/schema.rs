//! The library's layout, and how an older one becomes the present one.

use rusqlite::Connection;

/// One step a layout, in order: step `n` makes layout `n + 1` of layout `n`.
///
/// `meta`: `key_id` is the data key that secrets were ever sealed with, `place` the folder of the library as the system writes
/// it, `place_device` the disk of that folder, and `owns_entry` whether the library made the keyring entry of its `home_id`.
/// `licenses`: times are microseconds since 1970, and an `expires` of the greatest integer means never.
/// A null column is a fact that the vendor did not report. `in_use` is how many seats or users it last counted. `imported_as` is the
/// id of an imported key that became the license of an account, for when that account is removed.
/// `file_writes`: license files that are being written. `license` is null once the license was removed. `target` is the file with
/// links followed, `temporary` the name of the new file beside it, and `digest`, `before` and `rest` are of the new text, of
/// the old one, and of what the old one, of `before_size`, has beyond the new one's `size`. `interim` is the backup that is removed
/// once the file is written.
/// `backups`: the backups that Licet made, with the digest of their bytes; `target` is the file, links followed. `access` is who can
/// read a file beside its owner, as it was asked for.
const STEPS: &[&str] = &[
    r"
    CREATE TABLE meta (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        home_id TEXT NOT NULL,
        rev INTEGER NOT NULL,
        refresh INTEGER NOT NULL
    ) STRICT;
    INSERT INTO meta VALUES (1, lower(hex(randomblob(16))), 0, 0);

    CREATE TABLE accounts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        provider TEXT NOT NULL,
        name TEXT NOT NULL,
        folded_name TEXT NOT NULL UNIQUE,
        address TEXT NOT NULL,
        fields TEXT NOT NULL,
        subject TEXT,
        capabilities TEXT NOT NULL DEFAULT '[]',
        validator TEXT,
        refreshed INTEGER,
        refresh_outcome TEXT,
        rev INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE licenses (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        vendor_id TEXT NOT NULL,
        name TEXT,
        name_key TEXT,
        folded_label TEXT NOT NULL,
        folded_text TEXT NOT NULL,
        folded_entitlements TEXT NOT NULL,
        product TEXT NOT NULL,
        tier TEXT,
        hosting TEXT,
        goal TEXT,
        status TEXT,
        created INTEGER,
        expires INTEGER,
        entitlements TEXT,
        limits TEXT NOT NULL,
        instance_origin TEXT,
        key_form TEXT,
        has_key INTEGER NOT NULL DEFAULT 0,
        key_is_stale INTEGER NOT NULL DEFAULT 0,
        gone_since INTEGER,
        first_seen INTEGER NOT NULL,
        last_changed INTEGER NOT NULL,
        refresh INTEGER NOT NULL,
        rev INTEGER NOT NULL,
        UNIQUE (account, vendor_id)
    ) STRICT;
    CREATE INDEX licenses_by_label ON licenses (folded_label, id);
    CREATE INDEX licenses_by_expiry ON licenses (expires, folded_label, id);
    CREATE INDEX licenses_by_name ON licenses (name_key) WHERE name_key IS NOT NULL;
    CREATE INDEX licenses_by_vendor_id ON licenses (vendor_id);
    CREATE INDEX licenses_by_rev ON licenses (rev);

    CREATE TABLE tombstones (
        kind TEXT NOT NULL,
        id INTEGER NOT NULL,
        rev INTEGER NOT NULL,
        PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tombstones_by_rev ON tombstones (rev);

    CREATE TABLE secrets (
        owner_kind TEXT NOT NULL,
        owner INTEGER NOT NULL,
        kind TEXT NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (owner_kind, owner, kind)
    ) STRICT;

    CREATE TABLE slots (
        kind TEXT PRIMARY KEY,
        key_id TEXT NOT NULL,
        salt BLOB,
        memory_kib INTEGER,
        passes INTEGER,
        lanes INTEGER,
        sealed BLOB
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tracked_files (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        license INTEGER NOT NULL REFERENCES licenses (id) ON DELETE CASCADE,
        path TEXT NOT NULL UNIQUE,
        format TEXT NOT NULL,
        in_place INTEGER NOT NULL,
        keep INTEGER NOT NULL,
        digest TEXT NOT NULL,
        written INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX tracked_files_by_license ON tracked_files (license);

    CREATE TABLE activity (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        verb TEXT NOT NULL,
        account TEXT,
        license INTEGER,
        label TEXT,
        outcome TEXT NOT NULL,
        detail TEXT,
        rev INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX activity_by_license ON activity (license, id) WHERE license IS NOT NULL;

    CREATE TABLE intents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        verb TEXT NOT NULL,
        account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        license INTEGER,
        payload TEXT NOT NULL,
        known_vendor_ids TEXT NOT NULL,
        at INTEGER NOT NULL,
        is_sent INTEGER NOT NULL,
        lease TEXT NOT NULL,
        rev INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE drafts (
        name TEXT PRIMARY KEY,
        draft TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
",
    r"
    ALTER TABLE licenses ADD COLUMN leaked_since INTEGER;
    CREATE INDEX licenses_leaked ON licenses (account) WHERE leaked_since IS NOT NULL;

    CREATE TABLE replacements (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        old INTEGER NOT NULL REFERENCES licenses (id) ON DELETE CASCADE,
        new INTEGER REFERENCES licenses (id) ON DELETE SET NULL,
        wanted TEXT NOT NULL,
        step TEXT NOT NULL,
        at INTEGER NOT NULL,
        rev INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX replacements_of_old ON replacements (old);
",
    r"
    ALTER TABLE replacements ADD COLUMN lease TEXT;
",
    r"
    ALTER TABLE meta ADD COLUMN key_id TEXT;
    ALTER TABLE meta ADD COLUMN place BLOB;
    ALTER TABLE meta ADD COLUMN place_device INTEGER;
    ALTER TABLE meta ADD COLUMN owns_entry INTEGER NOT NULL DEFAULT 0;
    UPDATE meta SET key_id = (SELECT key_id FROM slots LIMIT 1);
    UPDATE meta SET key_id = 'unknown' WHERE key_id IS NULL AND EXISTS (SELECT 1 FROM secrets);
    ALTER TABLE slots ADD COLUMN wrapped_for TEXT;
    UPDATE slots SET wrapped_for = (SELECT home_id FROM meta);
",
    r"
    ALTER TABLE tracked_files ADD COLUMN interrupted TEXT;

    CREATE TABLE file_writes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        license INTEGER REFERENCES licenses (id) ON DELETE SET NULL,
        path TEXT NOT NULL,
        format TEXT NOT NULL,
        in_place INTEGER NOT NULL,
        keep INTEGER NOT NULL,
        written INTEGER NOT NULL,
        target TEXT NOT NULL,
        temporary TEXT NOT NULL,
        overwrites INTEGER NOT NULL,
        digest TEXT NOT NULL,
        size INTEGER NOT NULL,
        before TEXT,
        before_size INTEGER NOT NULL DEFAULT 0,
        rest TEXT,
        lease TEXT NOT NULL
    ) STRICT;
    CREATE INDEX file_writes_by_license ON file_writes (license);
",
    r"
    ALTER TABLE tracked_files ADD COLUMN access TEXT NOT NULL DEFAULT '';
    ALTER TABLE file_writes ADD COLUMN access TEXT NOT NULL DEFAULT '';

    CREATE TABLE backups (
        path TEXT PRIMARY KEY,
        target TEXT NOT NULL,
        digest TEXT NOT NULL,
        made INTEGER NOT NULL,
        original INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX backups_by_target ON backups (target);
",
    r"
    ALTER TABLE file_writes ADD COLUMN interim TEXT;
",
    r#"
    ALTER TABLE licenses ADD COLUMN in_use INTEGER;
    UPDATE licenses SET in_use = json_extract(limits, '$."machines"');
"#,
    r"
    ALTER TABLE licenses ADD COLUMN imported_as TEXT;
    CREATE INDEX licenses_imported ON licenses (account) WHERE imported_as IS NOT NULL;
",
];

/// The tables of the present layout. A library that lacks one was restored in part, or damaged.
const TABLES: &[&str] = &[
    "meta",
    "accounts",
    "licenses",
    "tombstones",
    "secrets",
    "slots",
    "tracked_files",
    "activity",
    "intents",
    "drafts",
    "replacements",
    "file_writes",
    "backups",
];

/// The newest layout that this version knows.
pub(in crate::library) const KNOWN: u32 = STEPS.len() as u32;

/// The layout that a library has; 0 where it is new.
pub(in crate::library) fn layout(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Whether a library of the present layout has everything that belongs to it.
pub(in crate::library) fn is_whole(connection: &Connection) -> rusqlite::Result<bool> {
    let has_table = |table: &&str| {
        let asked = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1)";
        connection.query_row(asked, [table], |row| row.get::<_, bool>(0))
    };
    for table in TABLES {
        if !has_table(table)? {
            return Ok(false);
        }
    }
    connection.query_row("SELECT EXISTS (SELECT 1 FROM meta)", [], |row| row.get(0))
}

/// Brings a library from layout `from` to [`KNOWN`], wholly or not at all.
pub(in crate::library) fn migrate(connection: &mut Connection, from: u32) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for step in &STEPS[from as usize..] {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", KNOWN)?;
    transaction.commit()
}
