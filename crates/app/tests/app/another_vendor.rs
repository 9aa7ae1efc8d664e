//! A vendor is data and facets: one that nobody here foresaw is connected, listed and asked for its machines without a line of
//! its own outside its folder.

use crate::acme;
use crate::common::{TestClock, TestHost, code, query};
use app::accounts::Login;
use app::context::{Context, LocalPortal, Parts, PortalUnavailable, Programs};
use app::list::Removal;
use license::{SecretUrl, Token};
use std::{collections::BTreeMap, sync::Arc};
use tempfile::TempDir;
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

/// What a person types into the form that the description asks for.
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
    assert_eq!((detail.facets, detail.removal), (&[Facet::Seats][..], Removal::Nowhere));

    assert!(!detail.has_core && detail.steps.is_empty(), "a product that nobody knows needs nothing either");

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

    assert_eq!(code(app::offers::validate(&context, press).await), "facet-missing");
    assert_eq!(code(app::accounts::sign_out(&context, account).await), "facet-missing");
    assert_eq!(code(app::changes::create_form(&context, account).await), "vendor-unsupported");
    let other = Login { provider: "aidbox".to_owned(), ..typed("gold") };
    assert_eq!(code(app::accounts::test_login(&context, other).await), "provider-unknown");
}
