//! Sign-in in a small application: pages for guests and for people, a page for administrators, a
//! form, and JSON for scripts.
//!
//! ```sh
//! cargo run -p demo                  # a development provider; no account, no settings
//! PORT=8080 cargo run -p demo
//! AUTH_GITHUB_ID=… AUTH_GITHUB_SECRET=… cargo run -p demo
//! ```

mod banner;
mod layout;
mod notes;
mod pages;

use std::error::Error;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::process::ExitCode;

use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpServer, web};
use auth_actix::{Auth, CallbackError, Callbacks, Token, Trigger, providers};
use auth_dev::DevProvider;

/// The people with the role `admin`.
const ADMINS: &[&str] = &["ada@example.com"];

/// Decides who is an administrator: by an address that the provider has verified.
struct Roles;

impl Callbacks for Roles {
    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        if trigger
            .verified_email()
            .is_some_and(|email| ADMINS.contains(&email))
        {
            token.set_roles(["admin"]);
        }
        Ok(Some(token))
    }
}

#[actix_web::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let listener = listen()?;
    let mut auth = Auth::builder()
        .providers_from_env(providers::ALL)
        .callbacks(Roles);
    // Lives until the server stops.
    let development = if banner::configured().next().is_none() {
        Some(DevProvider::start()?)
    } else {
        None
    };
    if let Some(provider) = &development {
        auth = auth.provider(provider.client());
    }
    let auth = auth.build()?;

    // From here on: the banner shows what `build` had to say.
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .with_writer(std::io::stderr)
        .init();
    let notes = web::Data::new(notes::Notes::default());
    let local = listener.local_addr()?;
    let server = HttpServer::new({
        let auth = auth.clone();
        move || {
            App::new()
                .app_data(notes.clone())
                .wrap(auth.middleware())
                .wrap(strict_headers())
                .service(auth.routes())
                .service(pages::home)
                .service(pages::dashboard)
                .service(pages::admin)
                .service(pages::me)
                .service(notes::add)
                .service(layout::stylesheet)
                .default_service(web::to(pages::not_found))
        }
    })
    .workers(2)
    .listen(listener)?
    .run();
    banner::print(&auth, local.port());
    server.await?;
    Ok(())
}

/// The port in `PORT`, or 3000; 0 takes a free one. Loopback only: this is a demo.
fn listen() -> Result<TcpListener, Box<dyn Error>> {
    let port = match std::env::var("PORT") {
        Ok(text) => text
            .parse()
            .map_err(|_| format!("PORT is `{text}`, and must be a number from 0 to 65535"))?,
        Err(_) => 3000,
    };
    TcpListener::bind(("127.0.0.1", port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            format!("port {port} is taken; choose another: PORT=3001 cargo run -p demo").into()
        }
        _ => format!("port {port} cannot be opened: {error}").into(),
    })
}

/// For the pages of the demo. The routes of sign-in bring headers of their own, which win.
fn strict_headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
        ))
        .add(("Referrer-Policy", "same-origin"))
        .add(("X-Content-Type-Options", "nosniff"))
}
