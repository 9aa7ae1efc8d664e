//! What the service answers becomes licenses; what is unknown is kept as given.

use crate::{
    KEY, TOKEN, answering_by, key, license, nothing,
    server::{OfAccount as _, json_api, refusal},
    whole,
};
use license::{Expiry, Product, VendorStatus};
use serde_json::json;
use vendors::{Reference, VendorError};

#[tokio::test]
async fn a_license_is_opened_with_what_it_entitles_to() {
    let (server, account) = answering_by(|seen| match seen.path().as_str() {
        "licenses/1a" => {
            let mut found = license(
                "1a",
                json!({"name": "Cell 7", "key": KEY, "expiry": "2026-12-31T00:00:00.000Z",
                "status": "EXPIRING", "created": "2026-01-02T03:04:05.000Z", "maxMachines": 1, "strict": true}),
            );
            found["relationships"] = json!({"machines": {"meta": {"count": 1}}});
            json_api(200, &json!({ "data": found }))
        }
        "licenses/1a/entitlements" => json_api(
            200,
            &json!({"data": [
            {"type": "entitlements", "id": "e1", "attributes": {"name": "Motion", "code": "MOTION"}},
            {"type": "entitlements", "id": "e1", "attributes": {"name": "Motion", "code": "MOTION"}}]}),
        ),
        other => panic!("{other}"),
    });
    let found = account.get(&Reference::Id("1a".to_owned())).await.unwrap();
    assert_eq!(found.key, Some(key()));
    let license = found.license;
    assert_eq!((license.product, license.vendor_status), (Product::Aica, Some(VendorStatus::Active)));
    assert_eq!(license.expiry, Some(Expiry::On("2026-12-31T00:00:00Z".parse().unwrap())));
    assert_eq!(license.entitlements.unwrap().len(), 1);
    let limits = serde_json::to_value(license.limits).unwrap();
    assert_eq!(limits, json!({"max-machines": 1, "machines": 1, "strict": true}));
    assert_eq!(server.received()[0].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!(
        server.received()[1].query("page[size]").as_deref(),
        Some("100"),
        "the vendor's own bound is ten"
    );
}

#[tokio::test]
async fn a_license_is_found_by_its_key_without_the_key_in_an_address() {
    let (server, account) = answering_by(|seen| match seen.path().as_str() {
        "me" => json_api(200, &json!({"data": license("1a", json!({"name": null}))})),
        _ => nothing(),
    });
    let found = account.get(&Reference::Key(key())).await.unwrap();
    assert_eq!((found.key, found.license.vendor_id.as_str()), (Some(key()), "1a"));
    assert!(server.received().iter().all(|seen| !seen.target.contains(KEY)));
    assert_eq!(server.received()[0].header("authorization"), Some(format!("License {KEY}").as_str()));
}

#[tokio::test]
async fn one_that_is_gone_is_not_found() {
    let (_server, account) =
        answering_by(|_| refusal(404, "NOT_FOUND", "The requested license was not found"));
    let error = account.get(&Reference::Id("1a".to_owned())).await.unwrap_err();
    assert!(matches!(error, VendorError::NotFound { words: Some(_) }), "{error:?}");
}

#[tokio::test]
async fn a_license_without_a_name_and_one_of_an_unknown_status_stay_what_they_are() {
    let (_server, account) = answering_by(|seen| match seen.path().as_str() {
        "licenses" => json_api(
            200,
            &json!({"data": [
            license("0123456789", json!({"name": null, "key": null, "status": "FROZEN", "expiry": null, "newFact": 7}))]}),
        ),
        _ => refusal(403, "NOT_ALLOWED", "no"),
    });
    let all = whole(&*account).await.unwrap();
    let listed = &all.licenses[0];
    assert_eq!((listed.license.name.as_deref(), listed.license.label()), (None, "456789"));
    assert_eq!(listed.license.vendor_status, Some(VendorStatus::Other("FROZEN".to_owned())));
    assert_eq!((listed.license.expiry, &listed.key), (Some(Expiry::Never), &None));
    assert_eq!(listed.license.limits["new-fact"], json!(7));
    assert_eq!(listed.license.entitlements, None, "nobody may see them, so none are invented");
}

#[tokio::test]
async fn nothing_is_created_or_deleted_here() {
    let (server, account) = answering_by(|_| nothing());
    let error = account.delete(&Reference::Id("1a".to_owned())).await.unwrap_err();
    assert_eq!(error.code(), "vendor-unsupported");
    assert!(server.received().is_empty());
}
