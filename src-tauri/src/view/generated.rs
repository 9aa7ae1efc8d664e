//! The page's types are generated from these and checked in; this fails when they are stale.

use super::*;
use app::context::AppError;
use errors::Declaration;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use ts_rs::{Config, TS};
use vault::OpenError;

/// Set to have the checked-in files written anew: `LICET_WRITE_TYPES=1 cargo xtask test --package licet-desktop -- generated`.
const WRITE: &str = "LICET_WRITE_TYPES";

#[test]
fn the_pages_types_are_those_of_the_program() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/ipc/generated");
    let fresh = tempfile::tempdir().unwrap();
    generate(fresh.path());
    if std::env::var_os(WRITE).is_some() {
        generate(&kept);
    }
    let (fresh, kept) = (files(fresh.path()), files(&kept));
    let stale: Vec<_> =
        fresh.iter().filter(|(name, text)| kept.get(*name) != Some(*text)).map(|(name, _)| name).collect();
    let left_over: Vec<_> = kept.keys().filter(|name| !fresh.contains_key(*name)).collect();
    assert!(
        stale.is_empty() && left_over.is_empty(),
        "stale: {stale:?}, left over: {left_over:?}; run {WRITE}=1 cargo xtask test --package licet-desktop -- generated"
    );
}

/// Writes every type that a command takes or answers with, with all that they are made of, and an index.
fn generate(folder: &Path) {
    let config = Config::default().with_out_dir(folder);
    ListQuery::export_all(&config).unwrap();
    Opening::export_all(&config).unwrap();
    AttentionView::export_all(&config).unwrap();
    FileOfLicense::export_all(&config).unwrap();
    ChangedSettings::export_all(&config).unwrap();
    DetailView::export_all(&config).unwrap();
    Revealed::export_all(&config).unwrap();
    Copied::export_all(&config).unwrap();
    ExportRequest::export_all(&config).unwrap();
    ExportPreview::export_all(&config).unwrap();
    ExportDone::export_all(&config).unwrap();
    CreateRequest::export_all(&config).unwrap();
    CreateForm::export_all(&config).unwrap();
    Outcome::export_all(&config).unwrap();
    DeletePlanView::export_all(&config).unwrap();
    DeletionView::export_all(&config).unwrap();
    WriteAllRequest::export_all(&config).unwrap();
    WritePlanView::export_all(&config).unwrap();
    WritingView::export_all(&config).unwrap();
    UnfinishedWriteView::export_all(&config).unwrap();
    TableRequest::export_all(&config).unwrap();
    ReplacedView::export_all(&config).unwrap();
    RunPlanView::export_all(&config).unwrap();
    BackupView::export_all(&config).unwrap();
    RestorePlanView::export_all(&config).unwrap();
    RestoredView::export_all(&config).unwrap();
    GitPlanView::export_all(&config).unwrap();
    VendorPageView::export_all(&config).unwrap();
    Recognised::export_all(&config).unwrap();
    FoundFile::export_all(&config).unwrap();
    ConnectRequest::export_all(&config).unwrap();
    Tested::export_all(&config).unwrap();
    ImportPlan::export_all(&config).unwrap();
    Imported::export_all(&config).unwrap();
    StoredThing::export_all(&config).unwrap();
    CoreView::export_all(&config).unwrap();
    SeatsView::export_all(&config).unwrap();
    ValidationView::export_all(&config).unwrap();
    InstanceView::export_all(&config).unwrap();
    TokenSource::export_all(&config).unwrap();
    ApplyPreviewView::export_all(&config).unwrap();
    AppliedView::export_all(&config).unwrap();
    PackagesView::export_all(&config).unwrap();
    ReleaseView::export_all(&config).unwrap();
    ArtifactView::export_all(&config).unwrap();
    CheckOutView::export_all(&config).unwrap();
    CertificateView::export_all(&config).unwrap();
    Event::export_all(&config).unwrap();
    write_codes(folder);
    let names = files(folder).into_keys().filter(|name| name != "index.ts");
    let line = |name: String| {
        let name = name.trim_end_matches(".ts").to_owned();
        format!("export type {{ {name} }} from './{name}'\n")
    };
    write(&folder.join("index.ts"), &names.map(line).collect::<String>());
}

/// Writes the codes of every error that reaches the page, each with the names of its arguments.
fn write_codes(folder: &Path) {
    let all = AppError::declarations().into_iter().chain(OpenError::declarations());
    let line = |one: Declaration| {
        let names: Vec<_> = one.args.iter().map(|name| format!("'{name}'")).collect();
        let names = if names.is_empty() { "never".to_owned() } else { names.join(" | ") };
        format!("  '{}': {names}\n", one.code)
    };
    let lines: String = Declaration::by_code(all).into_values().map(line).collect();
    let of_args = "/** The names of the arguments that an error of each code can have. */";
    write(&folder.join("ErrorArgs.ts"), &format!("{of_args}\nexport type ErrorArgs = {{\n{lines}}}\n"));
    let of_codes = "import type { ErrorArgs } from './ErrorArgs'\n\n/** The code of an error. */";
    write(&folder.join("ErrorCode.ts"), &format!("{of_codes}\nexport type ErrorCode = keyof ErrorArgs\n"));
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let read = |path: PathBuf| {
        (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap())
    };
    std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect()
}

fn write(path: &Path, text: &str) {
    use std::io::Write;
    std::fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}
