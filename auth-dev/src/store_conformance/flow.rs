//! A rule for whole sign-ins, with a provider, over HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::rt::{task::yield_now, time::timeout};
use auth_actix::Auth;
use auth_core::store::AccountStore;
use auth_core::{
    CallbackError, Callbacks, CreateUserEvent, Events, Peer, Request, Response, SignInAttempt,
    SignInDecision, SigningAlgorithm,
};
use futures_util::future::join;
use serde_json::Value;

use crate::people::Person;
use crate::provider::DevProvider;

/// A new person signs in from two browsers, and both are recognised as nobody before either is
/// written down: one user, and two sessions of theirs.
pub async fn two_sign_ins_of_a_new_person_at_once_make_one_user(
    store: &(impl AccountStore + Clone),
) {
    let provider = DevProvider::builder()
        // Keys that are made in no time, and a test of a release build is still a test.
        .signing_algorithm(SigningAlgorithm::Es256)
        .danger_allow_release()
        .start()
        .expect("the provider starts");
    let created = Arc::new(AtomicUsize::new(0));
    let auth = Auth::builder()
        .environment([("AUTH_SECRET", "a secret of the rules for stores: no secret")])
        // Without an address, so that the account alone tells that both are the same person.
        .provider(provider.client().scopes(["openid", "profile"]))
        .users(store.clone())
        .callbacks(TwoAtOnce(AtomicUsize::new(0)))
        .events(Count(Arc::clone(&created)))
        .build()
        .expect("the configuration is right");

    let (mut one, mut two) = (Browser::new(&auth), Browser::new(&auth));
    let (first, second) = (one.begin().await, two.begin().await);
    let back = |begun: &str| provider.approve(begun, Person::ada()).callback_url();
    let (first, second) = (back(&first), back(&second));
    let both = join(one.get(&first), two.get(&second));
    timeout(Duration::from_secs(30), both)
        .await
        .expect("both sign-ins end");

    let (one, two) = (one.user_id().await, two.user_id().await);
    assert!(one.is_some(), "the first browser is signed in");
    assert_eq!(one, two, "both are signed in as one user");
    assert_eq!(created.load(Ordering::SeqCst), 1, "one user is new");
}

/// Holds the first to be recognised until the second is, too, and lets both go in one breath.
struct TwoAtOnce(AtomicUsize);

impl Callbacks for TwoAtOnce {
    async fn sign_in(&self, _: &SignInAttempt<'_>) -> Result<SignInDecision, CallbackError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        loop {
            yield_now().await;
            if self.0.load(Ordering::SeqCst) >= 2 {
                break;
            }
        }
        Ok(SignInDecision::Allow)
    }

    async fn session(
        &self,
        mut body: serde_json::Map<String, Value>,
        token: &auth_core::Token,
    ) -> Result<serde_json::Map<String, Value>, CallbackError> {
        let id = token.get("sub").cloned().unwrap_or_default();
        body.insert("id".to_owned(), id);
        Ok(body)
    }
}

struct Count(Arc<AtomicUsize>);

impl Events for Count {
    async fn create_user(&self, _: &CreateUserEvent<'_>) -> Result<(), CallbackError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

/// A browser on this machine, with nothing but cookies.
struct Browser<'a> {
    auth: &'a Auth,
    cookies: BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    fn new(auth: &'a Auth) -> Self {
        Self {
            auth,
            cookies: BTreeMap::new(),
        }
    }

    /// The address at the provider.
    async fn begin(&mut self) -> String {
        let csrf = json(&self.get("/api/auth/csrf").await);
        let body = format!("csrfToken={}", csrf["csrfToken"].as_str().unwrap_or(""));
        let request = http::Request::post("/api/auth/signin/dev");
        let answer = self.send(request, body).await;
        let location = answer.headers().get("location");
        let location = location.and_then(|value| value.to_str().ok());
        location.expect("a sign-in begins").to_owned()
    }

    async fn user_id(&mut self) -> Option<String> {
        let session = json(&self.get("/api/auth/session").await);
        session["id"].as_str().map(str::to_owned)
    }

    async fn get(&mut self, url: &str) -> Response {
        self.send(http::Request::get(url), String::new()).await
    }

    async fn send(&mut self, request: http::request::Builder, body: String) -> Response {
        let pairs = self.cookies.iter();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request: Request = request
            .header("host", "localhost:3000")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", pairs.join("; "))
            .body(body.into_bytes())
            .expect("the request is well-formed");
        request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
        let response = self.auth.handle(request).await;
        for cookie in response.headers().get_all("set-cookie") {
            let text = cookie.to_str().unwrap_or_default();
            let pair = text.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }
}

fn json(response: &Response) -> Value {
    serde_json::from_slice(response.body()).expect("the answer is JSON")
}
