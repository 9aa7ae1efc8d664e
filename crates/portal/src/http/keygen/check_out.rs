//! License files: what a license says, signed, for machines that are offline.

use aes_gcm::aead::{Aead as _, KeyInit as _};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::ask::Ask;
use super::caller::Caller;
use super::problem::{Problem, Reply};
use super::wire;
use crate::Error;
use crate::Portal;
use crate::secret::random_id;
use crate::storage::Entitled;

/// A month, as the API counts it.
const MONTH: i64 = 2_629_746;
const SHORTEST: i64 = 3600;

const PLAIN: &str = "base64+ed25519";
const ENCRYPTED: &str = "aes-256-gcm+ed25519";

/// A license file as a resource.
pub(super) fn resource(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let (license, terms, certificate) = check_out(portal, ask)?;
    Ok(Reply::of(json!({
        "id": random_id()?,
        "type": "license-files",
        "attributes": {
            "certificate": certificate, "algorithm": terms.algorithm(), "ttl": terms.ttl,
            "expiry": terms.expiry(ask.now), "issued": wire::time(ask.now),
        },
        "relationships": {
            "account": wire::related("accounts", &ask.account.uid),
            "license": wire::related("licenses", &license.uid),
        },
        "links": {},
    })))
}

/// The certificate as a file.
pub(super) fn certificate_alone(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    check_out(portal, ask).map(|(_, _, certificate)| Reply::Text(certificate))
}

/// What a license file is to be like.
struct Terms {
    /// In seconds; without an end where there is none.
    ttl: Option<i64>,
    entitlements: bool,
    owner: bool,
    encrypted: bool,
}

impl Terms {
    /// Reads them from the query, else from `meta` of the body.
    fn of(ask: &Ask) -> Result<Self, Problem> {
        let body = ask.json()?;
        let given = |name: &str| match ask.parameter(name) {
            Some(text) => Some(Value::from(text)),
            None => body["meta"].get(name).cloned(),
        };
        let include = included(given("include"))?;
        let encrypt = match given("encrypt") {
            None | Some(Value::Null) => None,
            Some(other) => Some(matches!(plain(&other).as_str(), "1" | "true")),
        };
        let encrypted = match (given("algorithm").map(|algorithm| plain(&algorithm)).as_deref(), encrypt) {
            (None | Some("null"), encrypt) => encrypt.unwrap_or(false),
            (Some(PLAIN), None | Some(false)) => false,
            (Some(ENCRYPTED), None | Some(true)) => true,
            (Some(_), _) => {
                let problem =
                    Problem::unprocessable("CHECK_OUT_ALGORITHM_INVALID", "algorithm is not supported");
                return Err(problem.at("parameter", "algorithm"));
            }
        };
        let includes = |name: &str| include.iter().any(|included| included == name);
        Ok(Self {
            ttl: lifetime(given("ttl"))?,
            entitlements: includes("entitlements"),
            owner: includes("owner"),
            encrypted,
        })
    }

    fn algorithm(&self) -> &'static str {
        if self.encrypted { ENCRYPTED } else { PLAIN }
    }

    fn expiry(&self, now: i64) -> Option<String> {
        self.ttl.map(|ttl| wire::time(now + ttl))
    }
}

/// A number or word, however it was sent.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn lifetime(given: Option<Value>) -> Result<Option<i64>, Problem> {
    let Some(given) = given else { return Ok(Some(MONTH)) };
    let text = plain(&given);
    if given.is_null() || text == "null" {
        return Ok(None);
    }
    // A century is longer than any file is of use, and far within what a timestamp holds.
    match text.parse::<i64>() {
        Ok(ttl) if (SHORTEST..=100 * 366 * 86_400).contains(&ttl) => Ok(Some(ttl)),
        Ok(_) | Err(_) => Err(Problem::unprocessable(
            "CHECK_OUT_TTL_INVALID",
            "must be greater than or equal to 3600 (1 hour)",
        )
        .at("parameter", "ttl")),
    }
}

fn included(given: Option<Value>) -> Result<Vec<String>, Problem> {
    let names: Vec<String> = match given {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(names)) => names.iter().map(plain).collect(),
        Some(one) => plain(&one).split(',').map(|name| name.trim().to_owned()).collect(),
    };
    let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    match names.iter().all(|name| matches!(name.as_str(), "entitlements" | "owner")) {
        true => Ok(names),
        false => Err(Problem::unprocessable("CHECK_OUT_INCLUDE_INVALID", "include: entitlements, owner")
            .at("parameter", "include")),
    }
}

fn check_out(portal: &Portal, ask: &Ask) -> Result<(Entitled, Terms, String), Problem> {
    let caller = Caller::of(portal, ask)?;
    let mut license = caller.license(portal, ask, ask.id())?;
    let terms = Terms::of(ask)?;
    portal.storage().note_checked_out(&license, ask.now)?;
    license.checked_out = Some(ask.now);
    let content = json!({
        "meta": {"issued": wire::time(ask.now), "expiry": terms.expiry(ask.now), "ttl": terms.ttl},
        "data": wire::license(ask, &license),
        "included": contained(portal, ask, &caller, &license, &terms)?,
    });
    let content = content.to_string();
    let enc = match terms.encrypted {
        true => sealed(&license.key, content.as_bytes())?,
        false => STANDARD.encode(content),
    };
    let sig = STANDARD.encode(portal.signer().signature(format!("license/{enc}").as_bytes()));
    let inner = json!({"enc": enc, "sig": sig, "alg": terms.algorithm()}).to_string();
    Ok((license, terms, enveloped(&inner)))
}

fn contained(
    portal: &Portal,
    ask: &Ask,
    caller: &Caller,
    license: &Entitled,
    terms: &Terms,
) -> Result<Vec<Value>, Problem> {
    let mut included = Vec::new();
    if terms.entitlements {
        let all = portal.storage().entitlements_of(license)?;
        included.extend(all.iter().map(|entitlement| wire::entitlement(ask, entitlement)));
    }
    if let (true, Caller::User(user, _)) = (terms.owner, caller) {
        included.push(wire::user(ask, user));
    }
    Ok(included)
}

/// `ciphertext.iv.tag`, each in base64, under the SHA-256 of the license's key.
fn sealed(key: &str, content: &[u8]) -> Result<String, Problem> {
    let mut iv = [0u8; 12];
    getrandom::fill(&mut iv).map_err(Error::Random)?;
    let cipher = Aes256Gcm::new(&Sha256::digest(key.as_bytes()));
    let failed = |_| Problem::from(Error::Ended("a license file cannot be encrypted".to_owned()));
    let mut sealed = cipher.encrypt(&Nonce::from(iv), content).map_err(failed)?;
    // Invariant: the tag of 16 bytes stands at the end.
    let tag = sealed.split_off(sealed.len() - 16);
    Ok(format!("{}.{}.{}", STANDARD.encode(sealed), STANDARD.encode(iv), STANDARD.encode(tag)))
}

fn enveloped(inner: &str) -> String {
    let text = STANDARD.encode(inner);
    let lines: Vec<&str> = (0..text.len()).step_by(60).map(|at| &text[at..text.len().min(at + 60)]).collect();
    format!("-----BEGIN LICENSE FILE-----\n{}\n-----END LICENSE FILE-----\n", lines.join("\n"))
}
