//! Every answer of the Keygen-compatible API is bound to its request by a signature.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, VerifyingKey};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::accounts::keygen::{Account, EMAIL};

/// Sends a request and verifies its answer by the key of the portal's JWK set; returns status and body.
async fn verified(account: &Account, request: RequestBuilder) -> (u16, String) {
    let request = request.build().unwrap();
    let method = request.method().as_str().to_lowercase();
    let target = match request.url().query() {
        Some(query) => format!("{}?{query}", request.url().path()),
        None => request.url().path().to_owned(),
    };
    let response = account.client.execute(request).await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.text().await.unwrap();
    let header = |name: &str| headers[name].to_str().unwrap();
    assert_eq!(header("keygen-version"), "1.8");
    assert_eq!((header("date"), header("digest")), (header("keygen-date"), header("keygen-digest")));
    assert_eq!(header("digest"), format!("sha-256={}", STANDARD.encode(Sha256::digest(&body))));
    let kind = headers.get("content-type").map(|kind| kind.to_str().unwrap());
    assert_eq!(kind, (status != 204).then_some("application/vnd.api+json"), "{target}");

    let signature = header("keygen-signature");
    let part = |name: &str| {
        let start = signature.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
        &signature[start..start + signature[start..].find('"').unwrap()]
    };
    assert_eq!((part("algorithm"), part("headers")), ("ed25519", "(request-target) host date digest"));
    let signed = format!(
        "(request-target): {method} {target}\nhost: {}\ndate: {}\ndigest: {}",
        account.local.serving.address(),
        header("date"),
        header("digest"),
    );
    let jwks = reqwest::get(format!("{}/.well-known/jwks.json", account.local.base())).await.unwrap();
    let jwks: Value = serde_json::from_str(&jwks.text().await.unwrap()).unwrap();
    assert_eq!(jwks["keys"][0]["kid"], part("keyid"));
    let key = URL_SAFE_NO_PAD.decode(jwks["keys"][0]["x"].as_str().unwrap()).unwrap();
    let key = VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap();
    let bytes = STANDARD.decode(part("signature")).unwrap();
    key.verify_strict(signed.as_bytes(), &Signature::from_slice(&bytes).unwrap()).unwrap();
    (status, body)
}

#[tokio::test]
async fn answers_of_every_kind_are_signed_refusals_included() {
    let account = Account::logged_in().await;
    account.license("cell-07", &[], None);
    let asked = |method: Method, path: &str| account.request(method, path).bearer_auth(&account.token);
    for (request, wanted) in [
        (asked(Method::GET, "/licenses?page[number]=1&page[size]=1&name=a%20b"), 200),
        (asked(Method::GET, ""), 200),
        (account.request(Method::GET, "/licenses"), 401),
        (asked(Method::GET, "/licenses/none"), 404),
        (asked(Method::GET, "/no/such/path"), 404),
        (asked(Method::DELETE, "/me"), 405),
        (asked(Method::GET, "/licenses?page[size]=0"), 400),
        (asked(Method::POST, "/machines").body("{"), 400),
        (asked(Method::POST, "/machines").body(vec![b'x'; 1024 * 1024 + 1]), 413),
        (account.client.get(format!("{}/v1/accounts/none/me", account.local.base())), 404),
    ] {
        let (status, body) = verified(&account, request).await;
        assert_eq!(status, wanted, "{body}");
        let document: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(document["errors"].is_array(), wanted >= 400, "{body}");
    }
    let (_, tokens) = account.get("/tokens").await;
    let path = format!("/tokens/{}", tokens["data"][0]["id"].as_str().unwrap());
    assert_eq!(verified(&account, asked(Method::DELETE, &path)).await, (204, String::new()));
}

#[tokio::test]
async fn the_account_tells_the_key_and_a_second_account_ends_the_short_address() {
    let account = Account::start().await;
    let (_, told) = account.get("").await;
    assert_eq!(told["meta"]["keys"]["ed25519"], account.local.portal.public_key_hex());
    let short = format!("{}/v1/me", account.local.base());
    let status = async || account.client.get(&short).send().await.unwrap().status().as_u16();
    assert_eq!(status().await, 401);
    account.local.portal.add_user("second", EMAIL, "x", false).unwrap();
    assert_eq!(status().await, 404);
}

#[tokio::test]
async fn a_license_file_is_checked_out_within_its_terms() {
    let account = Account::logged_in().await;
    let key = account.license("cell-07", &[], None);
    let path = format!("/licenses/{key}/actions/check-out");
    for (meta, wanted) in [
        (json!({"ttl": 60}), "CHECK_OUT_TTL_INVALID"),
        (json!({"include": ["everything"]}), "CHECK_OUT_INCLUDE_INVALID"),
        (json!({"algorithm": "base64+rsa-sha256"}), "CHECK_OUT_ALGORITHM_INVALID"),
    ] {
        let (status, refused) = account.send(Method::POST, &path, json!({"meta": meta})).await;
        assert_eq!((status.as_u16(), crate::accounts::keygen::code(&refused)), (422, wanted));
    }
    let (_, endless) = account.send(Method::POST, &path, json!({"meta": {"ttl": null}})).await;
    assert_eq!(endless["data"]["attributes"]["expiry"], json!(null));
    let (_, month) = account.send(Method::POST, &path, json!({})).await;
    assert_eq!(month["data"]["attributes"]["ttl"], 2_629_746);
    assert_eq!(month["data"]["attributes"]["algorithm"], "base64+ed25519");
}
