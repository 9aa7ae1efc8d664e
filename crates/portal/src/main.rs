//! `licet-portal`: the local portal as a program of its own.

mod admin;
#[cfg(test)]
mod help;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use portal::Portal;

use admin::{InstanceCommand, LicenseCommand, TokenCommand, UserCommand};

/// A licensing server of this computer's own.
#[derive(Parser)]
#[command(name = "licet-portal", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Print without colors; the environment variable NO_COLOR does the same.
    #[arg(long, global = true)]
    no_color: bool,
}

/// Reads the command line. Help and mistakes are printed, and end the program.
fn parse() -> Cli {
    let mut command = Cli::command();
    if std::env::args_os().any(|arg| arg == "--no-color") {
        command = command.color(ColorChoice::Never);
    }
    let matches = command.clone().get_matches();
    Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
}

#[derive(Subcommand)]
enum Command {
    /// Answer on an address until interrupted.
    Serve {
        /// The folder that keeps the portal's licenses and keys; made where it is new.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// Where to listen, as IP:PORT; port 0 picks a free one.
        #[arg(long, value_name = "ADDR")]
        listen: String,
        /// Fill it with samples first.
        #[arg(long)]
        seed: Option<Seed>,
    },
    /// Project tokens.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Users of Keygen-compatible accounts.
    #[command(subcommand)]
    User(UserCommand),
    /// Licenses of Keygen-compatible accounts.
    #[command(subcommand)]
    License(LicenseCommand),
    /// Instances of the Metrics Dashboard.
    #[command(subcommand)]
    Instance(InstanceCommand),
}

#[derive(Clone, Copy, ValueEnum)]
enum Seed {
    /// The project "demo" with a license of every type and hosting, an account and an instance "demo", and a Core.
    Demo,
}

#[tokio::main]
async fn main() -> ExitCode {
    if let Err(error) = hardening::protect(hardening::Build::this()) {
        let _ = writeln!(io::stderr(), "warning: the memory of this process is not protected: {error}");
    }
    let done = match parse().command {
        Command::Serve { data, listen, seed } => serve(data, &listen, seed).await,
        Command::Token(command) => command.run(),
        Command::User(command) => command.run(),
        Command::License(command) => command.run(),
        Command::Instance(command) => command.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nowhere left to report a standard error that is closed.
            let _ = writeln!(io::stderr(), "error: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error with those of its causes that it does not name itself.
fn sentence(error: &anyhow::Error) -> String {
    let mut sentence = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !sentence.contains(&cause) {
            sentence = format!("{sentence}: {cause}");
        }
    }
    sentence
}

async fn serve(data: PathBuf, listen: &str, seed: Option<Seed>) -> anyhow::Result<()> {
    log_to_stderr();
    let portal = Portal::open(data)?;
    if let Some(Seed::Demo) = seed {
        portal.seed_demo()?;
        let (email, password) = (portal::DEMO_EMAIL, portal::DEMO_PASSWORD);
        writeln!(
            io::stderr(),
            "sample logins: {email} of the account demo, admin of the instance demo: {password}"
        )?;
    }
    let interrupted = interruption()?;
    let serving = portal.listen(listen).await?;
    say(&format!("listening on http://{}", serving.address()))?;
    writeln!(io::stderr(), "the page, to open once within ten minutes: {}", serving.ticket()?.expose())?;
    interrupted.await;
    serving.stop().await;
    Ok(())
}

/// What goes wrong while it serves is told on standard error; standard output is for programs.
fn log_to_stderr() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::WARN)
        .with_writer(io::stderr)
        .with_ansi(false)
        .with_target(false)
        .init();
}

fn say(line: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).context("cannot write to standard output")
}

/// Completes when the program is asked to end: Ctrl+C, or SIGTERM. Listens for both from the start on, so
/// that a signal right after the first line is not missed.
#[cfg(unix)]
fn interruption() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Completes when the program is asked to end by Ctrl+C.
#[cfg(windows)]
fn interruption() -> io::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move { drop(interrupted.recv().await) })
}
