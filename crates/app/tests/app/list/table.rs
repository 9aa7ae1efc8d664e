//! Lists as CSV: read back by another reader, without keys, and never over a file by accident.

use crate::common::{World, code, done, query, wanted};
use app::files::Target;
use app::list::{Column, Listed};
use license::file::Format;
use std::{fs, os::unix::fs::PermissionsExt};
use testkit::put;

/// The records of a table, as the csv crate's reader finds them.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

async fn named(names: &[&str]) -> World {
    let world = World::with_passphrase().await;
    let account = world.connect("North, Star").await;
    for name in names {
        world.created(account, name).await;
    }
    world
}

#[tokio::test]
async fn table_has_the_chosen_columns_in_the_order_of_the_list() {
    let world = World::with_passphrase().await;
    let account = world.connect("North, Star").await;
    for name in ["b", "a"] {
        done(app::changes::create(&world.context, wanted(account, name, &[("type", "ci")])).await);
    }
    let columns = [Column::Name, Column::Account, Column::Status, Column::ExpiresInDays];
    let table = app::list::table(&world.context, Listed::Query(query("")), &columns).await.unwrap();
    let days = world.rows("a").await[0].days.unwrap().to_string();
    let expected = [
        ["name", "account", "status", "expires_in_days"],
        ["a", "North, Star", "expires-soon", &days],
        ["b", "North, Star", "expires-soon", &days],
    ];
    assert_eq!(
        (records(&table.text), table.licenses),
        (expected.map(|row| row.map(str::to_owned).to_vec()).to_vec(), 2)
    );
    assert!(table.text.ends_with("\r\n"), "lines end as RFC 4180 says");
}

#[tokio::test]
async fn selected_licenses_keep_their_order() {
    let world = named(&["a", "b", "c"]).await;
    let chosen = vec![world.named("c").await, world.named("a").await];
    let table = app::list::table(&world.context, Listed::Licenses(chosen), &[Column::Name]).await.unwrap();
    assert_eq!(records(&table.text), [["name"], ["c"], ["a"]]);
}

#[tokio::test]
async fn names_are_never_formulas() {
    let world = World::with_passphrase().await;
    let id = app::import::import_text(&world.context, crate::common::SYSTEM_KEY, Some("=1+1"))
        .await
        .unwrap()
        .license;
    let columns = [Column::Name, Column::ExpiresInDays];
    let table = app::list::table(&world.context, Listed::Licenses(vec![id]), &columns).await.unwrap();
    assert_eq!(records(&table.text)[1], ["'=1+1", ""]);
}

#[tokio::test]
async fn table_names_files_and_contains_no_key() {
    let world = named(&["a"]).await;
    let (id, path) = (world.named("a").await, world.path("a.jwt"));
    let target = Target { format: Format::Jwt, path: path.clone(), in_place: false, keep: false };
    app::export::export(&world.context, id, target).await.unwrap();
    let key = world.key_of(id).await.unwrap();
    let table = app::list::table(&world.context, Listed::Query(query("")), &[]).await.unwrap();
    let found = records(&table.text);
    assert_eq!(found[0], Column::ALL.map(Column::word));
    assert_eq!(*found[1].last().unwrap(), path.display().to_string());
    assert!(!table.text.contains(key.expose()));
}

#[tokio::test]
async fn file_that_is_there_is_replaced_only_on_purpose() {
    let world = named(&["a"]).await;
    let path = world.path("licenses.csv");
    let export = async |replace| {
        let listed = Listed::Query(query(""));
        app::list::export_csv(&world.context, listed, &[Column::Name], path.clone(), replace).await
    };
    put(&path, "mine");
    assert_eq!(code(export(false).await), "file-exists");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(export(true).await.unwrap(), 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), "name\r\na\r\n");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o644);
}

#[tokio::test]
async fn filter_that_cannot_be_read_exports_nothing() {
    let world = named(&["a"]).await;
    let path = world.path("licenses.csv");
    let listed = Listed::Query(query("type:spaceship"));
    let exported = app::list::export_csv(&world.context, listed, &[], path.clone(), false).await;
    assert_eq!(code(exported), "filter-bad-value");
    assert!(!path.exists());
}
