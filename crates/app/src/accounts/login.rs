//! A login as it is typed: what is meant by it, and what of it may change.

use crate::context::{AppError, Context};
use license::{Token, pasted};
use std::{collections::BTreeMap, path::PathBuf};
use vault::Account;
use vendors::{ALLOW_HTTP, Description, FieldKind, Registry};

/// How the text of a file with certificates begins, also where words stand before it.
const PEM: &str = "-----BEGIN ";
/// The two lines that a certificate stands between.
const CERTIFICATE: [&str; 2] = ["-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"];

/// A login as typed into the form of a vendor's description.
#[derive(Debug, Clone)]
pub struct Login {
    /// The vendor's word.
    pub provider: String,
    /// A URL, or `local`.
    pub address: String,
    /// Further fields that are not secret.
    pub fields: BTreeMap<String, String>,
    /// The secret fields.
    pub secrets: BTreeMap<String, Token>,
}

/// The login as it was meant: secrets without what copying adds to them, and the text of the files that it names, so
/// that they may go.
pub(crate) async fn as_meant(
    context: &Context,
    known: &Description,
    mut login: Login,
) -> Result<Login, AppError> {
    for field in known.connect.iter().filter(|field| field.kind.is_secret()) {
        if let Some(given) = login.secrets.get_mut(field.name) {
            *given = pasted_secret(field.kind, given);
        }
    }
    for field in known.connect.iter().filter(|field| field.kind == FieldKind::CaFile) {
        let Some(given) = login.fields.get_mut(field.name) else { continue };
        if given.trim().is_empty() {
            continue;
        }
        if !given.contains(PEM) {
            let path = PathBuf::from(given.trim());
            let text = context.off_thread(move |_| Ok(vault::files::read_text(&path)?)).await?;
            *given = text.as_str().to_owned();
        }
        if let Some(certificates) = certificates_of(given) {
            *given = certificates;
        }
    }
    Ok(login)
}

/// The fields of an account that a user typed, without what a session added.
pub(crate) fn typed_fields(known: &Description, account: &Account) -> BTreeMap<String, String> {
    let typed = account.fields.iter().filter(|(name, _)| is_typed(known, name));
    typed.map(|(name, text)| (name.clone(), text.clone())).collect()
}

/// The typed fields that another login may change: not the address, nor what belongs to it.
pub(crate) fn changeable(registry: &Registry, account: &Account) -> BTreeMap<String, String> {
    let Ok(known) = registry.description(&account.provider) else { return BTreeMap::new() };
    let may_change = |name: &str| {
        let kind = known.connect.iter().find(|field| field.name == name).map(|field| field.kind);
        matches!(kind, Some(FieldKind::Text | FieldKind::PublicKey | FieldKind::AllowHttp))
    };
    typed_fields(known, account).into_iter().filter(|(name, _)| may_change(name)).collect()
}

/// Whether two logins say the same in what is not secret and has to be given: what may stay empty, such as a public key,
/// does not tell accounts apart.
pub(super) fn is_same_form(known: &Description, account: &Account, login: &Login) -> bool {
    let is_needed = |name: &str| known.connect.iter().any(|field| field.name == name && !field.optional);
    let needed = |fields: &BTreeMap<String, String>| {
        let needed = fields.iter().filter(|(name, _)| is_needed(name));
        needed.map(|(name, text)| (name.clone(), text.trim().to_owned())).collect::<Vec<_>>()
    };
    account.provider == login.provider
        && account.address == login.address
        && needed(&account.fields) == needed(&login.fields)
}

fn pasted_secret(kind: FieldKind, given: &Token) -> Token {
    let is_password = kind == FieldKind::Password;
    Token::new(match given.expose() {
        given if is_password => pasted::password(given).to_owned(),
        given => pasted::key(given).into_owned(),
    })
}

/// Whether a field is one that a user types.
pub(super) fn is_typed(known: &Description, name: &str) -> bool {
    known.connect.iter().any(|field| field.name == name)
}

/// The login that an account is entered with anew.
pub(crate) fn entered_anew(
    known: &Description,
    account: &Account,
    changed: BTreeMap<String, String>,
    secrets: BTreeMap<String, Token>,
) -> Login {
    let mut fields = typed_fields(known, account);
    fields.extend(changed);
    fields.retain(|_, text| !text.trim().is_empty());
    if account.address.starts_with("https:") {
        // Kept with an https:// address, it would take effect without a question if the address changed.
        fields.remove(ALLOW_HTTP);
    }
    Login { provider: account.provider.clone(), address: account.address.clone(), fields, secrets }
}

pub(super) fn same_secrets(one: &BTreeMap<String, Token>, other: &BTreeMap<String, Token>) -> bool {
    one.len() == other.len() && one.iter().all(|(name, secret)| other.get(name) == Some(secret))
}

/// The certificates of a PEM text without whatever else stands in it: beside them often lies the private key, which is
/// nobody's business here. Nothing where there is none.
fn certificates_of(pem: &str) -> Option<String> {
    let [begin, end] = CERTIFICATE;
    let mut certificates = String::new();
    let mut rest = pem;
    while let Some((_, after)) = rest.split_once(begin) {
        let (inside, after) = after.split_once(end)?;
        certificates.push_str(&format!("{begin}{inside}{end}\n"));
        rest = after;
    }
    (!certificates.is_empty()).then_some(certificates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use license::AccountId;
    use vendors::{ALLOWED, LOCAL_PORTAL};

    fn account(address: &str, allow_http: Option<&str>) -> Account {
        let kept = allow_http.map(|text| (ALLOW_HTTP.to_owned(), text.to_owned()));
        Account {
            id: AccountId(1),
            provider: LOCAL_PORTAL.provider.to_owned(),
            name: "north".to_owned(),
            address: address.to_owned(),
            fields: kept.into_iter().collect(),
            subject: None,
            capabilities: Vec::new(),
            validator: None,
            refreshed: None,
            refresh_outcome: None,
        }
    }

    #[test]
    fn permission_for_http_is_kept_for_an_http_address_only() {
        let known = LOCAL_PORTAL;
        let permission = |address, kept, changed: Option<&str>| {
            let changed = changed.map(|text| (ALLOW_HTTP.to_owned(), text.to_owned()));
            let account = account(address, kept);
            let entered = entered_anew(known, &account, changed.into_iter().collect(), BTreeMap::new());
            entered.fields.get(ALLOW_HTTP).cloned()
        };
        let yes = || Some(ALLOWED.to_owned());
        assert_eq!(permission("http://portal.example", None, Some(ALLOWED)), yes());
        assert_eq!(permission("http://portal.example", Some(ALLOWED), None), yes());
        assert_eq!(permission("http://portal.example", Some(ALLOWED), Some("")), None, "withdrawn");
        assert_eq!(permission("https://portal.example", None, Some(ALLOWED)), None);
        assert_eq!(permission("https://portal.example", Some(ALLOWED), None), None);
    }

    #[test]
    fn of_a_pem_file_nothing_is_kept_but_its_certificates() {
        let certificate =
            |inside| format!("-----BEGIN CERTIFICATE-----\n{inside}\n-----END CERTIFICATE-----\n");
        let (one, two) = (certificate("b25l"), certificate("dHdv"));
        let key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
        let pem = format!("subject: CN=authority\n{one}{key}{two}");
        assert_eq!(certificates_of(&pem), Some(format!("{one}{two}")));
        assert_eq!(certificates_of(key), None);
        assert_eq!(certificates_of("-----BEGIN CERTIFICATE-----\ncut off"), None);
    }
}
