//! What is sent is what the portal's document prints ("Manage Aidbox licenses via API"), and nothing more.

use crate::{
    JWT, TOKEN,
    fault::{answer, calls, json, portal, telling, yaml},
    id, key, patient, playing, project_at, wanted, whole,
};
use license::{Goal, Hosting, Tier};
use serde_json::{Value, json as object};
use testkit::{FaultServer, Received};
use vendors::{Accepts, Elsewhere, NewLicense, VendorError};

const LICENSE: &str = "result: {license: {id: l1, name: my-box, type: development}, jwt: a.b.c}";
const TAKES_ALL: &str = r#"{"create":["goal","hosting","aidbox-version","fhir-version"]}"#;

/// The one call of a test, asserted to be of the documented form.
fn documented_call(server: &FaultServer) -> Value {
    let calls = calls(server);
    let [call] = calls.as_slice() else { panic!("expected one call, not {}", calls.len()) };
    assert_form(call, "text/yaml");
    call.json()
}

fn assert_form(call: &Received, media_type: &str) {
    assert_eq!((call.method.as_str(), call.target.as_str()), ("POST", "/rpc"));
    assert_eq!(call.header("content-type"), Some(media_type));
    assert_eq!(call.header("accept"), Some(media_type));
    assert_eq!(call.header("authorization"), None, "the token travels in the body alone");
    assert_eq!(call.header("user-agent"), Some(concat!("licet/", env!("CARGO_PKG_VERSION"))));
}

#[tokio::test]
async fn the_list_is_asked_for_as_documented() {
    let (server, project) = playing([yaml(200, "result: []")]);
    whole(&*project).await.unwrap();
    let expected = object!({"method": "portal.portal/get-licenses", "params": {"token": TOKEN}});
    assert_eq!(documented_call(&server), expected);
}

#[tokio::test]
async fn a_license_is_asked_for_by_id_as_documented() {
    let (server, project) = playing([yaml(200, LICENSE)]);
    project.get(&id("l1")).await.unwrap();
    let expected = object!({"method": "portal.portal/get-license", "params": {"token": TOKEN, "id": "l1"}});
    assert_eq!(documented_call(&server), expected);
}

#[tokio::test]
async fn a_license_is_asked_for_by_license_string_as_documented() {
    let (server, project) = playing([yaml(200, LICENSE)]);
    project.get(&key(JWT)).await.unwrap();
    let expected =
        object!({"method": "portal.portal/get-license", "params": {"token": TOKEN, "license": JWT}});
    assert_eq!(documented_call(&server), expected);
}

#[tokio::test]
async fn a_license_is_removed_by_id_as_documented() {
    let (server, project) = playing([yaml(200, "result: {id: l1}")]);
    project.delete(&id("l1")).await.unwrap();
    let expected =
        object!({"method": "portal.portal/remove-license", "params": {"token": TOKEN, "id": "l1"}});
    assert_eq!(documented_call(&server), expected);
}

#[tokio::test]
async fn a_license_is_removed_by_license_string_as_documented() {
    let (server, project) = playing([yaml(200, &format!("result: {{id: l1, jwt: {JWT}}}"))]);
    project.delete(&key(JWT)).await.unwrap();
    let expected =
        object!({"method": "portal.portal/remove-license", "params": {"token": TOKEN, "license": JWT}});
    assert_eq!(documented_call(&server), expected);
}

#[tokio::test]
async fn each_type_is_created_with_its_documented_word() {
    for (tier, word) in
        [(Tier::Production, "production"), (Tier::Development, "development"), (Tier::Ci, "ci")]
    {
        let (server, project) = playing([yaml(200, LICENSE)]);
        project.create(&wanted("my-box", tier)).await.unwrap();
        let params = object!({"token": TOKEN, "name": "my-box", "product": "aidbox", "type": word});
        let expected = object!({"method": "portal.portal/issue-license", "params": params});
        assert_eq!(documented_call(&server), expected);
    }
}

#[tokio::test]
async fn any_name_arrives_as_it_was_typed() {
    let name = "it's \"mine\" <b>&</b> 🚀 שלום: {yaml} # no comment";
    let (server, project) = playing([yaml(200, LICENSE)]);
    project.create(&wanted(name, Tier::Ci)).await.unwrap();
    assert_eq!(documented_call(&server)["params"]["name"], name);
}

#[tokio::test]
async fn self_hosted_is_what_the_documented_call_means_anyway() {
    let (server, project) = playing([yaml(200, LICENSE)]);
    let order = NewLicense { hosting: Some(Hosting::SelfHosted), ..wanted("my-box", Tier::Development) };
    project.create(&order).await.unwrap();
    assert_eq!(documented_call(&server)["params"].get("hosting"), None);
}

#[tokio::test]
async fn what_the_documented_api_cannot_carry_is_refused_before_anything_is_sent() {
    let orders = [
        ("goal", NewLicense { goal: Some(Goal::Research), ..wanted("b", Tier::Development) }),
        ("hosting", NewLicense { hosting: Some(Hosting::Sandbox), ..wanted("b", Tier::Development) }),
        ("hosting", NewLicense { hosting: Some(Hosting::Aws), ..wanted("b", Tier::Development) }),
        (
            "fhir-version",
            NewLicense {
                choices: [("fhir-version".to_owned(), "4.0.1".to_owned())].into(),
                ..wanted("b", Tier::Development)
            },
        ),
    ];
    for (named, order) in orders {
        let (server, project) = playing([yaml(200, LICENSE)]);
        let error = project.create(&order).await.unwrap_err();
        let VendorError::NotCarried { param, elsewhere: Elsewhere::Page(page), .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(&**param, named);
        assert!(page.starts_with("https://aidbox.app"), "the error says where to make the choice");
        assert!(calls(&server).is_empty(), "nothing was sent");
    }
}

#[tokio::test]
async fn a_portal_that_says_what_it_takes_gets_every_choice_in_json() {
    let created = json(200, r#"{"result":{"license":{"id":"l1"},"jwt":"a.b.c"}}"#);
    let server = telling([created], json(200, TAKES_ALL));
    let project = project_at(&patient(), &server.url());
    let order = NewLicense {
        goal: Some(Goal::Evaluation),
        hosting: Some(Hosting::Sandbox),
        choices: [("aidbox-version", "edge"), ("fhir-version", "5.0.0")]
            .map(|(k, v)| (k.into(), v.into()))
            .into(),
        ..wanted("box", Tier::Development)
    };
    project.create(&order).await.unwrap();
    let call = &calls(&server)[0];
    assert_form(call, "application/json");
    let expected = object!({
        "token": TOKEN, "name": "box", "product": "aidbox", "type": "development", "goal": "evaluation",
        "hosting": "sandbox", "aidbox-version": "edge", "fhir-version": "5.0.0",
    });
    assert_eq!(call.json()["params"], expected);
}

#[tokio::test]
async fn even_a_telling_portal_gets_no_aws_and_no_unknown_version() {
    let choices = |param: &str, value: &str| [(param.to_owned(), value.to_owned())].into();
    for order in [
        NewLicense { hosting: Some(Hosting::Aws), ..wanted("b", Tier::Development) },
        NewLicense { choices: choices("fhir-version", "6.0.0"), ..wanted("b", Tier::Development) },
        NewLicense { choices: choices("color", "teal"), ..wanted("b", Tier::Development) },
    ] {
        let server = telling([json(200, "{}")], json(200, TAKES_ALL));
        let error = project_at(&patient(), &server.url()).create(&order).await.unwrap_err();
        assert_eq!(error.code(), "vendor-not-carried");
        assert!(calls(&server).is_empty());
    }
}

#[tokio::test]
async fn any_other_answer_about_capabilities_means_documented_parameters_only() {
    let others = [
        json(404, "{}"),
        answer(200, "text/html", "<!doctype html><title>Portal</title>"),
        json(200, r#"{"create":"everything"}"#),
        json(200, "[]"),
        json(500, r#"{"create":["goal"]}"#),
        answer(302, "text/html", "").with_header("Location", "https://elsewhere.example/login"),
        yaml(200, "create: [goal]"),
    ];
    for act in others {
        let server = telling([yaml(200, "result: []")], act.clone());
        let probe = project_at(&patient(), &server.url()).probe().await.unwrap();
        assert_eq!(probe.accepts, Accepts::documented(), "{act:?}");
        assert_form(&calls(&server)[0], "text/yaml");
    }
}

#[tokio::test]
async fn the_portal_is_asked_once_what_it_takes_and_never_with_the_token() {
    let server = telling([json(200, r#"{"result":[]}"#)], json(200, TAKES_ALL));
    let project = project_at(&patient(), &server.url());
    let probe = project.probe().await.unwrap();
    whole(&*project).await.unwrap();
    assert!(probe.accepts.has("goal") && probe.accepts.has("fhir-version"));
    let asked: Vec<Received> =
        server.received().into_iter().filter(|seen| seen.target == "/rpc/capabilities").collect();
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].method.as_str(), &*asked[0].body), ("GET", &b""[..]));
    assert!(!format!("{:?}", asked[0]).contains(TOKEN));
}

#[tokio::test]
async fn a_portal_below_a_path_is_called_below_that_path() {
    let server = portal([yaml(200, "result: []")]);
    let project = project_at(&patient(), &format!("{}/portals/north/", server.url()));
    whole(&*project).await.unwrap();
    assert_eq!(calls(&server)[0].target, "/portals/north/rpc");
}
