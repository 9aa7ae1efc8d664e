//! The Aidbox client and the local portal, which share no code, over real HTTP: each holds the other to the documents.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use license::{Expiry, Goal, Hosting, LicenseKey, LicenseName, Product, Tier, Token, VendorStatus};
use portal::{Name, Order, Portal, Serving};
use std::collections::BTreeMap;
use tempfile::TempDir;
use vendors::{
    Accepts, Connection, Found, Http, Listed, Listing, NewLicense, Reference, Turn, Validator, Vendor,
    VendorError,
};

const ALL_CHOICES: [&str; 4] = ["aidbox-version", "fhir-version", "goal", "hosting"];

/// A portal served in this process, and a project at it.
struct Local {
    _data: TempDir,
    portal: Portal,
    serving: Serving,
    project: Box<dyn Vendor>,
}

impl Local {
    async fn start() -> Self {
        let data = TempDir::new().unwrap();
        let portal = Portal::open(data.path()).unwrap();
        let serving = portal.listen("127.0.0.1:0").await.unwrap();
        let token = portal.issue_token("northwind").unwrap().expose().to_owned();
        let project = project(&serving, token);
        Self { _data: data, portal, serving, project }
    }

    fn project_of(&self, name: &str) -> Box<dyn Vendor> {
        project(&self.serving, self.portal.issue_token(name).unwrap().expose().to_owned())
    }

    async fn list(&self) -> (Vec<Listed>, Validator) {
        let Listing::Pages(mut pages) = self.project.list(None).await.unwrap() else {
            panic!("nothing is known yet")
        };
        let mut all = Vec::new();
        loop {
            match pages.next().await.unwrap() {
                Turn::Page { licenses, .. } => all.extend(licenses),
                Turn::End { validator, unreadable, .. } => {
                    assert_eq!(unreadable, 0);
                    return (all, validator.unwrap());
                }
            }
        }
    }

    async fn create(&self, order: &NewLicense) -> Found {
        self.project.create(order).await.unwrap()
    }
}

fn project(serving: &Serving, token: String) -> Box<dyn Vendor> {
    let at = Connection {
        address: format!("http://{}", serving.address()).parse().unwrap(),
        fields: BTreeMap::new(),
        secrets: [("token".to_owned(), Token::new(token))].into(),
    };
    vendors::connect(&Http::default(), "aidbox", &at).unwrap()
}

fn wanted(name: &str, tier: Tier) -> NewLicense {
    let name = LicenseName::parse(name).unwrap();
    NewLicense { name, tier, goal: None, hosting: None, choices: BTreeMap::new() }
}

fn sandbox(name: &str) -> NewLicense {
    NewLicense {
        goal: Some(Goal::Research),
        hosting: Some(Hosting::Sandbox),
        choices: [("aidbox-version", "edge"), ("fhir-version", "5.0.0")]
            .map(|(k, v)| (k.into(), v.into()))
            .into(),
        ..wanted(name, Tier::Development)
    }
}

#[tokio::test]
async fn the_portal_says_what_it_takes_and_the_probe_counts() {
    let local = Local::start().await;
    local.create(&wanted("one", Tier::Ci)).await;
    let probe = local.project.probe().await.unwrap();
    assert_eq!((probe.licenses, probe.accepts), (Some(1), Accepts::these(ALL_CHOICES)));
}

#[tokio::test]
async fn each_type_is_created_and_read_back() {
    let local = Local::start().await;
    for tier in [Tier::Development, Tier::Production, Tier::Ci] {
        let made = local.create(&wanted(tier.word(), tier)).await;
        let license = &made.license;
        assert_eq!((license.tier, license.name.as_deref()), (Some(tier), Some(tier.word())));
        assert_eq!(
            (&license.product, &license.vendor_status),
            (&Product::Aidbox, &Some(VendorStatus::Active))
        );
        assert_eq!(license.hosting, Some(Hosting::SelfHosted));
        assert_eq!(license.expiry == Some(Expiry::Never), tier == Tier::Development);
        assert!(!license.entitlements.as_ref().unwrap().is_empty());
        let found = local.project.get(&Reference::Id(license.vendor_id.clone())).await.unwrap();
        assert_eq!(found, made);
    }
}

#[tokio::test]
async fn a_sandbox_keeps_its_choices_and_shows_its_origin_alone() {
    let local = Local::start().await;
    let made = local.create(&sandbox("hosted")).await.license;
    assert_eq!((made.hosting, made.goal), (Some(Hosting::Sandbox), Some(Goal::Research)));
    assert_eq!(
        (&made.limits["aidbox-version"], &made.limits["fhir-version"]),
        (&"edge".into(), &"5.0.0".into())
    );
    assert_eq!(made.instance_origin, Some(format!("http://{}", local.serving.address())));
    assert!(!format!("{made:?}").contains("_sudo"));
}

#[tokio::test]
async fn a_license_is_found_and_removed_by_its_license_string() {
    let local = Local::start().await;
    let made = local.create(&wanted("by string", Tier::Production)).await;
    let by_key = Reference::Key(made.key.clone().unwrap());
    assert_eq!(local.project.get(&by_key).await.unwrap(), made);
    local.project.delete(&by_key).await.unwrap();
    assert_eq!(local.project.get(&by_key).await.unwrap_err().code(), "vendor-not-found");
}

#[tokio::test]
async fn a_license_is_removed_by_id_once() {
    let local = Local::start().await;
    let made = local.create(&wanted("by id", Tier::Ci)).await;
    let by_id = Reference::Id(made.license.vendor_id);
    local.project.delete(&by_id).await.unwrap();
    let again = local.project.delete(&by_id).await.unwrap_err();
    assert_eq!((again.code(), again.outcome_is_unknown()), ("vendor-not-found", false));
    assert!(local.list().await.0.is_empty());
}

#[tokio::test]
async fn the_license_of_another_project_is_not_found() {
    let local = Local::start().await;
    let made = local.create(&wanted("mine", Tier::Ci)).await;
    let stranger = local.project_of("southwind");
    for which in [Reference::Id(made.license.vendor_id), Reference::Key(made.key.unwrap())] {
        assert_eq!(stranger.get(&which).await.unwrap_err().code(), "vendor-not-found");
        assert_eq!(stranger.delete(&which).await.unwrap_err().code(), "vendor-not-found");
    }
    assert_eq!(local.list().await.0.len(), 1);
}

#[tokio::test]
async fn a_wrong_token_is_unauthorized_everywhere() {
    let local = Local::start().await;
    let wrong = project(&local.serving, "licet_0000000000000000000000000000000000000000".to_owned());
    let by_id = Reference::Id("x".to_owned());
    let errors: [VendorError; 5] = [
        wrong.probe().await.unwrap_err(),
        wrong.list(None).await.unwrap_err(),
        wrong.get(&by_id).await.unwrap_err(),
        wrong.delete(&by_id).await.unwrap_err(),
        wrong.create(&wanted("x", Tier::Ci)).await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.code(), error.outcome_is_unknown()), ("vendor-unauthorized", false), "{error:?}");
        assert!(!format!("{error:?}").contains("licet_0000"));
    }
}

#[tokio::test]
async fn a_text_that_is_no_license_string_is_not_found() {
    let local = Local::start().await;
    let key = Reference::Key(LicenseKey::new("not a license".to_owned()));
    assert_eq!(local.project.get(&key).await.unwrap_err().code(), "vendor-not-found");
}

#[tokio::test]
async fn names_of_every_script_come_back_as_they_were_sent() {
    let local = Local::start().await;
    for name in ["it's \"mine\"", "🚀 <b>&</b>", "שלום עולם", "名前: {x} # y", "- dash", "null", "1.10"]
    {
        let made = local.create(&wanted(name, Tier::Development)).await;
        assert_eq!(made.license.name.as_deref(), Some(name));
    }
    let mut listed: Vec<String> =
        local.list().await.0.into_iter().filter_map(|one| one.license.name).collect();
    listed.sort();
    assert_eq!(listed.len(), 7);
    assert!(listed.contains(&"1.10".to_owned()));
}

#[tokio::test]
async fn a_list_of_ten_thousand_is_read_whole_and_then_known_to_be_unchanged() {
    let local = Local::start().await;
    let named = |n: usize| Name::parse("name", &format!("box {n}")).unwrap();
    local
        .portal
        .issue_many("northwind", 10_000, |n| match n % 2 {
            0 => Order::self_hosted(named(n), portal::Tier::Production),
            _ => Order::sandbox(named(n), portal::Tier::Development),
        })
        .unwrap();
    let (licenses, validator) = local.list().await;
    assert_eq!(licenses.len(), 10_000);
    assert!(licenses.iter().all(|listed| listed.license.entitlements.is_some()));
    assert!(matches!(local.project.list(Some(&validator)).await.unwrap(), Listing::Unchanged));
    local.create(&wanted("one more", Tier::Ci)).await;
    assert!(matches!(local.project.list(Some(&validator)).await.unwrap(), Listing::Pages(_)));
}
