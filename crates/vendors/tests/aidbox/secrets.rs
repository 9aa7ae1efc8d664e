//! The token, license strings and addresses of hosted instances leave the client nowhere but on their way to the portal.

use crate::{
    JWT, TOKEN,
    fault::{answer, json, yaml},
    id, key, playing, wanted, whole,
};
use license::Tier;
use vendors::VendorError;

const BOX_TOKEN: &str = "box-token-91c2";

/// Everything that an error shows in any way.
fn shown(error: &VendorError) -> String {
    format!("{error} {error:?} {:?}", error.words())
}

#[tokio::test]
async fn a_token_that_the_portal_repeats_is_taken_out_of_its_words() {
    let echo = format!("the token {TOKEN} is not valid");
    for act in [
        json(401, &serde_json::json!({"error": {"message": echo}}).to_string()),
        yaml(422, &format!("error: '{echo}'")),
        answer(400, "text/plain", &echo),
        answer(502, "text/html", &format!("<html><title>{echo}</title></html>")),
        json(200, &format!("{{\"error\": \"{echo}\"}}")),
    ] {
        let (_server, project) = playing([act.clone()]);
        let error = whole(&*project).await.err().unwrap();
        assert!(!shown(&error).contains(TOKEN), "{act:?}: {error:?}");
        assert!(error.words().unwrap().as_str().contains("<redacted> is not valid"), "{error:?}");
    }
}

#[tokio::test]
async fn a_license_string_that_the_portal_repeats_is_taken_out_of_its_words() {
    for text in [JWT, "an-old-license-string"] {
        let (_server, project) = playing([answer(422, "text/plain", &format!("unknown license {text}"))]);
        let error = project.get(&key(text)).await.unwrap_err();
        assert_eq!(error.words().unwrap().as_str(), "unknown license <redacted>");
        let (_server, project) = playing([answer(422, "text/plain", &format!("unknown license {text}"))]);
        assert!(!shown(&project.delete(&key(text)).await.unwrap_err()).contains(text));
    }
}

#[tokio::test]
async fn what_looks_like_a_key_is_taken_out_although_it_was_never_sent() {
    let (_server, project) = playing([json(422, &format!("{{\"message\": \"issued {JWT} before\"}}"))]);
    let error = project.create(&wanted("b", Tier::Ci)).await.unwrap_err();
    assert_eq!(error.words().unwrap().as_str(), "issued <redacted> before");
}

#[tokio::test]
async fn key_of_another_vendor_is_masked() {
    let text = "moved to 5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";
    let (_server, project) = playing([answer(422, "text/plain", text)]);
    let error = project.create(&wanted("b", Tier::Ci)).await.unwrap_err();
    assert_eq!(error.words().unwrap().as_str(), "moved to <redacted>");
}

#[tokio::test]
async fn a_secret_torn_by_the_bound_on_refusals_does_not_show_its_first_half() {
    let body = format!("{}{TOKEN}{}", "word ".repeat(13_106), " word".repeat(50));
    assert!(body[..64 * 1024].ends_with(&TOKEN[..6]), "the bound falls into the token");
    let (_server, project) = playing([answer(400, "text/plain", &body)]);
    assert!(!shown(&whole(&*project).await.err().unwrap()).contains(&TOKEN[..6]));
}

#[tokio::test]
async fn words_are_bounded_however_many_there_are() {
    let (_server, project) = playing([answer(400, "text/plain", &"no ".repeat(100_000))]);
    assert!(whole(&*project).await.err().unwrap().words().unwrap().as_str().len() < 500);
}

#[tokio::test]
async fn of_a_hosted_instance_only_the_origin_is_told() {
    let address = format!("https://my-box.aidbox.example:8443/_sudo?token={BOX_TOKEN}&redirect=/");
    for (place, list) in [
        ("additional", format!("result: [{{id: a, additional: {{box-url: '{address}'}}}}]")),
        ("info", format!("result: [{{id: a, info: {{box-url: '{address}', other: '{address}'}}}}]")),
        ("top", format!("result: [{{id: a, box-url: '{address}', unknown: 'see {address}'}}]")),
    ] {
        let (_server, project) = playing([yaml(200, &list)]);
        let read = whole(&*project).await.unwrap().licenses;
        assert_eq!(
            read[0].license.instance_origin.as_deref(),
            Some("https://my-box.aidbox.example:8443"),
            "{place}"
        );
        assert!(!format!("{read:?}").contains(BOX_TOKEN), "{place}: {read:?}");
    }
}

#[tokio::test]
async fn the_address_of_an_instance_that_is_none_is_dropped() {
    let (_server, project) =
        playing([yaml(200, "result: {license: {id: a, additional: {box-url: 'javascript:alert(1)'}}}")]);
    assert_eq!(project.get(&id("a")).await.unwrap().license.instance_origin, None);
}

#[tokio::test]
async fn no_further_fact_of_a_license_holds_a_secret() {
    let license = format!(
        "{{id: a, box-token: {BOX_TOKEN}, api-key: {BOX_TOKEN}, note: {JWT}, info: {{password: {BOX_TOKEN}}}, max-instances: 2}}"
    );
    let (_server, project) = playing([yaml(200, &format!("result: {{license: {license}, jwt: {JWT}}}"))]);
    let found = project.get(&id("a")).await.unwrap();
    assert_eq!(found.license.limits.keys().collect::<Vec<_>>(), ["max-instances"]);
    assert!(!format!("{found:?}").contains(JWT));
}

#[tokio::test]
async fn the_client_itself_shows_no_token() {
    let (_server, project) = playing([json(200, "{}")]);
    assert!(!format!("{project:?}").contains(TOKEN));
}
