use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use crate::Result;
use crate::folder::Folder;
use crate::order::{Name, Order};
use crate::ordering::issue;
use crate::secret::{TicketUrl, Token, digest, random_hex, random_id};
use crate::signing::Signer;
use crate::storage::{License, Project, Storage, Which};

const TICKET_SECONDS: i64 = 10 * 60;

/// A portal on its data folder. Several processes may open the same folder; clones share one portal.
#[derive(Clone)]
pub struct Portal {
    parts: Arc<Parts>,
}

struct Parts {
    storage: Storage,
    signer: Signer,
}

impl Portal {
    /// Opens the portal of `data_dir`, which is set up (folder, SQLite file, signing key) where it is new.
    pub fn open(data_dir: impl AsRef<Path>) -> Result<Self> {
        let folder = Folder::open(data_dir.as_ref())?;
        let _setup = folder.lock_for_setup()?;
        let storage = Storage::open(&folder)?;
        let signer = Signer::open(&folder)?;
        Ok(Self { parts: Arc::new(Parts { storage, signer }) })
    }

    /// Issues a token for the project of that name, which is made where it is new.
    pub fn issue_token(&self, project: &str) -> Result<Token> {
        let project = self.project_named(project)?;
        self.issue_token_for(&project)
    }

    /// Makes a URL that opens the page of the portal serving at `address`: once, within ten minutes.
    pub fn ticket(&self, address: SocketAddr) -> Result<TicketUrl> {
        let ticket = random_hex::<32>()?;
        self.storage().add_ticket(&digest(&ticket), now() + TICKET_SECONDS)?;
        Ok(TicketUrl::new(address, &ticket))
    }

    /// Issues `count` licenses in the project of that name in one transaction; `order` says what the
    /// n-th one (from 0) is. For whoever tries a client on a long list: one request each takes a hundred times as long.
    pub fn issue_many(
        &self,
        project: &str,
        count: usize,
        mut order: impl FnMut(usize) -> Order,
    ) -> Result<()> {
        let project = self.project_named(project)?;
        let created = now();
        let drafts = (0..count).map(|n| issue::draft(&project, order(n), created));
        self.storage().add_licenses(&project, drafts)
    }

    /// Issues one license; returns it with its string.
    pub(crate) fn issue(&self, project: &Project, order: Order) -> Result<(License, String)> {
        let draft = issue::draft(project, order, now())?;
        let which = Which::Id(draft.uid.clone());
        self.storage().add_licenses(project, [Ok(draft)])?;
        let issued = self.license(project, &which)?;
        issued.ok_or(crate::Error::Storage(rusqlite::Error::QueryReturnedNoRows))
    }

    /// One license of the project, with its string.
    pub(crate) fn license(&self, project: &Project, which: &Which) -> Result<Option<(License, String)>> {
        let found = self.storage().license(project, which)?;
        Ok(found.map(|(license, claims)| (license, self.signer().sign(&claims))))
    }

    /// Whether a license has a sandbox that the token opens.
    pub(crate) fn opens_box(&self, uid: &str, token: &str) -> Result<bool> {
        Ok(self.signer().opens_box(uid, token) && self.storage().has_sandbox(uid)?)
    }

    pub(crate) fn issue_token_for(&self, project: &Project) -> Result<Token> {
        let token = Token::random()?;
        self.storage().add_token(project, &digest(token.expose()), token.ending(), now())?;
        Ok(token)
    }

    pub(crate) fn project_named(&self, name: &str) -> Result<Project> {
        let name = Name::parse("project", name)?;
        self.storage().project_named(&name, &random_id()?, now())
    }

    pub(crate) fn storage(&self) -> &Storage {
        &self.parts.storage
    }

    pub(crate) fn signer(&self) -> &Signer {
        &self.parts.signer
    }
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal").field("kid", &self.signer().kid()).finish_non_exhaustive()
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// A stored time as a user reads it.
#[expect(clippy::expect_used, reason = "stored times were instants when they were stored")]
pub(crate) fn shown_time(seconds: i64) -> String {
    // Invariant: stored times are this program's own, far within what a timestamp holds.
    let time = jiff::Timestamp::from_second(seconds).expect("a stored time is in range");
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
