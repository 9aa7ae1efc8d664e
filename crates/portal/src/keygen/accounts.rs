//! Keygen-compatible accounts: their users, and the licenses that the users own.

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::Error;
use crate::Portal;
use crate::Result;
use crate::keygen::{otp, password};
use crate::order::{Name, SECONDS_A_DAY};
use crate::path_name;
use crate::portal::now;
use crate::secret::{OtpUrl, SystemKey, random_hex, random_id};
use crate::storage::{Account, Activation, Entitled, EntitledDraft, Entitlement, Machine, NewUser, User};

/// How long a user's token lasts.
pub(crate) const TOKEN_SECONDS: i64 = 14 * SECONDS_A_DAY;

/// A license to add to an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewEntitled {
    /// The name; a license may have none.
    pub name: Option<String>,
    /// When it expires; never where this is missing.
    pub expires: Option<Timestamp>,
    /// Codes; those that are new to the account are made.
    pub entitlements: Vec<String>,
    /// Valid without machines where it is not told.
    pub max_machines: Option<u32>,
}

impl Portal {
    /// Adds a user to an account, which is made where it is new. Tells what an authenticator makes the user's one-time
    /// codes from, where logins need them.
    pub fn add_user(
        &self,
        account: &str,
        email: &str,
        password: &str,
        one_time_codes: bool,
    ) -> Result<Option<OtpUrl>> {
        path_name("account", account)?;
        let email = address(email)?;
        let secret = one_time_codes.then(otp::new_secret).transpose()?;
        let url = secret.as_ref().map(|secret| otp::url(secret.as_slice(), &email)).transpose()?;
        let hash = password::hash(password)?;
        let new = Account {
            row: 0,
            uid: random_id()?,
            slug: account.to_owned(),
            product: random_id()?,
            policy: random_id()?,
            created: now(),
        };
        let account = self.storage().account_named(&new)?;
        let uid = random_id()?;
        let otp = secret.as_ref().map(|secret| secret.as_slice());
        let user = NewUser { uid: &uid, email: &email, password: &hash, otp };
        if self.storage().add_user(&account, &user, now())? {
            return Ok(url);
        }
        Err(Error::Taken { what: "user", name: email })
    }

    /// Adds a license to a user of an account, and tells its key.
    pub fn add_license(&self, account: &str, email: &str, new: NewEntitled) -> Result<SystemKey> {
        let account = self.account(account)?;
        let draft = draft(new)?;
        let key = SystemKey::new(Zeroizing::new(draft.key.clone()));
        self.storage().add_entitled(&account, &self.user(&account, email)?, [Ok(draft)])?;
        Ok(key)
    }

    /// Adds `count` licenses to a user in one transaction; `new` says what the n-th one (from 0) is.
    pub fn add_licenses(
        &self,
        account: &str,
        email: &str,
        count: usize,
        mut new: impl FnMut(usize) -> NewEntitled,
    ) -> Result<()> {
        let account = self.account(account)?;
        let owner = self.user(&account, email)?;
        self.storage().add_entitled(&account, &owner, (0..count).map(|n| draft(new(n))))
    }

    /// Activates a machine for the license of that key.
    pub fn add_machine(
        &self,
        key: &str,
        fingerprint: &str,
        host: &str,
        heartbeat: Option<Timestamp>,
    ) -> Result<()> {
        let license = self.license_of_key(key)?;
        let machine = Machine {
            row: 0,
            uid: random_id()?,
            license: license.row,
            fingerprint: fingerprint.to_owned(),
            name: None,
            hostname: Some(host.to_owned()),
            platform: Some("linux".to_owned()),
            ip: None,
            cores: None,
            heartbeat: heartbeat.map(Timestamp::as_second),
            created: now(),
        };
        match self.storage().add_machine(&license, &machine)? {
            Activation::Done => Ok(()),
            Activation::FingerprintTaken => {
                Err(Error::Taken { what: "machine", name: fingerprint.to_owned() })
            }
            Activation::LimitExceeded => Err(Error::Full),
        }
    }

    /// Suspends the license of that key, or lifts it.
    pub fn set_suspended(&self, key: &str, suspended: bool) -> Result<()> {
        self.storage().set_suspended(&self.license_of_key(key)?, suspended, now())
    }

    /// Gives the license of that key another one, as a vendor does when the old one leaked.
    pub fn renew_key(&self, key: &str) -> Result<SystemKey> {
        let license = self.license_of_key(key)?;
        let key = new_key()?;
        self.storage().set_key(&license, key.expose(), now())?;
        Ok(key)
    }

    /// Takes the license of that key out of its account.
    pub fn remove_license(&self, key: &str) -> Result<()> {
        self.storage().remove_entitled(&self.license_of_key(key)?)
    }

    /// Switches a user off, or on again.
    pub fn ban_user(&self, account: &str, email: &str, banned: bool) -> Result<()> {
        let account = self.account(account)?;
        self.storage().set_banned(&self.user(&account, email)?, banned.then(now))
    }

    /// Ends every session of an account's users.
    pub fn expire_tokens(&self, account: &str) -> Result<()> {
        self.storage().expire_tokens(&self.account(account)?, now() - 1)
    }

    /// The Ed25519 key that verifies license files and answers, as 64 hexadecimal digits.
    pub fn public_key_hex(&self) -> String {
        self.signer().public_key_hex()
    }

    pub(crate) fn account(&self, named: &str) -> Result<Account> {
        let unknown = || Error::Unknown { what: "account", name: named.to_owned() };
        self.storage().account(named)?.ok_or_else(unknown)
    }

    fn user(&self, account: &Account, email: &str) -> Result<User> {
        let email = address(email)?;
        self.storage().user(account, &email)?.ok_or(Error::Unknown { what: "user", name: email })
    }

    fn license_of_key(&self, key: &str) -> Result<Entitled> {
        // The key itself is a secret, and is not named.
        let unknown = || Error::Unknown { what: "license", name: "(by its key)".to_owned() };
        self.storage().entitled_by_key(key)?.ok_or_else(unknown)
    }
}

/// An e-mail address as it is kept: in lower case.
fn address(email: &str) -> Result<String> {
    let fits = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    let plain = !email.contains([':', ' ']) && !email.contains(char::is_control);
    match fits && plain {
        true => Ok(email.to_lowercase()),
        false => Err(Error::Email(email.to_owned())),
    }
}

fn draft(new: NewEntitled) -> Result<EntitledDraft> {
    let created = now();
    let name = new.name.map(|name| Name::parse("license", &name)).transpose()?;
    let entitlements = new.entitlements.into_iter().map(|code| {
        path_name("entitlement", &code)?;
        Ok(Entitlement { uid: random_id()?, name: in_words(&code), code, created })
    });
    Ok(EntitledDraft {
        uid: random_id()?,
        name: name.map(|name| name.as_str().to_owned()),
        key: new_key()?.expose().to_owned(),
        expires: new.expires.map(Timestamp::as_second),
        max_machines: new.max_machines,
        entitlements: entitlements.collect::<Result<_>>()?,
        created,
    })
}

/// A new key of the form that the AICA documentation shows: five groups of six hexadecimal digits, and `V3`.
fn new_key() -> Result<SystemKey> {
    let digits = Zeroizing::new(random_hex::<15>()?.to_uppercase());
    let mut key = Zeroizing::new(String::with_capacity(37));
    for group in 0..5 {
        key.push_str(&digits[group * 6..group * 6 + 6]);
        key.push('-');
    }
    key.push_str("V3");
    Ok(SystemKey::new(key))
}

/// `motion-control` as "Motion control".
fn in_words(code: &str) -> String {
    let words = code.replace(['-', '_', '.'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
