//! Fragments with htmx: whoever is not signed in is sent to sign in by the answer to a fragment, and
//! comes back to the page that asked for it. Anybody may speak but Bob: his 403 is a fragment too.
//!
//! ```sh
//! npm ci --prefix examples/htmx      # htmx itself; without it the pages work by plain forms
//! cargo run -p htmx                  # then open the address that it prints
//! PORT=8080 cargo run -p htmx
//! ```

use std::error::Error;
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use actix_web::middleware::DefaultHeaders;
use actix_web::web::Html;
use actix_web::{App, Either, HttpRequest, HttpResponse, HttpServer, Responder, get, post, web};
use auth_actix::{Auth, Session, Ui, protected};
use auth_dev::DevProvider;
use maud::Markup;
use serde::Deserialize;

/// Where npm puts htmx.
const HTMX: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/node_modules/htmx.org/dist/htmx.min.js"
);

/// The room, the person, and what they said.
type Talk = Mutex<Vec<[String; 3]>>;

/// A page. Guests may listen.
#[get("/rooms/{room}")]
async fn page(ui: Ui, room: web::Path<String>, talk: web::Data<Talk>) -> impl Responder {
    let page = maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (room) " – htmx" }
            link rel="icon" href="data:,";
            link rel="stylesheet" href="/style.css";
            @if Path::new(HTMX).exists() { script defer src="/htmx.js" {} }
            nav aria-label="Rooms" { a href="/rooms/tea" { "Tea" } a href="/rooms/coffee" { "Coffee" } }
            main {
                h1 { "Talk about " (room) }
                (fragment(&room, &talk.lock().unwrap_or_else(PoisonError::into_inner)))
                (ui.either(ui.sign_out(), "Whoever speaks signs in first."))
            }
        }
    };
    Html::new(page.into_string())
}

/// What htmx swaps, and what is swapped in.
fn fragment(room: &str, talk: &[[String; 3]]) -> Markup {
    let at = format!("/rooms/{room}");
    maud::html! {
        section #room {
            form method="post" action=(at) hx-post=(at) hx-target="#room" hx-swap="outerHTML"
                hx-status:403="target:#refused swap:innerHTML" {
                label for="words" { "Your words" }
                input #words name="words" required maxlength="200" autocomplete="off";
                button { "Say it" }
            }
            div #refused {}
            ul { @for [_, who, words] in talk.iter().filter(|said| said[0] == room) { li { (who) ": " (words) } } }
        }
    }
}

#[derive(Deserialize)]
struct Said {
    words: String,
}

/// Ends for a guest at the attribute: the answer has `HX-Redirect` to the sign-in page, and the way
/// back is the page that htmx names in `HX-Current-URL`.
#[post("/rooms/{room}")]
#[protected(check = is_not_bob)]
async fn say(
    session: Session,
    request: HttpRequest,
    room: web::Path<String>,
    talk: web::Data<Talk>,
    said: web::Form<Said>,
) -> impl Responder {
    let who = session.user().name().unwrap_or("Somebody").to_owned();
    let mut talk = talk.lock().unwrap_or_else(PoisonError::into_inner);
    talk.push([room.clone(), who, said.into_inner().words]);
    match request.headers().contains_key("hx-request") {
        true => Either::Left(Html::new(fragment(&room, &talk).into_string())),
        // Without a script the form is a navigation.
        false => Either::Right(web::Redirect::to(request.path().to_owned()).see_other()),
    }
}

/// By provider and account. An address is no proof of who somebody is.
fn is_not_bob(session: &Session) -> bool {
    session.user().id() != "dev:bob"
}

#[get("/htmx.js")]
async fn script() -> std::io::Result<impl Responder> {
    let mut response = HttpResponse::Ok();
    let script = std::fs::read_to_string(HTMX)?;
    Ok(response.content_type("text/javascript").body(script))
}

#[get("/style.css")]
async fn style() -> impl Responder {
    let css = include_str!("style.css");
    HttpResponse::Ok().content_type("text/css").body(css)
}

/// For our pages; those of sign-in bring their own.
const POLICY: &str = "default-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let development = DevProvider::start()?; // lives until the server stops
    let auth = Auth::builder().provider(development.client()).build()?;
    let talk = web::Data::new(Talk::default());

    let port = listener.local_addr()?.port();
    println!("http://localhost:{port}/rooms/tea");
    HttpServer::new(move || {
        App::new()
            .app_data(talk.clone())
            .wrap(auth.middleware())
            .wrap(DefaultHeaders::new().add(("Content-Security-Policy", POLICY)))
            .service(auth.routes())
            .service((page, say, script, style))
    })
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
