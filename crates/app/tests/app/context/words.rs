//! Errors as programs read them: a stable code, and a kind for exit codes.

use crate::common::{World, json, page};
use app::context::AppError;
use errors::Kind;
use std::time::Duration;
use testkit::Answer;

#[tokio::test]
async fn a_vendors_refusal_keeps_its_kind_and_names_the_account() {
    let world = World::start().await;
    let account = world.connect("a").await;
    for (fault, code, kind) in [
        (json(401, "{}"), "vendor-unauthorized", Kind::Failed),
        (json(429, "{}"), "vendor-rate-limited", Kind::Failed),
        (page(200), "vendor-not-a-portal", Kind::Failed),
        (Answer::Drop, "vendor-interrupted", Kind::Offline),
    ] {
        world.proxy.always("get-licenses", fault);
        let error = app::refresh::refresh(&world.context, account).await.unwrap_err();
        assert_eq!((error.report().code.as_str(), error.kind()), (code, kind), "{error:?}");
        assert_eq!(error.report().args["provider"], "aidbox");
        assert!(error.to_string().contains("listing licenses with the account \"a\""), "{error}");
        world.proxy.clear();
    }
}

fn at(provider: &str, source: vendors::VendorError) -> AppError {
    let (account, doing) = ("a".into(), "creating \"x\"".into());
    AppError::Vendor { provider: provider.into(), account, doing, source }
}

#[test]
fn what_a_caller_can_do_decides_the_kind() {
    let vendor = |source| at("aidbox", source);
    let cause = vendors::VendorError::TimedOut { host: "h".into(), after: Duration::from_secs(30) };
    let unknown =
        vendor(vendors::VendorError::OutcomeUnknown { cause: cause.clone().into(), is_over: false });
    assert_eq!(unknown.kind(), Kind::OutcomeUnknown);
    assert!(!unknown.is_offline() && vendor(cause).is_offline());
    let facts = unknown.report();
    assert_eq!((facts.args["cause"].as_str(), facts.args["seconds"].as_str()), ("vendor-timed-out", "30"));
    let gone = vendor(vendors::VendorError::NotFound { words: None });
    assert_eq!((gone.kind(), gone.report().args["account"].as_str()), (Kind::NotFound, "a"));
    let facts_as_kept = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<app::context::ErrorReport>(&facts_as_kept).unwrap(), facts);
}
