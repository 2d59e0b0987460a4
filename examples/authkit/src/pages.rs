//! The pages: what a handler looks like that wants to know who asks.

use actix_web::http::StatusCode;
use actix_web::{Responder, get, web};
use auth_actix::{AuthKit, MaybeSession, Session, protected};
use maud::{Markup, html};

use crate::layout::{full_name, page};
use crate::organizations;

/// The protected handler, as the guide ends with it.
const SNIPPET: &str = r#"#[get("/dashboard")]
#[protected]
async fn dashboard(session: Session) -> impl Responder {
    let user = session.user();
    let (first, last) = (user.first_name(), user.last_name());
    format!("Hello {} {}!", first.unwrap_or("you"), last.unwrap_or_default())
}"#;

/// Differs for guests, so it takes a `MaybeSession`.
#[get("/")]
pub(crate) async fn home(maybe: MaybeSession) -> impl Responder {
    let session = maybe.get();
    let content = html! {
        section.hero {
            h1 { "AuthKit for actix-web" }
            @if session.is_some() {
                p.lead { "You are signed in as " strong { (full_name(session)) } "." }
                p { a.button href="/dashboard" { "Open the dashboard" } }
            } @else {
                p.lead { "You are not signed in." }
                p { a.button href="/sign-in" { "Sign in" } }
            }
        }
        section {
            h2 { "A protected page is one attribute" }
            pre tabindex="0" { code { (SNIPPET) } }
        }
    };
    page("Home", session, &content)
}

/// For anybody who is signed in.
#[get("/dashboard")]
#[protected]
pub(crate) async fn dashboard(session: Session, authkit: web::Data<AuthKit>) -> impl Responder {
    let user = session.user();
    let switcher = organizations::switcher(&authkit, &session).await;
    let list = |values: &[String]| Some(values.join(", ")).filter(|text| !text.is_empty());
    let content = html! {
        h1 { "Hello " (full_name(Some(&session))) "!" }
        (switcher)
        section {
            h2 { "Your session" }
            dl {
                (fact("First name", user.first_name()))
                (fact("Last name", user.last_name()))
                (fact("E-mail", user.email()))
                (fact("User id", Some(user.id())))
                (fact("Organization", session.organization_id()))
                (fact("Role", session.role()))
                (fact("Permissions", list(session.permissions()).as_deref()))
                (fact("Entitlements", list(session.entitlements()).as_deref()))
                (fact("Feature flags", list(session.feature_flags()).as_deref()))
            }
        }
    };
    page("Dashboard", Some(&session), &content)
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

fn fact(name: &str, value: Option<&str>) -> Markup {
    html! {
        dt { (name) }
        dd { (value.unwrap_or("–")) }
    }
}
