//! A site with Auth.js that moves to Rust, one route after the other. Both have one origin and one
//! secret, so nobody is signed out on the way. Needs Node 20 or newer; see `README.md`.
//!
//! ```sh
//! cargo run -p next-to-authjs                     # then open the address that it prints
//! AUTH_ROUTES=rust cargo run -p next-to-authjs    # the next step: sign-in has moved, too
//! PORT=8080 AUTH_SECRET=… cargo run -p next-to-authjs
//! ```

mod authjs;

use std::error::Error;
use std::net::TcpListener;

use actix_web::web::Html;
use actix_web::{App, HttpResponse, HttpServer, Responder, get};
use auth_actix::{Auth, Session, Ui, protected};
use auth_dev::DevProvider;
use authjs::AuthJs;
use maud::{DOCTYPE, html};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Known to everybody, so not for release builds. A fixed one, so that the next step finds you
/// signed in.
const SECRET: &str = "the secret of this example, which is no secret";

#[get("/dashboard")]
#[protected]
async fn dashboard(session: Session, ui: Ui) -> impl Responder {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { "Dashboard" }
            link rel="icon" href="data:,";
            link rel="stylesheet" href="/style.css";
            main {
                h1 { "Hello " (session.user().name().unwrap_or("you")) }
                p { "This page is Rust’s, whoever signed you in." }
                p { a href="/" { "To the page that is still Node’s" } }
                (ui.sign_out().return_to("/"))
            }
        }
    };
    let page = Html::new(page.into_string()).customize();
    page.insert_header(("Content-Security-Policy", POLICY))
}

#[get("/style.css")]
async fn stylesheet() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/css")
        .body(include_str!("style.css"))
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?; // browsers see Node's port
    let secret = match std::env::var("AUTH_SECRET") {
        Ok(secret) => secret,
        Err(_) if cfg!(debug_assertions) => SECRET.to_owned(),
        Err(_) => return Err("set AUTH_SECRET to what `openssl rand -base64 33` prints".into()),
    };
    // Both live until the server stops.
    let provider = DevProvider::start()?;
    let site = AuthJs::start(listener.local_addr()?, &provider, &secret)?;
    let auth = Auth::builder()
        .secret(secret)
        .origins([&site.origin])
        .provider(provider.client())
        .build()?;

    println!("{}/", site.origin);
    HttpServer::new(move || {
        App::new()
            .wrap(auth.middleware())
            .service(auth.routes())
            .service((dashboard, stylesheet))
    })
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
