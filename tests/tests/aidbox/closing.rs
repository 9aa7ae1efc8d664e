//! The window closed or killed in the middle of what it does: every file is whole, and what was sent is found again.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::Context;
use journeys::{Hand, PATIENCE, Session, Window, licet_home, readers, until};
use rustix::process::{Pid, Signal, kill_process_group};
use testkit::{Answer, FaultServer};
use xtask::process::Group;

use crate::world::{World, put};

const BEFORE: &str = "# the ports\nAIDBOX_PORT=8888\nBOX_LICENSE=an-old-one\n";

#[tokio::test(flavor = "multi_thread")]
async fn export_waits_for_the_library() -> anyhow::Result<()> {
    let world = connected().await?;
    let env = put(&world.session.home().join("compose/.env"), BEFORE)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    about_to_write(&hand, &env).await?;
    // Another program holds the library. What is about to be written is recorded there first, so the file has to wait.
    let held = HeldLibrary::of(&world.session)?;
    hand.click("export-write").await?;
    hand.attribute("export-write", "aria-busy", "true").await?;
    // The program ends while the library is still held.
    window.close().await?;
    assert_eq!(std::fs::read_to_string(&env)?, BEFORE);
    assert_eq!(names(&env)?, [".env"]);
    drop(held);

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    about_to_write(&hand, &env).await?;
    written(&hand).await?;
    whole_and_new(&world, &env).await?;
    assert_eq!(std::fs::read_to_string(env.with_file_name(".env.bak"))?, BEFORE, "what the user had is kept");
    assert_eq!(world.listed("clinic")?["files"][0]["state"], "up-to-date");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_killed_at_the_first_trace_of_a_write_leaves_the_old_file_or_the_new_one()
-> anyhow::Result<()> {
    killed_while_it_writes(|names, _| names != [".env"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_killed_once_the_old_text_is_safe_leaves_the_old_file_or_the_new_one() -> anyhow::Result<()>
{
    killed_while_it_writes(|names, text| {
        let is_safe = names.iter().any(|name| name == ".env.bak");
        is_safe && (names.len() > 2 || text != BEFORE)
    })
    .await
}

/// Kills the window in the middle of a write as soon as what lies in the folder, and in the file, is so.
async fn killed_while_it_writes(moment: fn(&[String], &str) -> bool) -> anyhow::Result<()> {
    let world = connected().await?;
    let env = put(&world.session.home().join("compose/.env"), BEFORE)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    about_to_write(&hand, &env).await?;
    let killer = kill_when(window.process(), &env, moment)?;
    // The window may be gone before it has answered the click.
    let _ = hand.click("export-write").await;
    killer.join().map_err(|_| anyhow::anyhow!("the watching of the folder failed"))??;
    window.kill();
    if std::fs::read_to_string(&env)? != BEFORE {
        whole_and_new(&world, &env).await?;
    }

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    about_to_write(&hand, &env).await?;
    written(&hand).await?;
    whole_and_new(&world, &env).await?;
    assert_eq!(std::fs::read_to_string(env.with_file_name(".env.bak"))?, BEFORE, "what the user had is kept");
    assert_eq!(names(&env)?, [".env", ".env.bak"], "what the killed one left is gone");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_closed_in_the_middle_of_a_create_finds_it_at_the_next_start() -> anyhow::Result<()> {
    const CREATE: &str = "issue-license";
    let world = World::new()?;
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    between.once(CREATE, Answer::CommitThenHang);
    hand.click("create-open").await?;
    hand.there("create-type-dev").await?;
    hand.paste("create-name", "cut-off").await?;
    hand.click("create-submit").await?;
    until("the request", || Ok(between.count(CREATE) == 1)).await?;
    window.close().await?;
    world.project().the_one("cut-off").await?;
    let accounts = world.licet_json(&["accounts", "list"])?;
    assert!(accounts.to_string().contains("cut-off"), "it is written down: {accounts}");

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("cut-off").await?;
    window.shows("“cut-off” was created after all").await?;
    let accounts = world.licet_json(&["accounts", "list"])?;
    assert!(!accounts.to_string().contains("cut-off"), "it is settled: {accounts}");
    assert_eq!(between.count(CREATE), 1, "nothing was sent twice");
    world.project().the_one("cut-off").await?;
    window.close().await
}

/// A project with the license “clinic” is connected.
async fn connected() -> anyhow::Result<World> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    Ok(world)
}

/// Opens the dialog for the file, up to its button.
async fn about_to_write(hand: &Hand<'_>, env: &Path) -> anyhow::Result<()> {
    hand.select("clinic").await?;
    hand.click("export-open").await?;
    hand.paste("export-path", &env.display().to_string()).await?;
    hand.text_that("export-preview", "the other lines", |text| text.contains("AIDBOX_PORT=8888")).await?;
    hand.enabled("export-write", true).await
}

async fn written(hand: &Hand<'_>) -> anyhow::Result<()> {
    hand.click("export-write").await?;
    hand.text_that("export-done", "the file", |text| text.contains("~/compose/.env")).await?;
    hand.click("export-close").await
}

async fn whole_and_new(world: &World, env: &Path) -> anyhow::Result<()> {
    let read = readers::dotenv(env)?;
    assert_eq!(read["AIDBOX_PORT"], "8888");
    let claims = readers::jwt(read["BOX_LICENSE"].as_str().unwrap_or_default(), &world.portal.url())?;
    assert_eq!(claims["sub"], world.project().the_one("clinic").await?["id"]);
    Ok(())
}

/// The names of everything beside the file, and its own.
fn names(env: &Path) -> anyhow::Result<Vec<String>> {
    let entries = std::fs::read_dir(env.parent().context("a folder")?)?.flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

/// Kills a group of processes as soon as the names in the file's folder, and its text, are so.
fn kill_when(
    leader: u32,
    env: &Path,
    moment: fn(&[String], &str) -> bool,
) -> anyhow::Result<std::thread::JoinHandle<anyhow::Result<()>>> {
    let group = Pid::from_raw(leader.try_into()?).context("a process")?;
    let (env, start): (PathBuf, _) = (env.to_owned(), std::time::Instant::now());
    Ok(std::thread::spawn(move || {
        while !moment(&names(&env)?, &std::fs::read_to_string(&env)?) {
            anyhow::ensure!(start.elapsed() < PATIENCE, "nothing is written");
        }
        Ok(kill_process_group(group, Signal::KILL)?)
    }))
}

/// Another program that writes into the library, and does not come to its end until this is dropped.
struct HeldLibrary {
    _program: Group,
}

impl HeldLibrary {
    fn of(session: &Session) -> anyhow::Result<Self> {
        let mut command = session.command("sqlite3");
        command.arg(licet_home(session).join("library.sqlite3")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = Group::spawn(&mut command)?;
        let input = program.child().stdin.as_mut().context("sqlite3 takes no input")?;
        input.write_all(b".timeout 5000\nBEGIN IMMEDIATE;\nSELECT 'held';\n")?;
        let output = program.child().stdout.take().context("sqlite3 has no output")?;
        let mut told = String::new();
        BufReader::new(output).read_line(&mut told)?;
        anyhow::ensure!(told.trim() == "held", "sqlite3 said {told:?}");
        Ok(Self { _program: program })
    }
}
