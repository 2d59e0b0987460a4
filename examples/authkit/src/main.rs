//! AuthKit in a small application: sign-in, a dashboard that greets by name, organisations,
//! sign-out. `docs/authkit.md` builds it step by step.
//!
//! ```sh
//! cargo run -p authkit-example       # a stand-in for WorkOS; no account, no settings
//! PORT=8080 cargo run -p authkit-example
//! WORKOS_API_KEY=… WORKOS_CLIENT_ID=… WORKOS_REDIRECT_URI=… WORKOS_COOKIE_PASSWORD=… \
//!     cargo run -p authkit-example   # WorkOS itself
//! ```
//!
//! `WORKOS_API_HOSTNAME`, `WORKOS_API_HTTPS` and `WORKOS_API_PORT` name another server, such as an
//! emulator.

mod layout;
mod organizations;
mod pages;

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::process::ExitCode;

use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpServer, web};
use auth_actix::AuthKit;
use auth_dev::DevWorkOs;

/// With one of these set, somebody means a WorkOS of their own.
const WORKOS: [&str; 3] = ["WORKOS_API_KEY", "WORKOS_CLIENT_ID", "WORKOS_API_HOSTNAME"];

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
    let port = listener.local_addr()?.port();
    // Lives until the server stops.
    let stand_in = match WORKOS.into_iter().find_map(variable) {
        Some(_) => None,
        None => Some(DevWorkOs::start()?),
    };
    let authkit = match &stand_in {
        Some(workos) => AuthKit::builder()
            .environment(environment(workos, port))
            .build()?,
        None => AuthKit::from_env()?,
    };
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .with_writer(std::io::stderr)
        .init();
    let server = HttpServer::new({
        let authkit = authkit.clone();
        move || {
            App::new()
                .app_data(web::Data::new(authkit.clone()))
                .wrap(authkit.middleware())
                .wrap(strict_headers())
                .service(authkit.routes())
                .service(pages::home)
                .service(pages::dashboard)
                .service(organizations::switch)
                .service(layout::stylesheet)
                .default_service(web::to(pages::not_found))
        }
    })
    .workers(2)
    .listen(listener)?
    .run();
    println!("\n  Open  http://localhost:{port}/\n");
    match &stand_in {
        Some(workos) => println!(
            "  WorkOS is a stand-in on {}: anybody signs in as anybody.\n  Set WORKOS_API_KEY and \
             WORKOS_CLIENT_ID for WorkOS itself.\n",
            workos.origin()
        ),
        None => println!("  WorkOS as the WORKOS_… variables say.\n"),
    }
    server.await?;
    Ok(())
}

/// What the stand-in needs, where our own environment does not say otherwise.
fn environment(workos: &DevWorkOs, port: u16) -> BTreeMap<String, String> {
    let redirect_uri = format!("http://localhost:{port}/callback");
    let mut variables = BTreeMap::from([("WORKOS_REDIRECT_URI".to_owned(), redirect_uri)]);
    let stand_in = workos.environment();
    variables.extend(stand_in.map(|(name, value)| (name.to_owned(), value)));
    let ours = env::vars().filter(|(name, value)| name.starts_with("WORKOS_") && !value.is_empty());
    let elsewhere = ["WORKOS_API_HTTPS", "WORKOS_API_PORT"];
    variables.extend(ours.filter(|(name, _)| !elsewhere.contains(&name.as_str())));
    variables
}

/// A variable that is set to something.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// The port in `PORT`, or 3000; 0 takes a free one. Loopback only: this is an example.
fn listen() -> Result<TcpListener, Box<dyn Error>> {
    let port = match variable("PORT") {
        Some(text) => text
            .parse()
            .map_err(|_| format!("PORT is `{text}`, and must be a number from 0 to 65535"))?,
        None => 3000,
    };
    TcpListener::bind(("127.0.0.1", port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            format!("port {port} is taken; choose another: PORT=3001 cargo run -p authkit-example")
                .into()
        }
        _ => format!("port {port} cannot be opened: {error}").into(),
    })
}

/// For the pages of the example. The routes of sign-in bring headers of their own, which win. No
/// `form-action`: the way into an organization may lead to its own sign-on, which that would block.
fn strict_headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
        ))
        .add(("Referrer-Policy", "same-origin"))
        .add(("X-Content-Type-Options", "nosniff"))
}
