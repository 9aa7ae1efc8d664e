//! At least one error of each variant.

mod home;
mod licenses;
mod others;
pub(super) mod vendors;

use self::vendors::{Answers, of_forms, of_vendors};
use app::context::AppError;
use home::{of_files, of_vault};
use licenses::{of_licenses, of_texts};
use others::of_desk;

/// At least one error of each variant.
pub(super) fn errors(answers: &Answers) -> Vec<AppError> {
    let mut all = of_vendors(answers);
    all.extend(of_forms());
    all.extend(of_vault());
    all.extend(of_files());
    all.extend(of_texts());
    all.extend(of_licenses());
    all.extend(of_desk());
    all
}
