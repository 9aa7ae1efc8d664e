use std::path::Path;

use rusqlite::Connection;

use crate::Error;
use crate::Result;

/// Each step takes the file from the version of its index to the next.
const STEPS: &[&str] = &[
    "
    CREATE TABLE project (
        id      INTEGER PRIMARY KEY,
        uid     TEXT NOT NULL UNIQUE,
        name    TEXT NOT NULL UNIQUE,
        created INTEGER NOT NULL            -- seconds since 1970, like every time here
    ) STRICT;
    CREATE TABLE token (
        id      INTEGER PRIMARY KEY,
        project INTEGER NOT NULL REFERENCES project (id),
        hash    BLOB NOT NULL UNIQUE,       -- SHA-256 of the token
        ending  TEXT NOT NULL,              -- its last four characters
        issued  INTEGER NOT NULL,
        revoked INTEGER
    ) STRICT;
    CREATE INDEX token_of_project ON token (project);
    CREATE TABLE license (
        id             INTEGER PRIMARY KEY,
        uid            TEXT NOT NULL UNIQUE,
        project        INTEGER NOT NULL REFERENCES project (id),
        name           TEXT NOT NULL,
        product        TEXT NOT NULL,
        type           TEXT NOT NULL,
        goal           TEXT,
        hosting        TEXT NOT NULL,
        aidbox_version TEXT,
        fhir_version   TEXT,
        created        INTEGER NOT NULL,
        expires        INTEGER,
        max_instances  INTEGER NOT NULL,
        entitlements   TEXT NOT NULL        -- codes with a space between
    ) STRICT;
    CREATE INDEX license_of_project ON license (project, id);
    -- What a license string says, byte for byte, so that signing it again gives the same string also when a
    -- later version says more in new ones. Apart, so that a listing does not read it.
    CREATE TABLE license_claims (
        license INTEGER PRIMARY KEY REFERENCES license (id) ON DELETE CASCADE,
        claims  TEXT NOT NULL
    ) STRICT;
    CREATE TABLE ticket  (hash BLOB PRIMARY KEY, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE session (hash BLOB PRIMARY KEY, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
",
    include_str!("schema2.sql"),
    // The step of 30 seconds of the last one-time code that was taken: a code is taken once.
    "ALTER TABLE user ADD COLUMN otp_step INTEGER;",
];

/// Brings the file to this version's schema; a newer file is refused and left as it is.
pub(super) fn migrate(connection: &Connection, file: &Path) -> Result<()> {
    let known = STEPS.len() as i64;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(Error::Newer { path: file.to_owned(), found, known });
    }
    let done = usize::try_from(found).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, found))?;
    for (version, step) in STEPS.iter().enumerate().skip(done) {
        let version = version + 1;
        connection
            .execute_batch(&format!("BEGIN IMMEDIATE; {step} PRAGMA user_version = {version}; COMMIT;"))?;
    }
    Ok(())
}
