//! The list: views, filters, windows, counts and places, computed from facts and the time of day.

use crate::common::{World, code, done, query, wanted};
use app::files::Target;
use app::list::{Counts, GroupBy, ListQuery, View};
use license::{AccountId, Status, file::Format};
use vault::{Direction, Sort};

/// A development, a production and a CI license, and a sandbox.
async fn four(world: &World) -> AccountId {
    let account = world.connect("North Star").await;
    for (name, choices) in [
        ("dev", vec![("type", "dev")]),
        ("prod", vec![("type", "prod")]),
        ("ci", vec![("type", "ci")]),
        ("box", vec![("type", "dev"), ("hosting", "sandbox")]),
    ] {
        done(app::changes::create(&world.context, wanted(account, name, &choices)).await);
    }
    account
}

async fn names_of(world: &World, query: ListQuery) -> Vec<String> {
    let rows = app::list::list(&world.context, query, 0, None).await.unwrap().rows;
    rows.iter().map(|row| row.stored.license.label().to_owned()).collect()
}

#[tokio::test]
async fn each_view_has_its_licenses_and_its_count() {
    let world = World::start().await;
    four(&world).await;
    let written = Target { format: Format::Jwt, path: world.path("l.jwt"), in_place: false, keep: false };
    app::export::export(&world.context, world.named("prod").await, written).await.unwrap();
    let view = |view| ListQuery { view, ..query("") };
    for (which, expected) in [
        (View::All, vec!["box", "ci", "dev", "prod"]),
        (View::ExpiringSoon, vec!["ci", "prod"]),
        (View::Expired, vec![]),
        (View::Development, vec!["box", "dev"]),
        (View::Production, vec!["prod"]),
        (View::Sandbox, vec!["box"]),
    ] {
        assert_eq!(names_of(&world, view(which)).await, expected, "{which:?}");
    }
    let counts = app::list::counts(&world.context).await.unwrap();
    let expected = Counts {
        all: 4,
        expiring_soon: 2,
        development: 2,
        production: 1,
        sandbox: 1,
        files: 1,
        ..counts.clone()
    };
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn time_alone_moves_a_license_from_valid_to_expired() {
    let world = World::start().await;
    let account = world.connect("a").await;
    done(app::changes::create(&world.context, wanted(account, "trial", &[("type", "prod")])).await);
    let settings = vault::Settings { expires_soon_days: 7, ..vault::Settings::default() };
    app::home::change_settings(&world.context, settings).await.unwrap();
    let mut seen = Vec::new();
    world.clock.advance(60);
    for days in [0, 7, 7] {
        world.clock.advance(days * 24 * 60 * 60);
        let row = world.rows("").await.remove(0);
        seen.push((row.status, row.days.unwrap()));
    }
    assert_eq!(seen[0], (Status::Valid, 13));
    assert_eq!(seen[1], (Status::ExpiresSoon, 6));
    assert_eq!(seen[2].0, Status::Expired);
    assert_eq!(app::list::counts(&world.context).await.unwrap().expired, 1);
}

#[tokio::test]
async fn filters_find_and_exclude_and_become_chips() {
    let world = World::start().await;
    four(&world).await;
    app::import::import_text(&world.context, crate::common::SYSTEM_KEY, Some("cell")).await.unwrap();
    for (text, expected) in [
        ("type:dev", vec!["box", "dev"]),
        ("type:dev not:hosting:sandbox", vec!["dev"]),
        ("account:star type:ci", vec!["ci"]),
        ("account:files", vec!["cell"]),
        ("product:aica", vec!["cell"]),
        ("entitlement:hosted", vec!["box"]),
        ("expires-in:5d", vec!["ci"]),
        ("status:unknown", vec!["cell"]),
        ("PRO", vec!["prod"]),
        ("vendor:aica", vec!["cell"]),
        ("not:vendor:AICA type:prod", vec!["prod"]),
        ("expires:5", vec!["ci"]),
        ("star pro", vec!["prod"]),
        ("\"star pro\"", vec![]),
        ("nothing like it", vec![]),
    ] {
        assert_eq!(world.names(text).await, expected, "{text}");
    }
    let window =
        app::list::list(&world.context, query("type:dev not:hosting:sandbox"), 0, None).await.unwrap();
    assert_eq!(window.chips.len(), 2);
}

#[tokio::test]
async fn filter_that_cannot_be_read_shows_nothing() {
    let world = World::start().await;
    four(&world).await;
    let id = world.named("dev").await;
    for text in ["type:test", "vendor:acme dev", "expires:soon", "vendor:"] {
        let window = app::list::list(&world.context, query(text), 0, None).await.unwrap();
        assert_eq!(window.problem.unwrap().report().code, "filter-bad-value", "{text}");
        assert_eq!((window.total, window.rows.len()), (0, 0), "{text}");
        assert_eq!(app::list::place(&world.context, query(text), id).await.unwrap(), None, "{text}");
    }
}

#[tokio::test]
async fn list_is_grouped_by_vendor_account_type_and_expiry() {
    let world = World::start().await;
    let account = four(&world).await.0;
    app::import::import_text(&world.context, crate::common::SYSTEM_KEY, Some("cell")).await.unwrap();
    let files = world.context.account_named("files").await.unwrap().id.0;
    let grouped = |by| ListQuery { group: Some(by), ..query("") };
    for (by, expected) in [
        (GroupBy::Vendor, vec!["aica 1".to_owned(), "aidbox 4".to_owned()]),
        (GroupBy::Account, vec![format!("{files} 1"), format!("{account} 4")]),
        (GroupBy::Type, ["dev 2", "prod 1", "ci 1", "none 1"].map(str::to_owned).to_vec()),
    ] {
        let window = app::list::list(&world.context, grouped(by), 0, None).await.unwrap();
        let groups: Vec<_> =
            window.groups.iter().map(|group| format!("{} {}", group.key, group.count)).collect();
        assert_eq!(groups, expected, "{by:?}");
    }
    let window = app::list::list(&world.context, grouped(GroupBy::Expiry), 0, None).await.unwrap();
    let keys: Vec<_> = window.groups.iter().map(|group| group.key.as_str()).collect();
    assert_eq!(keys[keys.len() - 2..], ["never", "none"], "{keys:?}");
    assert_eq!(window.groups.iter().map(|group| group.count).sum::<usize>(), 5);
    let folded = ListQuery { folded: vec!["dev".to_owned()], ..grouped(GroupBy::Type) };
    assert_eq!(names_of(&world, folded).await, ["prod", "ci", "cell"]);
}

#[tokio::test]
async fn a_window_of_a_long_list_knows_its_whole_and_its_places() {
    let world = World::start().await;
    let named = |n: usize| portal::Name::parse("license", &format!("box {n:04}")).unwrap();
    world
        .portal()
        .issue_many("northwind", 1000, |n| portal::Order::self_hosted(named(n), portal::Tier::Development))
        .unwrap();
    world.connect("a").await;
    let window = app::list::list(&world.context, query(""), 500, Some(20)).await.unwrap();
    assert_eq!((window.total, window.rows.len()), (1000, 20));
    assert_eq!(window.rows[0].stored.license.label(), "box 0500");
    let id = window.rows[7].stored.id;
    assert_eq!(app::list::place(&world.context, query(""), id).await.unwrap(), Some(507));
    let backwards = ListQuery { direction: Direction::Descending, ..query("") };
    assert_eq!(app::list::place(&world.context, backwards, id).await.unwrap(), Some(492));
    assert_eq!(app::list::place(&world.context, query("type:ci"), id).await.unwrap(), None);
    assert!(app::list::list(&world.context, query(""), 1000, Some(20)).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn an_accounts_licenses_sort_by_every_column() {
    let world = World::start().await;
    let account = four(&world).await;
    app::import::import_text(&world.context, crate::common::SYSTEM_KEY, Some("cell")).await.unwrap();
    for sort in [
        Sort::Name,
        Sort::Product,
        Sort::Account,
        Sort::Type,
        Sort::Hosting,
        Sort::Expires,
        Sort::Status,
        Sort::Created,
        Sort::Used,
    ] {
        let only = ListQuery { account: Some(account), sort, ..query("") };
        assert_eq!(names_of(&world, only).await.len(), 4, "{sort:?}");
    }
    let by_end = ListQuery { sort: Sort::Expires, ..query("") };
    assert_eq!(names_of(&world, by_end).await[..2], ["ci", "prod"]);
}

#[tokio::test]
async fn a_license_is_meant_by_licets_id_the_vendors_id_or_its_name() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    for named in [id.to_string(), world.vendor_id(id).await, " north ".to_owned()] {
        assert_eq!(app::list::resolve_license(&world.context, &named).await.unwrap(), id, "{named}");
    }
    app::accounts::connect_local(&world.context, "z").await.unwrap();
    let other = world.context.account_named("Z").await.unwrap().id;
    world.created(other, "north").await;
    let error = app::list::resolve_license(&world.context, "north").await.unwrap_err();
    assert_eq!((error.report().code.as_str(), error.kind()), ("license-ambiguous", errors::Kind::Ambiguous));
    assert!(error.report().args["candidates"].contains("north, z"), "{error:?}");
    assert_eq!(code(world.context.account_named("nobody").await), "account-not-found");
}
