//! What to try after every error, as a snapshot. Set `INSTA_UPDATE=always` to write it again.

use super::{of, option};
use app::context::AppError;
use std::process::Command;
use vendors::{Instead, VendorError};

#[path = "../../../../app/tests/app/context/examples.rs"]
mod examples;

#[test]
fn every_error_has_its_hint() {
    let shown = |error: AppError| {
        let hint = of(&error).unwrap_or_else(|| "-".to_owned());
        format!("{}: {error}\n    {hint}\n", error.report().code)
    };
    let mut all: Vec<_> = examples::errors().into_iter().map(shown).collect();
    all.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("hints", all.concat()));
}

#[test]
fn the_hint_to_confirm_is_one_word_for_a_shell() {
    for name in ["north", "it's mine", "$HOME `id` \"x\" ; rm", "🚀 שלום"] {
        let hint = of(&AppError::NotConfirmed { expected: name.to_owned() }).unwrap();
        let script = hint.replacen("say --confirm", "printf '%s'", 1);
        let shell = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert_eq!(String::from_utf8(shell.stdout).unwrap(), name);
    }
}

#[test]
fn value_like_an_option_is_joined_to_its_option() {
    assert_eq!(option("--account", "acme"), "--account acme");
    assert_eq!(option("--confirm", "-v"), "--confirm=-v");
}

#[test]
fn hints_speak_of_the_vendor_that_was_asked() {
    let refusals = [
        VendorError::Unauthorized { words: None },
        VendorError::NotFound { words: None },
        VendorError::NotAPortal { what: Instead::HtmlPage },
    ];
    let at = |provider: &str, source| {
        let (account, doing) = ("a".into(), "creating \"x\"".into());
        of(&AppError::Vendor { provider: provider.into(), account, doing, source }).unwrap()
    };
    for refusal in refusals {
        let own = at("aidbox", refusal.clone());
        assert!(own.contains("portal"), "{own}");
        let other = at("licensor-of-next-year", refusal);
        assert!(!["portal", "aidbox", "Token"].iter().any(|word| other.contains(word)), "{other}");
    }
}
