//! No token and no key is in any error, event, activity, or anything else that is shown or written unasked.

use crate::common::{World, json};
use app::context::AppError;
use app::files::Target;
use license::{LicenseKey, Token, file::Format};
use testkit::{Answer, put};

#[tokio::test]
async fn no_secret_is_told_however_a_portal_answers() {
    let world = World::with_passphrase().await;
    let found = world.issued_elsewhere("north").await;
    let key = found.key.unwrap();
    let account = world.connect("a").await;
    let id = world.named("north").await;
    let kept = world.account(account).await;
    let echo = format!("{} and {} are wrong", world.token, key.expose());
    let quoted = serde_json::to_string(&echo).unwrap();
    let mut told = Vec::new();
    for answer in [
        json(401, &format!("{{\"error\": {{\"message\": {quoted}}}}}")),
        json(422, &format!("{{\"error\": {quoted}}}")),
        json(500, &format!("{{\"message\": {quoted}}}")),
        json(200, &format!("{{\"error\": {quoted}}}")),
        json(200, &echo),
        Answer::reply(502, "text/plain", echo.clone()),
        Answer::reply(200, "text/html", format!("<html><title>{echo}</title></html>")),
    ] {
        world.proxy.always("portal.portal/", answer);
        told.extend(app::refresh::refresh(&world.context, account).await.err());
        told.extend(app::changes::look_up(&world.context, &kept, key.clone()).await.err());
        told.extend(app::list::reveal(&world.context, id).await.err());
        told.extend(app::accounts::test_login(&world.context, world.login(&world.token)).await.err());
        told.extend(sent(world.create(account, "south").await));
        told.extend(sent(app::changes::delete_by_key(&world.context, &kept, key.clone(), "north").await));
        world.proxy.clear();
        told.extend(sent(app::changes::delete(&world.context, id, &world.token).await));
    }
    assert!(told.len() > 30, "{}", told.len());
    for error in &told {
        let shown = format!("{error} {error:?} {:?}", error.report());
        assert_secret(&shown, &world.token, &key);
    }
}

#[tokio::test]
async fn no_secret_is_in_events_activity_or_what_is_shown_of_a_license() {
    let world = World::with_passphrase().await;
    world.follow().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let key = app::list::reveal(&world.context, id).await.unwrap();
    app::list::copy_key(&world.context, id).await.unwrap();
    let path = world.path("l.jwt");
    let target = Target { format: Format::Jwt, path: path.clone(), in_place: false, keep: true };
    let preview = app::export::preview(&world.context, id, &target).await.unwrap();
    let written = app::export::export(&world.context, id, target).await.unwrap();
    put(&path, "x");
    app::changes::delete(&world.context, id, "north").await.unwrap();
    world.host.sees_change("the license", |change| change.licenses.contains(&id)).await;
    let shown = format!(
        "{:?} {:?} {preview:?} {written:?} {:?} {:?} {:?} {:?} {:?}",
        world.events(),
        world.context.activity(None, 100).await.unwrap(),
        world.rows("status:gone").await,
        app::accounts::accounts(&world.context).await.unwrap(),
        app::home::stored(&world.context).await.unwrap(),
        world.context,
        world.login(&world.token),
    );
    assert_secret(&shown, &world.token, &key);
    let detail = world.detail(id).await;
    assert_secret(
        &format!("{:?} {:?} {:?}", detail.row, detail.activity, detail.account),
        &world.token,
        &key,
    );
}

#[tokio::test]
async fn no_secret_is_in_the_bytes_of_the_home() {
    let world = World::with_passphrase().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let key = app::list::reveal(&world.context, id).await.unwrap();
    app::import::import_text(&world.context, crate::common::SYSTEM_KEY, None).await.unwrap();
    world.proxy.once("issue-license", Answer::Drop);
    world.create(account, "south").await.unwrap();
    app::home::save_draft(&world.context, app::home::Draft::default()).await.unwrap();
    let files = files_below(world.home().dir());
    for one_of_them in [world.home().library(), world.home().portal_data().join("portal.sqlite3")] {
        assert!(files.contains(&one_of_them), "{files:?}");
    }
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        for secret in [world.token.as_str(), key.expose(), crate::common::SYSTEM_KEY] {
            let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_there, "a secret stands in {}", path.display());
        }
    }
}

fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn sent(sent: Result<app::changes::Sent, AppError>) -> Option<AppError> {
    match sent {
        Ok(app::changes::Sent::Unknown(error)) | Err(error) => Some(error),
        Ok(app::changes::Sent::Done(_)) => None,
    }
}

/// Fails where a text has the token, the key, or a telling part of one.
fn assert_secret(text: &str, token: &str, key: &LicenseKey) {
    let token = Token::new(token.to_owned());
    let signature = key.expose().rsplit('.').next().unwrap();
    for secret in [token.expose(), key.expose(), signature] {
        assert!(!text.contains(secret), "a secret is told: {}", text.replace(secret, "<here>"));
    }
}
