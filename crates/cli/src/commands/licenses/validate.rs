//! `licet validate`

use crate::args::licenses::Validate;
use crate::output::{fail::Fail, words::to_the_second};
use crate::process::shell::Shell;
use jiff::Timestamp;
use license::LicenseId;
use serde::Serialize;

#[derive(Serialize)]
struct Answer<'a> {
    license: LicenseId,
    valid: bool,
    code: &'a str,
    detail: Option<&'a str>,
    sentence: String,
    at: Option<Timestamp>,
}

/// Asks the vendor. A clear "no" is an answer, and the exit code tells it.
pub(crate) async fn run(shell: &Shell<'_>, asked: &Validate) -> Result<(), Fail> {
    let license = shell.license(&asked.license).await?;
    shell.ask_to_unlock().await?;
    let told = app::offers::validate(&shell.context, license).await?;
    let answer = Answer {
        license,
        valid: told.valid,
        code: told.code.word(),
        detail: told.detail.as_deref(),
        sentence: told.code.sentence(),
        at: told.at.map(to_the_second),
    };
    shell.out.print(&answer, |lines| {
        lines.answer(&format!("{}: {}", if told.valid { "valid" } else { "not valid" }, answer.code))?;
        lines.tell(&answer.sentence)?;
        told.detail.iter().try_for_each(|detail| lines.tell(&format!("The vendor says: {detail}")))
    })?;
    if told.valid { Ok(()) } else { Err(Fail::AnsweredNo) }
}
