//! A machine that a license is in use on.

use crate::same_name;
use jiff::Timestamp;

/// How many characters of a fingerprint stand for it where a machine has neither name nor host.
const SHOWN_OF_FINGERPRINT: usize = 12;

/// One machine that a license is in use on (`docs/protocols.md`, "Machines").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The vendor's id of the machine.
    pub id: String,
    /// What the machine identifies itself by.
    pub fingerprint: String,
    /// Its name, where it was given one.
    pub name: Option<String>,
    /// Its host name.
    pub host: Option<String>,
    /// Its operating system, as it tells it.
    pub platform: Option<String>,
    /// The address that it was seen at.
    pub ip: Option<String>,
    /// When it was last heard of.
    pub last_heartbeat: Option<Timestamp>,
    /// Whether it is still heard of.
    pub heartbeat: Option<Heartbeat>,
    /// When it took the seat.
    pub activated: Option<Timestamp>,
}

/// Whether a machine is still heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heartbeat {
    /// It is.
    Alive,
    /// It no longer is.
    Dead,
    /// It was not heard of yet.
    NotStarted,
    /// It is again, after it was not.
    Resurrected,
    /// A word that this program does not know, as given.
    Other(String),
}

impl Heartbeat {
    /// Reads a vendor's word without regard to case.
    pub fn from_word(word: &str) -> Self {
        match word.to_ascii_uppercase().as_str() {
            "ALIVE" => Self::Alive,
            "DEAD" => Self::Dead,
            "NOT_STARTED" => Self::NotStarted,
            "RESURRECTED" => Self::Resurrected,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// The vendor's word; [`Heartbeat::from_word`] reads it back.
    pub fn word(&self) -> &str {
        match self {
            Self::Alive => "ALIVE",
            Self::Dead => "DEAD",
            Self::NotStarted => "NOT_STARTED",
            Self::Resurrected => "RESURRECTED",
            Self::Other(word) => word,
        }
    }
}

impl Seat {
    /// A machine of which nothing is told but its id, which then identifies it as well.
    pub fn untold(id: String) -> Self {
        Self {
            fingerprint: id.clone(),
            id,
            name: None,
            host: None,
            platform: None,
            ip: None,
            last_heartbeat: None,
            heartbeat: None,
            activated: None,
        }
    }

    /// What the machine is called: its name, else its host, else the beginning of its fingerprint.
    pub fn label(&self) -> &str {
        let named = [&self.name, &self.host].into_iter().flatten().find(|text| !text.trim().is_empty());
        named.map_or_else(|| beginning(&self.fingerprint), String::as_str)
    }

    /// Whether a text names this machine: by id, fingerprint, label, name or host.
    pub fn is_named(&self, text: &str) -> bool {
        let own = [Some(self.id.as_str()), Some(&self.fingerprint), Some(self.label())];
        let given = [self.name.as_deref(), self.host.as_deref()];
        let mut names = own.into_iter().chain(given).flatten();
        !text.trim().is_empty() && names.any(|name| same_name(name, text))
    }
}

fn beginning(fingerprint: &str) -> &str {
    fingerprint.char_indices().nth(SHOWN_OF_FINGERPRINT).map_or(fingerprint, |(end, _)| &fingerprint[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(name: Option<&str>, host: Option<&str>) -> Seat {
        Seat {
            fingerprint: "aa:bb:cc:dd:ee:ff".to_owned(),
            name: name.map(str::to_owned),
            host: host.map(str::to_owned),
            ..Seat::untold("4f1c".to_owned())
        }
    }

    #[test]
    fn a_machine_is_called_by_the_best_that_is_known_of_it() {
        assert_eq!(seat(Some("Cell 7"), Some("cell-07")).label(), "Cell 7");
        assert_eq!(seat(Some(" "), Some("cell-07")).label(), "cell-07");
        assert_eq!(seat(None, None).label(), "aa:bb:cc:dd:");
    }

    #[test]
    fn a_machine_answers_to_each_of_its_names_and_to_no_empty_one() {
        let seat = seat(Some("Café"), Some("cell-07"));
        for name in ["4f1c", "aa:bb:cc:dd:ee:ff", "Cafe\u{301}", "cell-07"] {
            assert!(seat.is_named(name), "{name}");
        }
        assert!(!seat.is_named("cell-08"));
        assert!(!seat.is_named(""));
    }

    #[test]
    fn every_heartbeat_reads_back_as_it_is_written() {
        for word in ["ALIVE", "DEAD", "NOT_STARTED", "RESURRECTED", "Dozing"] {
            assert_eq!(Heartbeat::from_word(word).word(), word);
        }
        assert_eq!(Heartbeat::from_word("alive"), Heartbeat::Alive);
    }
}
