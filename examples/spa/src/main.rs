//! A page that is one static file: a script shows who is signed in, signs in and out, and fetches
//! JSON that a guest does not get. Two tabs agree on who is signed in.
//!
//! ```sh
//! cargo run -p spa                   # then open the address that it prints
//! PORT=8080 cargo run -p spa
//! ```
//!
//! The script is `app.js`. To see it meet a 401, sign in, remove the cookies of the site in the
//! browser's developer tools, and press *Load again*.

use std::error::Error;
use std::future::ready;
use std::net::TcpListener;

use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpResponse, HttpServer, Responder, Route, get, web};
use auth_actix::{Auth, Session, protected};
use auth_dev::DevProvider;
use serde_json::json;

/// What the script fetches. A guest's script gets a 401, and the handler does not run.
#[get("/api/notes")]
#[protected]
async fn notes(session: Session) -> impl Responder {
    let name = session.user().name().unwrap_or("you");
    web::Json(json!([
        format!("Water {name}’s plants"),
        "Call the plumber"
    ]))
}

/// A file that is part of the program.
fn file(content_type: &'static str, content: &'static str) -> Route {
    web::get().to(move || ready(HttpResponse::Ok().content_type(content_type).body(content)))
}

/// For the page. The routes of sign-in bring a policy of their own, which wins.
fn policy() -> DefaultHeaders {
    DefaultHeaders::new().add((
        "Content-Security-Policy",
        "default-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ))
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    // Lives until the server stops.
    let development = DevProvider::start()?;
    let auth = Auth::builder().provider(development.client()).build()?;

    println!("http://localhost:{}/", listener.local_addr()?.port());
    HttpServer::new(move || {
        let html = file("text/html; charset=utf-8", include_str!("index.html"));
        let script = file("text/javascript; charset=utf-8", include_str!("app.js"));
        let style = file("text/css; charset=utf-8", include_str!("style.css"));
        App::new()
            .wrap(auth.middleware())
            .wrap(policy())
            .service(auth.routes())
            .service(notes)
            .route("/", html)
            .route("/app.js", script)
            .route("/style.css", style)
    })
    .workers(1)
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
