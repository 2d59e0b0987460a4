//! What is around the content of every page.

use actix_web::web::Html;
use actix_web::{CustomizeResponder, HttpResponse, Responder, get};
use maud::{DOCTYPE, Markup, html};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// A page with its policy.
pub(crate) fn page(title: &str, content: &Markup) -> CustomizeResponder<Html> {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) }
            link rel="icon" href="data:,";
            link rel="stylesheet" href="/style.css";
            main {
                h1 { (title) }
                (content)
            }
        }
    };
    let page = Html::new(markup.into_string()).customize();
    page.insert_header(("Content-Security-Policy", POLICY))
}

#[get("/style.css")]
pub(crate) async fn stylesheet() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/css")
        .body(include_str!("style.css"))
}
