//! A client that nobody here wrote: the `keygen-rs` crate, against both addresses, verifying every answer.

use keygen_rs::keygen_client::KeygenClient;
use keygen_rs::license::{
    LicenseCheckoutOpts, LicenseFileAlgorithm, LicenseListOptions, LicenseValidationRequest,
    LicenseValidationScope,
};
use portal::NewEntitled;

use crate::accounts::keygen::{Account, EMAIL};

/// The client with the portal's key, so that it refuses what is not signed: for a user, or for a license.
fn client(account: &Account, single: bool, key: Option<&str>) -> KeygenClient {
    let base = account.local.base();
    let (url, prefix) = if single { (base, "v1") } else { (format!("{base}/v1/accounts"), "acme") };
    let builder = KeygenClient::builder()
        .account("acme")
        .api_url(url)
        .api_prefix(prefix)
        .product("aica-system")
        .public_key(account.local.portal.public_key_hex())
        .verify_keygen_signature(true);
    match key {
        Some(key) => builder.license_key(key).build().unwrap(),
        None => builder.token(&account.token).build().unwrap(),
    }
}

#[tokio::test]
async fn it_lists_all_pages_by_cursor_and_reads_one() {
    let account = Account::logged_in().await;
    let new = |n| NewEntitled { name: Some(format!("cell-{n}")), ..NewEntitled::default() };
    account.local.portal.add_licenses("acme", EMAIL, 12, new).unwrap();
    for single in [false, true] {
        let client = client(&account, single, None);
        let (mut names, mut cursor) = (Vec::new(), None);
        loop {
            let options = LicenseListOptions {
                page_size: Some(5),
                page_cursor: cursor,
                ..LicenseListOptions::default()
            };
            let page = client.licenses().list(Some(&options)).await.unwrap();
            cursor = page.next_cursor();
            names.extend(page.data.iter().map(|license| license.name.clone().unwrap()));
            if cursor.is_none() {
                let first = client.licenses().get(&page.data[0].id).await.unwrap();
                assert_eq!(first.key, page.data[0].key);
                break;
            }
        }
        assert_eq!(names, (0..12).rev().map(|n| format!("cell-{n}")).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn it_validates_and_activates_and_releases_a_machine() {
    let account = Account::logged_in().await;
    let key = account.license("cell-07", &["vision"], Some(1));
    for single in [false, true] {
        let client = client(&account, single, Some(&key));
        let request = LicenseValidationRequest::new(LicenseValidationScope::default());
        let found = client.validate(&request).await.unwrap();
        assert_eq!((found.meta.valid, found.meta.code.as_str()), (false, "NO_MACHINE"));
        let license = found.license.unwrap();
        let machine = client.licenses().activate(&license.id, "aa:bb", &[]).await.unwrap();
        assert!(
            client
                .validate(&LicenseValidationRequest::for_fingerprint("aa:bb".to_owned()))
                .await
                .unwrap()
                .meta
                .valid
        );
        let machines = client.licenses().machines(&license.id, None).await.unwrap();
        assert_eq!(machines.data[0].fingerprint, "aa:bb");
        let entitlements = client.licenses().entitlements(&license.id, None).await.unwrap();
        assert_eq!(entitlements.data[0].code, "vision");
        client.licenses().deactivate_machine(&license.id, &machine.id).await.unwrap();
    }
}

#[tokio::test]
async fn it_verifies_and_opens_license_files_of_both_kinds() {
    let account = Account::logged_in().await;
    let key = account.license("cell-07", &["vision"], None);
    let client = client(&account, false, None);
    let id = client.licenses().get(&key).await.unwrap().id;
    let public = account.local.portal.public_key_hex();
    let mut options = LicenseCheckoutOpts::with_ttl(7200);
    options.include = Some(vec!["entitlements".to_owned()]);
    let file = client.licenses().checkout(&id, &options).await.unwrap();
    let dataset = file.verify_and_decode(&public, LicenseFileAlgorithm::Base64Ed25519).unwrap();
    assert_eq!((dataset.license.key.as_str(), dataset.ttl), (key.as_str(), 7200));
    assert_eq!(dataset.offline_entitlements().unwrap()[0].code, "vision");

    let file = client.licenses().checkout(&id, &options.clone().with_encrypt(true)).await.unwrap();
    let algorithm = LicenseFileAlgorithm::Aes256GcmEd25519;
    let dataset = file.verify_and_decrypt(&public, &key, algorithm).unwrap();
    assert_eq!(dataset.license.name.as_deref(), Some("cell-07"));
    assert!(file.verify_and_decrypt(&public, "another key", algorithm).is_err());
    let stranger = Account::start().await.local.portal.public_key_hex();
    assert!(file.verify_and_decrypt(&stranger, &key, algorithm).is_err());
    let text = client.licenses().checkout_certificate(&id, &options).await.unwrap();
    assert!(text.starts_with("-----BEGIN LICENSE FILE-----\n"), "{text}");
}

#[tokio::test]
async fn it_refuses_answers_when_it_knows_another_key() {
    let account = Account::logged_in().await;
    let stranger = Account::start().await.local.portal.public_key_hex();
    let client = KeygenClient::builder()
        .account("acme")
        .api_url(format!("{}/v1/accounts", account.local.base()))
        .api_prefix("acme")
        .token(&account.token)
        .public_key(stranger)
        .verify_keygen_signature(true)
        .build()
        .unwrap();
    let error = client.licenses().list(None).await.unwrap_err();
    assert!(error.to_string().to_lowercase().contains("signature"), "{error}");
}
