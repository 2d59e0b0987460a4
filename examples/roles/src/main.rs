//! Roles and permissions: a table says who may do what, each page asks for it in its own way, and
//! whoever may not gets a 403 that looks like the site. Sign in as Ada, as Bob, or as somebody new:
//! the navigation shows only what each may open.
//!
//! ```sh
//! cargo run -p roles                 # then open the address that it prints
//! PORT=8080 cargo run -p roles
//! ```

use std::net::TcpListener;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{DefaultHeaders, Next, from_fn};
use actix_web::web::Html;
use actix_web::{App, Error, FromRequest, HttpResponse, HttpServer, Responder, get};
use auth_actix::{Auth, CallbackError, Callbacks, Token, Trigger};
use auth_actix::{MaybeSession, Reason, Session, protected};
use auth_dev::DevProvider;

/// Who may do what: an address, roles, permissions. In an application, a table of its database.
const RIGHTS: [(&str, &[&str], &[&str]); 2] = [
    ("ada@example.com", &["admin"], &["articles:write"]),
    ("bob@example.com", &["editor"], &[]),
];

struct Rights;

impl Callbacks for Rights {
    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        // Only an address that the provider has verified: anybody can claim another.
        let email = trigger.verified_email();
        if let Some((_, roles, permissions)) = RIGHTS.iter().find(|row| Some(row.0) == email) {
            token.set_roles(roles.iter().copied());
            token.set_permissions(permissions.iter().copied());
        }
        Ok(Some(token))
    }
}

#[get("/")]
async fn home(maybe: MaybeSession) -> Html {
    page(maybe.get(), "Home", "For everybody.")
}

#[get("/admin")]
#[protected(role = "admin")]
async fn admin(session: Session) -> Html {
    page(&session, "Administration", "For the role admin.")
}

#[get("/staff")]
#[protected(roles("admin", "editor"))]
async fn staff(session: Session) -> Html {
    page(&session, "Staff", "For the roles admin and editor.")
}

/// Arguments combine: whoever may, and has signed in lately.
#[get("/write")]
#[protected(permission = "articles:write", max_age = "5m")]
async fn write(session: Session) -> Html {
    page(&session, "Write", "For the permission articles:write.")
}

#[get("/work")]
#[protected(check = is_ours)]
async fn work(session: Session) -> Html {
    page(&session, "Work", "For accounts of our own provider.")
}

fn is_ours(session: &Session) -> bool {
    session.provider() == Some("dev")
}

fn page<'s>(session: impl Into<Option<&'s Session>>, title: &str, text: &str) -> Html {
    let session = session.into();
    let may = |rule: fn(&Session) -> bool| session.is_some_and(rule);
    let page = maud::html! {
        (maud::DOCTYPE) html lang="en" {
            meta charset="utf-8"; meta name="viewport" content="width=device-width, initial-scale=1";
            link rel="icon" href="data:,"; link rel="stylesheet" href="/style.css";
            title { (title) " – Roles" }
            nav aria-label="Pages" {
                a href="/" { "Home" }
                @if may(|who| who.has_role("admin")) { a href="/admin" { "Administration" } }
                @if may(|who| who.has_role("admin") || who.has_role("editor")) { a href="/staff" { "Staff" } }
                @if may(|who| who.has_permission("articles:write")) { a href="/write" { "Write" } }
                @if may(is_ours) { a href="/work" { "Work" } }
                @if may(|_| true) { a href="/api/auth/signout?callbackUrl=/" { "Sign out" } }
                @else { a href="/api/auth/signin?callbackUrl=/" { "Sign in" } }
            }
            main { h1 { (title) } p { (text) } }
        }
    };
    Html::new(page.into_string())
}

/// Puts our page in the place of the built-in 403. Scripts keep their problem document.
async fn forbidden(request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse, Error> {
    let response = next.call(request).await?;
    let error = response.response().error();
    let refusal = error.and_then(|error| error.as_error::<auth_actix::Error>());
    if !refusal.is_some_and(|refusal| refusal.is_page() && refusal.reason() == Reason::Forbidden) {
        return Ok(response);
    }
    let session = MaybeSession::extract(response.request()).await?;
    let page = page(session.get(), "Not for you", "You may not open this page.");
    let html = page.respond_to(response.request()).into_body();
    Ok(response.map_body(|_, _| html.boxed()))
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
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let development = DevProvider::start()?; // lives until the server stops
    let auth = Auth::builder().provider(development.client());
    let auth = auth.callbacks(Rights).build()?;

    println!("http://localhost:{}/", listener.local_addr()?.port());
    HttpServer::new(move || {
        App::new()
            .wrap(from_fn(forbidden)) // before the middleware, so inside: it asks for the session
            .wrap(auth.middleware())
            .wrap(DefaultHeaders::new().add(("Content-Security-Policy", POLICY)))
            .service(auth.routes())
            .service((home, admin, staff, write, work, style))
    })
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
