//! Every route with every method, and paths that are no route.

use reqwest::Method;

use super::{Case, get, post};

/// The routes, with and without a provider.
const ROUTES: [&str; 15] = [
    "/csrf",
    "/providers",
    "/session",
    "/signin",
    "/signin/dev",
    "/signin/nobody",
    "/callback",
    "/callback/dev",
    "/callback/nobody",
    "/signout",
    "/error",
    "/verify-request",
    "/webauthn-options",
    "/webauthn-options/dev",
    "/webauthn-options/nobody",
];

/// What is no route.
const ELSEWHERE: [&str; 12] = [
    "",
    "/",
    "/nope",
    "/SESSION",
    "/session/dev",
    "/csrf/dev",
    "/signout/dev",
    "/error/dev",
    "/signin/dev/more",
    "/_log",
    "/__proto__",
    "/constructor",
];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for route in ROUTES {
        cases.extend([get(route), post(route)]);
        cases.push(Case::new(Method::HEAD, route));
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
        cases.extend(
            ["/session", "/signin/dev", "/callback/dev"]
                .map(|route| Case::new(method.clone(), route)),
        );
    }
    for path in ELSEWHERE {
        cases.extend([get(path), post(path)]);
    }
    // Empty segments do not count, and a provider of this name is none.
    for path in [
        "//session",
        "/session/",
        "//signin///",
        "/signin/undefined",
        "/signin/",
    ] {
        cases.push(get(path));
    }
    cases
}
