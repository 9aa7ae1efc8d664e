//! Packages, releases and artifacts, as a license opens them.

use portal::{NewArtifact, NewPackage, NewRelease};
use reqwest::Method;
use serde_json::Value;

use crate::accounts::keygen::{Account, answer};

fn package(key: &str, entitlement: Option<&str>) -> NewPackage {
    let artifact =
        NewArtifact { filename: format!("{key}.tar.gz"), filesize: Some(4096), ..NewArtifact::default() };
    let release = NewRelease {
        version: "1.2.3-rc.1".to_owned(),
        channel: "rc".to_owned(),
        status: "PUBLISHED".to_owned(),
        artifacts: vec![artifact],
        ..NewRelease::default()
    };
    NewPackage {
        key: key.to_owned(),
        name: key.to_owned(),
        engine: Some("oci".to_owned()),
        entitlement: entitlement.map(str::to_owned),
        releases: vec![release],
    }
}

#[tokio::test]
async fn a_license_sees_the_packages_that_it_is_entitled_to() {
    let account = Account::start().await;
    for (key, entitlement) in [("core", None), ("vision", Some("vision")), ("welding", Some("welding"))] {
        account.local.portal.add_package("acme", &package(key, entitlement)).unwrap();
    }
    assert!(account.local.portal.add_package("acme", &package("core", None)).is_err());
    let key = account.license("cell-07", &["vision"], None);
    let get = async |path: &str| {
        let request = account.request(Method::GET, path).header("authorization", format!("License {key}"));
        answer(request).await.1
    };
    let keys = |answer: &Value, name: &str| -> Vec<String> {
        let all = answer["data"].as_array().unwrap_or_else(|| panic!("{answer}"));
        all.iter().map(|one| one["attributes"][name].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(keys(&get("/packages").await, "key"), ["vision", "core"]);
    let releases = get("/releases?package=vision&channel=rc").await;
    assert_eq!(keys(&releases, "version"), ["1.2.3-rc.1"]);
    assert_eq!(releases["data"][0]["attributes"]["semver"]["prerelease"], "rc.1");
    assert_eq!(get("/releases?channel=stable").await["data"], Value::Array(Vec::new()));
    let release = releases["data"][0]["id"].as_str().unwrap();
    assert_eq!(keys(&get(&format!("/releases/{release}/artifacts")).await, "filename"), ["vision.tar.gz"]);
    assert_eq!(keys(&get(&format!("/artifacts?release={release}")).await, "filename"), ["vision.tar.gz"]);
    assert_eq!(get("/packages/welding").await["errors"][0]["code"], "NOT_FOUND");
}
