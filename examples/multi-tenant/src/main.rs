//! Tenants with a host and a provider of their own; a new one can sign in without a restart.
//!
//! ```sh
//! cargo run -p multi-tenant          # then open the address that it prints
//! PORT=8080 cargo run -p multi-tenant
//! ```

mod tenants;

use std::error::Error;
use std::net::TcpListener;

use actix_web::middleware::DefaultHeaders;
use actix_web::web::{Data, Html, Path, Redirect};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, Responder, get, post};
use auth_actix::{Auth, Session, Ui, protected};
use maud::{DOCTYPE, html};
use tenants::{OPERATOR, Tenants, tenant_at};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// A cookie can be carried to another host: a session counts where its provider is at home.
fn is_at_home(session: &Session, request: &HttpRequest) -> bool {
    session.provider() == Some(tenant_at(host_of(request)))
}

fn host_of(request: &HttpRequest) -> &str {
    let host = request.headers().get("host");
    host.and_then(|it| it.to_str().ok()).unwrap_or_default()
}

#[get("/")]
async fn home(request: HttpRequest, ui: Ui, tenants: Data<Tenants>) -> impl Responder {
    let host = host_of(&request);
    let tenant = tenant_at(host);
    let session = ui.session().filter(|it| is_at_home(it, &request));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (tenant) }
            link rel="icon" href="data:,";
            link rel="stylesheet" href="/style.css";
            main {
                h1 { "Hello " (session.and_then(|it| it.user().name()).unwrap_or("guest")) }
                p { "This is the page of " strong { (tenant) } "." }
                @if session.is_some() { (ui.sign_out()) } @else { (ui.sign_in(tenant)) }
                @if tenant == OPERATOR {
                    @for id in tenants.rows().keys().filter(|id| *id != OPERATOR) {
                        p { a href={ "http://" (id) "." (host) "/" } { (id) } }
                    }
                    form method="post" action="/tenants/initech" { button { "Add initech" } }
                }
            }
        }
    };
    Html::new(page.into_string())
}

/// For the people of one tenant. The attribute lets in whoever is signed in, at any tenant: a check
/// sees the session and not the host, so the handler compares them.
#[get("/files")]
#[protected]
async fn files(session: Session, request: HttpRequest) -> impl Responder {
    if !is_at_home(&session, &request) {
        return HttpResponse::Forbidden().body("Sign in with this tenant first");
    }
    HttpResponse::Ok().body(format!("The files of {}", tenant_at(host_of(&request))))
}

#[post("/tenants/{id:[a-z]+}")]
#[protected(check = is_operator)]
async fn add(id: Path<String>, tenants: Data<Tenants>) -> Result<Redirect, Box<dyn Error>> {
    tenants.add(&id)?;
    Ok(Redirect::to("/").see_other())
}

fn is_operator(session: &Session) -> bool {
    session.provider() == Some(OPERATOR)
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
    let port = std::env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let tenants = Tenants::default();
    for id in [OPERATOR, "acme", "globex"] {
        tenants.add(id)?;
    }
    let auth = Auth::builder().resolve_clients(tenants.clone()).build()?;

    println!("http://localhost:{}/", listener.local_addr()?.port());
    HttpServer::new(move || {
        App::new()
            .app_data(Data::new(tenants.clone()))
            .wrap(auth.middleware())
            .wrap(DefaultHeaders::new().add(("Content-Security-Policy", POLICY)))
            .service(auth.routes())
            .service((home, files, add, stylesheet))
    })
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
