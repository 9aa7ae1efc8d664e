//! How many seats or users of a license are in use, noted from answers that were asked for anyway.

use crate::context::Context;
use license::{AccountId, LicenseId};
use vault::{Filter, Query};

/// Notes how many seats or users of a license its vendor counted. The answer itself matters more than a failure to note it, such
/// as in a library that can only be read.
pub(crate) async fn note_used(context: &Context, license: LicenseId, used: u64) {
    let _noted = context
        .off_thread(move |vault| {
            let stored = vault.library().license(license)?;
            if stored.is_some_and(|stored| stored.used != Some(used)) {
                vault.library().set_used(license, used)?;
            }
            Ok(())
        })
        .await;
}

/// The same of the only license that an account has.
pub(crate) async fn note_used_of_only(context: &Context, account: AccountId, used: u64) {
    let now = context.clock.now();
    let only = context
        .off_thread(move |vault| {
            let query = Query { filter: Filter::Account(account), limit: Some(2), ..Query::default() };
            let rows = vault.library().window(&query, now, 0)?.rows;
            Ok(match rows.as_slice() {
                [only] => Some(only.id),
                _ => None,
            })
        })
        .await;
    if let Ok(Some(only)) = only {
        note_used(context, only, used).await;
    }
}
