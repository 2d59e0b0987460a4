//! The pages and the client module, from the request to the last byte of the answer.

use auth_core::{Auth, AuthBuilder, Client, Request, Response, providers};
use divan::Bencher;

use crate::{AtOnce, GitHub, ORIGIN, answer, header};

/// A site with the first so many of all providers.
fn auth(providers: usize) -> Auth {
    let none: [(&str, &str); 0] = [];
    let builder = AuthBuilder::<Auth>::with_adapters(GitHub, AtOnce)
        .environment(none)
        .secret("a secret of the benchmarks, no secret at all")
        .origins([ORIGIN]);
    let clients = providers::ALL.iter().take(providers).map(|provider| {
        let client: Client = provider.client("bench", "bench");
        match provider.variables().find(|it| it.suffix == "ISSUER") {
            Some(issuer) if issuer.required => client.issuer("https://issuer.example"),
            _ => client,
        }
    });
    clients
        .fold(builder, AuthBuilder::provider)
        .build()
        .expect("every provider can be registered")
}

fn get(path: &str) -> Request {
    http::Request::get(format!("{ORIGIN}/api/auth/{path}"))
        .header("accept", "text/html")
        .header("sec-fetch-mode", "navigate")
        .body(Vec::new())
        .expect("a good request")
}

/// Times the answer to `request`, which has this status and holds `part`.
fn time(bencher: Bencher<'_, '_>, auth: &Auth, request: &Request, status: u16, part: &str) {
    let has_answered = |response: Response| {
        assert_eq!(response.status(), status);
        assert!(String::from_utf8_lossy(response.body()).contains(part));
    };
    has_answered(answer(auth, request.clone()));
    bencher
        .with_inputs(|| request.clone())
        .bench_local_values(|request| answer(auth, request));
}

#[divan::bench(args = [1, 10, providers::ALL.len()])]
fn sign_in(bencher: Bencher<'_, '_>, providers: usize) {
    time(bencher, &auth(providers), &get("signin"), 200, "<form");
}

#[divan::bench]
fn sign_in_after_an_error(bencher: Bencher<'_, '_>) {
    let request = get("signin?error=MissingCSRF&code=csrf&ref=a1b2c3d4");
    time(bencher, &auth(1), &request, 400, "alert");
}

#[divan::bench]
fn sign_out(bencher: Bencher<'_, '_>) {
    time(bencher, &auth(1), &get("signout"), 200, "<form");
}

#[divan::bench]
fn error(bencher: Bencher<'_, '_>) {
    let request = get("error?error=AccessDenied&code=access_denied&ref=a1b2c3d4");
    time(bencher, &auth(1), &request, 403, "a1b2c3d4");
}

#[divan::bench]
fn verify_request(bencher: Bencher<'_, '_>) {
    time(bencher, &auth(1), &get("verify-request"), 200, "<h1");
}

#[divan::bench]
fn client_module(bencher: Bencher<'_, '_>) {
    time(bencher, &auth(1), &get("client.js"), 200, "signIn");
}

#[divan::bench]
fn client_module_not_modified(bencher: Bencher<'_, '_>) {
    let auth = auth(1);
    let etag = header(&answer(&auth, get("client.js")), "etag");
    let mut request = get("client.js");
    let etag = etag.parse().expect("a tag is text");
    request.headers_mut().insert("if-none-match", etag);
    time(bencher, &auth, &request, 304, "");
}
