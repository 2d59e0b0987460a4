//! The servers that are measured: this program, started again as `serve <kind> <workers>`.

use std::io::{Read, Write};
use std::net::TcpListener;

use actix_identity::{Identity, IdentityMiddleware};
use actix_session::SessionMiddleware;
use actix_session::storage::CookieSessionStore;
use actix_web::cookie::Key;
use actix_web::dev::{Service as _, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::{App, HttpMessage, HttpRequest, HttpResponse, HttpServer, Responder, get};
use auth_actix::{AuthKit, MaybeSession, Session, protected};
use futures_util::TryFutureExt as _;

use crate::registration::Registration;
use crate::{Failure, cookies};

/// Prints the port in a line of its own, and serves until its standard input ends.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let [kind, workers] = arguments else {
        return Err("serve <kind> <workers>".into());
    };
    let workers = workers.parse()?;
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let port = listener.local_addr()?.port();
    std::thread::spawn(|| {
        // The other end closes when the benchmark is over, however it ends.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{port}")?;
    stdout.flush()?;
    let kind = kind.clone();
    Ok(actix_web::rt::System::new().block_on(serve(&kind, workers, listener))?)
}

async fn serve(kind: &str, workers: usize, listener: TcpListener) -> std::io::Result<()> {
    let key = || Key::from(&[7; 64]);
    let sessions = move || {
        let store = CookieSessionStore::default();
        SessionMiddleware::builder(store, key())
            .cookie_secure(false)
            .build()
    };
    match kind {
        "bare" => {
            let server = HttpServer::new(|| {
                App::new()
                    .service(bare)
                    .service(bare_maybe)
                    .service(untouched)
            });
            server.workers(workers).listen(listener)?.run().await
        }
        "wrapped" => {
            let server = HttpServer::new(|| {
                App::new()
                    .wrap_fn(|request, inner| inner.call(request))
                    .service(bare)
                    .service(bare_maybe)
                    .service(untouched)
            });
            server.workers(workers).listen(listener)?.run().await
        }
        "private" => {
            let server = HttpServer::new(|| {
                App::new()
                    .wrap_fn(|request, inner| inner.call(request).map_ok(keep_private))
                    .service(bare)
                    .service(bare_maybe)
                    .service(untouched)
            });
            server.workers(workers).listen(listener)?.run().await
        }
        "auth" => {
            let auth = match Registration::from_environment() {
                Some(registration) => cookies::auth_of(registration.client(), cookies::CACHE),
                None => cookies::auth(),
            };
            let server = HttpServer::new(move || {
                App::new()
                    .wrap(auth.middleware())
                    .service(auth.routes())
                    .service(page)
                    .service(maybe)
                    .service(untouched)
            });
            server.workers(workers).listen(listener)?.run().await
        }
        "authkit" => {
            let authkit = AuthKit::from_env().map_err(std::io::Error::other)?;
            let server = HttpServer::new(move || {
                App::new()
                    .wrap(authkit.middleware())
                    .service(authkit.routes())
                    .service(page)
            });
            server.workers(workers).listen(listener)?.run().await
        }
        "actix-session" => {
            let server = HttpServer::new(move || {
                App::new()
                    .wrap(sessions())
                    .service(session_start)
                    .service(session_page)
            });
            server.workers(workers).listen(listener)?.run().await
        }
        "actix-identity" => {
            let server = HttpServer::new(move || {
                App::new()
                    .wrap(IdentityMiddleware::default())
                    .wrap(sessions())
                    .service(identity_start)
                    .service(identity_page)
            });
            server.workers(workers).listen(listener)?.run().await
        }
        unknown => Err(std::io::Error::other(format!("no server `{unknown}`"))),
    }
}

/// The headers that keep a page from caches, as cheaply as actix-web sets any.
fn keep_private<B>(mut response: ServiceResponse<B>) -> ServiceResponse<B> {
    let headers = response.headers_mut();
    let value = const { HeaderValue::from_static("private, no-store") };
    headers.append(header::CACHE_CONTROL, value);
    headers.append(header::VARY, const { HeaderValue::from_static("Cookie") });
    response
}

#[get("/page")]
async fn bare() -> impl Responder {
    format!("Hello {}!", cookies::NAME)
}

#[get("/maybe")]
async fn bare_maybe() -> impl Responder {
    format!("Hello {}!", cookies::NAME)
}

#[get("/page")]
#[protected]
async fn page(session: Session) -> impl Responder {
    format!("Hello {}!", session.user().name().unwrap_or("you"))
}

#[get("/maybe")]
async fn maybe(session: MaybeSession) -> impl Responder {
    let name = session.get().and_then(|session| session.user().name());
    format!("Hello {}!", name.unwrap_or("you"))
}

#[get("/untouched")]
async fn untouched() -> impl Responder {
    format!("Hello {}!", cookies::NAME)
}

#[get("/start")]
async fn session_start(session: actix_session::Session) -> HttpResponse {
    match session.insert("name", cookies::NAME) {
        Ok(()) => HttpResponse::Ok().finish(),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

#[get("/page")]
async fn session_page(session: actix_session::Session) -> HttpResponse {
    match session.get::<String>("name") {
        Ok(Some(name)) => HttpResponse::Ok().body(format!("Hello {name}!")),
        _ => HttpResponse::Unauthorized().finish(),
    }
}

#[get("/start")]
async fn identity_start(request: HttpRequest) -> HttpResponse {
    match Identity::login(&request.extensions(), cookies::NAME.to_owned()) {
        Ok(_) => HttpResponse::Ok().finish(),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

#[get("/page")]
async fn identity_page(identity: Identity) -> HttpResponse {
    match identity.id() {
        Ok(name) => HttpResponse::Ok().body(format!("Hello {name}!")),
        Err(_) => HttpResponse::Unauthorized().finish(),
    }
}
