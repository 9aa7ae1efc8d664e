//! What the page shows. Maud escapes every spliced value.

use maud::{DOCTYPE, Markup, html};

use crate::order::{NAME_LIMIT, Refusal};
use crate::portal::shown_time;
use crate::secret::Token;
use crate::storage::{Project, ProjectSummary, TokenRow};

/// What the portal plays besides the Aidbox portal: by names alone.
pub(super) struct Others {
    pub accounts: Vec<String>,
    pub instances: Vec<String>,
}

/// Every project with its counts, the form for a new one, and what else the portal plays.
pub(super) fn front(
    projects: &[ProjectSummary],
    others: &Others,
    refused: Option<(&str, &Refusal)>,
) -> Markup {
    let given = refused.map(|(given, _)| given);
    page(
        "Projects",
        &html! {
            h1 { "Projects" }
            @if projects.is_empty() {
                p.quiet { "There is no project yet. Create one, then issue a token for it and paste the token into Licet." }
            } @else {
                table {
                    thead { tr { th { "Project" } th.number { "Licenses" } th.number { "Valid tokens" } } }
                    tbody {
                        @for summary in projects {
                            tr {
                                td { a href={ "/projects/" (summary.project.uid) } { bdi { (summary.project.name) } } }
                                td.number { (summary.licenses) }
                                td.number { (summary.tokens) }
                            }
                        }
                    }
                }
            }
            h2 { "New project" }
            form method="post" action="/projects" {
                label for="name" { "Name" }
                input id="name" name="name" required maxlength=(NAME_LIMIT) value=[given]
                    aria-describedby=[refused.map(|_| "refused")];
                button { "Create project" }
                @if let Some((_, refusal)) = refused {
                    p.bad id="refused" role="alert" { "The project was not created: " (refusal) "." }
                }
            }
            (named("Accounts", "/v1/accounts/", &others.accounts))
            (named("Instances", "/instances/", &others.instances))
        },
    )
}

fn named(title: &str, place: &str, names: &[String]) -> Markup {
    html! {
        @if !names.is_empty() {
            h2 { (title) }
            ul { @for name in names { li { code { (place) (name) } } } }
        }
    }
}

/// One project: its tokens, the new one in full, and the buttons to issue and revoke.
pub(super) fn project(project: &Project, tokens: &[TokenRow], new: Option<&Token>, base: &str) -> Markup {
    page(
        &project.name,
        &html! {
            p { a href="/" { "Projects" } }
            h1 { bdi { (project.name) } }
            @if let Some(token) = new {
                section.new role="status" {
                    h2 { "New token" }
                    p { "Copy it now: it is shown only this once." }
                    p.token { code { (token.expose()) } }
                    p.quiet { "In Licet it goes into \u{201c}Where are your licenses?\u{201d}; the portal's address is " code { (base) } "." }
                }
            }
            h2 { "Tokens" }
            (token_table(project, tokens))
            form method="post" action={ "/projects/" (project.uid) "/tokens" } {
                button { "Issue token" }
            }
        },
    )
}

fn token_table(project: &Project, tokens: &[TokenRow]) -> Markup {
    html! {
        @if tokens.is_empty() {
            p.quiet { "No token was issued for this project yet." }
        } @else {
            table {
                thead { tr { th { "Token" } th { "Issued" } th { "State" } th { span.unseen { "Action" } } } }
                tbody {
                    @for token in tokens {
                        tr {
                            td { code { "licet_\u{2026}" (token.ending) } }
                            td { (shown_time(token.issued)) }
                            @if let Some(revoked) = token.revoked {
                                td { "Revoked " (shown_time(revoked)) }
                                td {}
                            } @else {
                                td { "Valid" }
                                td {
                                    form method="post" action={ "/projects/" (project.uid) "/tokens/" (token.row) "/revoke" } {
                                        button aria-label={ "Revoke the token ending in " (token.ending) } { "Revoke" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a sandbox's address shows.
pub(super) fn sandbox() -> Markup {
    words(
        "Sandbox",
        "This license is for a hosted instance. The local portal issues licenses; it does not run instances.",
    )
}

/// A page of one heading and one paragraph.
pub(super) fn words(title: &str, words: &str) -> Markup {
    page(title, &html! { h1 { (title) } p { (words) } })
}

fn page(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " \u{00b7} Licet local portal" }
                link rel="stylesheet" href="/page.css";
            }
            body {
                header { p { "Licet local portal" } }
                main { (body) }
            }
        }
    }
}
