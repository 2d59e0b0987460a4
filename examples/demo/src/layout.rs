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
                title { (title) " – Demo" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/style.css";
            }
            body {
                header {
                    a.brand href="/" { "Demo" }
                    nav aria-label="Pages" {
                        a href="/dashboard" { "Dashboard" }
                        a href="/admin" { "Admin" }
                    }
                    (account(session))
                }
                main { (content) }
            }
        }
    };
    web::Html::new(markup.into_string())
}

/// Who is signed in, and the way out; for guests the way in.
fn account(session: Option<&Session>) -> Markup {
    html! {
        div.account {
            @if let Some(session) = session {
                span.avatar aria-hidden="true" { (initial(display_name(session))) }
                span.name { (display_name(session)) }
                a.quiet href="/api/auth/signout?callbackUrl=%2F" { "Sign out" }
            } @else {
                a.button href="/api/auth/signin" { "Sign in" }
            }
        }
    }
}

/// What to call somebody: the name, else the address, else "you".
pub(crate) fn display_name(session: &Session) -> &str {
    let user = session.user();
    user.name().or(user.email()).unwrap_or("you")
}

fn initial(name: &str) -> String {
    name.chars().take(1).flat_map(char::to_uppercase).collect()
}

#[get("/style.css")]
pub(crate) async fn stylesheet() -> impl Responder {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(include_str!("style.css"))
}
