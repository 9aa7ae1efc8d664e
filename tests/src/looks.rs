//! Looking at screens: axe-core judges each, and a picture of each is left in `target/pictures`.

use std::path::PathBuf;

use xtask::repository;

use crate::{Rules, Window};

/// Both appearances, and what is judged in each. The light one comes last, so that the window stays as it was.
const THEMES: [(&str, Rules); 2] = [("dark", Rules::Contrast), ("light", Rules::All)];

/// Looks at screens, and keeps what is wrong until all were seen.
#[derive(Debug, Default)]
pub struct Looks {
    wrong: Vec<String>,
}

impl Looks {
    /// Looks at what is shown now, in the dark and in the light; the pictures are kept under this name.
    pub async fn at(&mut self, window: &Window, name: &str) -> anyhow::Result<()> {
        for (theme, rules) in THEMES {
            // What still changes its color would be shown in between.
            let set = format!(
                "document.documentElement.dataset.theme = '{theme}';
                for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish()"
            );
            window.driver().execute(&set, vec![]).await?;
            window.screenshot(&picture(theme, name)?).await?;
            let found = window.violations(rules).await?;
            self.wrong.extend(found.iter().map(|violation| format!("{theme} {name}: {violation:?}")));
        }
        Ok(())
    }

    /// Fails with everything that was wrong.
    pub fn judged(self) -> anyhow::Result<()> {
        anyhow::ensure!(self.wrong.is_empty(), "axe-core found:\n{}", self.wrong.join("\n"));
        Ok(())
    }
}

/// Where the picture of a screen is left.
fn picture(theme: &str, name: &str) -> anyhow::Result<PathBuf> {
    let folder = repository::target().join("pictures").join(theme);
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(name).with_extension("png"))
}
