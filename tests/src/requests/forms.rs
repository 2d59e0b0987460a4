//! Requests that change something: beginning a sign-in, signing out, updating the session.

use super::{Case, Visitor, post};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(beginnings());
    cases.extend(endings());
    cases.extend(updates());
    cases
}

fn beginnings() -> Vec<Case> {
    let begin = || post("/signin/dev").by(Visitor::Guest);
    let mut cases = vec![
        begin().form("csrfToken={csrf}"),
        begin().form("csrfToken={csrf}&callbackUrl=/elsewhere"),
        begin().form("csrfToken={csrf}&callbackUrl={base}/elsewhere"),
        begin()
            .form("csrfToken={csrf}&callbackUrl=/elsewhere")
            .script(),
        begin()
            .form("csrfToken={csrf}&callbackUrl=https://evil.example/")
            .script(),
        begin().form("csrfToken={csrf}&callbackUrl=javascript:alert(1)"),
        begin().form("csrfToken={csrf}&callbackUrl=notaurl"),
        begin().form("csrfToken={csrf}&callbackUrl="),
        begin().form("csrfToken={csrf}&redirect=false").script(),
        begin().form("csrfToken={csrf}&json=true"),
        begin()
            .form("csrfToken={csrf}")
            .header("sec-fetch-mode", "navigate"),
        begin()
            .form("csrfToken={csrf}")
            .header("accept", "application/json"),
        begin()
            .form("csrfToken={csrf}")
            .header("accept", "text/html"),
        begin().json(r#"{"csrfToken":"{csrf}","callbackUrl":"/elsewhere"}"#),
        begin().json(r#"{"csrfToken":"{csrf}"}"#).script(),
        begin()
            .form("csrfToken={csrf}")
            .header("origin", "https://evil.example"),
        begin()
            .form("csrfToken={csrf}")
            .header("sec-fetch-site", "cross-site"),
        begin().json("{}"),
        begin().json("[]"),
        begin().json("{"),
        begin().json(r#"{"csrfToken":1}"#),
        begin().form(""),
        begin().form("csrfToken="),
        begin().form("csrfToken=forged"),
        begin().form("csrfToken=forged").script(),
        begin().form("csrfToken=forged&csrfToken={csrf}"),
        begin().form("csrfToken={csrf}&csrfToken=forged"),
        begin().form("CSRFToken={csrf}"),
        begin().body("text/plain", "csrfToken={csrf}"),
        begin().body("multipart/form-data; boundary=x", "csrfToken={csrf}"),
        begin().body(
            "application/x-www-form-urlencoded; charset=utf-8",
            "csrfToken={csrf}",
        ),
        post("/signin/dev").form("csrfToken=forged"),
        post("/signin/dev")
            .by(Visitor::Bob)
            .form("csrfToken={csrf}"),
        post("/signin").by(Visitor::Guest).form("csrfToken={csrf}"),
        post("/signin")
            .by(Visitor::Guest)
            .form("csrfToken={csrf}")
            .script(),
        post("/signin?callbackUrl=/elsewhere")
            .by(Visitor::Guest)
            .form("csrfToken={csrf}"),
        post("/signin/nobody")
            .by(Visitor::Guest)
            .form("csrfToken={csrf}"),
        post("/signin/nobody")
            .by(Visitor::Guest)
            .form("csrfToken={csrf}")
            .script(),
        post("/signin/email")
            .by(Visitor::Guest)
            .form("csrfToken={csrf}&email=ada@example.com"),
        post("/signin/credentials")
            .by(Visitor::Guest)
            .form("csrfToken={csrf}"),
    ];
    // Parameters of the provider, from the query.
    for query in [
        "prompt=login",
        "login_hint=ada@example.com",
        "max_age=300",
        "scope=openid",
        "state=chosen",
        "nonce=chosen",
        "redirect_uri=https://evil.example/",
        "client_id=other",
        "response_type=token",
        "code_challenge=chosen",
        "callbackUrl=/elsewhere",
    ] {
        let case = post(&format!("/signin/dev?{query}")).by(Visitor::Guest);
        cases.push(case.form("csrfToken={csrf}"));
    }
    cases
}

fn endings() -> Vec<Case> {
    let end = || post("/signout").by(Visitor::Bob);
    vec![
        end().form("csrfToken={csrf}"),
        end().form("csrfToken={csrf}&callbackUrl=/elsewhere"),
        end().form("csrfToken={csrf}&callbackUrl=https://evil.example/"),
        end().form("csrfToken={csrf}&callbackUrl=//evil.example/"),
        end()
            .form("csrfToken={csrf}&callbackUrl=/elsewhere")
            .script(),
        end().form("csrfToken={csrf}&json=true"),
        end()
            .form("csrfToken={csrf}")
            .header("sec-fetch-mode", "navigate"),
        end().json(r#"{"csrfToken":"{csrf}","callbackUrl":"/elsewhere"}"#),
        end().form("csrfToken=forged"),
        end().form("csrfToken=forged").script(),
        end().form(""),
        end().body("text/plain", "csrfToken={csrf}"),
        post("/signout?callbackUrl=/elsewhere")
            .by(Visitor::Bob)
            .form("csrfToken={csrf}"),
        post("/signout?csrfToken={csrf}").by(Visitor::Bob),
        post("/signout").by(Visitor::Ada).form("csrfToken={csrf}"),
        post("/signout").by(Visitor::Guest).form("csrfToken={csrf}"),
        post("/signout")
            .by(Visitor::Guest)
            .form("csrfToken={csrf}")
            .cookie("authjs.session-token", "garbage"),
        post("/signout").form("csrfToken=forged"),
    ]
}

fn updates() -> Vec<Case> {
    let update = |visitor| post("/session").by(visitor);
    vec![
        update(Visitor::Bob).json(r#"{"csrfToken":"{csrf}","data":{"name":"Robert"}}"#),
        update(Visitor::Bob)
            .json(r#"{"csrfToken":"{csrf}","data":{"name":"Robert"}}"#)
            .script(),
        update(Visitor::Bob).json(r#"{"csrfToken":"{csrf}","data":{"email":"eve@example.com"}}"#),
        update(Visitor::Bob).json(r#"{"csrfToken":"{csrf}","data":null}"#),
        update(Visitor::Bob).json(r#"{"csrfToken":"{csrf}"}"#),
        update(Visitor::Bob).form("csrfToken={csrf}"),
        update(Visitor::Ada).json(r#"{"csrfToken":"{csrf}","data":{"name":"Countess"}}"#),
        update(Visitor::Guest).json(r#"{"csrfToken":"{csrf}","data":{"name":"Nobody"}}"#),
        update(Visitor::Bob).json(r#"{"data":{"name":"Robert"}}"#),
        update(Visitor::Bob).json(r#"{"csrfToken":"forged","data":{"name":"Robert"}}"#),
        update(Visitor::Bob)
            .json(r#"{"csrfToken":"forged"}"#)
            .script(),
        update(Visitor::Bob).json("null"),
        update(Visitor::Bob).json("{"),
        update(Visitor::Bob).body("text/plain", "x"),
        update(Visitor::Stranger).json(r#"{"data":{}}"#),
    ]
}
