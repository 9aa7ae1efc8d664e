//! AICA Core on this computer: whether it is in touch with the vendor, and what its license gives it (`docs/protocols.md`,
//! "AICA Core", [D]). It is asked without a login.

use crate::{
    CoreState, Http, Instead, LocalCore, VendorError,
    address::below,
    http::{Answer, Ask, page},
};
use async_trait::async_trait;
use license::resource::text;
use serde_json::Value;
use std::collections::BTreeMap;
use url::Url;

/// Where below the Core's API its license is told.
const LICENSE: [&str; 2] = ["v3", "license"];
/// What is read there.
const WHAT: &str = "the state of a Core";

/// A Core at the address of its API; nothing where that is not a web address.
pub(super) fn core(http: &Http, address: &Url) -> Option<Box<dyn LocalCore>> {
    if !matches!(address.scheme(), "http" | "https") || !address.has_host() {
        return None;
    }
    let mut base = address.clone();
    base.set_query(None);
    base.set_fragment(None);
    let path = base.path().trim_end_matches('/');
    let path = path.strip_suffix("/v3/license").unwrap_or(path).to_owned();
    base.set_path(&path);
    Some(Box::new(Core { http: http.clone(), license: below(&base, &LICENSE) }))
}

/// AICA Core.
#[derive(Debug)]
struct Core {
    http: Http,
    license: Url,
}

#[async_trait]
impl LocalCore for Core {
    async fn state(&self) -> Result<CoreState, VendorError> {
        let answer = self.http.ask(&Ask::json(&self.license)).await?;
        if let Some(what) = page(&answer) {
            return Err(VendorError::NotAPortal { what });
        }
        let document: Option<Value> = serde_json::from_slice(&answer.body).ok();
        let Some(document) = document.filter(Value::is_object) else { return Err(not_a_core(&answer)) };
        match answer.status {
            // Any server answers 404 to what it does not have; a Core says why by a code.
            404 if document.pointer("/error/code").is_some_and(Value::is_string) => {
                Ok(CoreState::Undetermined)
            }
            404 => Err(not_a_core(&answer)),
            _ if answer.is_success() => told(&document).ok_or_else(|| VendorError::Unreadable {
                what: WHAT,
                detail: "it does not say whether it is online".into(),
            }),
            status => {
                let words = document.pointer("/error/message").and_then(Value::as_str);
                let words = self.http.redactor([]).clean(words.unwrap_or_default(), answer.cut);
                Err(VendorError::Rejected { status, words })
            }
        }
    }
}

fn told(document: &Value) -> Option<CoreState> {
    let online = document.get("online")?.as_bool()?;
    let packages = document.get("signed_packages").and_then(Value::as_object);
    let packages: BTreeMap<String, String> = packages
        .into_iter()
        .flatten()
        .map(|(name, version)| {
            (name.clone(), version.as_str().map_or_else(|| version.to_string(), str::to_owned))
        })
        .collect();
    let entitlements = document.get("entitlements").and_then(Value::as_array);
    let entitlements = entitlements
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_str().map(str::to_owned).or_else(|| text(one, "code")))
        .collect();
    Some(CoreState::Reported { online, packages, entitlements })
}

fn not_a_core(answer: &Answer) -> VendorError {
    let kind = answer.content_type.clone().unwrap_or_else(|| "unknown".to_owned());
    VendorError::NotAPortal { what: Instead::OtherContent(kind) }
}
