//! What people get, as it is built: closed to automation, strict about what the page may do, and without the tests' parts.

use std::path::Path;

use journeys::{KeyringState, Session, Window, licet_home, program};
use serde_json::Value;
use xtask::repository;

#[test]
fn a_shipped_build_does_not_let_itself_be_driven() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut command = session.command(program("LICET_DESKTOP")?);
    command.arg("--home").arg(licet_home(&session)).env("TAURI_WEBVIEW_AUTOMATION", "true");
    let ended = command.output()?;
    assert!(!ended.status.success());
    let told = String::from_utf8(ended.stderr)?;
    assert!(told.starts_with("error: TAURI_WEBVIEW_AUTOMATION is set"), "{told}");
    assert!(!licet_home(&session).exists(), "it refuses before it touches anything");
    Ok(())
}

#[test]
fn the_pages_double_of_the_program_is_not_shipped() -> anyhow::Result<()> {
    // A marker for this test, and the name of a project that it makes up.
    const OF_THE_DOUBLE: [&str; 2] = ["licet-fake-backend", "northwind"];
    let mut double = Vec::new();
    each_file(&repository::path("ui/src/lib/ipc/fake"), &mut |_, text| double.push(text.to_owned()))?;
    let mut shipped = Vec::new();
    each_file(&repository::path("ui/dist"), &mut |file, text| {
        shipped.push((file.to_owned(), text.to_owned()))
    })?;
    assert!(shipped.len() >= 3, "a page, its script and its style");
    for part in OF_THE_DOUBLE {
        assert!(double.iter().any(|text| text.contains(part)), "the double has {part}");
        let holding: Vec<_> = shipped.iter().filter(|(_, text)| text.contains(part)).collect();
        assert!(
            holding.is_empty(),
            "{part} is in {:?}",
            holding.iter().map(|(file, _)| file).collect::<Vec<_>>()
        );
    }
    assert!(shipped.iter().any(|(_, text)| text.contains("write_export")), "it asks the program");
    Ok(())
}

#[test]
fn the_shipped_page_has_nothing_inline() -> anyhow::Result<()> {
    let page = std::fs::read_to_string(repository::path("ui/dist/index.html"))?;
    assert!(!page.contains("<style") && !page.contains("style="), "{page}");
    let scripts: Vec<&str> = page.split("<script").skip(1).collect();
    assert!(
        !scripts.is_empty()
            && scripts.iter().all(|script| script.split('>').next().is_some_and(|tag| tag.contains(" src="))),
        "{page}"
    );
    let handler = |word: &str| word.starts_with("on") && word.contains('=');
    assert!(!page.split_whitespace().any(handler), "{page}");
    Ok(())
}

#[test]
fn the_page_may_do_the_least() -> anyhow::Result<()> {
    let read = |path: &str| -> anyhow::Result<Value> {
        Ok(serde_json::from_slice(&std::fs::read(repository::path(path))?)?)
    };
    let config = read("src-tauri/tauri.conf.json")?;
    let policy = config["app"]["security"]["csp"].as_str().unwrap_or_default();
    assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert!(!policy.contains('*') && !policy.contains("https:"), "{policy}");
    let capabilities = read("src-tauri/capabilities/main.json")?;
    let wanted = serde_json::json!([
        "core:event:allow-listen",
        "core:event:allow-unlisten",
        "core:webview:allow-set-webview-zoom"
    ]);
    assert_eq!(capabilities["permissions"], wanted);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_holds_in_the_window() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &[]).await?;
    window.find("setup").await?;
    let blocked = window.driver().execute_async(ATTACK, vec![]).await?;
    let blocked: Vec<String> = serde_json::from_value(blocked.json().clone())?;
    assert_eq!(blocked, ["connect-src", "img-src", "script-src-elem", "style-src-elem"]);
    window.close().await
}

/// Tries what an injected text would try, and answers which directives stopped it.
const ATTACK: &str = r#"
const done = arguments[0];
const stopped = new Set();
document.addEventListener('securitypolicyviolation', (event) => {
  stopped.add(event.effectiveDirective);
  if (stopped.size === 4) done([...stopped].sort());
});
const add = (tag, attributes) => document.body.append(Object.assign(document.createElement(tag), attributes));
add('script', { textContent: 'window.attacked = true' });
add('style', { textContent: 'body { display: none }' });
add('img', { src: 'http://127.0.0.1:9/stolen' });
fetch('http://127.0.0.1:9/stolen').catch(() => {});
"#;

fn each_file(folder: &Path, visit: &mut dyn FnMut(&Path, &str)) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)?.flatten() {
        match entry.path() {
            path if path.is_dir() => each_file(&path, visit)?,
            path => visit(&path, &String::from_utf8_lossy(&std::fs::read(&path)?)),
        }
    }
    Ok(())
}
