//! When something is painted: the virtual display keeps its pixels in a file, which is read again and again.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::Context;

/// Nothing has changed for so long: the picture is final.
const QUIET: Duration = Duration::from_millis(800);
/// A caret may blink for ever: so long after the first change the picture counts as final.
const LONGEST: Duration = Duration::from_secs(4);
const DEADLINE: Duration = Duration::from_secs(60);
/// So much of the final picture's ink makes it painted; the rest may be a caret or a clock.
const ENOUGH: f64 = 0.98;

/// The pixels of a virtual display.
#[derive(Debug)]
pub(super) struct Screen {
    file: PathBuf,
}

/// Four bytes a pixel; kept as bytes, which compare at once.
type Pixels = Vec<u8>;

impl Screen {
    /// The display that keeps its pixels in this file, in the XWD form.
    pub(super) fn in_file(file: &Path) -> Self {
        Self { file: file.to_path_buf() }
    }

    /// Watches from `start` until the picture is final; how long it took until it was painted.
    pub(super) fn painted_since(&self, start: Instant) -> anyhow::Result<Duration> {
        let mut frames = vec![(Duration::ZERO, self.pixels()?)];
        let mut first_change = None;
        loop {
            let (now, pixels) = (start.elapsed(), self.pixels()?);
            let (before, last) = &frames[frames.len() - 1];
            if pixels != *last {
                first_change.get_or_insert(now);
                frames.push((now, pixels));
            } else if first_change.is_some_and(|first| now - *before > QUIET || now - first > LONGEST)
                && let Some(painted) = painted(&frames)
            {
                return Ok(painted);
            }
            anyhow::ensure!(now < DEADLINE, "nothing was painted within {DEADLINE:?}");
            std::thread::sleep(Duration::from_millis(3));
        }
    }

    /// Waits until the display shows nothing but its one-coloured ground.
    pub(super) fn wait_until_empty(&self) -> anyhow::Result<()> {
        xtask::wait::until("an empty display", DEADLINE, || {
            let pixels = self.pixels()?;
            Ok((pixels[4..] == pixels[..pixels.len() - 4]).then_some(()))
        })
    }

    fn pixels(&self) -> anyhow::Result<Pixels> {
        let bytes =
            std::fs::read(&self.file).with_context(|| format!("no display in {}", self.file.display()))?;
        let word = |place: usize| -> Option<usize> {
            let word = bytes.get(4 * place..4 * place + 4)?;
            Some(u32::from_be_bytes(word.try_into().ok()?) as usize)
        };
        // X11/XWDFile.h: the first word is the header's length, the twentieth how many colours of 12 bytes follow.
        let ground = word(0).zip(word(19)).map(|(header, colours)| header + 12 * colours);
        let pixels = ground.and_then(|start| bytes.get(start..)).filter(|pixels| pixels.len() > 4);
        Ok(pixels.context("the display's file is cut short")?.to_vec())
    }
}

/// When the final picture's ink first stood there. Ink is what is neither as before the start nor the
/// window's own ground: letters, lines, icons.
fn painted(frames: &[(Duration, Pixels)]) -> Option<Duration> {
    let (first, _) = frames.first()?.1.as_chunks::<4>();
    let (last, _) = frames.last()?.1.as_chunks::<4>();
    let changed = || (0..last.len()).filter(|place| first[*place] != last[*place]);
    let mut counts: HashMap<[u8; 4], usize> = HashMap::new();
    for place in changed() {
        *counts.entry(last[place]).or_default() += 1;
    }
    let (ground, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let ink: Vec<usize> = changed().filter(|place| last[*place] != ground).collect();
    let enough = |pixels: &[[u8; 4]]| {
        let there = ink.iter().filter(|place| pixels[**place] == last[**place]).count();
        !ink.is_empty() && there as f64 >= ENOUGH * ink.len() as f64
    };
    frames.iter().find(|(_, pixels)| enough(pixels.as_chunks().0)).map(|(time, _)| *time)
}

#[cfg(test)]
mod tests {
    use super::{Duration, Pixels, painted};

    const BLACK: [u8; 4] = [0; 4];
    const WHITE: [u8; 4] = [255; 4];
    const TEXT: [u8; 4] = [9; 4];

    fn at(milliseconds: u64, pixels: &[[u8; 4]]) -> (Duration, Pixels) {
        (Duration::from_millis(milliseconds), pixels.repeat(100).concat())
    }

    #[test]
    fn an_empty_window_is_not_painted_yet() {
        let frames = [
            at(0, &[BLACK, BLACK, BLACK, BLACK]),
            at(100, &[WHITE, WHITE, WHITE, BLACK]),
            at(300, &[WHITE, TEXT, WHITE, BLACK]),
        ];
        assert_eq!(painted(&frames), Some(Duration::from_millis(300)));
    }

    #[test]
    fn a_caret_that_blinks_later_does_not_count() {
        let text = [WHITE, TEXT, WHITE, BLACK].repeat(100).concat();
        let mut blinking = text.clone();
        blinking[..4].copy_from_slice(&TEXT);
        let frames =
            [at(0, &[BLACK; 4]), (Duration::from_millis(300), text), (Duration::from_millis(800), blinking)];
        assert_eq!(painted(&frames), Some(Duration::from_millis(300)));
    }

    #[test]
    fn a_window_of_one_colour_is_never_painted() {
        assert_eq!(painted(&[at(0, &[BLACK, BLACK]), at(100, &[WHITE, BLACK])]), None);
    }
}
