//! What a license gives access to at the registry, asked with the license key itself.

use crate::{
    KEY, answering, answering_by, key,
    server::{OfAccount as _, json_api, refusal},
};
use serde_json::json;
use vendors::Reference;

#[tokio::test]
async fn packages_releases_and_artifacts_are_asked_with_the_key_alone() {
    let (server, account) = answering_by(|seen| {
        let one = match seen.path().as_str() {
            "packages" => {
                json!({"id": "p1", "attributes": {"name": "Motion", "key": "motion", "engine": "oci"}})
            }
            "releases" => {
                json!({"id": "r1", "attributes": {"name": null, "version": "1.2.3", "channel": "stable",
                "status": "PUBLISHED", "tag": "latest", "created": "2026-05-01T00:00:00Z"}})
            }
            "artifacts" => {
                json!({"id": "a1", "attributes": {"filename": "motion.tar.gz", "filetype": "tar.gz",
                "filesize": 1234, "platform": "linux", "arch": "amd64", "checksum": "abc"}})
            }
            other => panic!("{other}"),
        };
        json_api(200, &json!({"data": [one], "links": {"next": null}}))
    });
    let packages = account.packages().unwrap();
    let available = packages.available(&key()).await.unwrap();
    assert_eq!((available[0].key.as_str(), available[0].engine.as_deref()), ("motion", Some("oci")));
    let releases = packages.releases(&key(), "p1").await.unwrap();
    assert_eq!((releases[0].version.as_str(), releases[0].channel.as_deref()), ("1.2.3", Some("stable")));
    assert_eq!(
        (releases[0].tag.as_deref(), releases[0].status.as_deref()),
        (Some("latest"), Some("PUBLISHED"))
    );
    let artifacts = packages.artifacts(&key(), "r1").await.unwrap();
    assert_eq!((artifacts[0].filename.as_str(), artifacts[0].filesize), ("motion.tar.gz", Some(1234)));
    assert_eq!(
        (artifacts[0].arch.as_deref(), artifacts[0].checksum.as_deref()),
        (Some("amd64"), Some("abc"))
    );
    for seen in server.received() {
        assert_eq!(seen.header("authorization"), Some(format!("License {KEY}").as_str()));
        assert!(!seen.target.contains(KEY));
    }
    assert_eq!(server.received()[1].query("package").as_deref(), Some("p1"));
    assert_eq!(server.received()[2].query("release").as_deref(), Some("r1"));
}

#[tokio::test]
async fn a_key_that_is_not_good_is_refused_in_the_vendors_words() {
    let (_server, account) = answering(refusal(403, "LICENSE_SUSPENDED", "license is suspended"));
    let error = account.packages().unwrap().available(&key()).await.unwrap_err();
    assert_eq!((error.code(), error.words().unwrap().as_str()), ("vendor-rejected", "license is suspended"));
}

#[tokio::test]
async fn unknown_key_is_not_found_and_login_is_not_blamed() {
    let reference = Reference::Key(key());
    for (code, expected) in [
        ("LICENSE_INVALID", "vendor-not-found"),
        ("SOMETHING_NEW", "vendor-not-found"),
        ("LICENSE_EXPIRED", "vendor-rejected"),
    ] {
        let (_server, account) = answering(refusal(401, code, "no such key"));
        let packages = account.packages().unwrap().available(&key()).await.unwrap_err();
        let looked_up = account.get(&reference).await.unwrap_err();
        assert_eq!((packages.code(), looked_up.code()), (expected, expected), "{code}");
    }
    let (_server, account) = answering(json_api(401, &json!({})));
    assert_eq!(account.get(&reference).await.unwrap_err().code(), "vendor-not-found");
}
