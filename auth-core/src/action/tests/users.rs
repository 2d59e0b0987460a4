//! Sign-ins of users in a store.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use super::*;
use crate::account::Users;
use crate::callbacks::{CallbackError, Callbacks, SignInAttempt, SignInDecision};
use crate::email::EmailAddress;
use crate::session::DangerSession;
use crate::spawn::Spawn;
use crate::store::{
    AccountKey, AccountStore, Creation, Link, MemoryStore, StoreError, StoredAccount, StoredUser,
    Unlink, Update, UserStore,
};
use crate::testing::AtOnce;
use crate::time::Timestamp;

/// Runs what it is given when the test says so.
#[derive(Clone, Default)]
struct Queue(Arc<Mutex<Vec<BoxFuture<'static, ()>>>>);

impl Spawn for Queue {
    fn spawn(&self, future: BoxFuture<'static, ()>) {
        self.0.lock().unwrap().push(future);
    }

    fn sleep(&self, _duration: std::time::Duration) -> BoxFuture<'static, ()> {
        crate::testing::no_wait()
    }
}

impl Queue {
    fn run(&self) {
        let tasks = std::mem::take(&mut *self.0.lock().unwrap());
        tasks.into_iter().for_each(block_on);
    }
}

fn auth_with(github: GitHub, spawn: impl Spawn, users: impl Into<Users>) -> Auth {
    builder(github, spawn).users(users).build().unwrap()
}

fn builder(github: GitHub, spawn: impl Spawn) -> AuthBuilder {
    AuthBuilder::with_adapters(github, spawn)
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .clock(ManualClock::at(1_800_000_000))
        .provider(GITHUB.client("id", "secret"))
}

/// Begins a sign-in; answers with the address that the provider sends the browser back to.
fn way_back(auth: &Auth, jar: &mut Vec<(String, String)>) -> String {
    let state = param(&begin(auth, jar), "state").unwrap();
    format!("/api/auth/callback/github?code=c&state={state}")
}

fn sign_in(auth: &Auth, jar: &mut Vec<(String, String)>) -> Response {
    let back = way_back(auth, jar);
    send(auth, jar, http::Request::get(back), "")
}

fn key() -> AccountKey {
    AccountKey::new("github", "9007199254740993")
}

fn owner(store: &MemoryStore) -> Option<StoredUser> {
    block_on(store.user_by_account(&key())).unwrap()
}

fn access_token(store: &MemoryStore) -> Option<String> {
    let accounts = block_on(store.accounts_of(&owner(store).unwrap().id)).unwrap();
    let token = accounts[0].access_token.as_ref()?;
    Some(token.expose().clone())
}

#[test]
fn a_write_that_has_begun_is_finished_although_the_browser_hangs_up() {
    let (store, queue) = (MemoryStore::new(), Queue::default());
    let auth = auth_with(GitHub::default(), queue.clone(), store.clone());
    let mut jar = Vec::new();
    let back = way_back(&auth, &mut jar);
    let cookies: Vec<_> = jar
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let mut request: Request = http::Request::get(back)
        .header("host", "localhost:3000")
        .header("cookie", cookies.join("; "))
        .body(Vec::new())
        .unwrap();
    request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
    {
        let mut answer = pin!(auth.handle(request));
        let waits = poll_fn(|context| Poll::Ready(answer.as_mut().poll(context).is_pending()));
        assert!(block_on(waits), "the request waits for the store");
    }
    assert_eq!(owner(&store), None, "the write has not run yet");
    queue.run();
    let user = owner(&store).expect("the write runs to its end");
    assert_eq!(user.name.as_deref(), Some("Ada"));
}

#[test]
fn the_tokens_in_the_store_are_those_of_the_last_sign_in() {
    let store = MemoryStore::new();
    for token in ["first", "second"] {
        let github = GitHub {
            token_answer: Some(json!({"access_token": token, "token_type": "bearer"})),
            ..GitHub::default()
        };
        let auth = auth_with(github, AtOnce, store.clone());
        sign_in(&auth, &mut Vec::new());
        assert_eq!(access_token(&store).as_deref(), Some(token));
    }
}

#[test]
fn a_site_that_forgets_tokens_has_none_in_its_store() {
    let store = MemoryStore::new();
    let users = Users::new(store.clone()).forget_tokens();
    let auth = auth_with(GitHub::default(), AtOnce, users);
    for _ in 0..2 {
        sign_in(&auth, &mut Vec::new());
        assert_eq!(access_token(&store), None);
    }
}

#[test]
fn an_address_counts_as_verified_by_the_word_of_a_trusted_provider_only() {
    let store = MemoryStore::new();
    let verified = |users: Users| {
        let auth = auth_with(GitHub::default(), AtOnce, users);
        sign_in(&auth, &mut Vec::new());
        owner(&store).unwrap().email_verified
    };
    assert_eq!(verified(Users::new(store.clone())), None);
    // Turned on later, for somebody who is known already.
    let trusting = Users::new(store.clone()).link_verified_emails(["github"]);
    let now = Timestamp::from_unix(1_800_000_000);
    assert_eq!(verified(trusting), Some(now));
}

struct Deny;

impl Callbacks for Deny {
    async fn sign_in(&self, _: &SignInAttempt<'_>) -> Result<SignInDecision, CallbackError> {
        Ok(SignInDecision::Deny)
    }
}

#[test]
fn somebody_whom_the_application_does_not_let_in_is_not_written_down() {
    let store = MemoryStore::new();
    let builder = builder(GitHub::default(), AtOnce);
    let auth: Auth = builder
        .users(store.clone())
        .callbacks(Deny)
        .build()
        .unwrap();
    let answer = sign_in(&auth, &mut Vec::new());
    let code = param(&location(answer.headers()), "code");
    assert_eq!(code.as_deref(), Some("access_denied"));
    assert_eq!(owner(&store), None);
}

#[test]
fn the_settings_page_lists_and_removes_ones_own_accounts_but_not_the_last() {
    let store = MemoryStore::new();
    let auth = auth_with(GitHub::default(), AtOnce, store.clone());
    sign_in(&auth, &mut Vec::new());
    let ada = owner(&store).unwrap();
    let session = |sub: &str| {
        let claims = json!({"sub": sub, "iat": 1, "exp": 4_000_000_000_i64});
        crate::session::Session::danger_from_claims(&claims).unwrap()
    };
    let (of_ada, of_eve) = (session(&ada.id), session("eve"));
    let unlink = |session| block_on(auth.unlink_account(session, &key())).unwrap();
    assert_eq!(unlink(&of_eve), Unlink::NoSuchAccount);
    assert_eq!(unlink(&of_ada), Unlink::LastAccount);
    let other = StoredAccount::new(AccountKey::new("google", "1"));
    let linked = block_on(store.link_account(&ada.id, other)).unwrap();
    assert_eq!(linked, Link::Linked);
    let accounts = |session| block_on(auth.accounts(session)).unwrap().len();
    assert_eq!((accounts(&of_ada), accounts(&of_eve)), (2, 0));
    assert_eq!(unlink(&of_ada), Unlink::Unlinked);
    assert_eq!(owner(&store), None);
    assert_eq!(accounts(&of_ada), 1);

    let without = super::auth(GitHub::default());
    let error = block_on(without.accounts(&of_ada)).unwrap_err();
    assert!(matches!(error, StoreError::NotConfigured), "{error}");
    let error = block_on(without.unlink_account(&of_ada, &key())).unwrap_err();
    assert!(matches!(error, StoreError::NotConfigured), "{error}");
}

#[test]
fn a_store_that_fails_keeps_the_session_and_its_words_to_the_log() {
    let auth = auth_with(GitHub::default(), AtOnce, Broken::Down);
    let mut jar = Vec::new();
    for cookie in auth.danger_issue_session(DangerSession::new("ada")) {
        let pair = cookie
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let (name, value) = pair.split_once('=').unwrap();
        jar.push((name.to_owned(), value.to_owned()));
    }
    let answer = sign_in(&auth, &mut jar);
    let url = location(answer.headers());
    assert_eq!(url.path(), "/api/auth/error");
    assert_eq!(param(&url, "error").as_deref(), Some("Configuration"));
    assert_eq!(param(&url, "code").as_deref(), Some("store_unavailable"));
    let path = &url[url::Position::BeforePath..];
    let page = send(&auth, &mut jar, http::Request::get(path), "");
    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    for response in [&answer, &page] {
        let shown = format!("{response:?}{}", String::from_utf8_lossy(response.body()));
        assert!(!shown.contains("CANARY"), "{shown}");
    }
    let session = send(&auth, &mut jar, http::Request::get("/api/auth/session"), "");
    assert_ne!(session.body(), b"null", "whoever was signed in still is");
}

#[test]
fn a_store_that_changes_under_each_look_ends_in_an_error() {
    let auth = auth_with(GitHub::default(), AtOnce, Broken::Restless);
    let answer = sign_in(&auth, &mut Vec::new());
    let code = param(&location(answer.headers()), "code");
    assert_eq!(code.as_deref(), Some("store_unavailable"));
}

#[test]
fn a_write_that_nobody_runs_is_an_error_and_no_session() {
    let store = MemoryStore::new();
    let auth = auth_with(GitHub::default(), NoSpawn, store.clone());
    let answer = sign_in(&auth, &mut Vec::new());
    let code = param(&location(answer.headers()), "code");
    assert_eq!(code.as_deref(), Some("store_unavailable"));
    assert_eq!(owner(&store), None);
}

/// Stores that are no use.
#[derive(Clone, Copy)]
enum Broken {
    /// Fails, in words that nobody may see.
    Down,
    /// Finds nobody, and then says that somebody is there.
    Restless,
}

impl Broken {
    fn answer<T>(self, restless: T) -> Result<T, StoreError> {
        match self {
            Self::Down => Err(StoreError::new("CANARY: ada@example.com exists")),
            Self::Restless => Ok(restless),
        }
    }
}

impl UserStore for Broken {
    async fn create_user(&self, user: StoredUser) -> Result<Creation, StoreError> {
        self.answer(Creation::EmailTaken(user))
    }

    async fn user(&self, _: &str) -> Result<Option<StoredUser>, StoreError> {
        self.answer(None)
    }

    async fn user_by_email(&self, _: &EmailAddress) -> Result<Option<StoredUser>, StoreError> {
        self.answer(None)
    }

    async fn update_user(&self, _: StoredUser) -> Result<Update, StoreError> {
        self.answer(Update::NoSuchUser)
    }

    async fn verify_email(
        &self,
        _: &str,
        _: &EmailAddress,
        _: Timestamp,
    ) -> Result<Option<StoredUser>, StoreError> {
        self.answer(None)
    }

    async fn delete_user(&self, _: &str) -> Result<bool, StoreError> {
        self.answer(false)
    }
}

impl AccountStore for Broken {
    async fn create_user_with_account(
        &self,
        user: StoredUser,
        _: StoredAccount,
    ) -> Result<Creation, StoreError> {
        self.answer(Creation::AccountTaken(user))
    }

    async fn user_by_account(&self, _: &AccountKey) -> Result<Option<StoredUser>, StoreError> {
        self.answer(None)
    }

    async fn link_account(&self, _: &str, _: StoredAccount) -> Result<Link, StoreError> {
        self.answer(Link::NoSuchUser)
    }

    async fn update_account(&self, _: StoredAccount) -> Result<bool, StoreError> {
        self.answer(false)
    }

    async fn unlink_account(&self, _: &str, _: &AccountKey) -> Result<Unlink, StoreError> {
        self.answer(Unlink::NoSuchAccount)
    }

    async fn accounts_of(&self, _: &str) -> Result<Vec<StoredAccount>, StoreError> {
        self.answer(Vec::new())
    }
}
