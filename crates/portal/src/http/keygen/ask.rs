//! A call as it arrives.

use std::collections::HashMap;
use std::net::SocketAddr;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest as _, FromRequestParts as _, Path, Query, Request};
use axum::http::{HeaderMap, Uri};
use serde_json::Value;

use super::Result;
use super::problem::Problem;
use super::signed::Whole;
use crate::Portal;
use crate::portal::now;
use crate::storage::Account;

/// A call before it is known whose account it is for.
pub(super) struct Raw {
    params: HashMap<String, String>,
    uri: Uri,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
    peer: String,
}

/// A call of an account.
pub(super) struct Ask {
    pub account: Account,
    pub headers: HeaderMap,
    /// The address that it comes from.
    pub peer: String,
    pub now: i64,
    params: HashMap<String, String>,
    uri: Uri,
    query: Vec<(String, String)>,
    body: Bytes,
}

impl Raw {
    pub(super) async fn read(request: Request) -> std::result::Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let params = Path::from_request_parts(&mut parts, &())
            .await
            .map_or_else(|_| HashMap::new(), |Path(params): Path<HashMap<String, String>>| params);
        let uri = parts.extensions.get::<Whole>().map_or_else(|| parts.uri.clone(), |uri| uri.0.clone());
        let Query(query) = Query::try_from_uri(&uri)
            .map_err(|rejection| Problem::bad_request("PARAMETER_INVALID", rejection.body_text()))?;
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|peer| peer.0.ip().to_string()).unwrap_or_default();
        let headers = parts.headers.clone();
        let body = Bytes::from_request(Request::from_parts(parts, body), &())
            .await
            .map_err(|rejection| Problem::of_status(rejection.status(), rejection.body_text()))?;
        Ok(Self { params, uri, query, headers, body, peer })
    }

    /// The account that the path names, or the only one where it names none.
    pub(super) fn of_account(self, portal: &Portal) -> Result<Option<Ask>> {
        let account = match self.params.get("account") {
            Some(named) => portal.storage().account(named)?,
            None => {
                let mut all = portal.storage().accounts()?;
                if all.len() == 1 { all.pop() } else { None }
            }
        };
        let Self { params, uri, query, headers, body, peer } = self;
        Ok(account.map(|account| Ask { account, headers, peer, now: now(), params, uri, query, body }))
    }
}

impl Ask {
    /// The id in the path.
    pub(super) fn id(&self) -> &str {
        self.params.get("id").map(String::as_str).unwrap_or_default()
    }

    /// The path as it was asked for.
    pub(super) fn path(&self) -> &str {
        self.uri.path()
    }

    /// The first parameter of that name in the query.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The query's parameters as they were sent, but for those of paging.
    pub(super) fn other_parameters(&self) -> impl Iterator<Item = &str> {
        let pairs = self.uri.query().unwrap_or_default().split('&');
        pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("page") && !pair.starts_with("limit="))
    }

    /// The body as JSON; null where there is none.
    pub(super) fn json(&self) -> std::result::Result<Value, Problem> {
        if self.body.trim_ascii().is_empty() {
            return Ok(Value::Null);
        }
        match serde_json::from_slice(&self.body) {
            Ok(json @ Value::Object(_)) => Ok(json),
            Ok(_) => Err(Problem::bad_request("BODY_INVALID", "The body is not a JSON object".to_owned())),
            Err(error) => Err(Problem::bad_request("BODY_INVALID", format!("The body is not JSON: {error}"))),
        }
    }

    /// Where something of the account is.
    pub(super) fn place(&self, rest: &str) -> String {
        format!("/v1/accounts/{}/{rest}", self.account.slug)
    }
}
