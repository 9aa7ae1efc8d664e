//! Errors as programs and people read them: a stable code, a kind for exit codes, and a hint that can be followed.

use crate::common::{SYSTEM_KEY, World, json, page};
use app::context::{AppError, Kind};
use std::time::Duration;
use testkit::Answer;

#[tokio::test]
async fn the_hint_to_confirm_is_one_word_for_a_shell() {
    let world = World::start().await;
    for name in ["north", "it's mine", "$HOME `id` \"x\" ; rm", "🚀 שלום"] {
        let id = app::import::import_text(&world.context, SYSTEM_KEY, Some(name)).await.unwrap().license;
        let hint = app::import::remove(&world.context, id, "no").await.unwrap_err().hint().unwrap();
        let script = hint.replacen("say --confirm", "printf '%s'", 1);
        let shell = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
        assert_eq!(String::from_utf8(shell.stdout).unwrap(), name);
        app::import::remove(&world.context, id, name).await.unwrap();
    }
}

#[tokio::test]
async fn a_vendors_refusal_keeps_its_kind_and_says_what_to_try() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let limited = json(429, "{}");
    for (fault, kind, hint) in [
        (json(401, "{}"), Kind::Failed, "Issue Token"),
        (limited, Kind::Failed, "try again"),
        (page(200), Kind::Failed, "address"),
        (Answer::Drop, Kind::Failed, "network"),
    ] {
        world.proxy.always("get-licenses", fault);
        let error = app::refresh::refresh(&world.context, account).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(error.hint().unwrap().contains(hint), "{error:?}");
        assert!(error.to_string().contains("listing licenses with the account \"a\""), "{error}");
        world.proxy.clear();
    }
}

fn at(provider: &str, source: vendors::VendorError) -> AppError {
    let (account, doing) = ("a".into(), "creating \"x\"".into());
    AppError::Vendor { provider: provider.into(), account, doing, source }
}

#[test]
fn hints_speak_of_the_vendor_that_was_asked() {
    use vendors::{Instead, VendorError};
    let refusals = [
        VendorError::Unauthorized { words: None },
        VendorError::NotFound { words: None },
        VendorError::NotAPortal { what: Instead::HtmlPage },
    ];
    for refusal in refusals {
        let own = at("aidbox", refusal.clone());
        assert!(own.hint().unwrap().contains("portal"), "{own:?}");
        assert_eq!(own.report().args["provider"], "aidbox");
        let other = at("licensor-of-next-year", refusal).hint().unwrap();
        assert!(!["portal", "aidbox", "Token"].iter().any(|word| other.contains(word)), "{other}");
    }
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
