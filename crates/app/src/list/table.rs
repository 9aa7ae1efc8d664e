//! Licenses as a table for spreadsheets and scripts: CSV by RFC 4180, UTF-8, without keys.

use crate::context::{AppError, Context};
use crate::files::drift;
use crate::files::tracked::TrackedState;
use crate::list::query::{ListQuery, Row, list, rows_of};
use license::{Expiry, License, LicenseId};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};
use vault::files;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// Licet's id.
    Id,
    /// The vendor's id.
    VendorId,
    /// The account's name.
    Account,
    /// The license's name.
    Name,
    /// The product's word.
    Product,
    /// `dev`, `prod` or `ci`.
    Type,
    /// Where the instance runs.
    Hosting,
    /// What the holder wants it for.
    Goal,
    /// The status.
    Status,
    /// When it was issued, by RFC 3339 in UTC.
    Created,
    /// When it expires, likewise.
    Expires,
    /// Whole days until then; negative once it has expired.
    ExpiresInDays,
    /// The codes of its entitlements, separated by `; `.
    Entitlements,
    /// The paths of its license files, separated by `; `.
    Files,
}

/// Which licenses the table has.
#[derive(Debug, Clone, PartialEq)]
pub enum Listed {
    /// These, in this order.
    Licenses(Vec<LicenseId>),
    /// All that a query finds, in its order.
    Query(ListQuery),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// A line of titles and one for each license.
    pub text: String,
    /// How many licenses it has.
    pub licenses: usize,
}

/// What a cell contains.
enum Value {
    /// Text that came from a vendor or a user. A spreadsheet could take it for a formula.
    Text(String),
    /// What Licet made: a number, a date or one of its words.
    Own(String),
}

impl Column {
    /// Every column, in the usual order.
    pub const ALL: [Self; 14] = [
        Self::Id,
        Self::VendorId,
        Self::Account,
        Self::Name,
        Self::Product,
        Self::Type,
        Self::Hosting,
        Self::Goal,
        Self::Status,
        Self::Created,
        Self::Expires,
        Self::ExpiresInDays,
        Self::Entitlements,
        Self::Files,
    ];

    /// Its title, which is the field's name in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::VendorId => "vendor_id",
            Self::Account => "account",
            Self::Name => "name",
            Self::Product => "product",
            Self::Type => "type",
            Self::Hosting => "hosting",
            Self::Goal => "goal",
            Self::Status => "status",
            Self::Created => "created",
            Self::Expires => "expires",
            Self::ExpiresInDays => "expires_in_days",
            Self::Entitlements => "entitlements",
            Self::Files => "files",
        }
    }

    /// The column of a title. Fails with [`AppError::NotAChoice`].
    pub fn from_word(word: &str) -> Result<Self, AppError> {
        Self::ALL.into_iter().find(|column| column.word() == word).ok_or_else(|| AppError::NotAChoice {
            param: "columns".to_owned(),
            value: word.to_owned(),
            possible: Self::ALL.map(Self::word).join(", "),
        })
    }

    fn value(self, row: &Row, files: &[TrackedState]) -> Value {
        let license = &row.stored.license;
        let own = |word: Option<&str>| Value::Own(word.unwrap_or_default().to_owned());
        match self {
            Self::Id => Value::Own(row.stored.id.to_string()),
            Self::VendorId => Value::Text(license.vendor_id.clone()),
            Self::Account => Value::Text(row.account.clone()),
            Self::Name => Value::Text(license.name.clone().unwrap_or_default()),
            Self::Product => own(Some(license.product.word())),
            Self::Type => own(license.tier.map(|tier| tier.word())),
            Self::Hosting => own(license.hosting.map(|hosting| hosting.word())),
            Self::Goal => own(license.goal.map(|goal| goal.word())),
            Self::Status => own(Some(row.status.word())),
            Self::Created => Value::Own(license.created.map(|at| at.to_string()).unwrap_or_default()),
            Self::Expires => Value::Own(expires(license)),
            Self::ExpiresInDays => Value::Own(row.days.map(|days| days.to_string()).unwrap_or_default()),
            Self::Entitlements => Value::Text(entitlements(license)),
            Self::Files => Value::Text(paths(files)),
        }
    }
}

impl Value {
    /// The cell's text. A leading `'` keeps a spreadsheet from computing what a name says; Licet's own values need none.
    fn cell(self) -> String {
        match self {
            Self::Own(text) => text,
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Self::Text(text) => text,
        }
    }
}

/// Returns licenses as CSV, with these columns or, if there are none, all.
pub async fn table(context: &Context, listed: Listed, columns: &[Column]) -> Result<Table, AppError> {
    let columns = if columns.is_empty() { Column::ALL.to_vec() } else { columns.to_vec() };
    let rows = match listed {
        Listed::Licenses(ids) => rows_of(context, ids).await?,
        Listed::Query(query) => {
            let window = list(context, query, 0, None).await?;
            if let Some(problem) = window.problem {
                return Err(problem);
            }
            window.rows
        }
    };
    let files = match columns.contains(&Column::Files) && rows.iter().any(|row| row.files.is_some()) {
        true => files_by_license(context).await?,
        false => HashMap::new(),
    };
    context.off_thread(move |_| Ok(rendered(&rows, &files, &columns))).await
}

/// Writes licenses as CSV to a file that everybody may read, and returns how many they are.
///
/// Fails with `file-exists` if a file is there that must not be replaced.
pub async fn export_csv(
    context: &Context,
    listed: Listed,
    columns: &[Column],
    path: PathBuf,
    replace: bool,
) -> Result<usize, AppError> {
    let table = table(context, listed, columns).await?;
    context
        .off_thread(move |_| {
            files::write_report(&files::absolute(&path)?, table.text.as_bytes(), replace)?;
            Ok(table.licenses)
        })
        .await
}

async fn files_by_license(context: &Context) -> Result<HashMap<LicenseId, Vec<TrackedState>>, AppError> {
    let mut by_license: HashMap<_, Vec<_>> = HashMap::new();
    for file in drift::written_files(context).await? {
        by_license.entry(file.tracked.file.license).or_default().push(file);
    }
    Ok(by_license)
}

#[expect(clippy::expect_used, reason = "memory accepts every record, and every cell is UTF-8")]
fn rendered(rows: &[Row], files: &HashMap<LicenseId, Vec<TrackedState>>, columns: &[Column]) -> Table {
    let mut lines = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut add = |cells: Vec<String>| lines.write_record(cells).expect("memory accepts every record");
    add(columns.iter().map(|column| column.word().to_owned()).collect());
    for row in rows {
        let files = files.get(&row.stored.id).map(Vec::as_slice).unwrap_or_default();
        add(columns.iter().map(|column| column.value(row, files).cell()).collect());
    }
    let bytes = lines.into_inner().expect("memory accepts every record");
    let text = String::from_utf8(bytes).expect("every cell is UTF-8");
    Table { text, licenses: rows.len() }
}

fn expires(license: &License) -> String {
    license.expiry.and_then(Expiry::instant).map(|at| at.to_string()).unwrap_or_default()
}

fn entitlements(license: &License) -> String {
    let codes = license.entitlements.iter().flatten().map(|one| one.code.as_str());
    codes.collect::<Vec<_>>().join("; ")
}

fn paths(files: &[TrackedState]) -> String {
    let path = |file: &TrackedState| Path::display(&file.tracked.file.path).to_string();
    files.iter().map(path).collect::<Vec<_>>().join("; ")
}
