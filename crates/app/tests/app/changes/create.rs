//! Creating: every type and hosting, names of every script, and what an account's API does not carry.

use crate::common::{World, code, done, json, wanted};
use license::{Expiry, Goal, Hosting, Tier};
use testkit::Answer;

/// What the portal of a vendor answers where the local one tells what it takes.
fn documented_only() -> Answer {
    json(404, r#"{"message": "not found"}"#)
}

#[tokio::test]
async fn each_type_is_created_in_each_hosting() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let types = [("dev", Tier::Development), ("prod", Tier::Production), ("ci", Tier::Ci)];
    let hostings = [("self-hosted", Hosting::SelfHosted), ("sandbox", Hosting::Sandbox)];
    for (kind, tier) in types {
        for (place, hosting) in hostings {
            let name = format!("{kind} {place}");
            let choices = [("type", kind), ("hosting", place), ("goal", "research")];
            let id = done(app::changes::create(&world.context, wanted(account, &name, &choices)).await);
            let license = app::list::row(&world.context, id).await.unwrap().stored.license;
            assert_eq!((license.tier, license.hosting), (Some(tier), Some(hosting)), "{name}");
            assert_eq!(license.goal, Some(Goal::Research));
            assert_eq!(license.expiry == Some(Expiry::Never), tier == Tier::Development, "{name}");
            assert_eq!(world.happened().await[0], format!("created {name} done"));
        }
    }
    assert_eq!(world.names_at_portal().await.len(), 6);
    assert_eq!(world.names("hosting:sandbox").await.len(), 3);
}

#[tokio::test]
async fn a_sandbox_takes_its_versions_and_nothing_else_does() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let choices = [("hosting", "sandbox"), ("aidbox-version", "edge"), ("fhir-version", "5.0.0")];
    let id = done(app::changes::create(&world.context, wanted(account, "box", &choices)).await);
    let limits = app::list::row(&world.context, id).await.unwrap().stored.license.limits;
    assert_eq!((&limits["aidbox-version"], &limits["fhir-version"]), (&"edge".into(), &"5.0.0".into()));
    // What the form does not show is not sent, though it is still chosen there.
    let hidden = [("hosting", "self-hosted"), ("fhir-version", "5.0.0")];
    let id = done(app::changes::create(&world.context, wanted(account, "own", &hidden)).await);
    assert!(
        !app::list::row(&world.context, id).await.unwrap().stored.license.limits.contains_key("fhir-version")
    );
}

#[tokio::test]
async fn what_is_not_chosen_is_as_the_form_shows_it_at_first() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let form = app::changes::create_form(&world.context, account).await.unwrap();
    assert!(form.accepts.has("hosting"));
    let id = world.created(account, "plain").await;
    let license = app::list::row(&world.context, id).await.unwrap().stored.license;
    assert_eq!((license.tier, license.hosting), (Some(Tier::Development), Some(Hosting::SelfHosted)));
    assert_eq!(license.goal, Some(Goal::Development));
}

#[tokio::test]
async fn a_name_that_is_taken_is_refused_unless_a_second_one_is_meant() {
    let world = World::start().await;
    let account = world.connect("a").await;
    // Not known here yet: it is looked for before anything is sent.
    world.issued_elsewhere("Caf\u{e9}").await;
    let again = wanted(account, " Cafe\u{301} ", &[]);
    let error = app::changes::create(&world.context, again.clone()).await.unwrap_err().report();
    assert_eq!((error.code.as_str(), error.args["count"].as_str()), ("name-taken", "1"));
    assert_eq!(world.proxy.count("issue-license"), 0);
    assert_eq!(app::changes::count_same_name(&world.context, account, "Cafe\u{301}").await.unwrap(), 1);
    done(app::changes::create(&world.context, app::changes::Wanted { allow_same_name: true, ..again }).await);
    assert_eq!(app::changes::count_same_name(&world.context, account, "Caf\u{e9}").await.unwrap(), 2);
}

#[tokio::test]
async fn a_name_of_another_account_or_of_a_license_that_is_gone_is_free() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let other = app::accounts::connect_local(&world.context, "z").await.unwrap();
    let first = world.created(account, "north").await;
    world.created(other, "north").await;
    app::changes::delete(&world.context, first, "north").await.unwrap();
    assert_ne!(world.created(account, "north").await, first);
}

#[tokio::test]
async fn names_of_every_script_come_back_as_they_were_typed() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let names = [
        "it's \"mine\" \\ 'yours'",
        "🚀 👩‍👩‍👧",
        "שלום עולם",
        "<b>&amp;</b><script>",
        "名前: {x} # y",
        "null",
        "- dash",
    ];
    for name in names {
        let id = world.created(account, name).await;
        assert_eq!(
            app::list::row(&world.context, id).await.unwrap().stored.license.name.as_deref(),
            Some(name)
        );
        assert_eq!(world.named(name).await, id);
    }
    assert_eq!(world.names_at_portal().await.len(), names.len());
}

#[tokio::test]
async fn a_name_that_cannot_be_sent_is_refused_before_anything_is() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let before = world.proxy.received().len();
    let long = "ž".repeat(300);
    for (name, expected) in [
        (" \t", "name-empty"),
        (long.as_str(), "name-too-long"),
        ("two\nlines", "name-control"),
        ("two\u{2028}lines", "name-control"),
    ] {
        assert_eq!(code(world.create(account, name).await), expected);
    }
    assert_eq!(world.proxy.received().len(), before);
}

#[tokio::test]
async fn a_choice_that_is_none_says_what_could_be_chosen() {
    let world = World::start().await;
    let account = world.connect("a").await;
    for (choice, param, possible) in [
        (("type", "test"), "type", "dev, prod, ci"),
        (("hosting", "moon"), "hosting", "self-hosted, sandbox, aws"),
        (("colour", "red"), "colour", "fhir-version"),
    ] {
        let error = app::changes::create(&world.context, wanted(account, "north", &[choice]))
            .await
            .unwrap_err()
            .report();
        assert_eq!((error.code.as_str(), error.args["param"].as_str()), ("choice-unknown", param));
        assert!(error.args["possible"].contains(possible), "{error:?}");
    }
    assert_eq!(world.proxy.count("issue-license"), 0);
}

#[tokio::test]
async fn aws_is_a_guide_and_not_a_call() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let error = app::changes::create(&world.context, wanted(account, "north", &[("hosting", "aws")]))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), errors::Kind::Usage);
    assert!(error.report().args["guide"].contains("aws"), "{error:?}");
}

#[tokio::test]
async fn a_portal_that_takes_what_is_documented_alone_names_the_choice_and_the_page() {
    let world = World::start().await;
    world.proxy.always("/rpc/capabilities", documented_only());
    let account = world.connect("a").await;
    for choice in [("hosting", "sandbox"), ("goal", "research")] {
        let error =
            app::changes::create(&world.context, wanted(account, "north", &[choice])).await.unwrap_err();
        let facts = error.report();
        assert_eq!((facts.code.as_str(), error.kind()), ("vendor-not-carried", errors::Kind::Usage));
        assert_eq!((facts.args["param"].as_str(), facts.args["value"].as_str()), choice);
        assert!(facts.args["page"].starts_with("https://aidbox.app/"), "{facts:?}");
    }
    assert_eq!(world.proxy.count("issue-license"), 0);
    // What is so anyway may be said; it is not sent.
    done(
        app::changes::create(
            &world.context,
            wanted(account, "north", &[("hosting", "self-hosted"), ("type", "ci")]),
        )
        .await,
    );
    let sent = world.proxy.received().into_iter().find(|request| request.contains("issue-license")).unwrap();
    assert!(!sent.contains("hosting") && !sent.contains("goal"), "{sent:?}");
}

#[tokio::test]
async fn a_refusal_is_told_in_the_portals_own_words_and_may_be_tried_again() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.proxy.once("issue-license", json(422, r#"{"error": {"message": "the project is full"}}"#));
    let error = world.create(account, "north").await.unwrap_err();
    assert_eq!(error.report().code, "vendor-rejected");
    assert_eq!(error.report().detail.as_deref(), Some("the project is full"));
    assert_eq!(world.happened().await[0], "created north failed");
    world.proxy.once("issue-license", json(429, "{}"));
    assert_eq!(code(world.create(account, "north").await), "vendor-rate-limited");
    world.created(account, "north").await;
}

#[tokio::test]
async fn nothing_is_created_where_there_is_no_vendor() {
    let world = World::start().await;
    app::import::import_text(&world.context, crate::common::SYSTEM_KEY, None).await.unwrap();
    let files = world.context.account_named("files").await.unwrap().id;
    assert_eq!(code(world.create(files, "north").await), "account-without-vendor");
    assert_eq!(code(app::changes::create_form(&world.context, files).await), "account-without-vendor");
    assert_eq!(code(world.create(license::AccountId(99), "north").await), "account-not-found");
}
