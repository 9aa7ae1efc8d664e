//! Every license of the account, page by page: by number as far as pages are counted, else by cursor.

use super::{
    api::{AicaApi, Credentials, PAGE_SIZE, Request},
    map,
    refusal::About,
    wire::{self, Links, Page},
};
use crate::{
    ErrorClass, Listed, ListingBound, Pages, Turn, VendorError,
    http::{
        Answer,
        bounds::{NUMBERED_PAGES, Tally},
    },
};
use async_trait::async_trait;
use license::{Entitlement, License, resource};
use serde_json::{Value, value::RawValue};
use std::{collections::HashSet, sync::Arc};
use tokio::{task::JoinSet, time::Instant};

/// For how many licenses the entitlements are fetched with the list; for the others when they are opened.
pub(super) const WITH_ENTITLEMENTS: u32 = 100;
/// How many of those requests are on their way at once.
const AT_ONCE: usize = 4;

/// The pages of the account's licenses.
#[derive(Debug)]
pub(super) struct LicensePages {
    api: Arc<AicaApi>,
    next: Next,
    /// What was handed out, whichever way it was found.
    given: HashSet<String>,
    pass: Pass,
    /// The most that the service ever counted, and whether it counted differently from page to page.
    counted: Option<u64>,
    count_changed: bool,
    entitled: usize,
    tally: Tally,
    begun: Instant,
}

/// Where the listing goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Next {
    Number(u64),
    Cursor(String),
    Nowhere,
}

/// What was met on a page.
#[derive(Debug, Default)]
struct Met {
    licenses: Vec<Listed>,
    /// Whether any was new to this pass.
    any_new: bool,
    /// The id of the last entry.
    last: Option<String>,
}

/// What was met since the first page.
#[derive(Debug, Default)]
struct Pass {
    seen: HashSet<String>,
    repeated: u64,
    unreadable: u64,
    /// Whether it was given up although the service named another page.
    is_stuck: bool,
}

impl LicensePages {
    /// From the first page on.
    pub(super) fn new(api: Arc<AicaApi>) -> Self {
        Self {
            api,
            next: Next::Number(1),
            given: HashSet::new(),
            pass: Pass::default(),
            counted: None,
            count_changed: false,
            entitled: 0,
            tally: Tally::default(),
            begun: Instant::now(),
        }
    }

    /// Fetches the next page and takes what is on it.
    async fn turn(&mut self) -> Result<Turn, VendorError> {
        loop {
            let Some(answer) = self.page().await? else {
                let (unreadable, missing) = (self.pass.unreadable, self.missing());
                return Ok(Turn::End { validator: None, unreadable, missing });
            };
            let page: Page<'_> = self.api.read(&answer)?;
            let Some(entries) = page.data else {
                return Err(self.api.unreadable("a list of licenses", "there is no list in it"));
            };
            if entries.is_empty() && !page.links.is_object() {
                // An empty list marks every license as gone, and Keygen sends links with each list.
                return Err(self.api.unreadable("a list of licenses", "it has no links"));
            }
            let links = wire::links_of(&page.links, &self.api.root);
            self.count(&links);
            if self.needs_cursor(&links) {
                self.next = Next::Cursor(String::new());
                continue;
            }
            self.tally.add(entries.len() as u64, answer.body.len() as u64)?;
            let Met { mut licenses, any_new, last } = self.take(&entries);
            drop(answer);
            self.advance(links, last, any_new);
            self.entitle(&mut licenses).await?;
            return Ok(Turn::Page { licenses, total: self.counted });
        }
    }

    /// The next page; nothing after the last one.
    async fn page(&self) -> Result<Option<Answer>, VendorError> {
        let place = match &self.next {
            Next::Number(number) => ("page[number]", number.to_string()),
            Next::Cursor(after) => ("page[cursor]", after.clone()),
            Next::Nowhere => return Ok(None),
        };
        let mut request = Request::get(&["licenses"], Credentials::Login, About::Account);
        request.query = vec![place, ("page[size]", PAGE_SIZE.to_owned())];
        self.api.send(request).await.map(Some)
    }

    /// Notes how many there are.
    fn count(&mut self, links: &Links) {
        if let Some(now) = links.count {
            self.count_changed |= self.counted.is_some_and(|before| before != now);
            self.counted = self.counted.max(Some(now));
        }
    }

    /// Takes the entries of a page that were not handed out before.
    fn take(&mut self, entries: &[&RawValue]) -> Met {
        let mut met = Met::default();
        for entry in entries {
            let entry: Option<Value> = serde_json::from_str(entry.get()).ok();
            met.last = entry.as_ref().and_then(|entry| resource::text(entry, "id"));
            let Some((license, key)) = entry.as_ref().and_then(|entry| map::license(entry, self.api.signs()))
            else {
                self.pass.unreadable += 1;
                continue;
            };
            if !self.pass.seen.insert(license.vendor_id.clone()) {
                self.pass.repeated += 1;
                continue;
            }
            met.any_new = true;
            if self.given.insert(license.vendor_id.clone()) {
                met.licenses.push(Listed { license, key });
            }
        }
        met
    }

    /// Where the listing goes on after a page.
    fn advance(&mut self, links: Links, last: Option<String>, any_new: bool) {
        self.next = match (&self.next, links.has_next) {
            (_, false) => Next::Nowhere,
            (Next::Number(number), true) if last.is_some() && *number < NUMBERED_PAGES => {
                Next::Number(number + 1)
            }
            (Next::Number(_), true) if last.is_some() => {
                self.pass = Pass::default();
                self.tally.restart();
                Next::Cursor(String::new())
            }
            (Next::Cursor(before), true) if any_new => match links.cursor.or(last) {
                Some(after) if after != *before => Next::Cursor(after),
                Some(_) | None => self.stuck(),
            },
            _ => self.stuck(),
        };
    }

    fn stuck(&mut self) -> Next {
        self.pass.is_stuck = true;
        Next::Nowhere
    }

    /// How many licenses are known to be missing, or came more than once where nothing tells that all came.
    fn missing(&self) -> u64 {
        let met = self.pass.seen.len() as u64 + self.pass.unreadable;
        let lacking = self.counted.map_or(0, |counted| counted.saturating_sub(met));
        let is_uncertain = self.counted.is_none() || self.count_changed;
        let repeated = if is_uncertain { self.pass.repeated } else { 0 };
        (lacking + repeated).max(u64::from(self.pass.is_stuck))
    }

    /// Whether the pages have to be read by cursor: there are more than can be numbered, or nobody counts what is on
    /// them, and then one that is deleted meanwhile moves another past the border of two numbered pages unseen.
    fn needs_cursor(&self, links: &Links) -> bool {
        let is_beyond = links.pages.is_some_and(|pages| pages > NUMBERED_PAGES);
        self.next == Next::Number(1) && (is_beyond || links.has_next && links.count.is_none())
    }

    /// Fetches the entitlements of the first licenses. What cannot be told now is told when a license is opened.
    async fn entitle(&mut self, licenses: &mut [Listed]) -> Result<(), VendorError> {
        let room = (WITH_ENTITLEMENTS as usize).saturating_sub(self.entitled).min(licenses.len());
        self.entitled += room;
        let mut is_over = false;
        for some in licenses[..room].chunks_mut(AT_ONCE) {
            let mut asked = JoinSet::new();
            for (at, listed) in some.iter().enumerate() {
                let (api, id) = (Arc::clone(&self.api), listed.license.vendor_id.clone());
                asked.spawn(async move { (at, entitlements(&api, &id, Credentials::Login).await) });
            }
            while let Some(done) = asked.join_next().await {
                let (at, read) = match done {
                    Ok(done) => done,
                    Err(ended) if ended.is_panic() => std::panic::resume_unwind(ended.into_panic()),
                    // The program ends, and nobody waits for the list any more.
                    Err(_) => return Ok(()),
                };
                match read {
                    Ok(read) => some[at].license.entitlements = read,
                    Err(error) if is_of_the_login(&error) => return Err(error),
                    Err(error) => is_over |= is_of_the_moment(&error),
                }
            }
            if is_over {
                self.entitled = WITH_ENTITLEMENTS as usize;
                break;
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Pages for LicensePages {
    async fn next(&mut self) -> Result<Turn, VendorError> {
        let limit = self.api.http.patience().listing;
        let deadline = self.begun + limit;
        let in_time = tokio::time::timeout_at(deadline, self.turn()).await;
        in_time.unwrap_or(Err(VendorError::ListingTooLarge { bound: ListingBound::Time(limit) }))
    }
}

/// Whether a failure is about the login or about who answers, and so about the list as well.
fn is_of_the_login(error: &VendorError) -> bool {
    use VendorError::{BadSignature, SessionExpired, SwitchedOff, Unauthorized};
    matches!(error, Unauthorized { .. } | SessionExpired | SwitchedOff { .. } | BadSignature { .. })
}

/// Whether the next request would most likely fail the same way.
fn is_of_the_moment(error: &VendorError) -> bool {
    matches!(error, VendorError::RateLimited { .. }) || error.class() == ErrorClass::OutOfReach
}

/// What a license entitles to; nothing where the login may not see it, or the license is gone meanwhile.
pub(super) async fn entitlements(
    api: &AicaApi,
    license: &str,
    credentials: Credentials<'_>,
) -> Result<Option<Vec<Entitlement>>, VendorError> {
    match api.everything(&["licenses", license, "entitlements"], &[], credentials).await {
        Ok(entries) => Ok(Some(resource::entitlements(&entries.all))),
        Err(VendorError::NotFound { .. } | VendorError::Forbidden { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A license with what it entitles to.
pub(super) async fn entitled(
    api: &AicaApi,
    mut license: License,
    credentials: Credentials<'_>,
) -> Result<License, VendorError> {
    license.entitlements = entitlements(api, &license.vendor_id, credentials).await?;
    Ok(license)
}
