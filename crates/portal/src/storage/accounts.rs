//! Keygen-compatible accounts, their users, the users' tokens and login attempts.

use rusqlite::{OptionalExtension as _, Row, params};

use super::Storage;
use crate::Result;

/// An account: what stands in the path of its calls.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub row: i64,
    pub uid: String,
    pub slug: String,
    pub product: String,
    pub policy: String,
    pub created: i64,
}

impl Account {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: row.get("id")?,
            uid: row.get("uid")?,
            slug: row.get("slug")?,
            product: row.get("product")?,
            policy: row.get("policy")?,
            created: row.get("created")?,
        })
    }
}

/// A user of an account: with the secret of the one-time codes, so it is not for printing.
#[derive(Clone)]
pub(crate) struct User {
    pub row: i64,
    pub uid: String,
    pub email: String,
    pub password: String,
    pub otp: Option<Vec<u8>>,
    pub banned: bool,
    pub created: i64,
}

impl User {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: row.get("id")?,
            uid: row.get("uid")?,
            email: row.get("email")?,
            password: row.get("password")?,
            otp: row.get("otp")?,
            banned: row.get::<_, Option<i64>>("banned")?.is_some(),
            created: row.get("created")?,
        })
    }
}

/// A user who is about to be stored.
pub(crate) struct NewUser<'a> {
    pub uid: &'a str,
    pub email: &'a str,
    pub password: &'a str,
    pub otp: Option<&'a [u8]>,
}

/// What is known of a user's token.
#[derive(Debug, Clone)]
pub(crate) struct UserToken {
    pub uid: String,
    pub user: i64,
    pub name: Option<String>,
    pub expires: Option<i64>,
    pub created: i64,
}

impl UserToken {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            uid: row.get("uid")?,
            user: row.get("user")?,
            name: row.get("name")?,
            expires: row.get("expires")?,
            created: row.get("created")?,
        })
    }
}

/// Who tries to log in, as far as the login limit cares. Times are in milliseconds.
pub(crate) struct Attempt<'a> {
    pub account: i64,
    pub address: &'a str,
    pub email: &'a str,
    pub at: i64,
}

impl Storage {
    /// The account of that slug, made with the ids of `new` where it is new.
    pub(crate) fn account_named(&self, new: &Account) -> Result<Account> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO account (uid, slug, product, policy, created) VALUES (?, ?, ?, ?, ?)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![new.uid, new.slug, new.product, new.policy, new.created])?;
            let mut select = transaction.prepare_cached("SELECT * FROM account WHERE slug = ?")?;
            Ok(select.query_row([&new.slug], Account::read)?)
        })
    }

    /// The account of that slug or id.
    pub(crate) fn account(&self, named: &str) -> Result<Option<Account>> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT * FROM account WHERE slug = ?1 OR uid = ?1")?;
            Ok(select.query_row([named], Account::read).optional()?)
        })
    }

    /// Every account, by its slug.
    pub(crate) fn accounts(&self) -> Result<Vec<Account>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT * FROM account ORDER BY slug")?;
            let rows = select.query_map([], Account::read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Adds a user; false where the account has one of that e-mail.
    pub(crate) fn add_user(&self, account: &Account, new: &NewUser<'_>, now: i64) -> Result<bool> {
        self.write(|transaction| {
            let added = transaction
                .prepare_cached(
                    "INSERT INTO user (uid, account, email, password, otp, created) VALUES (?, ?, ?, ?, ?, ?)
                     ON CONFLICT (account, email) DO NOTHING",
                )?
                .execute(params![new.uid, account.row, new.email, new.password, new.otp, now])?;
            Ok(added == 1)
        })
    }

    pub(crate) fn user(&self, account: &Account, email: &str) -> Result<Option<User>> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT * FROM user WHERE account = ? AND email = ?")?;
            Ok(select.query_row(params![account.row, email], User::read).optional()?)
        })
    }

    pub(crate) fn set_banned(&self, user: &User, since: Option<i64>) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached("UPDATE user SET banned = ? WHERE id = ?")?
                .execute(params![since, user.row])?;
            Ok(())
        })
    }

    /// Counts a login, unless `most` came since `since`: then it is not counted, and the oldest of them is told.
    pub(crate) fn count_login(&self, attempt: &Attempt<'_>, since: i64, most: u32) -> Result<Option<i64>> {
        let Attempt { account, address, email, at } = attempt;
        self.write(|transaction| {
            transaction.prepare_cached("DELETE FROM login_attempt WHERE at <= ?")?.execute([since])?;
            let (count, oldest): (u32, Option<i64>) = transaction
                .prepare_cached(
                    "SELECT count(*), min(at) FROM login_attempt
                     WHERE account = ? AND address = ? AND email = ?",
                )?
                .query_row(params![account, address, email], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if count >= most {
                return Ok(oldest);
            }
            transaction
                .prepare_cached(
                    "INSERT INTO login_attempt (account, address, email, at) VALUES (?, ?, ?, ?)",
                )?
                .execute(params![account, address, email, at])?;
            Ok(None)
        })
    }

    /// Takes the one-time code of a step; not one of a step that was taken before, or of an earlier one.
    pub(crate) fn take_code(&self, user: &User, step: i64) -> Result<bool> {
        self.write(|transaction| {
            let taken = transaction.execute(
                "UPDATE user SET otp_step = ?2 WHERE id = ?1 AND ifnull(otp_step, -1) < ?2",
                params![user.row, step],
            )?;
            Ok(taken == 1)
        })
    }

    pub(crate) fn add_user_token(&self, token: &UserToken, hash: &[u8; 32]) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO user_token (uid, user, hash, name, expires, created) VALUES (?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![token.uid, token.user, hash, token.name, token.expires, token.created])?;
            Ok(())
        })
    }

    /// The token of that hash with its user, where the user is the account's.
    pub(crate) fn user_token(&self, account: &Account, hash: &[u8; 32]) -> Result<Option<(UserToken, User)>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT * FROM user_token WHERE hash = ?")?;
            let Some(token) = select.query_row([hash], UserToken::read).optional()? else { return Ok(None) };
            let mut select = connection.prepare_cached("SELECT * FROM user WHERE id = ? AND account = ?")?;
            let user = select.query_row(params![token.user, account.row], User::read).optional()?;
            Ok(user.map(|user| (token, user)))
        })
    }

    pub(crate) fn tokens_of_user(&self, user: &User) -> Result<Vec<UserToken>> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT * FROM user_token WHERE user = ? ORDER BY id DESC")?;
            let rows = select.query_map([user.row], UserToken::read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Revokes a token of the user; false where the user has no such token.
    pub(crate) fn remove_user_token(&self, user: &User, uid: &str) -> Result<bool> {
        self.write(|transaction| {
            let removed = transaction
                .prepare_cached("DELETE FROM user_token WHERE user = ? AND uid = ?")?
                .execute(params![user.row, uid])?;
            Ok(removed == 1)
        })
    }

    /// Ends every token of an account's users.
    pub(crate) fn expire_tokens(&self, account: &Account, at: i64) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "UPDATE user_token SET expires = ? WHERE user IN (SELECT id FROM user WHERE account = ?)",
                )?
                .execute(params![at, account.row])?;
            Ok(())
        })
    }
}
