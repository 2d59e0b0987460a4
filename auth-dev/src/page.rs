//! What a browser sees: the choice of a person, and the few pages around it.
//!
//! No script, except the one line that sends a form on; no style but our own sheet. The policy
//! names no `form-action`: the answer to a choice redirects to the client, which that would block.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header;
use maud::{DOCTYPE, Markup, html};
use url::Url;

use crate::authorize::AuthorizationRequest;
use crate::params::Params;
use crate::people::Person;
use crate::state::State;

pub(crate) const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; \
                      frame-ancestors 'none'";
const POLICY_WITH_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src data:; \
                                  script-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Who do you want to be?
pub(crate) fn choose(
    state: &State,
    request: &AuthorizationRequest,
    params: &Params,
    problem: Option<&str>,
) -> HttpResponse {
    let hint = request.login_hint.as_deref().unwrap_or_default();
    let is_hinted =
        |person: &Person| !hint.is_empty() && (person.email == hint || person.sub == hint);
    let hinted = state.people.iter().any(is_hinted);
    let new_email = if hinted || !hint.contains('@') {
        ""
    } else {
        hint
    };
    let action = format!("/authorize?{}", params.encode());
    let body = html! {
        h1 { "Choose who to be" }
        p.lead { "to sign in at " strong { (client_origin(&request.destination.redirect_uri)) } }
        @if let Some(problem) = problem {
            p.problem role="alert" id="problem" { (problem) }
        }
        @if let Some(fault) = request.fault {
            p.fault { "This flow is going to fail: " code { (fault) } }
        }
        form method="post" action=(action) {
            ul.people {
                @for person in &state.people {
                    li {
                        button.person name="choice" value=(person.sub) autofocus[is_hinted(person)] {
                            span.initials aria-hidden="true" { (initials(&person.name)) }
                            span.who {
                                span.name { (person.name) }
                                span.email { (person.email) }
                            }
                        }
                    }
                }
            }
        }
        form.new method="post" action=(action) {
            h2 { "Somebody new" }
            label for="name" { "Name" }
            input #name name="name" autocomplete="off" maxlength="200";
            label for="email" { "E-mail" }
            input #email name="email" type="email" autocomplete="off" required maxlength="200"
                value=(new_email) placeholder="eve@example.com"
                aria-describedby=[problem.map(|_| "problem")]
                aria-invalid=[problem.map(|_| "true")];
            button.primary name="choice" value="new" { "Sign in" }
        }
        form.cancel method="post" action=(action) {
            button.quiet name="choice" value="cancel" { "Cancel" }
        }
    };
    let status = match problem {
        Some(_) => StatusCode::BAD_REQUEST,
        None => StatusCode::OK,
    };
    respond(status, POLICY, &layout("Choose who to be", &body))
}

/// The request is no good, and there is nobody to tell but the person.
pub(crate) fn refused(problem: &str) -> HttpResponse {
    let body = html! {
        h1 { "This request was refused" }
        p.problem role="alert" { (problem) "." }
        p.lead { "Nobody was signed in. The application that sent you here has to be changed." }
    };
    let page = layout("Request refused", &body);
    respond(StatusCode::BAD_REQUEST, POLICY, &page)
}

/// Signed out, and nowhere to go.
pub(crate) fn signed_out() -> HttpResponse {
    let body = html! {
        h1 { "Signed out" }
        p.lead { "You are signed out of the development provider." }
    };
    respond(StatusCode::OK, POLICY, &layout("Signed out", &body))
}

/// Sends the fields on by POST (OAuth 2.0 Form Post Response Mode).
pub(crate) fn form_post(action: &str, fields: &[(&'static str, String)]) -> HttpResponse {
    let body = html! {
        h1 { "Going back" }
        form method="post" action=(action) {
            @for (name, value) in fields {
                input type="hidden" name=(name) value=(value);
            }
            button.primary { "Continue" }
        }
        script src="/form-post.js" {}
    };
    let page = layout("Going back", &body);
    respond(StatusCode::OK, POLICY_WITH_SCRIPT, &page)
}

/// `GET /style.css`
pub(crate) async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body(include_str!("page/style.css"))
}

/// `GET /form-post.js`
pub(crate) async fn form_post_script() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .body("document.forms[0].submit();\n")
}

pub(crate) fn layout(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Development login" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/style.css";
            }
            body {
                header.banner {
                    span { "Development login – not for production" }
                }
                main { (body) }
                footer { "Anybody who can open this page can sign in as anybody." }
            }
        }
    }
}

pub(crate) fn respond(status: StatusCode, policy: &'static str, page: &Markup) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .insert_header((header::CROSS_ORIGIN_OPENER_POLICY, "same-origin"))
        .insert_header(("x-robots-tag", "noindex"))
        .body(page.0.clone())
}

pub(crate) fn client_origin(redirect_uri: &str) -> String {
    let url = Url::parse(redirect_uri);
    url.map_or_else(|_| String::new(), |url| url.origin().ascii_serialization())
}

/// `Ada Admin` → `AA`.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let ends = [words.next(), words.next_back()];
    let first = |word: &str| word.chars().next();
    ends.into_iter().flatten().filter_map(first).collect()
}
