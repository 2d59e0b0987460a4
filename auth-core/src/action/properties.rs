//! Whatever a request holds, and whatever a provider answers.

use std::sync::{Arc, LazyLock, Mutex};

use http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use http::{HeaderValue, Uri};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::auth::Auth;
use crate::builder::AuthBuilder;
use crate::hostile::{self, header, property};
use crate::http::{HttpClient, HttpError, Peer};
use crate::provider::{Client, ResponseMode};
use crate::providers::{GITHUB, OIDC};
use crate::session::DangerSession;
use crate::spawn::BoxFuture;
use crate::testing::{AtOnce, ManualClock, block_on};

const ORIGIN: &str = "http://localhost:3000";
const OP: &str = "http://127.0.0.1:4600";
const NOW: i64 = 1_800_000_000;

/// A status and a body.
type Answer = (u16, Vec<u8>);

/// A provider that answers what the test says, in order.
#[derive(Clone, Default)]
struct Answers(Arc<Mutex<Vec<Answer>>>);

impl HttpClient for Answers {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<Response, HttpError>> {
        let path = request.uri().path();
        let (status, body) = if path.ends_with("/.well-known/openid-configuration") {
            (200, metadata().to_string().into_bytes())
        } else {
            let mut answers = self.0.lock().unwrap();
            if answers.is_empty() {
                (404, Vec::new())
            } else {
                answers.remove(0)
            }
        };
        let response = http::Response::builder().status(status).body(body).unwrap();
        Box::pin(std::future::ready(Ok(response)))
    }
}

fn metadata() -> Value {
    json!({"issuer": OP, "authorization_endpoint": format!("{OP}/authorize"),
        "token_endpoint": format!("{OP}/token"), "jwks_uri": format!("{OP}/jwks")})
}

fn builder(answers: Answers) -> AuthBuilder {
    let op = |id: &str| -> Client { OIDC.client("id", "secret").id(id).issuer(OP) };
    AuthBuilder::with_adapters(answers, AtOnce)
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .clock(ManualClock::at(NOW))
        .provider(GITHUB.client("id", "secret"))
        .provider(op("op"))
        .provider(op("form").response_mode(ResponseMode::FormPost))
}

static AUTH: LazyLock<Auth> = LazyLock::new(|| builder(Answers::default()).build().unwrap());
static TRUSTING: LazyLock<Auth> = LazyLock::new(|| {
    builder(Answers::default())
        .trust_host(true)
        .build()
        .unwrap()
});

fn send(auth: &Auth, mut request: Request) -> Response {
    request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
    block_on(auth.handle(request))
}

/// What a browser would send back of what `response` sets.
fn jar(response: &Response) -> String {
    let set = response.headers().get_all(SET_COOKIE).iter();
    let pairs: Vec<&str> = set
        .map(|cookie| cookie.to_str().unwrap())
        .filter(|cookie| !cookie.contains("Max-Age=0"))
        .map(|cookie| cookie.split(';').next().unwrap())
        .collect();
    pairs.join("; ")
}

struct Browser {
    cookies: String,
    csrf: String,
}

/// A browser that has been here before, is signed in, and begins to sign in again.
static BROWSER: LazyLock<Browser> = LazyLock::new(|| {
    let mut request: Request = http::Request::get("/api/auth/csrf")
        .body(Vec::new())
        .unwrap();
    request
        .headers_mut()
        .insert(HOST, HeaderValue::from_static("localhost:3000"));
    let response = send(&AUTH, request);
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    let session = AUTH.danger_issue_session(DangerSession::new("dev:ada").name("<b>&\"Ada"));
    let session = session[0]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    Browser {
        cookies: format!("{}; {session}", jar(&response)),
        csrf: body["csrfToken"].as_str().unwrap().to_owned(),
    }
});

const PATHS: [&str; 16] = [
    "/api/auth/signin",
    "/api/auth/signin?callbackUrl=%2Fa&max_age=300&error=AccessDenied&code=csrf&ref=ab12",
    "/api/auth/signin/op",
    "/api/auth/signin/op?prompt=login&login_hint=a%40b.example",
    "/api/auth/signin/form",
    "/api/auth/callback/op?code=c&state=s&iss=http%3A%2F%2F127.0.0.1%3A4600",
    "/api/auth/callback/form",
    "/api/auth/callback/op?error=access_denied&state=s",
    "/api/auth/signout?callbackUrl=https%3A%2F%2Fevil.example",
    "/api/auth/session",
    "/api/auth/csrf",
    "/api/auth/providers",
    "/api/auth/error?error=Configuration&code=id_token&ref=ab12cd34",
    "/api/auth/error?error=%22%3E%3Cx-evil%3E&code=%3Cx-evil%3E",
    "/api/auth/style.css",
    "/",
];

/// As much of it as an HTTP parser lets through, the rest percent-encoded.
fn uri() -> impl Strategy<Value = Uri> {
    hostile::bytes(PATHS).prop_map(|hostile::Bytes(bytes)| {
        let escaped = |keep: fn(u8) -> bool| -> String {
            let escape = |byte: &u8| match *byte {
                byte if keep(byte) => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            };
            let path: String = bytes.iter().map(escape).collect();
            if path.starts_with('/') {
                path
            } else {
                format!("/{path}")
            }
        };
        let lenient = escaped(|byte| matches!(byte, 0x21..=0x7e) && byte != b'#');
        let strict = escaped(|byte| byte.is_ascii_alphanumeric() || b"/?=&%._-".contains(&byte));
        lenient.parse().or_else(|_| strict.parse()).unwrap()
    })
}

fn methods() -> impl Strategy<Value = Method> {
    let rare = [
        Method::HEAD,
        Method::PUT,
        Method::OPTIONS,
        Method::from_bytes(b"X-Y").unwrap(),
    ];
    prop_oneof![5 => Just(Method::GET), 5 => Just(Method::POST), 1 => select(rare.to_vec())]
}

fn headers() -> impl Strategy<Value = Vec<(http::HeaderName, HeaderValue)>> {
    let other = select(vec![
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-auth-return-redirect",
        "sec-fetch-mode",
        "origin",
        "referer",
        "cookie",
        "host",
        "content-type",
    ])
    .prop_map(http::HeaderName::from_static);
    let value = header(["https", "navigate", "app.example", "cors", "a=b", "1"]);
    vec((other, value), 0..3)
}

fn requests() -> impl Strategy<Value = Request> {
    let csrf = BROWSER.csrf.as_str();
    let bodies = [
        format!("csrfToken={csrf}&callbackUrl=%2Fpage&max_age=60"),
        format!(r#"{{"csrfToken":"{csrf}","callbackUrl":"https://evil.example","max_age":"1"}}"#),
        "code=c&state=s".to_owned(),
        String::new(),
    ];
    let types = [
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-8",
    ];
    let cookie = option::weighted(0.8, header([BROWSER.cookies.as_str()]));
    let host = prop_oneof![4 => Just(HeaderValue::from_static("localhost:3000")),
        1 => header(["localhost:3000", "app.example", "[::1]"])];
    (
        (methods(), uri(), host),
        (cookie, header(types), hostile::bytes(bodies), headers()),
    )
        .prop_map(
            |((method, uri, host), (cookie, content_type, body, headers))| {
                let mut request = Request::new(body.0);
                *request.method_mut() = method;
                *request.uri_mut() = uri;
                let map = request.headers_mut();
                map.insert(HOST, host);
                map.insert(CONTENT_TYPE, content_type);
                if let Some(cookie) = cookie {
                    map.insert(COOKIE, cookie);
                }
                for (name, value) in headers {
                    map.append(name, value);
                }
                request
            },
        )
}

/// What must hold of every answer, whoever asked for what.
fn check_response(response: &Response, origin: Option<&str>) {
    assert!(response.status().as_u16() < 500, "{}", response.status());
    let size = response.body().len();
    assert!(size <= 64 * 1024, "a body of {size} bytes");
    let headers = response.headers();
    let size: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    assert!(size <= 64 * 1024, "headers of {size} bytes");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let cache_control = headers["cache-control"].to_str().unwrap();
    let is_stylesheet = headers
        .get(CONTENT_TYPE)
        .is_some_and(|it| it.as_bytes().starts_with(b"text/css"));
    assert!(cache_control.contains("no-store") != is_stylesheet);
    if !is_stylesheet {
        assert_eq!(headers["x-frame-options"], "DENY");
        assert_eq!(headers["referrer-policy"], "same-origin");
    }
    let body = String::from_utf8(response.body().clone()).unwrap();
    match headers.get(CONTENT_TYPE).map(|it| it.to_str().unwrap()) {
        Some("application/json") => assert!(serde_json::from_str::<Value>(&body).is_ok()),
        Some("text/html; charset=utf-8") => {
            assert!(headers.contains_key("content-security-policy"));
            // A path of ours may be called `/javascript:`; an address may not begin so.
            for evil in ["<x-evil", "=\"javascript:"] {
                assert!(!body.contains(evil), "{body}");
            }
        }
        Some(other) => assert!(is_stylesheet, "{other}"),
        None => assert!(body.is_empty()),
    }
    for cookie in headers.get_all(SET_COOKIE) {
        let cookie = cookie.to_str().unwrap();
        let name = cookie.split('=').next().unwrap();
        let name = name
            .trim_start_matches("__Secure-")
            .trim_start_matches("__Host-");
        assert!(name.starts_with("authjs."), "{cookie}");
        assert!(
            cookie.contains("; Path=/") && cookie.contains("; HttpOnly"),
            "{cookie}"
        );
    }
    for name in [LOCATION, http::HeaderName::from_static("refresh")] {
        let Some(value) = headers.get(&name) else {
            continue;
        };
        let value = value.to_str().unwrap().trim_start_matches("0;url=");
        let url = Url::parse(value).unwrap();
        let is_provider = [
            "https://github.com/login/oauth/authorize?",
            "http://127.0.0.1:4600/authorize?",
        ]
        .iter()
        .any(|endpoint| value.starts_with(endpoint));
        let is_ours = origin.is_none_or(|origin| url.origin().ascii_serialization() == origin);
        assert!(is_ours || is_provider, "{value}");
    }
}

property!(
    no_request_breaks_an_answer_or_leads_away,
    requests(),
    |request| {
        let host = request.headers()[HOST].clone();
        let hosts = request.headers().get_all(HOST).iter().count();
        // Under a trusted proxy the origin is what the proxy says.
        check_response(&send(&TRUSTING, request.clone()), None);
        let origin = Some(ORIGIN).filter(|_| host == "localhost:3000" && hosts == 1);
        check_response(&send(&AUTH, request), origin);
    }
);

property!(
    what_is_answered_at_once_is_what_would_be_answered_anyway,
    requests(),
    |request| {
        let mut request = request;
        request.body_mut().clear();
        request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
        for auth in [&*AUTH, &*TRUSTING] {
            // Twice: the second time the session is remembered.
            for _ in 0..2 {
                let at_once = auth.answer_at_once(&request);
                let anyway = block_on(auth.handle(request.clone()));
                if let Some(at_once) = at_once {
                    super::session::at_once::tests::assert_same(at_once, &anyway);
                }
            }
        }
    }
);

property!(
    no_input_breaks_the_reading_of_parameters,
    requests(),
    |request| {
        let size = request.uri().to_string().len() + request.body().len();
        for method in [Method::GET, Method::POST] {
            let Ok(input) = Input::read(&request, &method) else {
                continue;
            };
            let read: usize = input
                .query_pairs()
                .chain(input.body_pairs())
                .map(|(name, value)| name.len() + value.len())
                .sum();
            // A byte that is not UTF-8 becomes three.
            assert!(read <= 3 * size);
            assert!(input.query("absent").is_none());
        }
    }
);

/// Signs in up to the callback, with a provider that answers `answers`.
fn sign_in(provider: &str, query: &[u8], answers: Vec<Answer>) -> Response {
    let script = Answers(Arc::new(Mutex::new(answers)));
    let auth = builder(script).build().unwrap();
    let mut request: Request = http::Request::post(format!("/api/auth/signin/{provider}"))
        .header(HOST, "localhost:3000")
        .header(COOKIE, &BROWSER.cookies)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(format!("csrfToken={}", BROWSER.csrf).into_bytes())
        .unwrap();
    let begun = send(&auth, std::mem::take(&mut request));
    let location = Url::parse(begun.headers()[LOCATION].to_str().unwrap()).unwrap();
    let state = location
        .query_pairs()
        .find(|(name, _)| name == "state")
        .unwrap()
        .1
        .into_owned();
    let query = String::from_utf8_lossy(query).replace("STATE", &state);
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(url::form_urlencoded::parse(query.as_bytes()))
        .finish();
    let callback = http::Request::get(format!("/api/auth/callback/{provider}?{query}"))
        .header(HOST, "localhost:3000")
        .header(COOKIE, jar(&begun))
        .body(Vec::new())
        .unwrap();
    send(&auth, callback)
}

property!(
    no_answer_of_a_provider_breaks_the_callback_or_comes_through,
    (
        select(vec![GITHUB.id(), "op"]),
        hostile::bytes([
            "code=c&state=STATE",
            "code=c&state=STATE&iss=http://127.0.0.1:4600"
        ]),
        hostile::bytes([
            r#"{"access_token":"CANARY","token_type":"bearer","id_token":"e30.e30.AAAA"}"#,
            r#"{"error":"CANARY","error_description":"CANARY"}"#,
        ]),
        hostile::bytes([
            r#"{"id":1,"login":"CANARY","name":null,"email":null}"#,
            r#"{"keys":[{"kty":"RSA","kid":"CANARY"}]}"#,
        ]),
        hostile::bytes([r#"[{"email":"CANARY","primary":true,"verified":true}]"#]),
        select(vec![200_u16, 200, 302, 500]),
    ),
    |(provider, query, token, second, third, status)| {
        let answers = vec![(200, token.0), (200, second.0), (status, third.0)];
        let response = sign_in(provider, &query.0, answers);
        check_response(&response, Some(ORIGIN));
        let text = format!(
            "{:?}{:?}",
            response.headers(),
            String::from_utf8_lossy(response.body())
        );
        assert!(!text.contains("CANARY"), "{text}");
    }
);

/// Without this the property above could be about nothing.
#[test]
fn the_answers_that_are_edited_sign_in_when_they_are_not() {
    let answers = [
        r#"{"access_token":"at","token_type":"bearer"}"#,
        r#"{"id":1,"login":"CANARY","name":null,"email":null}"#,
        r#"[{"email":"CANARY","primary":true,"verified":true}]"#,
    ];
    let answers = answers.map(|body| (200, body.as_bytes().to_vec())).to_vec();
    let response = sign_in(GITHUB.id(), b"code=c&state=STATE", answers);
    assert_eq!(response.headers()[LOCATION], "http://localhost:3000/");
    assert!(jar(&response).contains("authjs.session-token=ey"));
}
