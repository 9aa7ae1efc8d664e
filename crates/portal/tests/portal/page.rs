//! The page, by plain HTTP: what a user sees, and what keeps others out.

use reqwest::header::{COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::json;

use crate::harness::{Local, call, client};

/// A browser that was let in.
struct Browser {
    base: String,
    cookie: String,
}

impl Browser {
    async fn enter(local: &Local) -> Self {
        let response = open(local.serving.ticket().unwrap().expose()).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let set = response.headers()[SET_COOKIE].to_str().unwrap();
        Self { base: local.base(), cookie: set.split(';').next().unwrap().to_owned() }
    }

    async fn see(&self, path: &str) -> String {
        let request = client().get(format!("{}{path}", self.base));
        let response = self.send(request).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.text().await.unwrap()
    }

    /// Sends a form as the page itself does.
    async fn submit(&self, path: &str, body: &str) -> Response {
        let request = client().post(format!("{}{path}", self.base)).header(ORIGIN, &self.base);
        self.send(request.header("content-type", "application/x-www-form-urlencoded").body(body.to_owned()))
            .await
    }

    async fn send(&self, request: RequestBuilder) -> Response {
        request.header(COOKIE, format!("other=1; {}", self.cookie)).send().await.unwrap()
    }

    /// Creates a project and returns its path.
    async fn create(&self, name: &str) -> String {
        let response = self.submit("/projects", &format!("name={name}")).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        response.headers()[LOCATION].to_str().unwrap().to_owned()
    }
}

async fn open(url: &str) -> Response {
    client().get(url).send().await.unwrap()
}

/// The token that a page shows.
fn token_on(page: &str) -> String {
    let start = page.find("<code>licet_").unwrap() + "<code>".len();
    page[start..].split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn without_a_ticket_the_page_says_how_to_open_it() {
    let local = Local::start().await;
    let response = open(&local.base()).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let page = response.text().await.unwrap();
    assert!(page.contains("Open this page from Licet"), "{page}");
    assert!(!page.contains("northwind"), "and shows no project");
}

#[tokio::test]
async fn a_ticket_opens_the_page_and_leaves_the_address() {
    let local = Local::start().await;
    let response = open(local.serving.ticket().unwrap().expose()).await;
    assert_eq!(response.headers()[LOCATION], "/");
    let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

#[tokio::test]
async fn a_ticket_works_once() {
    let local = Local::start().await;
    let ticket = local.serving.ticket().unwrap();
    assert_eq!(open(ticket.expose()).await.status(), StatusCode::SEE_OTHER);
    let again = open(ticket.expose()).await;
    assert_eq!(again.status(), StatusCode::UNAUTHORIZED);
    assert!(again.headers().get(SET_COOKIE).is_none());
    assert!(again.text().await.unwrap().contains("opened before"));
}

#[tokio::test]
async fn opening_a_used_ticket_again_in_the_same_browser_leads_to_the_page() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    let used = client().get(format!("{}/?ticket=used", browser.base));
    assert_eq!(browser.send(used).await.headers()[LOCATION], "/");
}

#[tokio::test]
async fn of_many_at_once_one_gets_in_with_a_ticket() {
    let local = Local::start().await;
    let ticket = local.serving.ticket().unwrap();
    let all: Vec<_> = (0..8)
        .map(|_| {
            let url = ticket.expose().to_owned();
            tokio::spawn(async move { open(&url).await.status() })
        })
        .collect();
    let mut entered = 0;
    for one in all {
        entered += usize::from(one.await.unwrap() == StatusCode::SEE_OTHER);
    }
    assert_eq!(entered, 1);
}

#[tokio::test]
async fn asking_what_a_ticket_leads_to_does_not_use_it_up() {
    let local = Local::start().await;
    let ticket = local.serving.ticket().unwrap();
    client().head(ticket.expose()).send().await.unwrap();
    assert_eq!(open(ticket.expose()).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_made_up_ticket_or_cookie_opens_nothing() {
    let local = Local::start().await;
    let made_up = format!("{}/?ticket=00", local.base());
    assert_eq!(open(&made_up).await.status(), StatusCode::UNAUTHORIZED);
    let browser =
        Browser { base: local.base(), cookie: format!("licet_portal_{}=00", local.serving.address().port()) };
    let request = client().get(format!("{}/", browser.base));
    assert_eq!(browser.send(request).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_page_lists_projects_with_their_counts() {
    let local = Local::start().await;
    local.issue("a", "ci", json!({})).await;
    local.issue("b", "ci", json!({})).await;
    let page = Browser::enter(&local).await.see("/").await;
    let row = &page[page.find("northwind").unwrap()..];
    assert!(row.contains("<td class=\"number\">2</td><td class=\"number\">1</td>"), "{row}");
}

#[tokio::test]
async fn a_person_creates_a_project_and_issues_a_token_that_works() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    let project = browser.create("clinic").await;
    assert!(browser.see(&project).await.contains("No token was issued"));
    let response = browser.submit(&format!("{project}/tokens"), "").await;
    assert_eq!(response.status(), StatusCode::OK);
    let token = token_on(&response.text().await.unwrap());
    let (status, _) = call(&local.base(), &token, "get-licenses", json!({})).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_is_shown_once() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    let project = browser.create("clinic").await;
    let token = token_on(&browser.submit(&format!("{project}/tokens"), "").await.text().await.unwrap());
    let later = browser.see(&project).await;
    assert!(!later.contains(&token), "{later}");
    assert!(later.contains(&token[token.len() - 4..]), "its ending tells it apart: {later}");
}

#[tokio::test]
async fn a_revoked_token_stops_working_and_says_so_on_the_page() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    let project = browser.create("northwind").await;
    assert!(browser.see(&project).await.contains("/tokens/1/revoke"));
    let response = browser.submit(&format!("{project}/tokens/1/revoke"), "").await;
    assert_eq!(response.headers()[LOCATION].to_str().unwrap(), project);
    let (status, _) = call(&local.base(), &local.token, "get-licenses", json!({})).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let page = browser.see(&project).await;
    assert!(page.contains("Revoked ") && !page.contains("/tokens/1/revoke"), "{page}");
}

#[tokio::test]
async fn a_token_is_revoked_through_its_own_project_only() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    let other = browser.create("other").await;
    let response = browser.submit(&format!("{other}/tokens/1/revoke"), "").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let (status, _) = call(&local.base(), &local.token, "get-licenses", json!({})).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn names_are_shown_as_text() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    let project = browser.create("%3Cscript%3Ealert(%22x%22)%3C%2Fscript%3E%26amp;").await;
    for path in ["/", &project] {
        let page = browser.see(path).await;
        assert!(page.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;amp;"), "{page}");
        assert!(!page.contains("<script"), "{page}");
    }
}

#[tokio::test]
async fn a_refused_name_is_said_beside_the_field_and_kept_in_it() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    for (name, words) in [("++", "name is missing or empty"), (&*"x".repeat(300), "the limit is 255")] {
        let response = browser.submit("/projects", &format!("name={name}")).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = response.text().await.unwrap();
        assert!(page.contains(words), "{page}");
        assert!(page.contains(&format!("value=\"{}\"", name.replace('+', " "))), "{page}");
    }
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    for origin in [Some("http://evil.example"), Some("null"), Some("http://127.0.0.1:1"), None] {
        let mut request = client().post(format!("{}/projects", browser.base)).body("name=stolen");
        request = request.header("content-type", "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        assert_eq!(browser.send(request).await.status(), StatusCode::FORBIDDEN, "{origin:?}");
    }
    assert!(!browser.see("/").await.contains("stolen"));
}

#[tokio::test]
async fn nothing_behind_the_page_opens_without_a_session() {
    let local = Local::start().await;
    let project = Browser::enter(&local).await.create("clinic").await;
    let stranger = Browser { base: local.base(), cookie: "none=1".to_owned() };
    for path in ["/projects".to_owned(), format!("{project}/tokens"), format!("{project}/tokens/1/revoke")] {
        assert_eq!(stranger.submit(&path, "name=x").await.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
    assert_eq!(open(&format!("{}{project}", local.base())).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_page_allows_no_scripts_and_is_kept_nowhere() {
    let local = Local::start().await;
    let headers = open(&local.base()).await.headers().clone();
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let style = open(&format!("{}/page.css", local.base())).await;
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
}

#[tokio::test]
async fn a_session_outlives_a_restart_of_the_portal() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    let address = local.serving.address();
    local.serving.stop().await;
    let _again = portal::Portal::open(local.data.path()).unwrap().listen(address).await.unwrap();
    assert!(browser.see("/").await.contains("northwind"));
}

#[tokio::test]
async fn unknown_projects_are_not_found() {
    let local = Local::start().await;
    let browser = Browser::enter(&local).await;
    let request = client().get(format!("{}/projects/unknown", browser.base));
    assert_eq!(browser.send(request).await.status(), StatusCode::NOT_FOUND);
}
