//! What remembering sessions takes: allocations of a lookup, and bytes of a remembered session.
//!
//! A program of its own, so that counting slows nothing else down. Prints JSON.

use std::alloc::System;
use std::error::Error;

use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, Responder, get};
use auth_actix::{Auth, Session, protected};
use auth_core::{Request, SessionSource};
use serde_json::json;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[path = "../cookies.rs"]
mod cookies;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Sessions over which the memory of one is averaged.
const SESSIONS: usize = 10_000;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let many = std::env::args()
        .nth(1)
        .map(|text| text.parse())
        .transpose()?;
    let auth = cookies::auth();
    let usual = lookup(&auth, &cookies::usual(1)[0])?;
    let large = lookup(&auth, &cookies::large(1)[0])?;
    let (unprotected, protected) = (request(false).await?, request(true).await?);
    let mut report = json!({
        "lookup_allocations": usual.0,
        "lookup_bytes": usual.1,
        "lookup_allocations_large": large.0,
        "lookup_bytes_large": large.1,
        "request_allocations_bare": unprotected,
        "request_allocations_protected": protected,
        "bytes_per_session": bytes_per_session()?,
    });
    if let Some(many) = many {
        report["cookies_seen"] = json!(many);
        report["cache_bytes_after"] = json!(bytes_after(many)?);
    }
    println!("{report:#}");
    Ok(())
}

fn with_cookie(cookie: &str) -> Result<Request, http::Error> {
    http::Request::get("/")
        .header("cookie", cookie)
        .body(Vec::new())
}

/// Reads the session of `request`, and requires that there is one.
fn read(auth: &Auth, request: &Request) -> Result<(), Box<dyn Error>> {
    use futures_util::FutureExt as _;
    match auth.read(request).now_or_never() {
        Some(Ok(Some(_))) => Ok(()),
        _ => Err("there is no session".into()),
    }
}

/// Allocations, and their bytes, of reading a session that is remembered.
fn lookup(auth: &Auth, cookie: &str) -> Result<(usize, usize), Box<dyn Error>> {
    let request = with_cookie(cookie)?;
    read(auth, &request)?;
    let region = Region::new(ALLOCATOR);
    read(auth, &request)?;
    let change = region.change();
    Ok((
        change.allocations + change.reallocations,
        change.bytes_allocated,
    ))
}

#[get("/bare")]
async fn bare() -> impl Responder {
    format!("Hello {}!", cookies::NAME)
}

#[get("/protected")]
#[protected]
async fn page(session: Session) -> impl Responder {
    format!("Hello {}!", session.user().name().unwrap_or("you"))
}

/// Allocations of a whole request to a handler, in actix-web without a socket.
async fn request(protected: bool) -> Result<usize, Box<dyn Error>> {
    let auth = cookies::auth();
    let cookie = &cookies::usual(1)[0];
    let ask = |path| {
        TestRequest::get()
            .uri(path)
            .insert_header(("cookie", cookie.as_str()))
            .to_request()
    };
    macro_rules! measure {
        ($app:expr, $path:expr) => {{
            let app = init_service($app).await;
            for _ in 0..3 {
                call_service(&app, ask($path)).await;
            }
            let request = ask($path);
            let region = Region::new(ALLOCATOR);
            let response = call_service(&app, request).await;
            if !response.status().is_success() {
                return Err("the page was refused".into());
            }
            region.change().allocations
        }};
    }
    Ok(match protected {
        false => measure!(App::new().service(bare), "/bare"),
        true => measure!(
            App::new().wrap(auth.middleware()).service(page),
            "/protected"
        ),
    })
}

/// Bytes in use for each remembered session, beyond the bytes of its cookie.
fn bytes_per_session() -> Result<usize, Box<dyn Error>> {
    let auth = cookies::auth_with(256 * 1024 * 1024);
    let requests = cookies::usual(SESSIONS)
        .iter()
        .map(|cookie| with_cookie(cookie))
        .collect::<Result<Vec<_>, _>>()?;
    let values: usize = cookies::usual(1)[0]
        .split_once('=')
        .map_or(0, |(_, value)| value.len());
    let region = Region::new(ALLOCATOR);
    for request in &requests {
        read(&auth, request)?;
    }
    let change = region.change();
    let used = change
        .bytes_allocated
        .saturating_sub(change.bytes_deallocated);
    Ok((used / SESSIONS).saturating_sub(values))
}

/// Bytes in use after `many` different cookies were seen.
fn bytes_after(many: usize) -> Result<usize, Box<dyn Error>> {
    let auth = cookies::auth();
    let region = Region::new(ALLOCATOR);
    for _ in 0..many.div_ceil(SESSIONS) {
        for cookie in cookies::usual(SESSIONS) {
            read(&auth, &with_cookie(&cookie)?)?;
        }
    }
    let change = region.change();
    Ok(change
        .bytes_allocated
        .saturating_sub(change.bytes_deallocated))
}
