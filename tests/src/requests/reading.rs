//! Requests that ask: the session, the token, the providers, and the pages.

use super::{Case, Visitor, get};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(who_is_signed_in());
    cases.extend(tokens_and_providers());
    cases.extend(pages());
    cases.extend(ways_back());
    cases.extend(through_a_proxy());
    cases
}

fn who_is_signed_in() -> Vec<Case> {
    let session = || get("/session");
    let sealed = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIn0..AAAA.AAAA.AAAA";
    vec![
        session().by(Visitor::Guest),
        session().by(Visitor::Bob),
        session().by(Visitor::Ada),
        session().by(Visitor::Bob).script(),
        session().by(Visitor::Bob).header("accept", "text/html"),
        session()
            .by(Visitor::Bob)
            .header("accept", "application/json"),
        session()
            .by(Visitor::Bob)
            .header("content-type", "application/json"),
        get("/session?callbackUrl=/elsewhere").by(Visitor::Bob),
        get("/session?update=1").by(Visitor::Bob),
        session().cookie("authjs.session-token", "garbage"),
        session().cookie("authjs.session-token", ""),
        session().cookie("authjs.session-token", sealed),
        session().cookie("authjs.session-token", "%"),
        session().cookie("authjs.session-token.0", "half"),
        session()
            .by(Visitor::Bob)
            .cookie("authjs.session-token.1", "more"),
        session()
            .by(Visitor::Ada)
            .cookie("authjs.session-token.1", "other"),
        session().cookie("__Secure-authjs.session-token", "of another scheme"),
        session().cookie("next-auth.session-token", "of another version"),
        session().header("authorization", "Bearer garbage"),
        session().header("authorization", "Bearer %"),
    ]
}

fn tokens_and_providers() -> Vec<Case> {
    let hash = "a".repeat(64);
    vec![
        get("/csrf").by(Visitor::Guest),
        get("/csrf").by(Visitor::Bob),
        get("/csrf").script(),
        get("/csrf?callbackUrl=/elsewhere"),
        get("/csrf").cookie("authjs.csrf-token", "garbage"),
        get("/csrf").cookie("authjs.csrf-token", ""),
        get("/csrf").cookie("authjs.csrf-token", &format!("{hash}%7C{hash}")),
        get("/csrf").cookie("authjs.csrf-token", &format!("{hash}|{hash}")),
        get("/csrf").cookie("__Host-authjs.csrf-token", &format!("{hash}%7C{hash}")),
        get("/csrf").cookie("authjs.callback-url", "https%3A%2F%2Fevil.example"),
        get("/providers").by(Visitor::Guest),
        get("/providers").by(Visitor::Bob),
        get("/providers").script(),
        get("/providers?callbackUrl=/elsewhere"),
        get("/providers").header("accept", "text/html"),
    ]
}

fn pages() -> Vec<Case> {
    let mut cases = vec![
        get("/signin").by(Visitor::Guest),
        get("/signin").by(Visitor::Bob),
        get("/signin").script(),
        get("/signin").header("accept", "text/html"),
        get("/signin").header("accept", "application/json"),
        get("/signin?email=ada@example.com"),
        get("/signin/dev?callbackUrl=/elsewhere").by(Visitor::Guest),
        get("/signin/dev?csrfToken={csrf}").by(Visitor::Guest),
        get("/signin/dev").by(Visitor::Guest).script(),
        get("/signout").by(Visitor::Guest),
        get("/signout").by(Visitor::Bob),
        get("/signout").script(),
        get("/signout?csrfToken={csrf}").by(Visitor::Bob),
        get("/verify-request?provider=email&type=email"),
        get("/verify-request").by(Visitor::Bob),
        get("/error").by(Visitor::Guest),
        get("/error").script(),
    ];
    for error in [
        "Configuration",
        "AccessDenied",
        "Verification",
        "Default",
        "Nonsense",
        "",
        "<script>",
    ] {
        cases.push(get(&format!("/error?error={error}")));
    }
    for error in [
        "OAuthSignin",
        "OAuthCallbackError",
        "OAuthAccountNotLinked",
        "EmailSignin",
        "CredentialsSignin",
        "SessionRequired",
        "MissingCSRF",
        "Nonsense",
    ] {
        cases.push(get(&format!("/signin?error={error}")));
    }
    cases
}

/// Where a sign-in leads to afterwards, in all spellings.
fn ways_back() -> Vec<Case> {
    let mut cases = Vec::new();
    for way in [
        "",
        "/elsewhere",
        "/elsewhere?x=1%26y=2",
        "{base}/elsewhere",
        "{base}",
        "elsewhere",
        "//evil.example",
        "/%5Cevil.example",
        "%09//evil.example",
        "https://evil.example/",
        "https://evil.example@127.0.0.1/",
        "{base}.evil.example/",
        "{base}@evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "%00",
    ] {
        cases.push(get(&format!("/signin?callbackUrl={way}")));
    }
    for way in [
        "{base}/kept",
        "https://evil.example/",
        "/kept",
        "notaurl",
        "%",
    ] {
        let way = way.replace("{base}/kept", "http%3A%2F%2F127.0.0.1%3A1%2Fkept");
        cases.push(get("/signin").cookie("authjs.callback-url", &way));
    }
    cases.push(get("/signin?callbackUrl=/a&callbackUrl=/b"));
    cases.push(get("/signin?callbackUrl=/new").cookie("authjs.callback-url", "%2Fold"));
    cases.push(get("/signout?callbackUrl=/elsewhere").by(Visitor::Bob));
    cases.push(get("/signout?callbackUrl=https://evil.example/").by(Visitor::Bob));
    cases
}

/// With what a proxy adds, or a stranger in its place.
fn through_a_proxy() -> Vec<Case> {
    let mut cases = Vec::new();
    for route in ["/providers", "/csrf", "/signin"] {
        cases.push(get(route).header("x-forwarded-host", "evil.example"));
        cases.push(get(route).header("x-forwarded-proto", "https"));
    }
    cases.push(get("/providers").header("x-forwarded-for", "192.0.2.1"));
    cases.push(get("/providers").header("forwarded", "host=evil.example;proto=https"));
    cases
}
