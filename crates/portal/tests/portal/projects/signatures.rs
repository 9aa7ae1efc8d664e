//! License strings as others verify them.

use serde_json::{Value, json};

use crate::harness::{Local, client, python};

async fn jwks(local: &Local) -> Value {
    let response = client().get(format!("{}/.well-known/jwks.json", local.base())).send().await.unwrap();
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

fn verified(local: &Local, strings: Value) -> Vec<Value> {
    python("verify_jwt.py", &json!({"base": local.base(), "strings": strings})).as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn pyjwt_verifies_every_type_against_the_published_keys() {
    let local = Local::start().await;
    for tier in ["development", "production", "ci"] {
        let issued = local.issue("ward \"3\"", tier, json!({"hosting": "sandbox"})).await;
        let seen = &verified(&local, json!([issued["jwt"]]))[0];
        let (claims, license) = (&seen["claims"], &issued["license"]);
        assert_eq!(seen["header"]["alg"], "EdDSA", "{seen}");
        assert_eq!(seen["header"]["kid"], jwks(&local).await["keys"][0]["kid"]);
        assert_eq!(claims["iss"], license["issuer"]);
        assert_eq!(claims["sub"], license["id"]);
        assert_eq!(claims["name"], "ward \"3\"");
        assert_eq!(claims["type"], tier);
        assert_eq!(claims["hosting"], "sandbox");
        assert_eq!(claims["product"], "aidbox");
        assert_eq!(claims["project"], license["project"]["id"]);
        assert_eq!(claims["max-instances"], license["max-instances"]);
        assert_eq!(claims["entitlements"], license["entitlements"]);
        assert_eq!(claims["iat"], claims["nbf"]);
        let expires =
            license["expiration"].as_str().map(|time| time.parse::<jiff::Timestamp>().unwrap().as_second());
        assert_eq!(claims["exp"].as_i64(), expires, "{tier}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pyjwt_refuses_an_altered_string() {
    let local = Local::start().await;
    let issued = local.issue("box", "production", json!({})).await;
    let other = local.issue("other", "development", json!({})).await;
    let parts: Vec<&str> = issued["jwt"].as_str().unwrap().split('.').collect();
    let others: Vec<&str> = other["jwt"].as_str().unwrap().split('.').collect();
    let mixed = format!("{}.{}.{}", parts[0], others[1], parts[2]);
    let seen = &verified(&local, json!([mixed]))[0];
    assert_eq!(seen["error"], "InvalidSignatureError");
}

#[tokio::test(flavor = "multi_thread")]
async fn pyjwt_does_not_find_another_portals_key() {
    let (here, there) = (Local::start().await, Local::start().await);
    let issued = there.issue("box", "development", json!({})).await;
    let seen = &verified(&here, json!([issued["jwt"]]))[0];
    assert_eq!(seen["error"], "PyJWKClientError");
}

#[tokio::test]
async fn every_license_has_an_id_of_its_own_in_its_string() {
    let local = Local::start().await;
    let strings: Vec<Value> = [
        local.issue("box", "development", json!({})).await["jwt"].clone(),
        local.issue("box", "development", json!({})).await["jwt"].clone(),
    ]
    .into();
    assert_ne!(strings[0], strings[1]);
}

#[tokio::test]
async fn the_published_keys_hold_no_private_part() {
    let local = Local::start().await;
    let keys = jwks(&local).await;
    let key = keys["keys"][0].as_object().unwrap();
    assert_eq!(key["kty"], "OKP");
    assert_eq!(key["crv"], "Ed25519");
    assert!(!key.contains_key("d"), "{keys}");
}

#[tokio::test]
async fn the_key_outlives_a_restart() {
    let local = Local::start().await;
    let before = jwks(&local).await;
    let again = portal::Portal::open(local.data.path()).unwrap();
    let local = Local { serving: again.listen("127.0.0.1:0").await.unwrap(), ..local };
    assert_eq!(jwks(&local).await, before);
}

#[tokio::test]
async fn a_damaged_key_is_named_and_left_alone() {
    let data = tempfile::TempDir::new().unwrap();
    drop(portal::Portal::open(data.path()).unwrap());
    let file = data.path().join("signing-key");
    std::fs::File::options().write(true).open(&file).unwrap().set_len(7).unwrap();
    let error = portal::Portal::open(data.path()).unwrap_err();
    assert!(matches!(&error, portal::Error::DamagedKey { path } if *path == file), "{error}");
    assert_eq!(std::fs::metadata(&file).unwrap().len(), 7);
}
