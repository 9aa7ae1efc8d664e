//! The list's query, its rows and its counts.

use super::{count, errors};
use crate::view::{
    self, ExpiryView, FilesBadge, FilterChip, GroupBy, GroupView, ListView, PendingView, RowView, SortColumn,
    UsedView,
};
use app::list::{ListQuery, ListWindow, Row, View};
use license::{AccountId, Expiry, InUse, UseUnit, VendorStatus};
use vault::files::FileState;
use vault::{Direction, Sort};

/// What the page asks the list for.
pub(crate) fn query(query: &view::ListQuery) -> ListQuery {
    ListQuery {
        view: match query.view {
            ListView::All => View::All,
            ListView::ExpiringSoon => View::ExpiringSoon,
            ListView::Expired => View::Expired,
            ListView::Development => View::Development,
            ListView::Production => View::Production,
            ListView::Sandbox => View::Sandbox,
        },
        account: query.account.map(AccountId),
        text: query.text.clone(),
        group: query.group.as_ref().map(|group| match group {
            GroupBy::Vendor => app::list::GroupBy::Vendor,
            GroupBy::Account => app::list::GroupBy::Account,
            GroupBy::Expiry => app::list::GroupBy::Expiry,
            GroupBy::Type => app::list::GroupBy::Type,
        }),
        folded: query.folded.clone(),
        sort: match query.sort {
            SortColumn::Name => Sort::Name,
            SortColumn::Product => Sort::Product,
            SortColumn::Account => Sort::Account,
            SortColumn::Type => Sort::Type,
            SortColumn::Hosting => Sort::Hosting,
            SortColumn::Expiry => Sort::Expires,
            SortColumn::Used => Sort::Used,
            SortColumn::Status => Sort::Status,
        },
        direction: if query.descending { Direction::Descending } else { Direction::Ascending },
    }
}

/// The visible window.
pub(crate) fn window(window: ListWindow, offset: u32) -> view::ListWindow {
    let chip = |chip: app::list::Chip| FilterChip {
        word: chip.word,
        field: chip.field,
        value: chip.value,
        negated: chip.negated,
    };
    let group = |group: vault::Group| GroupView {
        key: group.key,
        count: count(group.count),
        folded: group.is_folded,
    };
    view::ListWindow {
        total: count(window.total),
        groups: window.groups.into_iter().map(group).collect(),
        offset,
        rows: window.rows.into_iter().map(row).collect(),
        chips: window.chips.into_iter().map(chip).collect(),
        problem: window.problem.map(errors::error),
    }
}

fn used(counted: InUse) -> UsedView {
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    UsedView {
        unit: match counted.unit {
            UseUnit::Seats => view::UseUnit::Seats,
            UseUnit::Users => view::UseUnit::Users,
        },
        used: counted.used.map(number),
        most: counted.most.map(number),
    }
}

/// One license of the list.
pub(crate) fn row(row: Row) -> RowView {
    let stored = row.stored;
    let in_use = stored.in_use();
    let license = stored.license;
    RowView {
        id: stored.id.to_string(),
        label: super::name(license.label()),
        named: license.name.is_some(),
        account_id: stored.account.0,
        account: super::name(&row.account),
        product: license.product.word().to_owned(),
        tier: license.tier.map(|tier| tier.word().to_owned()),
        hosting: license.hosting.map(|hosting| hosting.word().to_owned()),
        status: row.status.word().to_owned(),
        vendor_status: license.vendor_status.as_ref().map(|status| status.word().to_owned()),
        unused: license.vendor_status == Some(VendorStatus::Inactive),
        expiry: match license.expiry {
            None => license.unreadable_expiry().map(|text| ExpiryView::Unreadable { text: text.to_owned() }),
            Some(Expiry::Never) => Some(ExpiryView::Never),
            Some(Expiry::On(at)) => {
                Some(ExpiryView::On { at: at.to_string(), days: row.days.unwrap_or_default() })
            }
        },
        entitlements: license.entitlements.map(|all| all.into_iter().map(|one| one.name).collect()),
        files: match row.files {
            None => FilesBadge::None,
            Some(FileState::UpToDate) => FilesBadge::UpToDate,
            Some(FileState::Drifted) => FilesBadge::Drifted,
            Some(FileState::Interrupted) => FilesBadge::Interrupted,
            Some(FileState::Missing) => FilesBadge::Missing,
        },
        leaked: stored.leaked_since.is_some(),
        used: in_use.map(used),
        pending: row.delete_unknown.then_some(PendingView::DeleteUnknown),
    }
}

/// How many licenses each view has.
pub(crate) fn counts(counts: &app::list::Counts) -> view::ViewCounts {
    view::ViewCounts {
        all: count(counts.all),
        expiring_soon: count(counts.expiring_soon),
        expired: count(counts.expired),
        development: count(counts.development),
        production: count(counts.production),
        sandbox: count(counts.sandbox),
        files: count(counts.files),
    }
}
