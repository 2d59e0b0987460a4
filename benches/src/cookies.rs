//! The sessions that are sent, and the sign-in that reads them.

use auth_actix::{Auth, Client};
use auth_dev::{DEV, DangerSession, TestAuth};

/// What everybody is called.
pub(crate) const NAME: &str = "Ada Admin";

/// Known to everybody: no session of a benchmark is worth anything.
pub(crate) const SECRET: &str = "a secret of the benchmarks, no secret at all";

/// The configuration of server and client: what one issues the other reads.
pub(crate) fn auth() -> Auth {
    auth_with(CACHE)
}

/// How much is remembered by default, in bytes.
pub(crate) const CACHE: usize = 16 * 1024 * 1024;

/// The same, remembering at most `bytes` of sessions.
pub(crate) fn auth_with(bytes: usize) -> Auth {
    // Nobody signs in with it.
    let nowhere = DEV.client("bench", "bench").issuer("http://127.0.0.1:9");
    auth_of(nowhere, bytes)
}

/// The same, where people sign in with `client`.
pub(crate) fn auth_of(client: Client, bytes: usize) -> Auth {
    let none: [(&str, &str); 0] = [];
    let built = Auth::builder()
        .session_cache(bytes)
        .environment(none)
        .secret(SECRET)
        .origins(["http://127.0.0.1"])
        .provider(client)
        .build();
    // All of it is constant, but for what a running provider tells of itself.
    built.expect("the constants above are a good configuration")
}

/// `Cookie` headers of `count` people with claims of the usual size.
pub(crate) fn usual(count: usize) -> Vec<String> {
    let auth = TestAuth::from(auth());
    let person = |n| {
        DangerSession::new(format!("dev:{n}"))
            .name(NAME)
            .email(format!("ada-{n}@example.com"))
    };
    (0..count).map(|n| auth.cookie_header(person(n))).collect()
}

/// The same with 3 KB of claims.
pub(crate) fn large(count: usize) -> Vec<String> {
    let auth = TestAuth::from(auth());
    let person = |n| {
        DangerSession::new(format!("dev:{n}"))
            .name(NAME)
            .claim("padding", "x".repeat(2800))
    };
    (0..count).map(|n| auth.cookie_header(person(n))).collect()
}
