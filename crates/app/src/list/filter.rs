//! The filter language of the list, the same in the window's search field and on the command line:
//! `vendor:x type:dev hosting:sandbox expires:30d expires-after:2026-12-31 status:expired account:north entitlement:x
//! not:type:ci free words`. All words have to match. A phrase, or a value with spaces, is quoted.

use crate::context::AppError;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use license::{AccountId, Hosting, Status, Tier};
use vault::Filter;
use vendors::Registry;

/// What a filter is read against.
#[derive(Debug)]
pub(crate) struct Surroundings<'a> {
    /// Names and ids of the accounts there are.
    pub accounts: &'a [(String, AccountId)],
    /// The vendors that are known.
    pub registry: Registry,
    /// Now.
    pub now: Timestamp,
    /// Where the user's days begin.
    pub zone: TimeZone,
}

/// A filter's text, read.
#[derive(Debug)]
pub(crate) struct Reading {
    /// What the words that could be read choose.
    pub filter: Filter,
    /// Each word that names a field.
    pub chips: Vec<Chip>,
    /// The first word that could not be read.
    pub problem: Option<AppError>,
}

/// A word of the text that names a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// As typed.
    pub word: String,
    /// Such as `type`.
    pub field: String,
    /// Such as `ci`.
    pub value: String,
    /// Whether it excludes.
    pub negated: bool,
}

/// What a word can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Type,
    Hosting,
    Vendor,
    Product,
    Status,
    Account,
    Entitlement,
    ExpiresIn,
    ExpiresAfter,
    ExpiresBefore,
}

impl Field {
    /// Every field's word.
    const WORDS: [&str; 11] = [
        "type",
        "hosting",
        "vendor",
        "product",
        "status",
        "account",
        "entitlement",
        "expires",
        "expires-in",
        "expires-after",
        "expires-before",
    ];

    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "type" => Self::Type,
            "hosting" => Self::Hosting,
            "vendor" => Self::Vendor,
            "product" => Self::Product,
            "status" => Self::Status,
            "account" => Self::Account,
            "entitlement" => Self::Entitlement,
            "expires" | "expires-in" => Self::ExpiresIn,
            "expires-after" => Self::ExpiresAfter,
            "expires-before" => Self::ExpiresBefore,
            _ => return None,
        })
    }
}

/// Reads a filter's text. A word that cannot be read chooses nothing away, and is the reading's problem.
pub(crate) fn read(text: &str, around: &Surroundings<'_>) -> Reading {
    let mut reading = Reading { filter: Filter::And(Vec::new()), chips: Vec::new(), problem: None };
    let mut all = Vec::new();
    for word in words(text) {
        match read_word(&word, around) {
            Ok((filter, chip)) => {
                all.push(filter);
                reading.chips.extend(chip);
            }
            Err(problem) => {
                reading.problem.get_or_insert(problem);
            }
        }
    }
    reading.filter = Filter::And(all);
    reading
}

fn read_word(word: &str, around: &Surroundings<'_>) -> Result<(Filter, Option<Chip>), AppError> {
    let (negated, rest) = match word.strip_prefix("not:") {
        Some(rest) => (true, rest),
        None => (false, word),
    };
    let named = rest.split_once(':').and_then(|(word, value)| Some((Field::from_word(word)?, word, value)));
    let Some((field, name, value)) = named else {
        if names_a_field(rest) {
            let possible =
                format!("{}, each also after `not:`; in quotes, it is a free word", Field::WORDS.join(", "));
            return Err(AppError::Filter { word: word.to_owned(), possible });
        }
        let free = Filter::Text(unquoted(rest));
        return Ok((if negated { Filter::Not(Box::new(free)) } else { free }, None));
    };
    let value = unquoted(value);
    let filter = by_field(field, &value, around)
        .map_err(|possible| AppError::Filter { word: word.to_owned(), possible })?;
    let chip = Chip { word: word.to_owned(), field: name.to_owned(), value, negated };
    Ok((if negated { Filter::Not(Box::new(filter)) } else { filter }, Some(chip)))
}

/// Whether a word is meant as a field and a value; addresses and what stands in quotes are not.
fn names_a_field(word: &str) -> bool {
    word.split_once(':').is_some_and(|(name, value)| {
        let is_word = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
        is_word && !value.starts_with("//")
    })
}

/// The filter of a field, or what could have stood there.
fn by_field(field: Field, value: &str, around: &Surroundings<'_>) -> Result<Filter, String> {
    match field {
        Field::Type => Tier::from_word(value).map(Filter::Type).ok_or_else(|| spelled(Tier::ALL)),
        Field::Hosting => Hosting::from_word(value).map(Filter::Hosting).ok_or_else(|| spelled(Hosting::ALL)),
        Field::Vendor => vendor(value, around.registry),
        Field::Product => Ok(Filter::Product(value.to_owned())),
        Field::Status if Status::WORDS.contains(&value) => Ok(Filter::Status(value.to_owned())),
        Field::Status => Err(Status::WORDS.join(", ")),
        Field::Account => account(value, around.accounts),
        Field::Entitlement => Ok(Filter::Entitlement(value.to_owned())),
        Field::ExpiresIn => within(value, around.now),
        Field::ExpiresAfter => day(value, &around.zone, 1).map(Filter::ExpiresAfter),
        Field::ExpiresBefore => day(value, &around.zone, 0).map(Filter::ExpiresBefore),
    }
}

fn spelled<T: std::fmt::Display>(words: &[T]) -> String {
    words.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

fn account(value: &str, accounts: &[(String, AccountId)]) -> Result<Filter, String> {
    let wanted = value.to_lowercase();
    // A name with characters that cannot be typed is typed as it is shown.
    let is_it =
        |name: &str| name.to_lowercase() == wanted || crate::context::shown(name).to_lowercase() == wanted;
    let exact = accounts.iter().find(|(name, _)| is_it(name));
    if let Some((_, id)) = exact {
        return Ok(Filter::Account(*id));
    }
    let like: Vec<Filter> = accounts
        .iter()
        .filter(|(name, _)| !wanted.is_empty() && name.to_lowercase().contains(&wanted))
        .map(|(_, id)| Filter::Account(*id))
        .collect();
    if like.is_empty() {
        return Err(accounts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "));
    }
    Ok(Filter::Or(like))
}

/// Every product of a vendor, which is named by its word or its title.
fn vendor(value: &str, registry: Registry) -> Result<Filter, String> {
    let wanted = value.to_lowercase();
    let is_it = |known: &&vendors::Registration| {
        let description = known.description;
        description.provider == wanted || description.title.english.to_lowercase() == wanted
    };
    let known = registry.all().iter().find(is_it).ok_or_else(|| {
        let words: Vec<_> = registry.all().iter().map(|known| known.description.provider).collect();
        words.join(", ")
    })?;
    let product = |product: &vendors::ProductForms| Filter::Product(product.product.to_owned());
    Ok(Filter::Or(known.products.iter().map(product).collect()))
}

/// What is not over and ends within a number of hours, days or weeks; a bare number counts days.
fn within(value: &str, now: Timestamp) -> Result<Filter, String> {
    let possible =
        || "a number of hours, days or weeks such as 12h, 30d or 6w; 30 alone means days".to_owned();
    let unit_at = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let (number, unit) = value.split_at(unit_at);
    let number: i64 = number.parse().ok().filter(|n| (0..=100_000).contains(n)).ok_or_else(possible)?;
    let hours = match unit {
        "h" => number,
        "d" | "" => number * 24,
        "w" => number * 24 * 7,
        _ => return Err(possible()),
    };
    let end = now.checked_add(hours.hours()).map_err(|_| possible())?;
    Ok(Filter::And(vec![Filter::ExpiresBefore(end), Filter::Not(Box::new(Filter::ExpiresBefore(now)))]))
}

/// The beginning of a day of the user's calendar, `later` days on, or a moment as in RFC 3339. The last days of 9999 are
/// later than any instant that can be counted: they mean the last one.
fn day(value: &str, zone: &TimeZone, later: i64) -> Result<Timestamp, String> {
    if let Ok(moment) = value.parse() {
        return Ok(moment);
    }
    let date: Date = value.parse().map_err(|_| "a day such as 2026-12-31".to_owned())?;
    let start = date.checked_add(later.days()).and_then(|date| date.to_zoned(zone.clone()));
    Ok(start.map_or(Timestamp::MAX, |start| start.timestamp()))
}

/// The words of a text: white space parts them, but not within quotes.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_quoted = false;
    for c in text.chars() {
        if c == '"' {
            is_quoted = !is_quoted;
        }
        if c.is_whitespace() && !is_quoted {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        } else {
            word.push(c);
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

fn unquoted(text: &str) -> String {
    text.replace('"', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Reading {
        let accounts = [("North Star".to_owned(), AccountId(1)), ("south".to_owned(), AccountId(2))];
        let around = Surroundings {
            accounts: &accounts,
            registry: Registry::default(),
            now: "2026-06-01T12:00:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        };
        read(text, &around)
    }

    fn filters(text: &str) -> Vec<Filter> {
        let reading = reading(text);
        assert!(reading.problem.is_none(), "{text}: {:?}", reading.problem);
        let Filter::And(all) = reading.filter else { panic!("{:?}", reading.filter) };
        all
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn every_field_of_the_language_is_read() {
        let not = |filter| Filter::Not(Box::new(filter));
        let table = [
            ("type:dev", Filter::Type(Tier::Development)),
            ("hosting:self-hosted", Filter::Hosting(Hosting::SelfHosted)),
            ("product:press", Filter::Product("press".to_owned())),
            ("vendor:aidbox", Filter::Or(vec![Filter::Product("aidbox".to_owned())])),
            ("status:expired", Filter::Status("expired".to_owned())),
            ("account:\"north star\"", Filter::Account(AccountId(1))),
            ("account:nor", Filter::Or(vec![Filter::Account(AccountId(1))])),
            ("entitlement:fhir", Filter::Entitlement("fhir".to_owned())),
            ("expires-after:2026-12-31", Filter::ExpiresAfter(at("2027-01-01T00:00:00Z"))),
            ("expires-before:2026-12-31", Filter::ExpiresBefore(at("2026-12-31T00:00:00Z"))),
            (
                "expires-before:\"2026-12-31T10:00:00+01:00\"",
                Filter::ExpiresBefore(at("2026-12-31T09:00:00Z")),
            ),
            ("expires-before:9999-12-31", Filter::ExpiresBefore(Timestamp::MAX)),
            ("expires-after:9999-12-31", Filter::ExpiresAfter(Timestamp::MAX)),
            ("not:type:ci", not(Filter::Type(Tier::Ci))),
            ("free", Filter::Text("free".to_owned())),
            ("\"two words\"", Filter::Text("two words".to_owned())),
            ("https://x", Filter::Text("https://x".to_owned())),
            ("\"foo:bar\"", Filter::Text("foo:bar".to_owned())),
            ("10:42", Filter::Text("10:42".to_owned())),
            ("not:free", not(Filter::Text("free".to_owned()))),
        ];
        for (text, expected) in table {
            assert_eq!(filters(text), [expected], "{text}");
        }
    }

    #[test]
    fn every_word_of_a_field_is_one() {
        assert!(Field::WORDS.iter().all(|word| Field::from_word(word).is_some()));
    }

    #[test]
    fn what_expires_within_days_is_not_over_yet() {
        let within = Filter::And(vec![
            Filter::ExpiresBefore(at("2026-07-01T12:00:00Z")),
            Filter::Not(Box::new(Filter::ExpiresBefore(at("2026-06-01T12:00:00Z")))),
        ]);
        for text in ["expires-in:30d", "expires-in:30", "expires:30d", "expires:30"] {
            assert_eq!(filters(text), std::slice::from_ref(&within), "{text}");
        }
    }

    #[test]
    fn two_words_are_two_filters_and_a_quoted_phrase_is_one() {
        let text = |word: &str| Filter::Text(word.to_owned());
        assert_eq!(filters("north star"), [text("north"), text("star")]);
        assert_eq!(filters("\"north star\""), [text("north star")]);
    }

    #[test]
    fn words_are_joined_and_named_ones_become_chips() {
        let reading = reading("north type:dev not:hosting:sandbox");
        assert!(matches!(&reading.filter, Filter::And(all) if all.len() == 3));
        let chips: Vec<_> =
            reading.chips.iter().map(|c| (c.word.as_str(), c.field.as_str(), c.negated)).collect();
        assert_eq!(chips, [("type:dev", "type", false), ("not:hosting:sandbox", "hosting", true)]);
    }

    #[test]
    fn a_word_that_cannot_be_read_says_what_could_stand_there() {
        for (text, hint) in [
            ("type:test", "dev, prod, ci"),
            ("expires-in:soon", "30d"),
            ("expires-after:31.12.2026", "2026-12-31"),
            ("expires:30x", "30d"),
            ("expires:", "30d"),
            ("account:west", "North Star, south"),
            ("vendor:acme", "aidbox"),
            ("vendor:", "aidbox"),
            ("status:fine", "valid"),
            ("typ:dev", "type, hosting"),
            ("not:foo:bar", "in quotes"),
            ("foo:bar", "each also after `not:`"),
        ] {
            let reading = reading(&format!("{text} free"));
            match reading.problem {
                Some(AppError::Filter { word, possible }) => {
                    assert_eq!(word, text);
                    assert!(possible.contains(hint), "{possible}");
                }
                other => panic!("{text}: {other:?}"),
            }
            assert_eq!(reading.filter, Filter::And(vec![Filter::Text("free".to_owned())]));
        }
    }
}
