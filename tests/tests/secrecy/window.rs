//! The same in the window: what is typed and pasted goes to the vendor and nowhere else.

use journeys::{Hand, KeyringState, Recorder, Session, Window, licet_says};

use crate::vendors::{ADMINISTRATOR, EMAIL, PASSWORD, Vendors, nothing_in_processes};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_for_an_account_and_an_instance_is_told_to_nobody_else() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut vendors = Vendors::start()?;
    let window = Window::open(&session, &[]).await?;
    let recorder = Recorder::start(&window).await?;
    let hand = Hand::at(&window);
    log_in(&hand, &mut vendors).await?;
    let secrets = vendors.secrets()?;
    nothing_in_processes(&secrets, &session)?;
    look_at_the_license(&session, &hand).await?;
    nothing_in_processes(&secrets, &session)?;
    use_the_instance(&session, &hand, &vendors).await?;
    for (open, screen) in
        [("open-activity", "activity"), ("open-settings", "settings"), ("settings-storage", "storage")]
    {
        window.click(open).await?;
        window.find(screen).await?;
        assert_eq!(secrets.in_bytes(screen, window.driver().source().await?.as_bytes()), []);
        if screen != "settings" {
            window.click("page-back").await?;
        }
    }
    window.click("page-back").await?;

    let heard = recorder.heard(&window).await?;
    for needed in
        ["test_account", "keep_account", "validate", "seats", "check_out", "apply_token", "restore_token"]
    {
        assert!(heard.answers.iter().any(|answer| answer.command == needed), "{needed} was recorded");
    }
    for answer in &heard.answers {
        let place = format!("the answer to {}", answer.command);
        assert_eq!(secrets.in_bytes(&place, answer.text.as_bytes()), []);
        vendors.no_code_in(&place, &answer.text);
    }
    let events = heard.events.join("\n");
    assert_eq!(secrets.in_bytes("events", events.as_bytes()), []);
    vendors.no_code_in("events", &events);
    let page = window.driver().source().await?;
    assert_eq!(secrets.in_bytes("the page", page.as_bytes()), []);
    let log = window.log()?;
    assert_eq!(secrets.in_bytes("what the window wrote", log.as_bytes()), []);
    vendors.no_code_in("what the window wrote", &log);
    nothing_in_processes(&secrets, &session)?;
    window.close().await?;

    let secrets = secrets.allowing(session.home().join("cell.lic"));
    assert_eq!(secrets.in_folders(&[session.folder()])?, []);
    assert_eq!(vendors.found_at_the_vendor()?, []);
    Ok(())
}

/// The wizard: e-mail, password, and the code that is asked for then.
async fn log_in(hand: &Hand<'_>, vendors: &mut Vendors) -> anyhow::Result<()> {
    let window = hand.window;
    hand.click("setup-card-aica").await?;
    window.fill("setup-field-url", &vendors.between.url()).await?;
    window.fill("setup-field-vendor-account", "plant").await?;
    window.fill("setup-field-email", EMAIL).await?;
    window.fill("setup-confirm-host", "127.0.0.1").await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.click("setup-next").await?;
    window.shows("A one-time code is needed").await?;
    hand.paste("setup-field-otp", &vendors.code()?).await?;
    hand.name_account("plant").await?;
    hand.click("setup-next").await?;
    window.find("setup-file-preview").await?;
    hand.click("setup-skip").await
}

/// Its machines, whether its key is good, and a certificate that only its key opens.
async fn look_at_the_license(session: &Session, hand: &Hand<'_>) -> anyhow::Result<()> {
    let window = hand.window;
    hand.select("cell").await?;
    window.find("seats").await?;
    hand.click("validate").await?;
    hand.attribute("validation", "data-valid", "true").await?;
    hand.unfold("packages").await?;
    window.find("packages").await?;
    hand.unfold("certificate").await?;
    hand.click("certificate-check-out").await?;
    hand.click("check-out-encrypted").await?;
    hand.click("check-out-submit").await?;
    window.fill("export-path", &session.home().join("cell.lic").display().to_string()).await?;
    hand.click("export-write").await?;
    window.find("export-done").await?;
    hand.click("export-close").await?;
    window.gone("export-dialog").await
}

/// A token is applied over another, one is only looked over, and the first is restored.
async fn use_the_instance(session: &Session, hand: &Hand<'_>, vendors: &Vendors) -> anyhow::Result<()> {
    let root = vendors.root();
    let add = ["accounts", "add", "dashboard", "--name", "play", "--url", &root, "--password-file", "-"];
    licet_says(session, &add, ADMINISTRATOR)?;
    let menu = last_menu(hand).await?;
    for token in &vendors.tokens {
        hand.click(&menu).await?;
        hand.click(&menu.replace("account-menu-", "apply-open-")).await?;
        hand.paste("instance-paste", token).await?;
        hand.click("apply-send").await?;
        hand.text_that("instance-done", "the token", |text| text.contains("has the token")).await?;
        hand.click("apply-close").await?;
    }
    hand.select("Licet local portal").await?;
    hand.click("apply-open").await?;
    hand.paste("instance-paste", &vendors.tokens[0]).await?;
    hand.window.find("apply-verdict").await?;
    hand.click("dialog-leave").await?;
    hand.click("detail-menu").await?;
    hand.click("apply-restore").await?;
    hand.click("restore-token-send").await?;
    hand.text_that("instance-done", "the earlier token", |text| text.contains("earlier token")).await?;
    hand.click("restore-token-close").await?;
    Ok(())
}

/// The menu of the account that came last.
async fn last_menu(hand: &Hand<'_>) -> anyhow::Result<String> {
    let all = "return [...document.querySelectorAll('[data-testid^=\"account-menu-\"]')].map((menu) => menu.dataset.testid)";
    journeys::eventually("a second account", journeys::PATIENCE, || async {
        let menus: Vec<String> = hand.window.driver().execute(all, vec![]).await?.convert()?;
        Ok((menus.len() > 1).then(|| menus.last().cloned()).flatten())
    })
    .await
}
