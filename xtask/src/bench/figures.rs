//! Medians, and how they compare.

use std::fmt;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Milliseconds,
    Mebibytes,
}

/// How far the subject may be from its reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bound {
    /// At most so many times the reference.
    Times(f64),
    /// At most so much above the reference.
    Above(f64),
}

/// One measure of Licet beside its reference, as medians.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub what: &'static str,
    pub unit: Unit,
    pub subject: f64,
    pub reference: f64,
    pub bound: Bound,
}

impl Comparison {
    pub(super) fn is_within_its_bound(&self) -> bool {
        match self.bound {
            Bound::Times(times) => self.subject <= times * self.reference,
            Bound::Above(amount) => self.subject <= amount + self.reference,
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Milliseconds => "ms",
            Unit::Mebibytes => "MiB",
        };
        write!(
            f,
            "{:<44} {:>8.1} {unit}, reference {:>8.1} {unit}: ",
            self.what, self.subject, self.reference
        )?;
        match self.bound {
            Bound::Times(times) => {
                write!(f, "{:.2} times, at most {times:.2}", self.subject / self.reference)?;
            }
            Bound::Above(amount) => {
                write!(f, "{:+.1} {unit}, at most {amount:+.1}", self.subject - self.reference)?;
            }
        }
        f.write_str(if self.is_within_its_bound() { "  ok" } else { "  MISSED" })
    }
}

/// Runs both sides in turn, so that whatever else the machine does falls on both; one round first, uncounted.
pub(super) fn interleaved<T>(
    runs: usize,
    mut subject: impl FnMut() -> anyhow::Result<T>,
    mut reference: impl FnMut() -> anyhow::Result<T>,
) -> anyhow::Result<(Vec<T>, Vec<T>)> {
    subject()?;
    reference()?;
    let mut sides = (Vec::new(), Vec::new());
    for _ in 0..runs {
        sides.0.push(subject()?);
        sides.1.push(reference()?);
    }
    Ok(sides)
}

/// The middle of the figures; of an even number the upper one of the middle two.
pub(super) fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::{Bound, Comparison, Unit, interleaved, median};

    fn comparison(subject: f64, bound: Bound) -> Comparison {
        Comparison { what: "a thing", unit: Unit::Milliseconds, subject, reference: 100.0, bound }
    }

    #[test]
    fn one_slow_run_does_not_move_the_median() {
        assert_eq!(median([3.0, 900.0, 1.0, 2.0, 4.0]), 3.0);
    }

    #[test]
    fn no_figures_are_within_no_bound() {
        assert!(!comparison(median([]), Bound::Times(1.5)).is_within_its_bound());
    }

    #[test]
    fn bounds_hold_up_to_their_edge() {
        assert!(comparison(150.0, Bound::Times(1.5)).is_within_its_bound());
        assert!(!comparison(150.1, Bound::Times(1.5)).is_within_its_bound());
        assert!(comparison(140.0, Bound::Above(40.0)).is_within_its_bound());
        assert!(!comparison(140.1, Bound::Above(40.0)).is_within_its_bound());
    }

    #[test]
    fn a_missed_bound_is_told() {
        assert!(
            comparison(200.0, Bound::Times(1.5)).to_string().ends_with("2.00 times, at most 1.50  MISSED")
        );
    }

    #[test]
    fn the_sides_take_turns_after_one_uncounted_round() {
        let order = std::cell::RefCell::new(String::new());
        let side = |letter| {
            order.borrow_mut().push(letter);
            Ok(letter)
        };
        let (subject, reference) = interleaved(2, || side('s'), || side('r')).unwrap();
        assert_eq!(*order.borrow(), "srsrsr");
        assert_eq!((subject.len(), reference.len()), (2, 2));
    }
}
