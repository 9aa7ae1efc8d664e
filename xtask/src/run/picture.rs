//! What a window looks like at one moment.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::Context;
use xtask::session::Session;

/// A picture in the PPM form: a short header, then three bytes a pixel.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture(Vec<u8>);

impl Picture {
    /// Photographs a window.
    pub(super) fn of(session: &Session, window: &str) -> anyhow::Result<Self> {
        let output = session
            .command("import")
            .args(["-silent", "-window", window, "-depth", "8", "ppm:-"])
            .output()
            .context("could not run import")?;
        anyhow::ensure!(output.status.success(), "import could not photograph the window");
        Ok(Self(output.stdout))
    }

    /// Whether every pixel has one colour: nothing is painted yet.
    pub(super) fn is_uniform(&self) -> bool {
        let Some(pixels) = self.pixels() else { return true };
        let mut colours = pixels.chunks_exact(3);
        let first = colours.next();
        colours.all(|colour| Some(colour) == first)
    }

    /// Writes it as PNG.
    pub(super) fn write(&self, file: &Path) -> anyhow::Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut convert = Command::new("convert")
            .args(["ppm:-".as_ref(), file.as_os_str()])
            .stdin(Stdio::piped())
            .spawn()
            .context("could not run convert")?;
        convert.stdin.take().context("convert takes no input")?.write_all(&self.0)?;
        anyhow::ensure!(convert.wait()?.success(), "could not write {}", file.display());
        Ok(())
    }

    /// What follows the header's three lines: the form, the size, the depth.
    fn pixels(&self) -> Option<&[u8]> {
        let mut lines = self.0.splitn(4, |byte| *byte == b'\n');
        lines.nth(3)
    }
}

#[cfg(test)]
mod tests {
    use super::Picture;

    #[test]
    fn a_picture_of_one_colour_is_not_painted_yet() {
        assert!(Picture(b"P6\n2 1\n255\n\x0a\x0b\x0c\x0a\x0b\x0c".to_vec()).is_uniform());
        assert!(!Picture(b"P6\n2 1\n255\n\x0a\x0b\x0c\x0a\x0b\x0d".to_vec()).is_uniform());
    }

    #[test]
    fn no_picture_is_not_painted_either() {
        assert!(Picture(Vec::new()).is_uniform());
    }
}
