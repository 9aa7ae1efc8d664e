//! What a long list in YAML costs in memory, as the vendor documents its answers.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cost;

use cost::{Form, costs_at_most_four_times};

const ENTRY: &str = r#"- jwt: eyJhbGciOiJSUzI1NiJ9.eyJlbnRpdGxlbWVudHMiOlsiZmhpciIsInNxbCJdfQ.c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJl
  license:
    id: "NUMBER"
    resourceType: License
    name: box-NUMBER
    product: aidbox
    type: development
    status: active
    created: "2026-01-02T03:04:05Z"
    max-instances: 1
    offline: false
    issuer: "https://aidbox.app"
    creator:
      id: u1
      resourceType: User
    project:
      id: p1
      resourceType: Project
    info:
      hosting: self-hosted
    meta:
      lastUpdated: "2026-01-02T03:04:05Z"
      createdAt: "2026-01-02T03:04:05Z"
      versionId: "1"
    additional:
      expiration-days: 14
      box-url: null
"#;

#[tokio::test]
async fn yaml_list_costs_at_most_four_times_its_size() {
    let form = Form { media_type: "text/yaml", start: "result:\n", entry: ENTRY, between: "", end: "" };
    // 60 MB cost as much for each byte, but the parser takes more than a minute for them in a build that is not optimized.
    costs_at_most_four_times(12_000_000, form).await;
}
