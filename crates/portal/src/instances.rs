//! Instances of the Metrics Dashboard, whose licensing endpoints the portal plays: who may ask, and their tokens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::Error;
use crate::Portal;
use crate::Result;
use crate::keygen::password;
use crate::order::SECONDS_A_DAY;
use crate::ordering::issue::ISSUER;
use crate::path_name;
use crate::portal::now;
use crate::secret::{Jwt, random_id};
use crate::storage::{Instance, InstanceUser, Stats};

const YEAR: i64 = 365 * SECONDS_A_DAY;

/// How long a token lasts before its instance asks for the next one (`docs/protocols.md`, "Token fields").
const TOKEN_SECONDS: i64 = 7 * SECONDS_A_DAY;

/// After this many wrong passwords within [`WINDOW`] a user is not let in for the rest of it.
const WRONG_PASSWORDS: u32 = 5;
const WINDOW: i64 = 5 * 60;

const ALL: &[&str] = &["read", "write", "delete"];

/// Eleven users of the fifteen that a token includes.
const SOME: Stats =
    Stats { active_users: 11, active_admins_and_editors: 4, active_viewers: 7, active_anonymous_devices: 0 };

/// What a token says: the fields of the vendor's document, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Claims {
    pub jti: String,
    pub iss: String,
    pub sub: String,
    pub iat: i64,
    pub exp: i64,
    pub nbf: i64,
    pub lexp: i64,
    pub lid: String,
    pub limit_by: String,
    pub included_users: i64,
    pub lic_exp_warn_days: i64,
    pub tok_exp_warn_days: i64,
    pub update_days: i64,
    pub prod: Option<Vec<String>>,
    pub company: String,
    pub account: String,
    pub slug: String,
    pub usage_billing: bool,
    pub max_concurrent_user_sessions: i64,
    pub details_url: String,
    pub trial: bool,
    pub trial_exp: i64,
    #[serde(rename = "anonymousRatio")]
    pub anonymous_ratio: i64,
}

impl Claims {
    /// A token of the instance for `sub`, whose license ends at `lexp`.
    fn new(instance: &Instance, sub: String, lexp: i64) -> Result<Self> {
        let claims = Self {
            iss: ISSUER.to_owned(),
            sub,
            lexp,
            lid: instance.lid.clone(),
            limit_by: "users".to_owned(),
            included_users: 15,
            lic_exp_warn_days: 30,
            tok_exp_warn_days: 2,
            update_days: 1,
            prod: Some(vec!["metrics-dashboard-enterprise".to_owned()]),
            company: "Licet local portal".to_owned(),
            account: instance.lid.clone(),
            slug: instance.name.clone(),
            ..Self::default()
        };
        claims.renewed(now())
    }

    /// The next token of the same license. That of an ended license has ended with it.
    pub(crate) fn renewed(self, now: i64) -> Result<Self> {
        let issued = if self.lexp <= now { self.lexp - TOKEN_SECONDS } else { now };
        let exp = self.lexp.min(issued + TOKEN_SECONDS);
        Ok(Self { jti: random_id()?, iat: issued, nbf: issued, exp, ..self })
    }

    /// Reads what a token or the storage says; nothing where it is of another kind.
    pub(crate) fn read(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok().filter(|claims: &Self| !claims.lid.is_empty() && claims.lexp != 0)
    }

    #[expect(clippy::expect_used, reason = "plain data always has a JSON form")]
    pub(crate) fn json(&self) -> String {
        // Invariant: strings, numbers and booleans always serialize.
        serde_json::to_string(self).expect("claims serialize")
    }
}

/// A login as it was sent.
pub(crate) enum Login {
    Missing,
    Bearer,
    Basic { user: String, password: Zeroizing<String> },
}

/// What comes of a login.
pub(crate) enum Admission {
    NoInstance,
    NoLogin,
    ServiceAccount,
    WrongPassword,
    Lacks(&'static str),
    Granted(Instance),
}

impl Portal {
    /// Adds an instance whose user `user` may do everything. Fails with [`Error::Taken`] where there is one.
    pub fn add_instance(&self, name: &str, user: &str, password: &str) -> Result<()> {
        path_name("instance", name)?;
        if !self.storage().add_instance(name, &random_id()?, SOME)? {
            return Err(Error::Taken { what: "instance", name: name.to_owned() });
        }
        self.add_instance_user(name, user, password, ALL)
    }

    /// Adds a user who may do what `permissions` say: of `read`, `write` and `delete`.
    pub fn add_instance_user(
        &self,
        name: &str,
        user: &str,
        password: &str,
        permissions: &[&str],
    ) -> Result<()> {
        path_name("user", user)?;
        let added = InstanceUser { password: password::hash(password)?, permissions: permissions.join(" ") };
        if self.storage().add_instance_user(self.instance(name)?.row, user, &added)? {
            return Ok(());
        }
        Err(Error::Taken { what: "user", name: user.to_owned() })
    }

    /// Makes a token of an instance's license, without applying it. `expires` is the license's end, in a year unless
    /// told; `sub` is the root URL it is for, where the portal is served unless told.
    pub fn instance_token(&self, name: &str, expires: Option<Timestamp>, sub: Option<&str>) -> Result<Jwt> {
        let instance = self.instance(name)?;
        let sub = match sub {
            Some(sub) => sub.to_owned(),
            None => {
                let base = self.storage().base()?.unwrap_or_else(|| "http://**".to_owned());
                format!("{base}/instances/{name}")
            }
        };
        let lexp = expires.map_or(now() + YEAR, Timestamp::as_second);
        let claims = Claims::new(&instance, sub, lexp)?;
        Ok(Jwt::new(Zeroizing::new(self.signer().sign(&claims.json()))))
    }

    /// Applies a token to its instance, as its own endpoint would.
    pub fn apply_instance_token(&self, name: &str, token: &Jwt) -> Result<()> {
        let claims = self.signer().claims(token.expose());
        self.storage().set_instance_claims(self.instance(name)?.row, claims.as_deref())
    }

    /// Sets how many users an instance counts.
    pub fn set_stats(&self, name: &str, stats: Stats) -> Result<()> {
        self.storage().set_instance_stats(self.instance(name)?.row, stats)
    }

    fn instance(&self, name: &str) -> Result<Instance> {
        let unknown = || Error::Unknown { what: "instance", name: name.to_owned() };
        self.storage().instance(name)?.ok_or_else(unknown)
    }

    /// Lets a login in that may do what `permission` says.
    pub(crate) fn admit(&self, name: &str, login: &Login, permission: &'static str) -> Result<Admission> {
        let Some(instance) = self.storage().instance(name)? else { return Ok(Admission::NoInstance) };
        let (user, password) = match login {
            Login::Missing => return Ok(Admission::NoLogin),
            Login::Bearer => return Ok(Admission::ServiceAccount),
            Login::Basic { user, password } => (user, password),
        };
        let (now, row) = (now(), instance.row);
        if self.storage().wrong_passwords(row, user, now - WINDOW)? >= WRONG_PASSWORDS {
            return Ok(Admission::WrongPassword);
        }
        let known = self.storage().instance_user(row, user)?;
        let fits = password::fits(password, known.as_ref().map(|user| user.password.as_str()));
        match known {
            Some(known) if fits => Ok(match known.permissions.split(' ').any(|has| has == permission) {
                true => Admission::Granted(instance),
                false => Admission::Lacks(permission),
            }),
            Some(_) | None => {
                self.storage().note_wrong_password(row, user, now, now - WINDOW)?;
                Ok(Admission::WrongPassword)
            }
        }
    }
}
