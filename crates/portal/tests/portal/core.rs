//! The AICA Core endpoint.

use portal::CoreState;
use serde_json::{Value, json};

use crate::harness::Local;

#[tokio::test]
async fn a_core_tells_its_license_once_it_is_determined() {
    let local = Local::start().await;
    let url = format!("{}/core/api/v3/license", local.base());
    let ask = async || {
        let response = reqwest::get(&url).await.unwrap();
        let status = response.status().as_u16();
        (status, serde_json::from_str::<Value>(&response.text().await.unwrap()).unwrap())
    };
    let (status, refused) = ask().await;
    assert_eq!((status, &refused["error"]["code"]), (404, &json!("UNDETERMINED")));
    let state = CoreState {
        online: true,
        packages: [("core".to_owned(), "4.4.0".to_owned())].into(),
        entitlements: vec!["motion-control".to_owned()],
    };
    local.portal.set_core(Some(&state)).unwrap();
    let told =
        json!({"online": true, "signed_packages": {"core": "4.4.0"}, "entitlements": ["motion-control"]});
    assert_eq!(ask().await, (200, told));
    local.portal.set_core(None).unwrap();
    assert_eq!(ask().await.0, 404);
}
