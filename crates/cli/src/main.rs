//! `licet`: the use cases without a window, for servers, scripts and CI.
//!
//! A subcommand decodes its arguments, calls one use case, and encodes what came back, as text for people
//! or as JSON for programs. The shapes and exit codes are a contract: `docs/cli.md`.

mod args;
mod commands;
mod output;
mod process;

use args::arguments::{Args, Command};
use commands::{
    absent,
    accounts::{account, forget_secrets, refresh},
    files::{backups, export, restore},
    instance::{instances, local_core},
    licenses::{create, delete, import, leaked, list, look_up, packages, replace, seats, show, validate},
};
use output::{fail::Fail, lines::Output};
use process::{command_line, read_only, shell::Shell};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match command_line::parse() {
        Ok(args) => args,
        Err(ended) => return ended,
    };
    let out = Output::new(&args.global);
    if let Err(error) = hardening::protect(hardening::Build::this()) {
        out.warn(&format!("the memory of this process is not protected: {error}"));
    }
    match run(&args, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fail) => fail.report(args.global.json, args.command.license()),
    }
}

fn run(args: &Args, out: &Output) -> Result<(), Fail> {
    command_line::refuse_two_standard_inputs(args)?;
    if absent::answer(args, out)? {
        return Ok(());
    }
    // One thread: whoever lists a million licenses should not wait for threads that only a portal would need.
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Fail::Runtime)?;
    let done = runtime.block_on(async {
        let shell = Shell::open(&args.global, out)?;
        read_only::check(&shell, &args.command)?;
        shell.check_settings().await?;
        shell.settle().await;
        // Secrets are forgotten without the passphrase, which may be what was forgotten.
        if !matches!(args.command, Command::Secrets(_)) {
            shell.unlock(&args.global).await?;
        }
        let done = perform(&shell, &args.command).await;
        shell.close().await;
        done
    });
    // A name that is still looked up does not delay the end.
    runtime.shutdown_background();
    done
}

async fn perform(shell: &Shell<'_>, command: &Command) -> Result<(), Fail> {
    match command {
        Command::Accounts(command) => account::run(shell, command).await,
        Command::Import(asked) => import::run(shell, asked).await,
        Command::Remove(asked) => import::remove(shell, asked).await,
        Command::List(asked) => list::run(shell, asked).await,
        Command::Show(asked) => show::run(shell, asked).await,
        Command::Create(asked) => create::run(shell, asked).await,
        Command::Delete(asked) => delete::run(shell, asked).await,
        Command::Replace(asked) => replace::run(shell, asked).await,
        Command::LookUp(asked) => look_up::run(shell, asked).await,
        Command::Seats(asked) => seats::run(shell, asked).await,
        Command::Packages(asked) => packages::run(shell, asked).await,
        Command::Validate(asked) => validate::run(shell, asked).await,
        Command::Leaked(asked) => leaked::run(shell, asked).await,
        Command::Core(asked) => local_core::run(shell, asked).await,
        Command::Instance(command) => instances::run(shell, command).await,
        Command::Export(asked) => export::run(shell, asked).await,
        Command::Backups(asked) => backups::run(shell, asked).await,
        Command::Restore(asked) => restore::run(shell, asked).await,
        Command::Refresh(asked) => refresh::run(shell, asked).await,
        Command::Secrets(command) => forget_secrets::run(shell, command).await,
    }
}
