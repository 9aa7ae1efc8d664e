//! What the list is grouped by, with the weeks and months of the user's calendar.

use jiff::{Timestamp, ToSpan, Zoned, civil::Weekday, tz::TimeZone};
use vault::{Grouping, Periods};
use vendors::Registry;

/// What a list is grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// The vendor of their product.
    Vendor,
    /// The account.
    Account,
    /// When they expire, by week and month.
    Expiry,
    /// The type.
    Type,
}

/// How many months have a group of their own, the present one included.
const MONTHS: i32 = 12;

/// The grouping as the library computes it.
pub(crate) fn grouping(by: GroupBy, registry: Registry, now: Timestamp, zone: TimeZone) -> Grouping {
    match by {
        GroupBy::Vendor => Grouping::Vendor(vendors_of_products(registry)),
        GroupBy::Account => Grouping::Account,
        GroupBy::Expiry => Grouping::Expiry(periods(&now.to_zoned(zone))),
        GroupBy::Type => Grouping::Type,
    }
}

/// Each product's word with its vendor's.
pub(crate) fn vendors_of_products(registry: Registry) -> Vec<(String, String)> {
    let of = |known: &'static vendors::Registration| {
        let provider = known.description.provider;
        known.products.iter().map(move |product| (product.product.to_owned(), provider.to_owned()))
    };
    registry.all().iter().flat_map(of).collect()
}

/// The rest of this week, the next one, and then months. Weeks begin on Monday. A period that ends before the one before it is left
/// out: where the next week reaches into another month, this month has nothing left.
fn periods(now: &Zoned) -> Periods {
    let today = now.date();
    let to_monday = today.weekday().until(Weekday::Monday);
    let to_monday = if to_monday == 0 { 7 } else { to_monday };
    let this_month = today.first_of_month();
    let months = (0..MONTHS).map(|n| {
        let month = this_month.saturating_add(n.months());
        (month.strftime("%Y-%m").to_string(), month.saturating_add(1.month()))
    });
    let weeks = [
        ("this-week".to_owned(), today.saturating_add(to_monday.days())),
        ("next-week".to_owned(), today.saturating_add((to_monday + 7).days())),
    ];
    let mut periods: Vec<(String, Timestamp)> = Vec::new();
    for (key, end) in weeks.into_iter().chain(months) {
        // The last days of 9999 have no next day: they end with the last instant that can be counted.
        let end = end.to_zoned(now.time_zone().clone()).map_or(Timestamp::MAX, |end| end.timestamp());
        if periods.last().is_none_or(|(_, last)| *last < end) {
            periods.push((key, end));
        }
    }
    Periods(periods)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(now: &str) -> Vec<(String, String)> {
        let Periods(all) = periods(&now.parse().unwrap());
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        all.into_iter().map(|(key, end)| (key, end.to_zoned(zone.clone()).date().to_string())).collect()
    }

    fn pair(key: &str, end: &str) -> (String, String) {
        (key.to_owned(), end.to_owned())
    }

    #[test]
    fn weeks_end_on_sunday_and_months_follow() {
        let all = of("2026-12-01T23:30:00+01:00[Europe/Berlin]");
        let first = [
            pair("this-week", "2026-12-07"),
            pair("next-week", "2026-12-14"),
            pair("2026-12", "2027-01-01"),
            pair("2027-01", "2027-02-01"),
        ];
        assert_eq!(all[..4], first);
        assert_eq!(all.last(), Some(&pair("2027-11", "2027-12-01")));
        assert_eq!(of("2026-12-06T12:00:00+01:00[Europe/Berlin]")[0], pair("this-week", "2026-12-07"));
        assert_eq!(of("2026-12-07T00:00:00+01:00[Europe/Berlin]")[0], pair("this-week", "2026-12-14"));
    }

    #[test]
    fn month_that_ends_before_next_week_has_no_group() {
        let all = of("2026-12-22T12:00:00+01:00[Europe/Berlin]");
        let first =
            [pair("this-week", "2026-12-28"), pair("next-week", "2027-01-04"), pair("2027-01", "2027-02-01")];
        assert_eq!(all[..3], first);
    }
}
