//! Other programs that Licet runs.

mod pipe;

use crate::context::AppError;
use pipe::{Pipe, Words};
use std::{
    convert::Infallible,
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::{
    io::AsyncWriteExt,
    process::{Child, Command},
};
use vendors::Registry;

/// For how long a program may run.
const PATIENCE: Duration = Duration::from_secs(60);

/// What names another repository than that of the folder asked about, where Licet was started from a hook of git.
const OF_A_REPOSITORY: &[&str] = &["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR"];

/// Where they are: a name is looked for where the system looks for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    /// Git, which tells whether a file would be committed.
    pub git: PathBuf,
    /// The container clients, the preferred one first.
    pub container: Vec<PathBuf>,
}

impl Default for Programs {
    fn default() -> Self {
        Self { git: "git".into(), container: vec!["docker".into(), "podman".into()] }
    }
}

impl Programs {
    /// The first container client that is on this computer.
    pub(crate) fn container_client(&self) -> Option<PathBuf> {
        self.container.iter().find_map(|program| which::which(program).ok())
    }
}

/// What a program that ended said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ran {
    /// Whether it ended well.
    pub is_good: bool,
    /// What it ended with; nothing where a signal ended it.
    pub code: Option<i32>,
    /// Its words, without anything that looks like a key, and without what stood on its standard input.
    pub words: String,
}

/// What a program is told on its standard input.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    /// The whole of it.
    pub text: &'a str,
    /// The key in it, which a program may repeat alone.
    pub key: &'a str,
}

/// Runs a program to its end, or ends it after a minute. A secret may stand on its standard input, never in `args`.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "more kinds of I/O errors may be added to the standard library"
)]
pub(crate) async fn run<S: AsRef<OsStr>>(
    program: &Path,
    args: &[S],
    input: Option<Input<'_>>,
) -> Result<Ran, AppError> {
    let named = program.display().to_string();
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => AppError::ProgramMissing { program: named.clone() },
        _ => AppError::ProgramFailed { program: named.clone(), words: error.to_string() },
    };
    let mut command = Command::new(program);
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    for name in OF_A_REPOSITORY {
        command.env_remove(name);
    }
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let child = command.spawn().map_err(failed)?;
    match tokio::time::timeout(PATIENCE, end(child, input)).await {
        Ok(ran) => ran.map_err(failed),
        Err(_) => {
            let words = format!("it did not end within {} s", PATIENCE.as_secs());
            Err(AppError::ProgramFailed { program: named, words })
        }
    }
}

/// Waits for the program itself. One that it started, such as a daemon, may keep its outputs open for longer.
async fn end(mut child: Child, input: Option<Input<'_>>) -> io::Result<Ran> {
    let (stdin, mut said, mut complained) =
        (child.stdin.take(), Words::of(child.stdout.take()), Words::of(child.stderr.take()));
    let write = async {
        if let (Some(mut stdin), Some(input)) = (stdin, input) {
            // A program that does not want to hear it all says by its end whether that was good.
            let _heard = stdin.write_all(input.text.as_bytes()).await;
        }
    };
    let status = tokio::select! {
        status = child.wait() => status?,
        never = talk(write, &mut said, &mut complained) => match never {},
    };
    let words = format!("{}{}", said.read_to_end().await?, complained.read_to_end().await?);
    Ok(Ran { is_good: status.success(), code: status.code(), words: redacted(&words, input) })
}

async fn talk<A: Pipe, B: Pipe>(
    write: impl Future<Output = ()>,
    said: &mut Words<A>,
    complained: &mut Words<B>,
) -> Infallible {
    tokio::join!(write, said.hear(), complained.hear());
    std::future::pending().await
}

fn redacted(words: &str, input: Option<Input<'_>>) -> String {
    let given = input.into_iter().flat_map(|input| [input.text.trim(), input.key.trim()]);
    Registry::default().redacted_output(words, given)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

    #[test]
    fn what_a_program_repeats_of_its_input_is_redacted() {
        let input = format!("License = \"{KEY}\"\n");
        let told = Input { text: &input, key: KEY };
        let words = redacted(&format!("got {input} and \u{1b}[1m{KEY}\n"), Some(told));
        assert!(!words.contains(KEY) && !words.contains('\u{1b}'), "{words}");
        assert!(words.starts_with("got <redacted>"), "{words}");
    }

    #[test]
    fn key_of_an_unknown_form_is_redacted() {
        let told = Input { text: "License = \"north-42\"\n", key: "north-42" };
        assert_eq!(redacted("error: north-42 is unknown", Some(told)), "error: <redacted> is unknown");
    }

    #[tokio::test]
    async fn what_is_not_there_and_what_ends_badly_are_told_apart() {
        let missing = run(Path::new("/nowhere/docker"), &["login"], None).await;
        assert!(matches!(missing, Err(AppError::ProgramMissing { .. })), "{missing:?}");
        let north = Input { text: "north\n", key: "" };
        let ran = run(Path::new("sh"), &["-c", "cat; echo no >&2; exit 3"], Some(north)).await.unwrap();
        assert_eq!(ran, Ran { is_good: false, code: Some(3), words: "<redacted>\nno".to_owned() });
    }

    #[tokio::test]
    async fn a_program_that_says_too_much_is_heard_to_its_end() {
        let ran = run(
            Path::new("sh"),
            &["-c", "head -c 500000 /dev/zero | tr '\\0' ."],
            Some(Input { text: "", key: "" }),
        )
        .await
        .unwrap();
        assert!(ran.is_good);
        assert_eq!(ran.words.len(), pipe::MOST_WORDS);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn program_has_ended_although_one_that_it_started_goes_on() {
        // The other program keeps both outputs open until its input, which the test holds, is closed.
        let held = tempfile::tempdir().unwrap();
        let pipe = held.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let script = format!("cat '{}' & echo done; echo warned >&2; exit 3", pipe.display());
        let ran = run(Path::new("sh"), &["-c", &script], None).await.unwrap();
        assert_eq!(ran, Ran { is_good: false, code: Some(3), words: "done\nwarned".to_owned() });
        // Opened to be read and written, so that it does not wait for the other end; then the other program ends.
        drop(std::fs::OpenOptions::new().read(true).write(true).open(&pipe).unwrap());
    }
}
