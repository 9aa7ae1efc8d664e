//! The list: rows of the visible window, and the query that chooses them.

use super::crossing;

crossing! {
    /// Which licenses, in which order.
    pub struct ListQuery {
        /// The view of the left pane.
        pub view: ListView,
        /// Only this account's, where one is chosen in the left pane.
        #[ts(type = "number | null")]
        pub account: Option<i64>,
        /// The filter language of the CLI: `type:dev expires:30d free words`.
        pub text: String,
        /// What the licenses are grouped by, before they are ordered.
        pub group: Option<GroupBy>,
        /// The keys of the groups whose licenses are left out.
        pub folded: Vec<String>,
        /// The column that orders.
        pub sort: SortColumn,
        /// Whether the greatest comes first.
        pub descending: bool,
    }

    /// A table for other programs: which licenses, which columns, and the file.
    pub struct TableRequest {
        /// These licenses in this order; null is all that the query finds.
        pub licenses: Option<Vec<String>>,
        pub query: ListQuery,
        /// The titles of its columns, such as `name`.
        pub columns: Vec<String>,
        pub path: String,
        /// Whether a file that is there is replaced.
        pub replace: bool,
    }

    /// A view of the left pane.
    pub enum ListView { All, ExpiringSoon, Expired, Development, Production, Sandbox }

    /// A column that can order the list.
    pub enum SortColumn { Name, Product, Account, Type, Hosting, Expiry, Used, Status }

    /// What the list can be grouped by.
    pub enum GroupBy { Vendor, Account, Expiry, Type }

    /// One group of the list.
    pub struct GroupView {
        /// What it has in common: a vendor's word, an account's id, a type, or when it expires: `expired`, `this-week`, `next-week`, a
        /// month such as `2026-12`, `later`, `never`; `none` where it is not known.
        pub key: String,
        /// How many licenses it has, folded or not.
        pub count: u32,
        /// Whether its licenses are left out of the rows.
        pub folded: bool,
    }

    /// The visible window of the list.
    pub struct ListWindow {
        /// How many rows the query has in all.
        pub total: u32,
        /// The groups in order; the rows of those that are not folded follow each other.
        pub groups: Vec<GroupView>,
        /// The place of the first row sent.
        pub offset: u32,
        /// The rows from there on.
        pub rows: Vec<RowView>,
        /// What the text filters by, a chip each.
        pub chips: Vec<FilterChip>,
        /// Why a word of the text could not be read as a filter; there are no rows then.
        pub problem: Option<super::ErrorView>,
    }

    /// One recognised filter of the text.
    pub struct FilterChip {
        /// The word as typed, such as `not:type:ci`: taking it out of the text takes the filter away.
        pub word: String,
        /// The filter's field, such as `type`.
        pub field: String,
        /// Its value, such as `ci`.
        pub value: String,
        /// Whether it excludes.
        pub negated: bool,
    }

    /// One license in the list.
    pub struct RowView {
        /// Licet's own id, such as `L42`.
        pub id: String,
        /// The name, or the end of the vendor's id where it has none.
        pub label: String,
        /// Whether the vendor tells a name.
        pub named: bool,
        /// The account it is from.
        #[ts(type = "number")]
        pub account_id: i64,
        /// That account's name.
        pub account: String,
        /// The product's word.
        pub product: String,
        /// `dev`, `prod` or `ci`, where told.
        pub tier: Option<String>,
        /// `self-hosted`, `sandbox` or `aws`, where told.
        pub hosting: Option<String>,
        /// `valid`, `expires-soon`, `expired`, `suspended`, `banned`, `leaked`, `wrong-instance`, `gone` or `unknown`.
        pub status: String,
        /// The vendor's own word; null where it sent none.
        pub vendor_status: Option<String>,
        /// Whether the vendor reports that it was not used for 90 days. It still works.
        pub unused: bool,
        /// When it ends; null where the vendor does not tell (a bare key).
        pub expiry: Option<ExpiryView>,
        /// Names of what it entitles to; null where it is not known.
        pub entitlements: Option<Vec<String>>,
        /// License files written from it.
        pub files: FilesBadge,
        /// Whether its key is known to be in other hands.
        pub leaked: bool,
        /// How much of it is in use; null where its vendor counts neither seats nor users.
        pub used: Option<UsedView>,
        /// What is under way with it.
        pub pending: Option<PendingView>,
    }

    /// How much of a license is in use, by the last count.
    pub struct UsedView {
        pub unit: UseUnit,
        pub used: Option<u32>,
        /// How many the license includes.
        pub most: Option<u32>,
    }

    pub enum UseUnit { Seats, Users }

    /// When a license ends.
    #[serde(tag = "kind")]
    pub enum ExpiryView {
        Never,
        On {
            at: String,
            /// Whole days from now, rounded down; negative once over.
            #[ts(type = "number")]
            days: i64,
        },
        /// The vendor sends a text that is not a date.
        Unreadable { text: String },
    }

    /// The state of a license's files in one word.
    pub enum FilesBadge { None, UpToDate, Drifted, Interrupted, Missing }

    /// Something that was sent and is not settled.
    pub enum PendingView {
        /// A delete was sent and no answer came: Licet looks before anything is sent again.
        DeleteUnknown,
    }
}
