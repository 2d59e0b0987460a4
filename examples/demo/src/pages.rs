//! The pages: what a handler looks like that wants to know who asks.

use actix_web::http::StatusCode;
use actix_web::{Responder, get, web};
use auth_actix::{MaybeSession, Session, protected};
use maud::{Markup, html};
use serde_json::json;

use crate::layout::{display_name, page};
use crate::notes::{self, Notes};

/// The protected handler, as the first page shows it.
const SNIPPET: &str = r#"#[get("/dashboard")]
#[protected]
async fn dashboard(session: Session) -> impl Responder {
    format!("Hello {}!", session.user().name().unwrap_or("you"))
}"#;

/// Differs for guests, so it takes a `MaybeSession`.
#[get("/")]
pub(crate) async fn home(maybe: MaybeSession) -> impl Responder {
    let session = maybe.get();
    let content = html! {
        section.hero {
            h1 { "Sign-in for actix-web" }
            @match session {
                Some(session) => {
                    p.lead { "You are signed in as " strong { (display_name(session)) } "." }
                    p { a.button href="/dashboard" { "Open the dashboard" } }
                }
                None => {
                    p.lead { "You are not signed in." }
                    p { a.button href="/api/auth/signin?callbackUrl=%2Fdashboard" { "Sign in" } }
                }
            }
        }
        section {
            h2 { "A protected page is one attribute" }
            pre tabindex="0" { code { (SNIPPET) } }
        }
        section {
            h2 { "Try it" }
            ul.cards {
                (card("/dashboard", "Signed-in people", "Guests are sent to sign in, and come back."))
                (card("/admin", "Administrators", "Ada gets in. Bob gets a 403."))
                (card("/api/me", "Scripts", "JSON; a guest’s script gets a 401, not a page."))
            }
        }
    };
    page("Home", session, &content)
}

/// For anybody who is signed in.
#[get("/dashboard")]
#[protected]
pub(crate) async fn dashboard(session: Session, notes: web::Data<Notes>) -> impl Responder {
    let user = session.user();
    let content = html! {
        h1 { "Hello, " (user.first_name().unwrap_or(display_name(&session))) "!" }
        section {
            h2 { "Your session" }
            dl {
                (fact("Name", user.name()))
                (fact("E-mail", user.email()))
                (fact("User id", Some(user.id())))
                (fact("Provider", session.provider()))
                (fact("Roles", Some(session.roles().join(", ")).filter(|r| !r.is_empty()).as_deref()))
            }
        }
        (notes::section(&notes))
    };
    page("Dashboard", Some(&session), &content)
}

/// For people with the role, which `Roles` in `main.rs` gives.
#[get("/admin")]
#[protected(role = "admin")]
pub(crate) async fn admin(session: Session) -> impl Responder {
    let content = html! {
        h1 { "Administration" }
        p.lead { "Only people with the role " code { "admin" } " see this page." }
        dl {
            (fact("You are", Some(display_name(&session))))
            (fact("Your roles", Some(&session.roles().join(", "))))
        }
        p.after { "The role comes from the application’s own callback, never from the provider." }
    };
    page("Admin", Some(&session), &content)
}

/// For scripts.
#[get("/api/me")]
#[protected]
pub(crate) async fn me(session: Session) -> impl Responder {
    let user = session.user();
    web::Json(json!({
        "id": user.id(),
        "name": user.name(),
        "email": user.email(),
        "roles": session.roles(),
    }))
}

/// For every other address.
pub(crate) async fn not_found(maybe: MaybeSession) -> impl Responder {
    let content = html! {
        h1 { "Not found" }
        p.lead { "There is no such page. " a href="/" { "Go home" } }
    };
    let page = page("Not found", maybe.get(), &content);
    (page, StatusCode::NOT_FOUND)
}

fn card(path: &str, title: &str, text: &str) -> Markup {
    html! {
        li {
            a href=(path) { strong { (title) } code { (path) } }
            p { (text) }
        }
    }
}

fn fact(name: &str, value: Option<&str>) -> Markup {
    html! {
        dt { (name) }
        dd { (value.unwrap_or("–")) }
    }
}
