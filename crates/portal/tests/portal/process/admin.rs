//! The program's commands that fill the portal.

use std::path::Path;
use std::process::{Command, Output};

use crate::harness::{PROGRAM, feed};

fn run(data: &Path, line: &str, input: &str) -> Output {
    let mut command = Command::new(PROGRAM);
    feed(command.args(line.split(' ')).arg("--data").arg(data), input)
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_user_with_one_time_codes_and_a_license() {
    let data = tempfile::TempDir::new().unwrap();
    let add = "user add --account acme --email ada@demo.example --password-file -";
    assert_eq!(printed(&run(data.path(), add, "secret\n")), "");
    assert_eq!(
        refused(&run(data.path(), add, "secret\n")),
        "error: there is a user named ada@demo.example already\n"
    );
    let codes = "user add --account acme --email bo@demo.example --one-time-codes --password-file -";
    let url = printed(&run(data.path(), codes, "secret\n"));
    assert!(url.starts_with("otpauth://totp/Licet%20portal:bo") && url.lines().count() == 1, "{url}");

    let license = "license add --account acme --email ada@demo.example --name cell-07 --expires 2030-12-31 \
                   --entitlement motion-control --max-machines 1";
    let license = license.split_whitespace().collect::<Vec<_>>().join(" ");
    let key = printed(&run(data.path(), &license, ""));
    let groups: Vec<&str> = key.trim_end().split('-').collect();
    assert_eq!((groups.len(), groups[5]), (6, "V3"), "{key}");
    assert!(groups[..5].iter().all(|group| group.len() == 6 && group.chars().all(|c| c.is_ascii_hexdigit())));

    let nobody = "license add --account acme --email eve@demo.example --name x";
    assert!(refused(&run(data.path(), nobody, "")).contains("no user named eve@demo.example"));
    let nowhere = "license add --account none --email ada@demo.example --name x";
    assert!(refused(&run(data.path(), nowhere, "")).contains("no account named none"));
}

#[test]
fn an_instance_and_its_token() {
    let data = tempfile::TempDir::new().unwrap();
    let add = "instance add --name demo --user admin --password-file -";
    assert_eq!(printed(&run(data.path(), add, "secret\n")), "");
    assert!(refused(&run(data.path(), add, "secret\n")).contains("instance named demo already"));
    let token = printed(&run(data.path(), "instance token --name demo --expires 2030-12-31", ""));
    assert_eq!(token.trim_end().split('.').count(), 3, "{token}");
    assert!(
        refused(&run(data.path(), "instance token --name other", "")).contains("no instance named other")
    );
    let unfit = "instance add --name a/b --user admin --password-file -";
    assert!(refused(&run(data.path(), unfit, "secret")).contains("letters, digits"));
}

#[test]
fn a_password_is_not_empty_and_a_date_is_a_date() {
    let data = tempfile::TempDir::new().unwrap();
    let add = "user add --account acme --email ada@demo.example --password-file -";
    assert!(refused(&run(data.path(), add, "\n")).contains("empty"));
    let output = run(data.path(), "instance token --name demo --expires soon", "");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}
