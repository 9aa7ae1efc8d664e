//! Packages of a license, and the login of a container client to their registry.

use journeys::{Hand, Secrets, StandIn, Window};

use crate::world::{EMAIL, World};

const REGISTRY: &str = "registry.plant.example";

#[tokio::test(flavor = "multi_thread")]
async fn what_a_license_gives_access_to_is_searched_and_opened_down_to_its_files() -> anyhow::Result<()> {
    let world = World::connected()?;
    world.packages()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("cell").await?;
    hand.unfold("packages").await?;
    window.find("package-core").await?;
    window.find("package-motion-control").await?;
    assert!(!hand.is_there("package-vision").await?, "the license does not entitle to it");
    window.fill("packages-search", "control OCI").await?;
    window.gone("package-core").await?;
    window.fill("packages-search", "nothing of it").await?;
    window.shows("No package has these words.").await?;
    window.fill("packages-search", "core").await?;
    window.click_css("[data-testid=package-core] summary").await?;
    let releases = hand.text_that("releases-core", "both", |text| text.contains("4.5.0-rc.1")).await?;
    assert!(
        releases.contains("4.4.2") && releases.contains("stable") && releases.contains("rc"),
        "{releases}"
    );
    window.click_css("[data-testid='release-4.4.2'] summary").await?;
    let files =
        hand.text_that("release-4.4.2", "its file", |text| text.contains("core-4.4.2.tar.gz")).await?;
    assert!(files.contains("linux/amd64 · 18.9 MB"), "{files}");
    let listed = world.licet_json(&["packages", "cell", "--package", "core"])?;
    assert_eq!(listed["packages"][0]["releases"].as_array().map(Vec::len), Some(2), "{listed}");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_container_client_is_logged_in_with_the_license_file_on_its_standard_input() -> anyhow::Result<()>
{
    let world = World::new()?;
    let key = world.cell()?;
    world.packages()?;
    world.connect_with(&world.portal.url(), &["--registry", REGISTRY, "--confirm-registry", REGISTRY])?;
    let says = "echo 'WARNING! Your credentials are stored unencrypted.' >&2; echo Login Succeeded";
    let docker = StandIn::of(&world.session, "docker", says)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("cell").await?;
    hand.unfold("packages").await?;
    let command = window.text("registry-command").await?;
    assert_eq!(
        command.trim(),
        format!("cat aica-license.toml | docker login {REGISTRY} -u {EMAIL} --password-stdin")
    );
    hand.click("registry-login").await?;
    assert_eq!(hand.value("registry-user").await?, EMAIL);
    window.fill("registry-user", "robot").await?;
    hand.click("registry-submit").await?;
    let done = window.text("registry-done").await?;
    assert!(done.contains(&format!("Logged in to {REGISTRY}")) && done.contains("Login Succeeded"), "{done}");
    assert!(done.contains("stored unencrypted"), "what the client says is not kept from anybody: {done}");
    hand.click("registry-close").await?;

    assert_eq!(docker.arguments()?, format!("login\n{REGISTRY}\n-u\nrobot\n--password-stdin\n"));
    assert_eq!(docker.input()?, format!("License = \"{key}\"\n"));
    let secrets = Secrets::new(&[("license key", &key)]).allowing(docker.input_file());
    assert_eq!(secrets.in_folders(&[docker.folder(), &world.session.home()])?, []);
    assert!(!window.everything_shown().await?.contains(&key));
    hand.unfold("history").await?;
    window.shows("Registry login").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_refuses_and_an_account_without_a_registry_say_what_to_do() -> anyhow::Result<()> {
    let world = World::new()?;
    world.cell()?;
    world.connect_with(&world.portal.url(), &["--registry", REGISTRY, "--confirm-registry", REGISTRY])?;
    StandIn::of(&world.session, "docker", "echo 'unauthorized: who are you' >&2; exit 1")?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("cell").await?;
    hand.unfold("packages").await?;
    window.shows("This license does not give access to packages.").await?;
    hand.click("registry-login").await?;
    hand.click("registry-submit").await?;
    let refused = window.text("registry-error").await?;
    assert!(refused.contains("docker failed"), "{refused}");
    window.close().await?;

    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("cell").await?;
    hand.unfold("packages").await?;
    let unknown = window.text("registry-unknown").await?;
    assert!(unknown.contains("No package registry is known for this account"), "{unknown}");
    window.close().await
}
