//! The list: filtered, sorted, cut, counted.

use crate::test_home::{TestHome, add_account, at, dev, ending, entitled, now};
use jiff::Timestamp;
use license::{Expiry, Hosting, License, LicenseId, Tier, VendorStatus};
use proptest::prelude::*;
use vault::{Direction, Filter, Grouping, Periods, Query, Sort};

/// The names of what a filter lets through, by name.
fn names(home: &TestHome, filter: Filter) -> Vec<String> {
    let query = Query { filter, ..Query::default() };
    let window = home.library().window(&query, now(), 30).unwrap();
    assert_eq!(window.total, window.rows.len());
    window.rows.iter().map(|row| row.license.label().to_owned()).collect()
}

fn sorted(home: &TestHome, sort: Sort, direction: Direction) -> Vec<String> {
    let query = Query { sort, direction, ..Query::default() };
    let window = home.library().window(&query, now(), 30).unwrap();
    window.rows.iter().map(|row| row.license.label().to_owned()).collect()
}

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

/// Five licenses that differ in everything.
fn shop() -> TestHome {
    let home = TestHome::new();
    let north = home.north();
    let south = add_account(home.library(), "South Branch");
    let ci = License {
        tier: Some(Tier::Ci),
        hosting: None,
        ..ending(dev("v-ci", "apple"), "2026-06-03T12:00:00Z")
    };
    let prod =
        License { tier: Some(Tier::Production), ..ending(dev("v-prod", "Banana"), "2027-01-01T00:00:00Z") };
    let box_ =
        License { hosting: Some(Hosting::Sandbox), ..entitled(dev("v-box", "cherry"), &["Core", "hw-ur"]) };
    home.list(north, &[ci, prod, box_]);
    let over = License { tier: None, ..ending(dev("v-over", "date"), "2026-05-01T00:00:00Z") };
    let bare = License { name: None, vendor_status: None, expiry: None, ..dev("0123456789", "") };
    home.list(south, &[over, bare]);
    home
}

#[test]
fn each_filter_lets_through_what_it_says() {
    let home = shop();
    let account = home.library().account_by_name("north").unwrap().unwrap().id;
    let table = [
        (Filter::And(vec![]), "456789 apple Banana cherry date"),
        (Filter::Or(vec![]), ""),
        (Filter::Type(Tier::Ci), "apple"),
        (not(Filter::Type(Tier::Ci)), "456789 Banana cherry date"),
        (Filter::Hosting(Hosting::Sandbox), "cherry"),
        (Filter::Product("aidbox".to_owned()), "456789 apple Banana cherry date"),
        (Filter::Account(account), "apple Banana cherry"),
        (Filter::Status("expires-soon".to_owned()), "apple"),
        (Filter::Status("expired".to_owned()), "date"),
        (Filter::Status("unknown".to_owned()), "456789"),
        (not(Filter::Status("valid".to_owned())), "456789 apple date"),
        (Filter::Entitlement("CORE".to_owned()), "cherry"),
        (Filter::Entitlement("the hw-ur package".to_owned()), "cherry"),
        (Filter::Entitlement("cor".to_owned()), ""),
        (not(Filter::Entitlement("core".to_owned())), "456789 apple Banana date"),
        (Filter::ExpiresBefore(at("2026-06-03T12:00:01Z")), "apple date"),
        (Filter::ExpiresAfter(at("2026-06-03T12:00:00Z")), "apple Banana cherry"),
        (not(Filter::ExpiresAfter(at("2026-06-03T12:00:00Z"))), "456789 date"),
        (Filter::Text("AN".to_owned()), "456789 Banana date"),
        (Filter::Text("branch".to_owned()), "456789 date"),
        (Filter::Text("hw-u".to_owned()), "cherry"),
        (Filter::Text("v-pr".to_owned()), "Banana"),
        (Filter::Text("100%".to_owned()), ""),
        (Filter::Or(vec![Filter::Type(Tier::Ci), Filter::Text("cher".to_owned())]), "apple cherry"),
        (Filter::And(vec![Filter::Text("a".to_owned()), Filter::Account(account)]), "apple Banana cherry"),
    ];
    for (filter, expected) in table {
        let said = format!("{filter:?}");
        assert_eq!(names(&home, filter).join(" "), expected, "{said}");
    }
}

#[test]
fn a_license_is_found_by_typing_licets_own_id() {
    let home = shop();
    let banana = home.library().find("Banana").unwrap().remove(0);
    assert_eq!(names(&home, Filter::Text(banana.id.to_string())), ["Banana"]);
}

#[test]
fn what_is_gone_is_listed_only_where_it_is_asked_for() {
    let home = shop();
    let apple = home.library().find("apple").unwrap().remove(0);
    home.library().mark_gone(apple.id, now()).unwrap();
    assert!(!names(&home, Filter::And(vec![])).contains(&"apple".to_owned()));
    assert_eq!(names(&home, Filter::Status("gone".to_owned())), ["apple"]);
    assert_eq!(names(&home, not(Filter::Status("gone".to_owned()))).len(), 4);
}

#[test]
fn each_column_sorts_both_ways_and_what_has_no_word_comes_last() {
    let home = shop();
    let table = [
        (Sort::Name, "456789 apple Banana cherry date", "date cherry Banana apple 456789"),
        (Sort::Expires, "date apple Banana cherry 456789", "cherry Banana apple date 456789"),
        (Sort::Type, "apple 456789 cherry Banana date", "Banana 456789 cherry apple date"),
        (Sort::Status, "date apple 456789 Banana cherry", "Banana cherry 456789 apple date"),
        (Sort::Account, "apple Banana cherry 456789 date", "456789 date apple Banana cherry"),
        (Sort::Hosting, "cherry 456789 Banana date apple", "456789 Banana date cherry apple"),
    ];
    for (sort, up, down) in table {
        assert_eq!(sorted(&home, sort, Direction::Ascending).join(" "), up, "{sort:?}");
        assert_eq!(sorted(&home, sort, Direction::Descending).join(" "), down, "{sort:?} descending");
    }
}

#[test]
fn a_window_tells_the_whole_and_shows_a_part() {
    let home = shop();
    let query = Query { offset: 1, limit: Some(2), ..Query::default() };
    let window = home.library().window(&query, now(), 30).unwrap();
    assert_eq!(window.total, 5);
    let labels: Vec<_> = window.rows.iter().map(|row| row.license.label()).collect();
    assert_eq!(labels, ["apple", "Banana"]);
    let beyond = Query { offset: 99, limit: Some(2), ..Query::default() };
    let window = home.library().window(&beyond, now(), 30).unwrap();
    assert_eq!((window.total, window.rows.len()), (5, 0));
}

/// The groups of a list as `key count`, and the names of its rows.
fn grouped(home: &TestHome, query: &Query) -> (Vec<String>, Vec<String>) {
    let window = home.library().window(query, now(), 30).unwrap();
    let groups = window.groups.iter().map(|group| format!("{} {}", group.key, group.count)).collect();
    let names = window.rows.iter().map(|row| row.license.label().to_owned()).collect();
    for (place, row) in window.rows.iter().enumerate() {
        assert_eq!(home.library().position(query, row.id, now(), 30).unwrap(), Some(query.offset + place));
    }
    (groups, names)
}

fn by(grouping: Grouping) -> Query {
    Query { grouping: Some(grouping), ..Query::default() }
}

fn by_expiry() -> Grouping {
    let month = |key: &str, end: &str| (key.to_owned(), at(end));
    Grouping::Expiry(Periods(vec![
        month("this-week", "2026-06-08T00:00:00Z"),
        month("2026-06", "2026-07-01T00:00:00Z"),
    ]))
}

#[test]
fn groups_come_before_the_order_of_rows() {
    let home = shop();
    let id = |name: &str| home.library().account_by_name(name).unwrap().unwrap().id.0;
    let vendors = vec![("aidbox".to_owned(), "acme".to_owned())];
    let (north, south) = (id("north"), id("South Branch"));
    let table = [
        (Grouping::Vendor(vendors), vec!["acme 5".to_owned()], "456789 apple Banana cherry date"),
        (
            Grouping::Account,
            vec![format!("{north} 3"), format!("{south} 2")],
            "apple Banana cherry 456789 date",
        ),
        (
            Grouping::Type,
            ["dev 2", "prod 1", "ci 1", "none 1"].map(str::to_owned).to_vec(),
            "456789 cherry Banana apple date",
        ),
        (
            by_expiry(),
            ["expired 1", "this-week 1", "later 1", "never 1", "none 1"].map(str::to_owned).to_vec(),
            "date apple Banana cherry 456789",
        ),
    ];
    for (grouping, groups, names) in table {
        for sort in [Sort::Name, Sort::Expires] {
            let (found, rows) = grouped(&home, &Query { sort, ..by(grouping.clone()) });
            assert_eq!(found, groups, "{grouping:?}");
            if sort == Sort::Name {
                assert_eq!(rows.join(" "), names, "{grouping:?}");
            }
        }
    }
}

#[test]
fn folded_groups_keep_their_count_and_have_no_rows() {
    let home = shop();
    let folded = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let query = Query { folded: folded(&["expired", "never", "none"]), ..by(by_expiry()) };
    let (groups, rows) = grouped(&home, &query);
    assert_eq!(groups, ["expired 1", "this-week 1", "later 1", "never 1", "none 1"]);
    assert_eq!(rows, ["apple", "Banana"]);
    let part =
        home.library().window(&Query { offset: 1, limit: Some(1), ..query.clone() }, now(), 30).unwrap();
    assert_eq!((part.total, part.rows.len()), (2, 1));
    assert_eq!(part.groups.iter().filter(|group| group.is_folded).count(), 3);
    let date = home.library().find("date").unwrap().remove(0);
    assert_eq!(home.library().position(&query, date.id, now(), 30).unwrap(), None);
    let account = date.account.0.to_string();
    let query = Query { folded: vec![account], ..by(Grouping::Account) };
    assert_eq!(grouped(&home, &query).1, ["apple", "Banana", "cherry"]);
}

#[test]
fn groups_count_what_the_filter_lets_through() {
    let home = shop();
    let query = Query { filter: Filter::Text("an".to_owned()), ..by(Grouping::Type) };
    assert_eq!(grouped(&home, &query).0, ["dev 1", "prod 1", "none 1"]);
}

#[test]
fn last_count_of_use_is_kept_until_the_vendor_counts_again() {
    let home = TestHome::new();
    let north = home.north();
    let counting = |machines: Option<u64>| {
        let mut license = dev("v1", "cell");
        license.limits.insert("max-machines".to_owned(), 3.into());
        license.limits.extend(machines.map(|number| ("machines".to_owned(), number.into())));
        license
    };
    let id = home.list(north, &[counting(Some(2)), dev("v2", "box")])[0];
    let used = || home.license(id).in_use().map(|counted| (counted.used, counted.most));
    assert_eq!(used(), Some((Some(2), Some(3))));
    home.library().set_used(id, 1).unwrap();
    assert_eq!(used(), Some((Some(1), Some(3))));
    home.list(north, &[counting(None), dev("v2", "box")]);
    assert_eq!(used(), Some((Some(1), Some(3))), "the vendor did not count");
    home.list(north, &[counting(Some(2)), dev("v2", "box")]);
    assert_eq!(used(), Some((Some(2), Some(3))));
    assert_eq!(sorted(&home, Sort::Used, Direction::Descending), ["cell", "box"]);
}

#[test]
fn a_license_tells_its_place_in_the_list() {
    let home = shop();
    let query = Query { sort: Sort::Expires, direction: Direction::Descending, ..Query::default() };
    let rows = home.library().window(&query, now(), 30).unwrap().rows;
    for (place, row) in rows.iter().enumerate() {
        assert_eq!(home.library().position(&query, row.id, now(), 30).unwrap(), Some(place));
    }
    let filtered = Query { filter: Filter::Type(Tier::Ci), ..query };
    assert_eq!(home.library().position(&filtered, rows[4].id, now(), 30).unwrap(), None);
    assert_eq!(home.library().position(&filtered, LicenseId(99), now(), 30).unwrap(), None);
}

#[test]
fn each_view_is_counted() {
    let home = shop();
    let counts = home.library().count_by_view(now(), 30).unwrap();
    assert_eq!((counts.all, counts.expiring_soon, counts.expired), (5, 1, 1));
    assert_eq!((counts.development, counts.production, counts.sandbox), (2, 1, 1));
    assert_eq!((counts.files, counts.gone), (0, 0));
    let cherry = home.library().find("cherry").unwrap().remove(0);
    home.library().mark_gone(cherry.id, now()).unwrap();
    let counts = home.library().count_by_view(now(), 30).unwrap();
    assert_eq!((counts.all, counts.sandbox, counts.gone), (4, 0, 1));
    let by_account: Vec<_> = home.library().count_by_account().unwrap().into_values().collect();
    assert_eq!(by_account, [2, 2]);
}

#[test]
fn ten_thousand_licenses_are_taken_over_listed_searched_and_refreshed() {
    let home = TestHome::new();
    let account = home.north();
    let page: Vec<License> = (0..10_000)
        .map(|n| {
            let license = dev(&format!("vendor-{n:05}"), &format!("license {n:05}"));
            entitled(ending(license, "2026-12-01T00:00:00Z"), &["core", "extra"])
        })
        .collect();
    assert_eq!(home.list(account, &page).len(), 10_000);
    let before = home.library().rev().unwrap();
    home.list(account, &page);
    assert!(home.library().changed_since(before).unwrap().licenses.is_empty());
    let query = Query {
        filter: Filter::Text("0999".to_owned()),
        sort: Sort::Expires,
        limit: Some(5),
        ..Query::default()
    };
    let window = home.library().window(&query, now(), 30).unwrap();
    assert_eq!((window.total, window.rows.len()), (11, 5));
    assert_eq!(home.library().count_by_view(now(), 30).unwrap().all, 10_000);
}

prop_compose! {
    fn any_facts()(
        word in prop::option::of(prop::sample::select(vec![
            "active", "inactive", "expired", "suspended", "banned", "mismatched", "under review",
        ])),
        end in prop::option::of(prop::option::of(-40_i64 * 86_400..40 * 86_400)),
        leaked in prop::bool::weighted(0.2),
        gone in prop::bool::weighted(0.2),
    ) -> (Option<VendorStatus>, Option<Expiry>, bool, bool) {
        let end = end.map(|end| match end {
            None => Expiry::Never,
            // Close to whole days, where rounding matters.
            Some(seconds) => Expiry::On(Timestamp::from_second(now().as_second() + seconds / 43_200 * 43_200 + seconds % 3).unwrap()),
        });
        (word.map(VendorStatus::from_word), end, leaked, gone)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The database and the domain each have the rule; they never disagree.
    #[test]
    fn database_computes_the_same_status(facts in prop::collection::vec(any_facts(), 1..40), threshold in 0..60_i64) {
        let home = TestHome::new();
        let page: Vec<License> = facts
            .iter()
            .cloned()
            .enumerate()
            .map(|(n, (vendor_status, expiry, _, _))| License { vendor_status, expiry, ..dev(&n.to_string(), "x") })
            .collect();
        home.list(home.north(), &page);
        for row in home.library().window(&Query::default(), now(), threshold).unwrap().rows {
            let (_, _, leaked, gone) = &facts[row.license.vendor_id.parse::<usize>().unwrap()];
            if *leaked {
                home.library().set_leaked(&[row.id], Some(now())).unwrap();
            }
            if *gone {
                home.library().mark_gone(row.id, now()).unwrap();
            }
        }
        for word in license::Status::WORDS {
            let query = Query { filter: Filter::Status((*word).to_owned()), ..Query::default() };
            for row in home.library().window(&query, now(), threshold).unwrap().rows {
                prop_assert_eq!(row.status(now(), threshold).word(), *word, "{:?}", row.license);
            }
        }
        let listed = license::Status::WORDS.iter().map(|word| {
            let query = Query { filter: Filter::Status((*word).to_owned()), ..Query::default() };
            home.library().window(&query, now(), threshold).unwrap().total
        });
        prop_assert_eq!(listed.sum::<usize>(), page.len());
    }

    /// Whatever is typed is looked for as it is, and the list stays in one piece.
    #[test]
    fn a_search_for_anything_is_a_search(text in "\\PC{0,20}") {
        let home = TestHome::new();
        home.list(home.north(), &[dev("v1", &format!("before {text} after"))]);
        prop_assert_eq!(names(&home, Filter::Text(text)).len(), 1);
    }
}
