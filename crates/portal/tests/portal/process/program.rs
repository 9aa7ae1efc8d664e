//! `licet-portal` as a program: its first line, its sample project, its end, its files.

use std::process::Command;

use serde_json::json;

use crate::harness::{PROGRAM, Server, call, feed, issue_token};

#[tokio::test]
async fn its_first_line_says_where_it_listens() {
    let data = tempfile::TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    assert!(!server.base.ends_with(":0"), "{}", server.base);
    let response = reqwest::get(format!("{}/healthz", server.base)).await.unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn it_says_which_create_parameters_it_takes() {
    let data = tempfile::TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    let response = reqwest::get(format!("{}/rpc/capabilities", server.base)).await.unwrap();
    let said: serde_json::Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(said, json!({"create": ["goal", "hosting", "aidbox-version", "fhir-version"]}));
}

#[tokio::test]
async fn the_demo_project_has_every_type_and_hosting_once() {
    let data = tempfile::TempDir::new().unwrap();
    for _ in 0..2 {
        let server = Server::start(data.path(), &["--seed", "demo"]);
        let token = issue_token(data.path(), portal::DEMO_PROJECT);
        let (_, answer) = call(&server.base, &token, "get-licenses", json!({})).await;
        let mut kinds: Vec<String> = answer["result"]
            .as_array()
            .unwrap()
            .iter()
            .map(|license| format!("{} {}", license["type"], license["info"]["hosting"]))
            .collect();
        assert_eq!(kinds.len(), 9, "seeding again adds nothing");
        kinds.sort();
        kinds.dedup();
        assert_eq!(kinds.len(), 9, "{kinds:?}");
    }
}

#[tokio::test]
async fn the_demo_has_an_account_an_instance_and_a_core() {
    let data = tempfile::TempDir::new().unwrap();
    let server = Server::start(data.path(), &["--seed", "demo"]);
    let client = crate::harness::client();
    let get = async |path: &str, user: &str| {
        let request =
            client.get(format!("{}{path}", server.base)).basic_auth(user, Some(portal::DEMO_PASSWORD));
        crate::accounts::keygen::answer(request).await.1
    };
    assert_eq!(get("/instances/demo/api/licensing/check", "admin").await, json!(true));
    assert_eq!(get("/core/api/v3/license", "").await["online"], json!(true));
    let login = client.post(format!("{}/v1/tokens", server.base));
    let login = login.basic_auth(portal::DEMO_EMAIL, Some(portal::DEMO_PASSWORD));
    let (_, made) = crate::accounts::keygen::answer(login).await;
    let token = made["data"]["attributes"]["token"].as_str().unwrap();
    let list = client.get(format!("{}/v1/licenses", server.base)).bearer_auth(token);
    let (_, list) = crate::accounts::keygen::answer(list).await;
    let mut statuses: Vec<&str> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["attributes"]["status"].as_str().unwrap())
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, ["ACTIVE", "ACTIVE", "EXPIRING", "SUSPENDED"]);
}

#[tokio::test]
async fn an_expired_license_says_so() {
    let data = tempfile::TempDir::new().unwrap();
    let server = Server::start(data.path(), &["--seed", "demo"]);
    let token = issue_token(data.path(), portal::DEMO_PROJECT);
    let (_, answer) = call(&server.base, &token, "get-licenses", json!({})).await;
    let status = |name: &str| {
        let license = answer["result"].as_array().unwrap().iter().find(|license| license["name"] == name);
        license.unwrap()["status"].clone()
    };
    assert_eq!(status("aws-prod"), "expired");
    assert_eq!(status("clinic-prod"), "active");
    assert_eq!(status("clinic-dev"), "active");
}

#[cfg(unix)]
#[tokio::test]
async fn it_ends_well_when_it_is_asked_to() {
    for signal in ["-TERM", "-INT"] {
        let data = tempfile::TempDir::new().unwrap();
        let mut server = Server::start(data.path(), &[]);
        // A kept connection must not hold it up.
        let client = crate::harness::client();
        client.get(format!("{}/healthz", server.base)).send().await.unwrap();
        let pid = server.pid().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        assert!(server.wait().success(), "{signal}");
    }
}

#[cfg(unix)]
#[test]
fn it_ends_well_when_it_is_asked_to_right_after_its_first_line() {
    for signal in ["-TERM", "-INT"].repeat(5) {
        let data = tempfile::TempDir::new().unwrap();
        let mut server = Server::start(data.path(), &[]);
        assert!(Command::new("kill").args([signal, &server.pid().to_string()]).status().unwrap().success());
        assert!(server.wait().success(), "{signal}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_goes_wrong_is_told_on_standard_error() {
    let data = tempfile::TempDir::new().unwrap();
    let told = data.path().join("told");
    let server = Server::start_telling(data.path(), &told);
    let token = issue_token(data.path(), "northwind");
    let storage = rusqlite::Connection::open(data.path().join("portal.sqlite3")).unwrap();
    storage.execute_batch("DROP TABLE license_claims; DROP TABLE license").unwrap();
    let (status, _) = call(&server.base, &token, "get-licenses", json!({})).await;
    assert_eq!(status, 500);
    let told = std::fs::read_to_string(told).unwrap();
    assert!(told.contains("ERROR a call failed") && told.contains("no such table"), "{told}");
    assert!(!told.contains(&token), "{told}");
}

#[test]
fn what_it_keeps_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = tempfile::TempDir::new().unwrap();
    let data = parent.path().join("new/portal");
    let _server = Server::start(&data, &["--seed", "demo"]);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    let files: Vec<_> = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn an_address_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = tempfile::TempDir::new().unwrap();
    let mut command = Command::new(PROGRAM);
    let output = feed(command.args(["serve", "--listen", &address, "--data"]).arg(data.path()), "");
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with(&format!("error: cannot listen on {address}: ")), "{error}");
    assert_eq!(error.matches("in use").count(), 1, "the cause is named twice: {error}");
}

#[test]
fn a_data_folder_that_is_a_file_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new(PROGRAM);
    let output = feed(command.args(["token", "issue", "--project", "x", "--data"]).arg(file.path()), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(error, format!("error: {} is a file, not a folder\n", file.path().display()));
}

#[test]
fn a_folder_of_no_version_that_there_can_be_is_refused_and_left_alone() {
    let data = tempfile::TempDir::new().unwrap();
    issue_token(data.path(), "northwind");
    let file = rusqlite::Connection::open(data.path().join("portal.sqlite3")).unwrap();
    file.pragma_update(None, "user_version", -1).unwrap();
    let mut command = Command::new(PROGRAM);
    let output = feed(command.args(["token", "issue", "--project", "x", "--data"]).arg(data.path()), "");
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("cannot read or write the portal's storage"), "{error}");
    let projects: i64 = file.query_row("SELECT count(*) FROM project", [], |row| row.get(0)).unwrap();
    assert_eq!(projects, 1);
}

#[test]
fn a_folder_of_a_newer_version_is_refused_and_left_alone() {
    let data = tempfile::TempDir::new().unwrap();
    issue_token(data.path(), "northwind");
    let file = rusqlite::Connection::open(data.path().join("portal.sqlite3")).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    let mut command = Command::new(PROGRAM);
    let output = feed(command.args(["token", "issue", "--project", "x", "--data"]).arg(data.path()), "");
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("newer version"), "{error}");
    let projects: i64 = file.query_row("SELECT count(*) FROM project", [], |row| row.get(0)).unwrap();
    assert_eq!(projects, 1);
}

#[test]
fn no_colors_where_asked() {
    for args in ["serve --frobnicate", "--help"] {
        let on_a_terminal = |more: &str| {
            let mut command = Command::new("script");
            let line = format!("{PROGRAM} {more} {args}");
            command.args(["--quiet", "--return", "--command", &line, "/dev/null"]).env("TERM", "xterm");
            String::from_utf8(feed(command.env_remove("NO_COLOR"), "").stdout).unwrap()
        };
        assert!(on_a_terminal("").contains('\u{1b}'));
        let plain = on_a_terminal("--no-color");
        assert!(!plain.contains('\u{1b}') && !plain.is_empty(), "{plain:?}");
    }
}
