//! What the pages look like.

use actix_web::web::{Html, Query};
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use auth_actix::{ErrorView, Session, SignOutView, Ui, protected};
use maud::{DOCTYPE, Markup, html};

pub(crate) const SITE: &str = "The Reading Room";

fn page(lang: &str, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/site.css";
            }
            body {
                header { a href="/" { (SITE) } }
                main { (content) }
            }
        }
    }
}

#[get("/site.css")]
pub(crate) async fn style() -> impl Responder {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body(include_str!("../site.css"))
}

#[get("/")]
#[protected]
pub(crate) async fn room(session: Session) -> Html {
    let content = html! {
        h1 { "Hello " (session.user().name().unwrap_or("reader")) }
        p { "The kettle is on. Stay as long as you like." }
        p { a.button.plain href="/api/auth/signout" { "Sign out" } }
    };
    Html::new(page("en", SITE, &content).into_string())
}

/// What the sign-in page is told.
#[derive(serde::Deserialize)]
pub(crate) struct Login {
    #[serde(rename = "callbackUrl", default)]
    return_to: String,
    error: Option<String>,
}

/// In place of the built-in sign-in page.
#[get("/login")]
pub(crate) async fn login(request: HttpRequest, ui: Ui, query: Query<Login>) -> Html {
    let content = html! {
        h1 { "Who is reading?" }
        @if query.error.is_some() {
            p.alert role="alert" {
                "That did not work. "
                a href={ "/api/auth/error?" (request.query_string()) } { "What happened?" }
            }
        }
        (ui.sign_in("dev").label("Show your card").return_to(query.return_to.as_str()).class("button"))
    };
    let title = format!("Sign in – {SITE}");
    Html::new(page("en", &title, &content).into_string())
}

/// In place of the built-in sign-out page.
pub(crate) fn sign_out(view: &SignOutView<'_>) -> auth_actix::Html {
    let content = html! {
        h1 { (view.page.heading) }
        p { (view.question) }
        (view.form.clone().class("button"))
        @if let Some(cancel) = &view.cancel { p { a href=(cancel.href) { (cancel.label) } } }
    };
    auth_actix::Html::render(page(view.page.lang, &view.page.title, &content))
}

/// In place of the built-in error page.
pub(crate) fn error(view: &ErrorView<'_>) -> auth_actix::Html {
    let content = html! {
        h1 { (view.page.heading) }
        p { (view.error.what) " " (view.error.next) }
        p { a.button href=(view.sign_in.href) { (view.sign_in.label) } }
        @if let (Some(code), Some(reference)) = (view.error.code, view.error.reference) {
            p.small { "If you ask for help, say " code { (code) } " and " code { (reference) } "." }
        }
    };
    auth_actix::Html::render(page(view.page.lang, &view.page.title, &content))
}
