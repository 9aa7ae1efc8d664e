//! Looking at screens: axe-core judges each, and a picture of each is left in `target/pictures`.

use std::path::PathBuf;

use xtask::{repository, session::Session};

use crate::{Window, licet_home};

/// Looks at screens, and keeps what is wrong until all were seen.
#[derive(Debug)]
pub struct Looks {
    theme: &'static str,
    wrong: Vec<String>,
}

impl Looks {
    /// From the first paint on the session's window has this appearance.
    pub fn new(session: &Session, theme: &'static str) -> anyhow::Result<Self> {
        let looks = Self { theme, wrong: Vec::new() };
        looks.of(session)?;
        Ok(looks)
    }

    /// The same appearance for another session's window.
    pub fn of(&self, session: &Session) -> anyhow::Result<()> {
        let settings = format!("appearance = \"{}\"\n", self.theme);
        xtask::repository::write(&licet_home(session).join("settings.toml"), settings.as_bytes())
    }

    /// Looks at what is shown now; its picture is kept under this name.
    pub async fn at(&mut self, window: &Window, name: &str) -> anyhow::Result<()> {
        window.screenshot(&picture(self.theme, name)?).await?;
        let found = window.violations().await?;
        self.wrong.extend(found.iter().map(|violation| format!("{} {name}: {violation:?}", self.theme)));
        Ok(())
    }

    /// Fails with everything that was wrong.
    pub fn judged(self) -> anyhow::Result<()> {
        anyhow::ensure!(self.wrong.is_empty(), "axe-core found:\n{}", self.wrong.join("\n"));
        Ok(())
    }
}

/// Where the picture of a screen is left.
pub fn picture(theme: &str, name: &str) -> anyhow::Result<PathBuf> {
    let folder = repository::target().join("pictures").join(theme);
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(name).with_extension("png"))
}
