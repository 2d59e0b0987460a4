//! A browser, our endpoints, and a provider that is a table of answers.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use crate::auth::Auth;
use crate::builder::AuthBuilder;
use crate::callbacks::{CallbackError, Callbacks, SignInAttempt, SignInDecision};
use crate::http::{HttpClient, HttpError, Peer, Response};
use crate::oidc::SigningAlgorithm;
use crate::oidc::testing::{RSA, SigningKey};
use crate::profile::Profile;
use crate::provider::Client;
use crate::spawn::BoxFuture;
use crate::testing::{AtOnce, ManualClock, block_on};

pub(super) const NOW: i64 = 1_800_000_000;
pub(super) const SECRET: &str = "a client secret of thirty-two b.";

static P256: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(SigningAlgorithm::Es256));
static P384: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(SigningAlgorithm::Es384));

/// The provider: what it answers by method and address, and what it was asked.
#[derive(Clone, Default)]
pub(super) struct Wire(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: BTreeMap<String, (u16, Value)>,
    asked: Vec<http::Request<Vec<u8>>>,
    id_token: Option<IdToken>,
}

/// The ID Token that goes into the token answer.
#[derive(Clone)]
pub(super) struct IdToken {
    claims: Value,
    algorithm: SigningAlgorithm,
    nonce: Option<String>,
}

impl IdToken {
    pub(super) fn new(claims: Value, algorithm: SigningAlgorithm) -> Self {
        Self {
            claims,
            algorithm,
            nonce: None,
        }
    }

    fn sign(&self) -> String {
        let mut claims = self.claims.clone();
        if let Some(nonce) = &self.nonce {
            claims["nonce"] = nonce.as_str().into();
        }
        let header = |kid: &str| json!({"alg": self.algorithm.name(), "kid": kid});
        match self.algorithm {
            SigningAlgorithm::Hs256 => {
                let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
                let input = format!("{}.{}", part(&json!({"alg": "HS256"})), part(&claims));
                let key =
                    aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, SECRET.as_bytes());
                let tag = aws_lc_rs::hmac::sign(&key, input.as_bytes());
                format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag))
            }
            SigningAlgorithm::Es256 => P256.sign(&header("p256"), &claims),
            SigningAlgorithm::Es384 => P384.sign(&header("p384"), &claims),
            _ => RSA.sign(&header("rsa"), &claims),
        }
    }
}

impl Wire {
    /// Then answers at `address` (`GET https://host/path`, the query left away) with status 200.
    pub(super) fn on(self, address: &str, answer: Value) -> Self {
        let mut state = self.0.lock().unwrap();
        state.answers.insert(address.to_owned(), (200, answer));
        drop(state);
        self
    }

    /// Then answers at `address` with a token of these claims, signed with a key that it calls
    /// `rsa`.
    pub(super) fn on_signed(self, address: &str, key: &SigningKey, claims: &Value) -> Self {
        let token = key.sign(&json!({"alg": "RS256", "kid": "rsa"}), claims);
        self.on(address, token.into())
    }

    /// An OpenID provider: discovery at `issuer`, where it calls itself `name`.
    pub(super) fn openid(self, issuer: &str, name: &str, id_token: IdToken) -> Self {
        let base = issuer.trim_end_matches('/');
        self.0.lock().unwrap().id_token = Some(id_token);
        self.on(
            &format!("GET {base}/.well-known/openid-configuration"),
            json!({
                "issuer": name,
                "authorization_endpoint": format!("{base}/authorize"),
                "token_endpoint": format!("{base}/token"),
                "userinfo_endpoint": format!("{base}/userinfo"),
                "jwks_uri": format!("{base}/keys"),
            }),
        )
        .on(
            &format!("GET {base}/keys"),
            json!({"keys": [RSA.jwk("rsa"), P256.jwk("p256"), P384.jwk("p384")]}),
        )
        .on(&format!("POST {base}/token"), tokens())
    }

    /// The requests so far, those about the server itself apart.
    pub(super) fn asked(&self) -> Vec<http::Request<Vec<u8>>> {
        let state = self.0.lock().unwrap();
        let about_a_person = |it: &&http::Request<Vec<u8>>| {
            let path = it.uri().path();
            !path.contains("/.well-known/") && !path.ends_with("/keys")
        };
        state.asked.iter().filter(about_a_person).cloned().collect()
    }
}

/// A plain token answer.
pub(super) fn tokens() -> Value {
    json!({"access_token": "at", "token_type": "bearer", "expires_in": 3600})
}

impl HttpClient for Wire {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, HttpError>> {
        let mut state = self.0.lock().unwrap();
        let mut url = Url::parse(&request.uri().to_string()).unwrap();
        url.set_query(None);
        let address = format!("{} {url}", request.method());
        let (status, mut answer) = state
            .answers
            .get(&address)
            .unwrap_or_else(|| panic!("nothing answers to {address}"))
            .clone();
        if let (Some(id_token), true) = (&state.id_token, answer.get("access_token").is_some()) {
            answer["id_token"] = id_token.sign().into();
        }
        state.asked.push(request);
        let (kind, body) = match answer {
            Value::String(token) => ("application/jwt;charset=UTF-8", token),
            answer => ("application/json", answer.to_string()),
        };
        let response = http::Response::builder()
            .status(status)
            .header("content-type", kind)
            .body(body.into_bytes())
            .unwrap();
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// Keeps the profile of who signs in.
struct Keep(Arc<Mutex<Option<Profile>>>);

impl Callbacks for Keep {
    async fn sign_in(&self, attempt: &SignInAttempt<'_>) -> Result<SignInDecision, CallbackError> {
        *self.0.lock().unwrap() = Some(attempt.profile.clone());
        Ok(SignInDecision::Allow)
    }
}

/// One browser at one site with one provider.
pub(super) struct Site {
    auth: Auth,
    id: String,
    wire: Wire,
    clock: ManualClock,
    jar: Vec<(String, String)>,
    profile: Arc<Mutex<Option<Profile>>>,
    /// Where the browser was sent.
    pub(super) authorization_url: Url,
}

impl Site {
    /// Begins a sign-in.
    pub(super) fn begin(client: impl Into<Client>, wire: &Wire) -> Self {
        Self::begin_with(client, wire, &[])
    }

    /// Begins a sign-in at a site with these variables.
    pub(super) fn begin_with(
        client: impl Into<Client>,
        wire: &Wire,
        variables: &[(&str, &str)],
    ) -> Self {
        let profile = Arc::default();
        let clock = ManualClock::at(NOW);
        let variables = variables
            .iter()
            .chain(&[("AUTH_SECRET", "0123456789abcdef0123456789abcdef")]);
        let auth: Auth = AuthBuilder::with_adapters(wire.clone(), AtOnce)
            .environment(variables.map(|(name, value)| (*name, *value)))
            .clock(clock.clone())
            .callbacks(Keep(Arc::clone(&profile)))
            .provider(client)
            .build()
            .unwrap();
        let id = auth.providers().next().unwrap().0.to_owned();
        let mut site = Self {
            auth,
            id,
            wire: wire.clone(),
            clock,
            jar: Vec::new(),
            profile,
            authorization_url: "https://nowhere.example".parse().unwrap(),
        };
        site.begin_again();
        site
    }

    /// Begins another sign-in in the same browser.
    pub(super) fn begin_again(&mut self) {
        let csrf = self.send(http::Request::get("/api/auth/csrf"), "");
        let csrf: Value = serde_json::from_slice(csrf.body()).unwrap();
        let body = format!("csrfToken={}", csrf["csrfToken"].as_str().unwrap());
        let path = format!("/api/auth/signin/{}", self.id);
        let begun = self.send(http::Request::post(path), &body);
        self.authorization_url = location(&begun);
        let nonce = self.param("nonce");
        if let Some(id_token) = &mut self.wire.0.lock().unwrap().id_token {
            id_token.nonce = nonce;
        }
    }

    pub(super) fn advance(&self, seconds: i64) {
        self.clock.advance(seconds);
    }

    /// A parameter of the authorization request.
    pub(super) fn param(&self, name: &str) -> Option<String> {
        self.authorization_url
            .query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The provider sends the browser back: the profile, or the code of the error.
    pub(super) fn finish(&mut self) -> Result<Profile, String> {
        let state = self.param("state").unwrap();
        let path = format!("/api/auth/callback/{}?code=c&state={state}", self.id);
        let back = self.send(http::Request::get(path), "");
        self.outcome(&back)
    }

    /// The provider has the browser post its answer, with `more` beside it.
    pub(super) fn finish_by_post(&mut self, more: &[(&str, &str)]) -> Result<Profile, String> {
        let state = self.param("state").unwrap();
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("code", "c"), ("state", state.as_str())])
            .extend_pairs(more)
            .finish();
        let path = format!("/api/auth/callback/{}", self.id);
        let back = self.send(http::Request::post(path), &body);
        self.outcome(&back)
    }

    fn outcome(&mut self, back: &Response) -> Result<Profile, String> {
        if let Some((_, code)) = location(back)
            .query_pairs()
            .find(|(name, _)| name == "code")
        {
            return Err(code.into_owned());
        }
        let session = self.send(http::Request::get("/api/auth/session"), "");
        let session: Value = serde_json::from_slice(session.body()).unwrap();
        assert!(session["user"].is_object(), "{session}");
        Ok(self.profile.lock().unwrap().take().unwrap())
    }

    /// The form of the newest token request.
    pub(super) fn token_form(&self) -> BTreeMap<String, String> {
        let asked = self.wire.asked();
        let request = asked.iter().rev().find(|it| !it.body().is_empty()).unwrap();
        form_urlencoded::parse(request.body())
            .into_owned()
            .collect()
    }

    fn send(&mut self, mut request: http::request::Builder, body: &str) -> Response {
        let pairs = self
            .jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let cookies = pairs.collect::<Vec<_>>().join("; ");
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let mut request = request
            .header("host", "localhost:3000")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.as_bytes().to_vec())
            .unwrap();
        request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
        let response = block_on(self.auth.handle(request));
        for cookie in response.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.jar.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.jar.push((name.to_owned(), value.to_owned()));
            }
        }
        response
    }
}

fn location(response: &Response) -> Url {
    response.headers()["location"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap()
}

/// The parameters of the authorization request; `None`: not there.
pub(super) fn params(site: &Site, expected: &[(&str, Option<&str>)]) {
    for (name, value) in expected {
        assert_eq!(site.param(name).as_deref(), *value, "{name}");
    }
}
