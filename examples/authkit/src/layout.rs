//! What every page has around it.

use actix_web::http::header;
use actix_web::{HttpResponse, Responder, get, web};
use auth_actix::Session;
use maud::{DOCTYPE, Markup, html};

/// A page called `title`, with `content` below the bar.
pub(crate) fn page(title: &str, session: Option<&Session>, content: &Markup) -> web::Html {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – AuthKit" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/style.css";
            }
            body {
                @if let Some(impersonator) = session.and_then(|session| session.impersonator()) {
                    p.impersonation role="status" {
                        strong { (impersonator.email) } " acts for " (full_name(session)) "."
                    }
                }
                header {
                    a.brand href="/" { "AuthKit" }
                    nav aria-label="Pages" { a href="/dashboard" { "Dashboard" } }
                    (account(session))
                }
                main { (content) }
            }
        }
    };
    web::Html::new(markup.into_string())
}

/// Who is signed in, and the way out; for guests the ways in.
fn account(session: Option<&Session>) -> Markup {
    html! {
        div.account {
            @if session.is_some() {
                span.name { (full_name(session)) }
                form method="post" action="/sign-out" {
                    button.quiet { "Sign out" }
                }
            } @else {
                a.quiet href="/sign-up" { "Sign up" }
                a.button href="/sign-in" { "Sign in" }
            }
        }
    }
}

/// *First Last*; where both are missing the address, and else "you".
pub(crate) fn full_name(session: Option<&Session>) -> String {
    let Some(user) = session.map(|session| session.user()) else {
        return "you".to_owned();
    };
    let names = [user.first_name(), user.last_name()];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    match names.as_slice() {
        [] => user.email().unwrap_or("you").to_owned(),
        names => names.join(" "),
    }
}

#[get("/style.css")]
pub(crate) async fn stylesheet() -> impl Responder {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(include_str!("style.css"))
}
