//! A client that nobody here wrote: Schemathesis, which tries what an OpenAPI description of the instance's endpoints
//! allows and forbids. The description is written from the vendor's document.

use std::process::Command;

use crate::harness::{Local, fixture};

const PASSWORD: &str = "examined";

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_keeps_what_its_description_promises() {
    let local = Local::start().await;
    local.portal.add_instance("demo", "admin", "not used here").unwrap();
    // A user of its own: it tries wrong passwords as well, and five would shut it out of what follows.
    local.portal.add_instance_user("demo", "examiner", PASSWORD, &["read", "write", "delete"]).unwrap();
    let token = local.portal.instance_token("demo", None, None).unwrap();
    local.portal.apply_instance_token("demo", &token).unwrap();
    let root = format!("{}/instances/demo", local.base());
    let python = std::env::var_os("LICET_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let home = tempfile::TempDir::new().unwrap();
    let mut command = Command::new(python);
    command
        .current_dir(home.path())
        .args(["-m", "schemathesis.cli", "--no-color", "run"])
        .arg(fixture("dashboard.openapi.json"))
        .args(["--url", &root, "--auth", &format!("examiner:{PASSWORD}")])
        .args([
            "--phases",
            "examples,coverage,fuzzing",
            "--max-examples",
            "40",
            "--seed",
            "1",
            "--workers",
            "1",
        ])
        // Any text is a token by its type, and no text but a signed one is a token.
        .args(["--checks", "all", "--exclude-checks", "positive_data_acceptance"]);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "(needs the packages of tests/requirements.txt) {told}{errors}");
}
