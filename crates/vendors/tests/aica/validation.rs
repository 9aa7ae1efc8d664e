//! Whether a key is good: every answer is an answer, and only one to this very question.

use crate::{
    KEY, answering_by, key,
    server::{calls, json_api},
};
use license::ValidationCode;
use serde_json::{Value, json};
use testkit::{Answer, Received};

/// Answers a validation with what the request said.
fn validated(
    valid: Value,
    code: Value,
    nonce: impl Fn(u64) -> Value + Send + Sync,
) -> impl Fn(&Received) -> Answer + Send + Sync {
    move |seen| {
        let asked = seen.json();
        assert_eq!(asked["meta"]["key"], KEY);
        let meta = json!({"ts": "2026-06-01T00:00:00.000Z", "valid": valid, "detail": format!("about {KEY}"),
            "code": code, "nonce": nonce(asked["meta"]["nonce"].as_u64().unwrap())});
        json_api(200, &json!({"data": null, "meta": meta}))
    }
}

#[tokio::test]
async fn a_key_that_is_not_good_is_an_answer() {
    for (valid, code, expected) in [
        (true, json!("VALID"), ValidationCode::Valid),
        (false, json!("NOT_FOUND"), ValidationCode::NotFound),
        (false, json!("TOO_MANY_CORES"), ValidationCode::Other("TOO_MANY_CORES".to_owned())),
        (true, Value::Null, ValidationCode::Valid),
    ] {
        let (server, account) = answering_by(validated(json!(valid), code, |nonce| json!(nonce)));
        let read = account.validation().unwrap().validate(&key()).await.unwrap();
        assert_eq!((read.valid, read.code), (valid, expected));
        assert_eq!(read.detail.as_deref(), Some("about <redacted>"));
        assert_eq!(read.at, Some("2026-06-01T00:00:00Z".parse().unwrap()));
        assert_eq!(calls(&server), ["POST licenses/actions/validate-key"]);
        assert_eq!(server.received()[0].header("authorization"), None);
    }
}

#[tokio::test]
async fn an_answer_to_another_question_or_without_a_word_is_none() {
    for (valid, code, shift) in
        [(json!(true), json!("VALID"), 1), (Value::Null, json!("VALID"), 0), (json!(false), Value::Null, 0)]
    {
        let (_server, account) = answering_by(validated(valid, code, move |nonce| json!(nonce + shift)));
        assert_eq!(
            account.validation().unwrap().validate(&key()).await.unwrap_err().code(),
            "vendor-unreadable"
        );
    }
}
