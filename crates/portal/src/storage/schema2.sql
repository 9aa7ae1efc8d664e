-- Keygen-compatible accounts. Times are seconds since 1970 but for login attempts.
CREATE TABLE account (
    id      INTEGER PRIMARY KEY,
    uid     TEXT NOT NULL UNIQUE,
    slug    TEXT NOT NULL UNIQUE,
    product TEXT NOT NULL,              -- the id of its one product
    policy  TEXT NOT NULL,              -- the id of its one policy
    created INTEGER NOT NULL
) STRICT;
CREATE TABLE user (
    id       INTEGER PRIMARY KEY,
    uid      TEXT NOT NULL UNIQUE,
    account  INTEGER NOT NULL REFERENCES account (id),
    email    TEXT NOT NULL,             -- lower case
    password TEXT NOT NULL,             -- Argon2id, PHC string
    otp      BLOB,
    banned   INTEGER,
    created  INTEGER NOT NULL,
    UNIQUE (account, email)
) STRICT;
CREATE TABLE user_token (
    id      INTEGER PRIMARY KEY,
    uid     TEXT NOT NULL UNIQUE,
    user    INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    hash    BLOB NOT NULL UNIQUE,       -- SHA-256 of the token
    name    TEXT,
    expires INTEGER,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX user_token_of_user ON user_token (user);
CREATE TABLE login_attempt (
    account INTEGER NOT NULL,
    address TEXT NOT NULL,
    email   TEXT NOT NULL,
    at      INTEGER NOT NULL            -- milliseconds
) STRICT;
CREATE INDEX login_attempts_of ON login_attempt (account, address, email, at);
-- A license of an account. Its key stands here in clear: a licensing server must give it out.
CREATE TABLE entitled (
    id           INTEGER PRIMARY KEY,
    uid          TEXT NOT NULL UNIQUE,
    account      INTEGER NOT NULL REFERENCES account (id),
    owner        INTEGER NOT NULL REFERENCES user (id),
    name         TEXT,
    key          TEXT NOT NULL UNIQUE,
    expires      INTEGER,
    suspended    INTEGER NOT NULL DEFAULT 0,
    max_machines INTEGER,
    validated    INTEGER,
    checked_out  INTEGER,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL
) STRICT;
CREATE INDEX entitled_of_owner ON entitled (owner, created DESC, id DESC);
CREATE TABLE entitlement (
    id      INTEGER PRIMARY KEY,
    uid     TEXT NOT NULL UNIQUE,
    account INTEGER NOT NULL REFERENCES account (id),
    code    TEXT NOT NULL,
    name    TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (account, code)
) STRICT;
CREATE TABLE entitled_to (
    license     INTEGER NOT NULL REFERENCES entitled (id) ON DELETE CASCADE,
    entitlement INTEGER NOT NULL REFERENCES entitlement (id),
    PRIMARY KEY (license, entitlement)
) STRICT, WITHOUT ROWID;
CREATE TABLE machine (
    id          INTEGER PRIMARY KEY,
    uid         TEXT NOT NULL UNIQUE,
    license     INTEGER NOT NULL REFERENCES entitled (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    name        TEXT,
    hostname    TEXT,
    platform    TEXT,
    ip          TEXT,
    cores       INTEGER,
    heartbeat   INTEGER,
    created     INTEGER NOT NULL,
    UNIQUE (license, fingerprint)
) STRICT;
CREATE TABLE package (
    id          INTEGER PRIMARY KEY,
    uid         TEXT NOT NULL UNIQUE,
    account     INTEGER NOT NULL REFERENCES account (id),
    key         TEXT NOT NULL,
    name        TEXT NOT NULL,
    engine      TEXT,
    entitlement TEXT,                   -- the code that a license needs for it
    created     INTEGER NOT NULL,
    UNIQUE (account, key)
) STRICT;
CREATE TABLE release (
    id      INTEGER PRIMARY KEY,
    uid     TEXT NOT NULL UNIQUE,
    package INTEGER NOT NULL REFERENCES package (id),
    name    TEXT,
    version TEXT NOT NULL,
    channel TEXT NOT NULL,
    status  TEXT NOT NULL,
    tag     TEXT,
    created INTEGER NOT NULL
) STRICT;
CREATE TABLE artifact (
    id       INTEGER PRIMARY KEY,
    uid      TEXT NOT NULL UNIQUE,
    release  INTEGER NOT NULL REFERENCES release (id),
    filename TEXT NOT NULL,
    filetype TEXT,
    filesize INTEGER,
    platform TEXT,
    arch     TEXT,
    checksum TEXT,
    created  INTEGER NOT NULL
) STRICT;
-- Instances of the Metrics Dashboard.
CREATE TABLE instance (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    lid     TEXT NOT NULL,              -- the id of its license
    claims  TEXT,                       -- what its token says, as JSON
    users   INTEGER NOT NULL,
    editors INTEGER NOT NULL,
    viewers INTEGER NOT NULL,
    devices INTEGER NOT NULL
) STRICT;
CREATE TABLE instance_user (
    instance    INTEGER NOT NULL REFERENCES instance (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    password    TEXT NOT NULL,          -- Argon2id, PHC string
    permissions TEXT NOT NULL,          -- of read, write and delete, with a space between
    PRIMARY KEY (instance, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE wrong_password (
    instance INTEGER NOT NULL REFERENCES instance (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX wrong_passwords_of ON wrong_password (instance, name, at);
-- What the AICA Core endpoint tells; no row: not determined yet.
CREATE TABLE core (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    online       INTEGER NOT NULL,
    packages     TEXT NOT NULL,         -- JSON
    entitlements TEXT NOT NULL          -- JSON
) STRICT;
-- Where the portal was served last, for the addresses in tokens that are made while it is not.
CREATE TABLE place (one INTEGER PRIMARY KEY CHECK (one = 1), base TEXT NOT NULL) STRICT;
