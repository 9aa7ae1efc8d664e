//! The license under the variable's deprecated name, for instances from before 2401, and beside a Kubernetes secret.

use journeys::{Hand, Window, readers};
use serde_json::json;

use crate::license_files::run::{compose_folder, in_compose, picture};
use crate::world::{World, put};

#[tokio::test(flavor = "multi_thread")]
async fn an_old_instance_gets_its_variable_on_request() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    let folder = compose_folder(&world)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("clinic").await?;
    hand.click("export-open").await?;
    assert!(!hand.is_there("export-format-env-aidbox-license").await?, "it is no format of its own");
    hand.click("export-old-name").await?;
    hand.paste("export-path", &folder.join(".env").display().to_string()).await?;
    hand.text_that("export-preview", "the old name", |text| text.contains("AIDBOX_LICENSE=••••")).await?;
    picture(&window, "old-name").await?;
    hand.click("export-write").await?;
    window.find("export-done").await?;
    in_compose(&window, &folder, "AIDBOX_LICENSE").await?;
    hand.click("export-close").await?;

    let read = readers::dotenv(&folder.join(".env"))?;
    assert_eq!((&read["PGPASSWORD"], &read["BOX_LICENSE"]), (&json!("postgres"), &json!(null)), "{read}");
    let claims = readers::jwt(read["AIDBOX_LICENSE"].as_str().unwrap_or_default(), &world.portal.url())?;
    assert_eq!(claims["sub"], world.project().the_one("clinic").await?["id"]);
    assert_eq!(world.listed("clinic")?["files"][0]["format"], "env-aidbox-license");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kubernetes_secret_comes_with_the_lines_of_the_pod() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    let secret = put(
        &world.session.home().join("secret.yaml"),
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: ours-2\ndata:\n  BOX_LICENSE: b2xk\n",
    )?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("clinic").await?;
    hand.click("export-open").await?;
    hand.choose("export-format-k8s-secret").await?;
    hand.paste("export-path", &secret.display().to_string()).await?;
    hand.enabled("export-write", true).await?;
    hand.click("export-write").await?;
    let words = window.text("snippet-pod").await?;
    assert!(words.contains("under the container’s env"), "{words}");
    let shown = window.driver().find(thirtyfour::By::Css("[data-testid=snippet-pod] pre")).await?;
    let shown = shown.prop("textContent").await?.unwrap_or_default();
    let read = readers::yaml(&put(&world.session.home().join("shown.yaml"), &shown)?)?;
    let from = &read["spec"]["containers"][0]["env"][0];
    let expected = json!({ "name": "ours-2", "key": "BOX_LICENSE" });
    assert_eq!((&from["name"], &from["valueFrom"]["secretKeyRef"]), (&json!("BOX_LICENSE"), &expected));
    picture(&window, "pod").await?;
    window.close().await
}
