//! An application with AuthKit, the browser in front of it, and the WorkOS behind it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use url::Url;

use super::jar::Jar;
use crate::authkit::{AuthKit, AuthKitBuilder};
use crate::http::{HttpClient, HttpError, Request, Response};
use crate::oidc::testing::{RSA, SigningKey};
use crate::seal::iron::IronPasswords;
use crate::session::{ReadError, Session, SessionSource as _};
use crate::spawn::{BoxFuture, Spawn};
use crate::testing::{ManualClock, block_on};
use crate::time::{Clock as _, Timestamp};

pub(super) const CLIENT_ID: &str = "client_01TEST";
pub(super) const PASSWORD: &str = "a password of more than 32 characters";
pub(super) const ORIGIN: &str = "https://app.example";
pub(super) const START: i64 = 1_795_317_500;

/// How long an access token lasts by default, in seconds.
pub(super) const LIFE: i64 = 300;

/// Runs work at once.
#[derive(Clone)]
pub(super) struct AtOnce;

impl Spawn for AtOnce {
    fn spawn(&self, future: BoxFuture<'static, ()>) {
        block_on(future);
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        crate::testing::no_wait()
    }
}

/// WorkOS: refresh tokens work once, and the keys are published.
#[derive(Clone)]
pub(super) struct FakeWorkOs(Arc<Mutex<State>>, ManualClock);

#[derive(Default)]
struct State {
    /// In place of the next answers to `authenticate`.
    script: VecDeque<Result<(u16, Value), HttpError>>,
    keys_are_down: bool,
    /// Refresh tokens that were used up.
    used: Vec<String>,
    asked: Vec<Value>,
    key_fetches: usize,
    issued: usize,
    claims: Value,
}

impl FakeWorkOs {
    fn new(clock: &ManualClock) -> Self {
        Self(Arc::default(), clock.clone())
    }

    /// Answers the next call for tokens like this.
    pub(super) fn next(&self, status: u16, body: Value) {
        self.0.lock().unwrap().script.push_back(Ok((status, body)));
    }

    /// Answers the next calls for tokens like this, often enough to outlast every retry.
    pub(super) fn keep_failing(&self, status: Option<u16>) {
        let mut state = self.0.lock().unwrap();
        for _ in 0..8 {
            state.script.push_back(match status {
                Some(status) => Ok((status, json!({"message": "no"}))),
                None => Err(HttpError::TimedOut),
            });
        }
    }

    /// The answer to the next call for tokens is lost.
    pub(super) fn fail_once(&self, error: HttpError) {
        self.0.lock().unwrap().script.push_back(Err(error));
    }

    pub(super) fn recover(&self) {
        self.0.lock().unwrap().script.clear();
    }

    pub(super) fn keys_are_down(&self, down: bool) {
        self.0.lock().unwrap().keys_are_down = down;
    }

    /// Claims of the tokens from now on, beside those that each has.
    pub(super) fn with_claims(&self, claims: Value) {
        self.0.lock().unwrap().claims = claims;
    }

    /// The calls for tokens, as their bodies.
    pub(super) fn asked(&self) -> Vec<Value> {
        self.0.lock().unwrap().asked.clone()
    }

    pub(super) fn refreshes(&self) -> usize {
        let asked = self.asked();
        let refreshes = asked
            .iter()
            .filter(|it| it["grant_type"] == "refresh_token");
        refreshes.count()
    }

    pub(super) fn key_fetches(&self) -> usize {
        self.0.lock().unwrap().key_fetches
    }

    /// An access token of user_1.
    pub(super) fn token(&self, change: &Value) -> String {
        let now = self.1.now().as_unix();
        let mut claims = json!({
            "iss": "https://api.workos.com", "sub": "user_1", "sid": "session_1", "jti": "j",
            "iat": now, "exp": now + LIFE, "auth_time": now,
        });
        for (name, value) in change.as_object().into_iter().flatten() {
            claims[name] = value.clone();
        }
        sign(&RSA, &claims)
    }

    fn authenticate(&self, body: &Value) -> (u16, Value) {
        let mut state = self.0.lock().unwrap();
        let mut change = state.claims.clone();
        if body["grant_type"] == "refresh_token" {
            let token = body["refresh_token"].as_str().unwrap().to_owned();
            if state.used.contains(&token) {
                return (400, json!({"error": "invalid_grant"}));
            }
            state.used.push(token);
            if let Some(organization) = body.get("organization_id") {
                change["org_id"] = organization.clone();
            }
        }
        state.issued += 1;
        let refresh_token = format!("refresh_{}", state.issued);
        drop(state);
        let mut answer = answer(&self.token(&change), &refresh_token);
        answer["authentication_method"] = "Password".into();
        (200, answer)
    }
}

pub(super) fn sign(key: &SigningKey, claims: &Value) -> String {
    key.sign(&json!({"alg": "RS256", "kid": "k", "typ": "JWT"}), claims)
}

/// What WorkOS answers to a grant.
pub(super) fn answer(access_token: &str, refresh_token: &str) -> Value {
    json!({
        "user": {
            "object": "user", "id": "user_1", "email": "ada@example.com", "email_verified": true,
            "first_name": "Ada", "last_name": "Lovelace", "profile_picture_url": null,
            "created_at": "2026-01-15T12:00:00.000Z", "updated_at": "2026-01-15T12:00:00.000Z",
        },
        "access_token": access_token, "refresh_token": refresh_token,
    })
}

impl HttpClient for FakeWorkOs {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<Response, HttpError>> {
        let answered = match request.uri().path() {
            "/user_management/authenticate" => {
                let body: Value = serde_json::from_slice(request.body()).unwrap();
                self.0.lock().unwrap().asked.push(body.clone());
                let scripted = self.0.lock().unwrap().script.pop_front();
                scripted.unwrap_or_else(|| Ok(self.authenticate(&body)))
            }
            path if path == format!("/sso/jwks/{CLIENT_ID}") => {
                let mut state = self.0.lock().unwrap();
                state.key_fetches += 1;
                match state.keys_are_down {
                    true => Err(HttpError::TimedOut),
                    false => Ok((200, json!({"keys": [RSA.jwk("k")]}))),
                }
            }
            other => panic!("nothing answers at {other}"),
        };
        Box::pin(std::future::ready(answered.map(|(status, body)| {
            let mut response = Response::new(body.to_string().into_bytes());
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            response
        })))
    }
}

/// An application, and a browser with a jar of cookies.
pub(super) struct Site {
    pub(super) kit: AuthKit,
    pub(super) workos: FakeWorkOs,
    pub(super) clock: ManualClock,
    pub(super) jar: Jar,
}

impl Site {
    pub(super) fn new() -> Self {
        Self::with(|builder| builder)
    }

    pub(super) fn with(change: impl FnOnce(AuthKitBuilder) -> AuthKitBuilder) -> Self {
        Self::spawning(AtOnce, change)
    }

    pub(super) fn spawning(
        spawn: impl Spawn,
        change: impl FnOnce(AuthKitBuilder) -> AuthKitBuilder,
    ) -> Self {
        let clock = ManualClock::at(START);
        let workos = FakeWorkOs::new(&clock);
        let builder = AuthKitBuilder::with_adapters(workos.clone(), spawn)
            .environment([
                ("WORKOS_API_KEY", "sk_test_x"),
                ("WORKOS_CLIENT_ID", CLIENT_ID),
                ("WORKOS_REDIRECT_URI", "https://app.example/callback"),
                ("WORKOS_COOKIE_PASSWORD", PASSWORD),
            ])
            .clock(clock.clone());
        let kit: AuthKit = change(builder).build().unwrap();
        let jar = Jar::new(kit.inner().origin.host());
        Self {
            kit,
            workos,
            clock,
            jar,
        }
    }

    /// Puts a session into the jar, as an SDK would have sealed it. `claims` are those of its
    /// access token beside the usual ones.
    pub(super) fn seal(&mut self, claims: &Value, refresh_token: &str) {
        let token = self.workos.token(claims);
        self.seal_json(&json!({
            "accessToken": token, "refreshToken": refresh_token,
            "user": {"object": "user", "id": "user_1", "email": "ada@example.com",
                "firstName": "Ada", "lastName": "Lovelace", "profilePictureUrl": null},
        }));
    }

    pub(super) fn seal_json(&mut self, session: &Value) {
        let passwords = IronPasswords::new(IronPassword(PASSWORD)).unwrap();
        let sealed = passwords.seal(
            session.to_string().as_bytes(),
            None,
            Timestamp::from_unix(START),
        );
        self.jar.only("wos-session", &sealed);
    }

    /// What is sealed in the jar.
    pub(super) fn unsealed(&self) -> Value {
        let passwords = IronPasswords::new(IronPassword(PASSWORD)).unwrap();
        let sealed = self.cookie("wos-session").expect("a session in the jar");
        let json = passwords.unseal(sealed, self.clock.now()).unwrap();
        serde_json::from_slice(json.expose()).unwrap()
    }

    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        let mut pairs = self.jar.pairs();
        pairs
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The names in the jar that start with `prefix`.
    pub(super) fn cookies(&self, prefix: &str) -> Vec<&str> {
        let names = self.jar.pairs().map(|(name, _)| name);
        names.filter(|name| name.starts_with(prefix)).collect()
    }

    pub(super) fn request(&self, mut builder: http::request::Builder) -> Request {
        let line = self.jar.header();
        if !line.is_empty() {
            builder = builder.header("cookie", line);
        }
        builder.body(Vec::new()).unwrap()
    }

    /// What reading the session of this browser comes to. Stores what a response would set.
    pub(super) fn read(&mut self) -> Result<Option<Session>, ReadError> {
        let request = self.request(http::Request::get("/dashboard"));
        let session = block_on(self.kit.read(&request));
        let cookies = match &session {
            Ok(Some(session)) if self.kit.renewal_is_due(session) => {
                block_on(self.kit.renew(&request, session)).unwrap()
            }
            Ok(Some(_)) => Vec::new(),
            Ok(None) => self.kit.removal(&request),
            Err(_) => Vec::new(),
        };
        for cookie in &cookies {
            self.jar.store(cookie.to_str().unwrap());
        }
        session
    }

    pub(super) fn get(&mut self, target: &str) -> Response {
        self.send(http::Request::get(target))
    }

    pub(super) fn send(&mut self, builder: http::request::Builder) -> Response {
        let request = self.request(builder);
        let response = block_on(self.kit.handle(request));
        assert!(response.status().as_u16() < 500 || response.status() == 503);
        let caching = response.headers()["cache-control"].to_str().unwrap();
        assert!(
            caching.contains("no-store") || caching.contains("immutable"),
            "{caching}"
        );
        for cookie in response.headers().get_all("set-cookie") {
            self.jar.store(cookie.to_str().unwrap());
        }
        response
    }

    /// Begins a sign-in at `target`; the URL that the browser is sent to.
    pub(super) fn begin(&mut self, target: &str) -> Url {
        let response = self.get(target);
        assert_eq!(response.status(), StatusCode::FOUND);
        Url::parse(location(&response)).unwrap()
    }
}

/// One password for both purposes.
#[expect(non_snake_case, reason = "reads as the type it makes")]
fn IronPassword(password: &str) -> crate::seal::iron::IronPassword {
    crate::seal::iron::IronPassword::split(password, password)
}

pub(super) fn location(response: &Response) -> &str {
    response.headers()["location"].to_str().unwrap()
}

pub(super) fn text(response: &Response) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

/// A parameter of a URL.
pub(super) fn param(url: &Url, name: &str) -> Option<String> {
    let mut pairs = url.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// The path by which the browser comes back from `url`.
pub(super) fn way_back(url: &Url) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("code", "code_1")
        .append_pair("state", &param(url, "state").unwrap())
        .finish();
    format!("/callback?{query}")
}
