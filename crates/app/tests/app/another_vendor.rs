//! A vendor is data and facets: one that nobody here foresaw is connected, listed and asked for its machines without a line of
//! its own outside its folder.

use crate::acme;
use crate::common::{TestClock, TestHost, code, query};
use app::accounts::Login;
use app::context::{Context, LocalPortal, Parts, PortalUnavailable, Programs};
use app::files::Target;
use app::list::Removal;
use license::{LicenseId, SecretUrl, Token, ValidationCode};
use std::{collections::BTreeMap, sync::Arc};
use tempfile::TempDir;
use testkit::put;
use url::Url;
use vault::{Home, Vault};
use vendors::{Facet, Http, Registration, Registry};

/// All that a program knows that has another vendor.
static KNOWN: &[Registration] = &[acme::REGISTRATION];

#[derive(Debug)]
struct NoPortal;

#[async_trait::async_trait]
impl LocalPortal for NoPortal {
    async fn address(&self) -> Result<Url, PortalUnavailable> {
        Err(PortalUnavailable { words: "no story needs it".to_owned() })
    }

    async fn issue_token(&self, _: &str) -> Result<Token, PortalUnavailable> {
        Err(PortalUnavailable { words: "no story needs it".to_owned() })
    }

    async fn page(&self) -> Result<SecretUrl, PortalUnavailable> {
        Err(PortalUnavailable { words: "no story needs it".to_owned() })
    }
}

async fn context(home: &TempDir, host: &Arc<TestHost>) -> Context {
    let context = context_knowing(home, host, KNOWN);
    app::keys::keep_for_session_only(&context).await.unwrap();
    context
}

/// A program that knows these vendors and no other.
pub(crate) fn context_knowing(
    home: &TempDir,
    host: &Arc<TestHost>,
    known: &'static [Registration],
) -> Context {
    Context::new(Parts {
        vault: Vault::open(Home::at(home.path())).unwrap(),
        registry: Registry::of(known),
        http: Http::default(),
        programs: Programs::default(),
        host: host.clone(),
        clock: Arc::new(TestClock::default()),
        portal: Arc::new(NoPortal),
    })
}

/// What a user types into the form that the description asks for.
fn typed(badge: &str) -> Login {
    let description = acme::REGISTRATION.description;
    let names: Vec<_> = description.connect.iter().map(|field| field.name).collect();
    assert_eq!(names, ["url", "badge"]);
    Login {
        provider: description.provider.to_owned(),
        address: "https://acme.example/gate".to_owned(),
        fields: BTreeMap::new(),
        secrets: description
            .secret_fields()
            .map(|name| (name.to_owned(), Token::new(badge.to_owned())))
            .collect(),
    }
}

#[tokio::test]
async fn a_vendor_of_one_folder_and_one_line_is_connected_listed_and_asked_for_its_machines() {
    let (home, host) = (TempDir::new().unwrap(), Arc::new(TestHost::default()));
    let context = context(&home, &host).await;

    let refused = app::accounts::test_login(&context, typed("tin")).await.unwrap_err();
    let told = refused.report();
    assert_eq!((told.code.as_str(), &told.args["provider"]), ("vendor-unauthorized", &"acme".into()));
    let tested = app::accounts::test_login(&context, typed("gold")).await.unwrap();
    assert_eq!((tested.subject.as_deref(), tested.licenses), (Some("Hall"), Some(1)));
    let account = app::accounts::keep_account(&context, &tested.ticket, "works").await.unwrap();
    app::refresh::refresh(&context, account).await.unwrap();

    let row = app::list::list(&context, query(""), 0, None).await.unwrap().rows.remove(0);
    assert_eq!((row.stored.license.label(), row.stored.license.product.word()), ("press", "acme"));
    let detail = app::list::detail(&context, row.stored.id).await.unwrap();
    assert_eq!((detail.facets, detail.removal), (&[Facet::Seats, Facet::Validation][..], Removal::Nowhere));

    assert!(!detail.has_core);

    let seen = app::offers::seats(&context, row.stored.id).await.unwrap();
    let machines: Vec<_> = seen.seats.iter().map(|seat| (seat.id.as_str(), seat.label())).collect();
    assert_eq!(machines, [("m-of-a-1", "hall-3")]);
    assert_eq!(
        code(app::offers::release_seat(&context, row.stored.id, "hall-3", "hall").await),
        "not-confirmed"
    );
    app::offers::release_seat(&context, row.stored.id, "hall-3", "hall-3").await.unwrap();
    let last = context.activity(None, 1).await.unwrap().remove(0).activity;
    assert_eq!(
        (last.verb.as_str(), last.label.as_deref(), last.outcome.as_str()),
        ("released", Some("hall-3"), "done")
    );
}

#[tokio::test]
async fn what_such_a_vendor_has_not_is_said_and_what_nobody_registered_is_not_known() {
    let (home, host) = (TempDir::new().unwrap(), Arc::new(TestHost::default()));
    let context = context(&home, &host).await;
    let tested = app::accounts::test_login(&context, typed("gold")).await.unwrap();
    let account = app::accounts::keep_account(&context, &tested.ticket, "works").await.unwrap();
    app::refresh::refresh(&context, account).await.unwrap();
    let press = app::list::resolve_license(&context, "press").await.unwrap();

    assert_eq!(code(app::offers::packages(&context, press).await), "facet-missing");
    assert_eq!(code(app::accounts::sign_out(&context, account).await), "facet-missing");
    assert_eq!(code(app::changes::create_form(&context, account).await), "vendor-unsupported");
    let other = Login { provider: "aidbox".to_owned(), ..typed("gold") };
    assert_eq!(code(app::accounts::test_login(&context, other).await), "provider-unknown");
}

/// The license of a connected account, in a home of its own.
async fn connected(context: &Context) -> LicenseId {
    let tested = app::accounts::test_login(context, typed("gold")).await.unwrap();
    let account = app::accounts::keep_account(context, &tested.ticket, "works").await.unwrap();
    app::refresh::refresh(context, account).await.unwrap();
    app::list::resolve_license(context, "press").await.unwrap()
}

#[tokio::test]
async fn facet_of_another_vendor_is_offered_and_answers() {
    let (home, host) = (TempDir::new().unwrap(), Arc::new(TestHost::default()));
    let context = context(&home, &host).await;
    let press = connected(&context).await;

    assert!(app::list::detail(&context, press).await.unwrap().facets.contains(&Facet::Validation));
    let validated = app::offers::validate(&context, press).await.unwrap();
    assert_eq!((validated.valid, validated.code), (true, ValidationCode::Valid));
}

#[tokio::test]
async fn variable_of_another_vendor_is_written_and_kept() {
    let (home, host) = (TempDir::new().unwrap(), Arc::new(TestHost::default()));
    let context = context(&home, &host).await;
    let press = connected(&context).await;

    let formats = app::list::detail(&context, press).await.unwrap().formats;
    assert_eq!(formats.iter().map(|format| format.word()).collect::<Vec<_>>(), ["env-press"]);
    let usual = app::files::suggested_path(&context, press, formats[0]).await.unwrap();
    assert!(usual.ends_with("press.env"), "{usual:?}");

    let path = home.path().join("works.env");
    put(&path, "# hall 3\nPRESSURE=9\n");
    let target = Target { format: formats[0], path: path.clone(), in_place: false, keep: true };
    let written = app::export::export(&context, press, target).await.unwrap();
    let text = "# hall 3\nPRESSURE=9\nPRESS_INGOT=ingot-of-gold\n";
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);

    put(&path, "# hall 3\nPRESSURE=9\nPRESS_INGOT=ingot-of-lead\n");
    app::export::repair(&context, written.file.tracked.id).await.unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "its format is found by its word");

    let run = app::export::run_plan(&context, press, home.path()).await.unwrap();
    assert!(run.preview.text.unwrap().starts_with("PRESS_INGOT="), "compose gets the same variable");
}

#[tokio::test]
async fn next_steps_of_another_vendor_are_shown() {
    let (home, host) = (TempDir::new().unwrap(), Arc::new(TestHost::default()));
    let context = context(&home, &host).await;
    let press = connected(&context).await;

    let detail = app::list::detail(&context, press).await.unwrap();
    let path = home.path().join("press.env");
    let target = Target { format: detail.formats[0], path: path.clone(), in_place: false, keep: false };
    let written = app::export::export(&context, press, target).await.unwrap();
    assert_eq!(written.next.command, format!("press load {}", path.display()));

    let step = &detail.steps[0];
    assert_eq!((step.id, step.body.as_str()), ("leaked", "Please melt \u{201c}press\u{201d} (id a-1)."));
    app::offers::open_step(&context, Some(press), "acme", "leaked").await.unwrap();
    assert!(host.opened()[0].starts_with("mailto:porter@acme.example?subject="), "{:?}", host.opened());
}

#[tokio::test]
async fn secret_of_another_vendor_is_redacted_in_an_error() {
    let (home, host) = (TempDir::new().unwrap(), Arc::new(TestHost::default()));
    let context = context(&home, &host).await;

    let refused = app::accounts::test_login(&context, typed("tin")).await.unwrap_err().report();
    assert_eq!(refused.detail.as_deref(), Some("the gate has seen <redacted>"));
}
