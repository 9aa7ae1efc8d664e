//! What would be wrong with a license token, before it is sent to an instance.

use crate::{
    TokenFields,
    instance_glob::is_subject,
    jwt::{self, JwtError},
    key,
};
use jiff::Timestamp;
use url::Url;

/// What `prod` holds in the example of the vendor's document; what it must hold is not known.
const EXAMPLE_PRODUCT: &str = "metrics-dashboard-enterprise";

/// What a look at a token found.
#[derive(Debug, Clone, PartialEq)]
pub struct Preflight {
    /// What the token tells; nothing where it is no JWT.
    pub token: Option<TokenFields>,
    /// What is wrong with it, or worth knowing.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong with a token, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It is not a JWT.
    NotAJwt(JwtError),
    /// It does not count yet.
    NotYetValid {
        /// From when on it does.
        from: Timestamp,
    },
    /// The token has ended.
    TokenExpired {
        /// When it did.
        at: Timestamp,
    },
    /// The license has ended.
    LicenseExpired {
        /// When it did.
        at: Timestamp,
    },
    /// It is for another instance.
    WrongInstance {
        /// The instance that it is for.
        sub: String,
        /// The instance that it would be sent to.
        root: String,
    },
    /// A notice: it names other products than the document's example.
    OtherProduct {
        /// The products that it names.
        found: Vec<String>,
    },
    /// A notice: it does not tell which instance it is for.
    NoSubject,
    /// A notice: it does not tell when it ends.
    NoEnd,
}

impl Finding {
    /// Whether it is worth knowing rather than wrong.
    pub const fn is_notice(&self) -> bool {
        match self {
            Self::NotAJwt(_)
            | Self::NotYetValid { .. }
            | Self::TokenExpired { .. }
            | Self::LicenseExpired { .. }
            | Self::WrongInstance { .. } => false,
            Self::OtherProduct { .. } | Self::NoSubject | Self::NoEnd => true,
        }
    }

    /// The stable word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotAJwt(_) => "not-a-jwt",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::TokenExpired { .. } => "token-expired",
            Self::LicenseExpired { .. } => "license-expired",
            Self::WrongInstance { .. } => "wrong-instance",
            Self::OtherProduct { .. } => "other-product",
            Self::NoSubject => "no-subject",
            Self::NoEnd => "no-end",
        }
    }

    /// One English sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotAJwt(error) => format!("This is not a license token: {error}."),
            Self::NotYetValid { from } => format!("The token does not count before {from}."),
            Self::TokenExpired { at } => format!("The token ended on {at}; the license may last longer."),
            Self::LicenseExpired { at } => format!("The license ended on {at}."),
            Self::WrongInstance { sub, root } => format!(
                "The token is for {sub}, and this instance is {root}. That is the address of this account; the instance may have \
                 another root_url."
            ),
            Self::OtherProduct { found } => format!(
                "The token names other products than the document's example: {}. The instance decides.",
                found.join(", ")
            ),
            Self::NoSubject => "The token does not tell which instance it is for.".to_owned(),
            Self::NoEnd => "The token does not tell when it ends.".to_owned(),
        }
    }
}

impl Preflight {
    /// Whether nothing was found but notices.
    pub fn passes(&self) -> bool {
        self.findings.iter().all(Finding::is_notice)
    }
}

/// Looks a token over before it is sent to the instance at a root URL. Its signature is not judged: the issuer's key is not
/// known here, and the instance checks it.
pub fn preflight(token: &str, root: &Url, now: Timestamp) -> Preflight {
    match jwt::decode(key::token_alone(token).expose()) {
        Err(error) => Preflight { token: None, findings: vec![Finding::NotAJwt(error)] },
        Ok(decoded) => {
            let token = TokenFields::from_json(&decoded.claims);
            let findings = token_findings(&token, root, now);
            Preflight { token: Some(token), findings }
        }
    }
}

/// Returns what is wrong with a token for the instance at a root URL, or worth knowing.
pub fn token_findings(token: &TokenFields, root: &Url, now: Timestamp) -> Vec<Finding> {
    let begins = token.valid_from.filter(|from| *from > now).map(|from| Finding::NotYetValid { from });
    let ended = |end: Option<Timestamp>| end.filter(|end| *end <= now);
    let has_end = token.token_expires.or(token.license_expires).is_some();
    [
        begins,
        ended(token.token_expires).map(|at| Finding::TokenExpired { at }),
        ended(token.license_expires).map(|at| Finding::LicenseExpired { at }),
        subject(token.sub.as_deref(), root),
        products(&token.prod),
        (!has_end).then_some(Finding::NoEnd),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn subject(sub: Option<&str>, root: &Url) -> Option<Finding> {
    let Some(sub) = sub else { return Some(Finding::NoSubject) };
    let shown = root.as_str().trim_end_matches('/');
    (!is_subject(sub, root)).then(|| Finding::WrongInstance { sub: sub.to_owned(), root: shown.to_owned() })
}

fn products(named: &[String]) -> Option<Finding> {
    let is_other = !named.is_empty() && !named.iter().any(|product| product == EXAMPLE_PRODUCT);
    is_other.then(|| Finding::OtherProduct { found: named.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    use serde_json::{Value, json};

    const NOW: i64 = 1_800_000_000;
    const ROOT: &str = "https://play.example/grafana/";

    fn token(claims: &Value) -> String {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.c2ln", part(&json!({"alg": "RS256"})), part(claims))
    }

    /// The claims of a good token, with some of them changed.
    fn claims(changed: &Value) -> Value {
        let mut claims = json!({
            "sub": "https://play.example/grafana", "nbf": NOW - 10, "exp": NOW + 10, "lexp": NOW + 1000,
            "prod": ["metrics-dashboard-enterprise"], "company": "Northwind",
        });
        claims.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
        claims
    }

    fn look(text: &str) -> Preflight {
        preflight(text, &ROOT.parse().unwrap(), Timestamp::from_second(NOW).unwrap())
    }

    fn words(changed: &Value) -> Vec<&'static str> {
        look(&token(&claims(changed))).findings.iter().map(Finding::word).collect()
    }

    #[test]
    fn a_good_token_passes_as_it_stands_in_a_file() {
        let text = format!("{}\n", token(&claims(&json!({}))));
        let seen = look(&text);
        assert_eq!(seen.findings, []);
        assert!(seen.passes());
        assert_eq!(seen.token.unwrap().company.as_deref(), Some("Northwind"));
    }

    #[test]
    fn each_thing_that_is_wrong_is_named() {
        for (changed, expected) in [
            (json!({"nbf": NOW + 1}), "not-yet-valid"),
            (json!({"exp": NOW}), "token-expired"),
            (json!({"lexp": NOW - 1}), "license-expired"),
            (json!({"sub": "https://play.example"}), "wrong-instance"),
        ] {
            assert_eq!(words(&changed), [expected], "{changed}");
            assert!(!look(&token(&claims(&changed))).passes(), "{changed}");
        }
        let all = json!({"nbf": NOW + 1, "exp": NOW - 2, "lexp": NOW - 1, "sub": "https://other.example"});
        assert_eq!(words(&all), ["not-yet-valid", "token-expired", "license-expired", "wrong-instance"]);
    }

    #[test]
    fn notices_are_told_and_do_not_stop() {
        for (changed, expected) in [
            (json!({"prod": ["something-else"]}), vec!["other-product"]),
            (json!({"sub": ""}), vec!["no-subject"]),
            (json!({"exp": 0, "lexp": null}), vec!["no-end"]),
            (json!({"prod": null}), vec![]),
            (json!({"prod": ["more", "metrics-dashboard-enterprise"]}), vec![]),
            (json!({"sub": "https://*.example/grafana"}), vec![]),
        ] {
            assert_eq!(words(&changed), expected, "{changed}");
            assert!(look(&token(&claims(&changed))).passes(), "{changed}");
        }
    }

    #[test]
    fn the_two_addresses_stand_in_the_sentence() {
        let seen = look(&token(&claims(&json!({"sub": "https://other.example/"}))));
        let sentence = seen.findings[0].sentence();
        assert!(sentence.contains("https://other.example/"), "{sentence}");
        assert!(sentence.contains("https://play.example/grafana."), "{sentence}");
    }

    #[test]
    fn token_is_read_out_of_a_license_file() {
        let text = format!("PORT=3000\nBOX_LICENSE={}\n", token(&claims(&json!({}))));
        assert!(look(&text).passes());
    }

    #[test]
    fn a_torn_or_foreign_text_is_no_token_and_is_not_repeated() {
        let whole = token(&claims(&json!({})));
        let two_parts = whole.rsplit_once('.').unwrap().0;
        for text in [two_parts, &whole[..20], "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3", ""] {
            let seen = look(text);
            assert!(seen.token.is_none() && !seen.passes(), "{text}");
            assert_eq!(seen.findings[0].word(), "not-a-jwt");
            assert!(text.is_empty() || !seen.findings[0].sentence().contains(text));
        }
    }

    #[test]
    fn every_finding_has_a_sentence_of_its_own() {
        let at = Timestamp::from_second(NOW).unwrap();
        let url = || "https://a.example".to_owned();
        let all = [
            Finding::NotAJwt(JwtError::Header),
            Finding::NotYetValid { from: at },
            Finding::TokenExpired { at },
            Finding::LicenseExpired { at },
            Finding::WrongInstance { sub: url(), root: url() },
            Finding::OtherProduct { found: vec![] },
            Finding::NoSubject,
            Finding::NoEnd,
        ];
        let sentences: std::collections::BTreeSet<_> = all.iter().map(Finding::sentence).collect();
        assert_eq!(sentences.len(), all.len());
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.')));
    }
}
