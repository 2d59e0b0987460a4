//! Whole sign-ins without a socket: the provider is a table of answers.

mod events;
mod languages;
mod last_provider;
mod page_functions;
mod pages;
mod redirect;
mod routes;
mod update;
mod users;

use std::sync::{Arc, Mutex};

use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use url::Url;

use crate::auth::Auth;
use crate::builder::AuthBuilder;
use crate::http::{HttpClient, HttpError, Peer, Request, Response};
use crate::providers::GITHUB;
use crate::spawn::BoxFuture;
use crate::testing::{ManualClock, NoSpawn, block_on};
use crate::transaction::LIFETIME;

mod options;
mod redirect_proxy;
mod tenants;

/// Answers by path, and remembers what it was asked.
#[derive(Clone, Default)]
struct GitHub {
    asked: Arc<Mutex<Vec<http::Request<Vec<u8>>>>>,
    token_answer: Option<Value>,
}

impl HttpClient for GitHub {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, HttpError>> {
        let body = match request.uri().to_string().as_str() {
            "https://github.com/login/oauth/access_token" => self.token_answer.clone().unwrap_or(
                json!({"access_token": "t", "token_type": "bearer", "scope": "read:user,user:email"}),
            ),
            "https://api.github.com/user" => {
                json!({"id": 9_007_199_254_740_993_u64, "login": "ada", "name": "Ada", "email": null})
            }
            "https://api.github.com/user/emails" => json!([
                {"email": "old@example.com", "primary": false, "verified": true},
                {"email": "Ada@example.com", "primary": true, "verified": true},
            ]),
            other => panic!("nothing answers at {other}"),
        };
        self.asked.lock().unwrap().push(request);
        let response = http::Response::builder()
            .header("content-type", "application/json")
            .body(body.to_string().into_bytes())
            .unwrap();
        Box::pin(std::future::ready(Ok(response)))
    }
}

fn auth(github: GitHub) -> Auth {
    auth_with(github, |builder| builder)
}

fn auth_with(github: GitHub, configure: impl FnOnce(AuthBuilder) -> AuthBuilder) -> Auth {
    let builder = AuthBuilder::with_adapters(github, NoSpawn)
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .clock(ManualClock::at(1_800_000_000))
        .provider(GITHUB.client("id", "s:cret é"));
    configure(builder).build().unwrap()
}

/// Sends a request as a browser on this machine would, with the cookies of `jar`.
fn send(
    auth: &Auth,
    jar: &mut Vec<(String, String)>,
    mut request: http::request::Builder,
    body: &str,
) -> Response {
    let cookies: Vec<_> = jar
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if !cookies.is_empty() {
        request = request.header("cookie", cookies.join("; "));
    }
    let typed = request.headers_ref();
    if !typed.is_some_and(|headers| headers.contains_key("content-type")) {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    let mut request: Request = request
        .header("host", "localhost:3000")
        .body(body.as_bytes().to_vec())
        .unwrap();
    request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
    let response = block_on(auth.handle(request));
    for cookie in response.headers().get_all("set-cookie") {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        jar.retain(|(known, _)| known != name);
        if !value.is_empty() {
            jar.push((name.to_owned(), value.to_owned()));
        }
    }
    response
}

fn location(headers: &HeaderMap) -> Url {
    headers["location"].to_str().unwrap().parse().unwrap()
}

fn param(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

fn get(auth: &Auth, jar: &mut Vec<(String, String)>, path: &str) -> Response {
    send(auth, jar, http::Request::get(path), "")
}

fn json_of(response: &Response) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

fn csrf(auth: &Auth, jar: &mut Vec<(String, String)>) -> String {
    let csrf = json_of(&get(auth, jar, "/api/auth/csrf"));
    csrf["csrfToken"].as_str().unwrap().to_owned()
}

/// Begins a sign-in; answers with the authorization URL.
fn begin(auth: &Auth, jar: &mut Vec<(String, String)>) -> Url {
    begin_to(auth, jar, "/page")
}

fn begin_to(auth: &Auth, jar: &mut Vec<(String, String)>, return_to: &str) -> Url {
    let body = format!("csrfToken={}&callbackUrl={return_to}", csrf(auth, jar));
    let begun = send(
        auth,
        jar,
        http::Request::post("/api/auth/signin/github"),
        &body,
    );
    assert_eq!(begun.status(), StatusCode::FOUND);
    location(begun.headers())
}

/// A whole sign-in; answers with the response to the way back.
fn sign_in(auth: &Auth, jar: &mut Vec<(String, String)>, return_to: &str) -> Response {
    let state = param(&begin_to(auth, jar, return_to), "state").unwrap();
    get(
        auth,
        jar,
        &format!("/api/auth/callback/github?code=c&state={state}"),
    )
}

#[test]
fn a_sign_in_with_github_ends_with_a_session_and_its_verified_primary_address() {
    let github = GitHub::default();
    let (auth, mut jar) = (auth(github.clone()), Vec::new());
    let url = begin(&auth, &mut jar);
    assert!(
        url.as_str()
            .starts_with("https://github.com/login/oauth/authorize?"),
        "{url}"
    );
    let expected = [
        ("response_type", "code"),
        ("client_id", "id"),
        (
            "redirect_uri",
            "http://localhost:3000/api/auth/callback/github",
        ),
        ("scope", "read:user user:email"),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in expected {
        assert_eq!(param(&url, name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(
        param(&url, "nonce"),
        None,
        "GitHub speaks no OpenID Connect"
    );

    // GitHub sends `iss` without announcing it (RFC 9207).
    let state = param(&url, "state").unwrap();
    let iss = "https%3A%2F%2Fgithub.com%2Flogin%2Foauth";
    let callback = format!("/api/auth/callback/github?code=c&state={state}&iss={iss}");
    let back = send(&auth, &mut jar, http::Request::get(callback), "");
    assert_eq!(
        location(back.headers()).as_str(),
        "http://localhost:3000/page"
    );

    let session = send(&auth, &mut jar, http::Request::get("/api/auth/session"), "");
    let session: Value = serde_json::from_slice(session.body()).unwrap();
    assert_eq!(
        session["user"],
        json!({"name": "Ada", "email": "ada@example.com"})
    );
    assert_eq!(session["expires"], "2027-02-14T08:00:00.000Z");

    let asked = github.asked.lock().unwrap();
    let basic = asked[0].headers()["authorization"].to_str().unwrap();
    // RFC 6749 §2.3.1: form-encoded before they are joined.
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode("id:s%3Acret+%C3%A9");
    assert_eq!(basic, format!("Basic {encoded}"));
    assert!(
        asked[1..]
            .iter()
            .all(|it| it.headers()["authorization"] == "Bearer t")
    );
}

#[test]
fn an_issuer_other_than_githubs_is_refused_before_the_code_is_sent() {
    let github = GitHub::default();
    let (auth, mut jar) = (auth(github.clone()), Vec::new());
    let state = param(&begin(&auth, &mut jar), "state").unwrap();
    let callback =
        format!("/api/auth/callback/github?code=c&state={state}&iss=https%3A%2F%2Fevil.example");
    let back = send(&auth, &mut jar, http::Request::get(callback), "");
    assert_eq!(
        param(&location(back.headers()), "code").as_deref(),
        Some("provider_answer")
    );
    assert!(github.asked.lock().unwrap().is_empty());
}

#[test]
fn an_error_in_a_200_of_the_token_endpoint_is_an_error() {
    let token_answer =
        Some(json!({"error": "bad_verification_code", "error_description": "CANARY"}));
    let (auth, mut jar) = (
        auth(GitHub {
            token_answer,
            ..GitHub::default()
        }),
        Vec::new(),
    );
    let state = param(&begin(&auth, &mut jar), "state").unwrap();
    let callback = format!("/api/auth/callback/github?code=c&state={state}");
    let back = send(&auth, &mut jar, http::Request::get(callback), "");
    let error = location(back.headers());
    assert_eq!(param(&error, "error").as_deref(), Some("Configuration"));
    assert_eq!(param(&error, "code").as_deref(), Some("provider_answer"));
    let page = send(
        &auth,
        &mut jar,
        http::Request::get(&error[url::Position::BeforePath..]),
        "",
    );
    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert!(!String::from_utf8_lossy(page.body()).contains("CANARY"));
}

#[test]
fn a_flood_of_sign_ins_lets_no_old_answer_through_a_second_time() {
    let (auth, mut jar) = (auth(GitHub::default()), Vec::new());
    let state = param(&begin(&auth, &mut jar), "state").unwrap();
    let callback = format!("/api/auth/callback/github?code=c&state={state}");
    let mut saved = jar.clone();
    let home = send(&auth, &mut jar, http::Request::get(&callback), "");
    assert_eq!(location(home.headers()).path(), "/page");

    let (finished, now) = (&auth.inner().finished, auth.inner().clock.now());
    for number in 0..110_000 {
        finished.insert(&format!("flood {number}"), now.plus(LIFETIME), now);
    }
    let again = send(&auth, &mut saved, http::Request::get(&callback), "");
    let code = param(&location(again.headers()), "code");
    assert_eq!(code.as_deref(), Some("sign_in_reused"));
}

#[test]
fn a_provider_can_be_linked_to_but_only_a_form_begins_a_sign_in() {
    let (auth, mut jar) = (auth(GitHub::default()), Vec::new());
    let page = send(
        &auth,
        &mut jar,
        http::Request::get("/api/auth/signin/github"),
        "",
    );
    assert_eq!(page.status(), StatusCode::OK);
    let text = String::from_utf8_lossy(page.body()).into_owned();
    assert!(
        text.contains(r#"action="/api/auth/signin/github""#),
        "{text}"
    );
}
