use serde_json::{Map, Value, json};

use super::*;
use crate::auth::Auth;
use crate::builder::AuthBuilder;
use crate::callbacks::{CallbackError, Callbacks};
use crate::cookie::CookieNames;
use crate::http::{Peer, Request, Response};
use crate::session::DangerSession;
use crate::testing::{ManualClock, NoHttp, NoSpawn, block_on};
use crate::time::Timestamp;

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 24 * 60 * 60;
const COOKIE: &str = "authjs.session-token";

/// The same status, headers and body.
pub(in crate::action) fn assert_same(at_once: AnswerAtOnce, anyway: &Response) {
    assert_eq!(anyway.status(), 200);
    let text = |value: &str| value.to_owned();
    let mut ours: Vec<_> = AnswerAtOnce::headers()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    let mut theirs: Vec<_> = anyway
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), text(value.to_str().unwrap())))
        .collect();
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs);
    let shown = |body: &[u8]| String::from_utf8(body.to_vec()).unwrap();
    assert_eq!(shown(&at_once.into_body()), shown(anyway.body()));
}

fn builder(clock: &ManualClock) -> AuthBuilder {
    AuthBuilder::with_adapters(NoHttp, NoSpawn)
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .clock(clock.clone())
        .provider(crate::providers::GITHUB.client("id", "secret"))
}

fn auth() -> Auth {
    builder(&ManualClock::at(NOW)).build().unwrap()
}

fn request(method: &str, path: &str, cookie: &str) -> Request {
    let mut request = http::Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost:3000")
        .header("cookie", cookie)
        .body(Vec::new())
        .unwrap();
    request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
    request
}

fn get(cookie: &str) -> Request {
    request("GET", "/api/auth/session", cookie)
}

/// `name=value` of a session.
fn cookie(auth: &Auth, session: DangerSession) -> String {
    let cookies = auth.danger_issue_session(session);
    let pairs: Vec<_> = cookies
        .iter()
        .map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap())
        .collect();
    pairs.join("; ")
}

/// The same of claims as another program with the same secret seals them.
fn foreign(auth: &Auth, claims: &Value) -> String {
    let inner = auth.inner();
    let names = CookieNames::new(false);
    let keys = crate::seal::KeyRing::derive(&inner.secrets, &names.session.name);
    format!("{COOKIE}={}", keys.seal(claims.to_string().as_bytes()))
}

/// Answers the long way, then both ways.
#[track_caller]
fn check(auth: &Auth, cookie: &str, expected: &Value) {
    for method in ["GET", "HEAD"] {
        let request = request(method, "/api/auth/session", cookie);
        let anyway = block_on(auth.handle(request.clone()));
        for _ in 0..2 {
            let at_once = auth.answer_at_once(&request);
            let at_once = at_once.expect("it is answered at once");
            assert_eq!(
                serde_json::from_slice::<Value>(&at_once.clone().into_body()).unwrap(),
                *expected
            );
            assert_same(at_once, &anyway);
        }
    }
}

#[test]
fn whoever_is_remembered_gets_the_same_answer_at_once() {
    let auth = auth();
    let expires = "2027-02-14T08:00:00.000Z";
    let check = |session, user: Value| {
        let cookie = cookie(&auth, session);
        check(&auth, &cookie, &json!({"user": user, "expires": expires}));
    };
    check(DangerSession::new("dev:ada"), json!({}));
    check(
        DangerSession::new("dev:ada")
            .name("Ada \"<Å>\u{1f600}")
            .email("a@b.example"),
        json!({"name": "Ada \"<Å>\u{1f600}", "email": "a@b.example"}),
    );
    // In chunks, and too long to be kept.
    let many_escapes = "\u{1}".repeat(1500);
    check(
        DangerSession::new("dev:ada").name(&many_escapes),
        json!({"name": many_escapes}),
    );
}

#[test]
fn what_others_have_sealed_is_shown_as_it_is() {
    let auth = auth();
    let claims = |name: Value| json!({"sub": "a", "iat": NOW, "exp": NOW + 9, "name": name, "picture": null});
    for name in [json!(null), json!(5.0), json!({"b": [1], "a": 2})] {
        let cookie = foreign(&auth, &claims(name.clone()));
        let user = json!({"name": name, "image": null});
        let expected = json!({"user": user, "expires": "2027-01-15T08:00:09.000Z"});
        check(&auth, &cookie, &expected);
    }
}

#[test]
fn nobody_is_answered_at_once() {
    for cookie in ["", "other=1", "authjs.csrf-token=x"] {
        check(&auth(), cookie, &Value::Null);
    }
}

#[test]
fn what_takes_more_than_a_look_is_not_answered_at_once() {
    let auth = auth();
    let known = cookie(&auth, DangerSession::new("dev:ada"));
    let check = |request: Request| {
        assert!(auth.answer_at_once(&request).is_none(), "{request:?}");
    };
    // Not seen yet.
    check(get(&known));
    block_on(auth.handle(get(&known)));
    assert!(auth.answer_at_once(&get(&known)).is_some());
    // To be removed.
    check(get(&format!("{COOKIE}=forged")));
    check(get(&format!("{COOKIE}.0=a; {COOKIE}.2=b")));
    check(get(&format!("{known}; {COOKIE}.0=a")));
    // Something else.
    for method in ["POST", "PUT", "OPTIONS"] {
        check(request(method, "/api/auth/session", &known));
    }
    for path in ["/api/auth/csrf", "/api/auth/session/x", "/session", "/"] {
        check(request("GET", path, &known));
    }
    // By another name.
    let mut elsewhere = get(&known);
    elsewhere
        .headers_mut()
        .insert("host", "evil.example".parse().unwrap());
    check(elsewhere);
    let mut from_afar = get(&known);
    from_afar
        .extensions_mut()
        .insert(Peer([192, 0, 2, 1].into()));
    check(from_afar);
}

#[test]
fn a_session_that_is_due_over_or_ended_is_not_answered_at_once() {
    let check = |change: fn(&ManualClock, &Auth, &Request)| {
        let clock = ManualClock::at(NOW);
        let auth = builder(&clock).build().unwrap();
        let request = get(&cookie(&auth, DangerSession::new("dev:ada")));
        block_on(auth.handle(request.clone()));
        assert!(auth.answer_at_once(&request).is_some());
        change(&clock, &auth, &request);
        assert!(auth.answer_at_once(&request).is_none());
    };
    check(|clock, _, _| clock.advance(DAY));
    check(|clock, _, _| clock.advance(31 * DAY));
    check(|_, auth, request| {
        let inner = auth.inner();
        let cookies = Cookies::of(request);
        let now = Timestamp::from_unix(NOW);
        let names = CookieNames::new(false);
        let session = inner.sessions.read(&names, &cookies, now).unwrap();
        inner.sessions.revoke(&session, now);
    });
}

#[test]
fn callbacks_are_asked_each_time() {
    struct Own;
    impl Callbacks for Own {
        async fn session(
            &self,
            mut body: Map<String, Value>,
            _: &Token,
        ) -> Result<Map<String, Value>, CallbackError> {
            body.insert("more".to_owned(), true.into());
            Ok(body)
        }
    }
    let clock = ManualClock::at(NOW);
    let auth = builder(&clock).callbacks(Own).build().unwrap();
    let request = get(&cookie(&auth, DangerSession::new("dev:ada")));
    for _ in 0..2 {
        assert!(auth.answer_at_once(&request).is_none());
        let answer = block_on(auth.handle(request.clone()));
        assert!(String::from_utf8_lossy(answer.body()).contains("more"));
    }
}

#[test]
fn a_listener_hears_of_each_one() {
    struct Counter(std::sync::Arc<std::sync::atomic::AtomicUsize>);
    impl crate::events::Events for Counter {
        async fn session(
            &self,
            _: &crate::events::ShownSessionEvent<'_>,
        ) -> Result<(), CallbackError> {
            self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            Ok(())
        }
    }
    let heard = std::sync::Arc::default();
    let clock = ManualClock::at(NOW);
    let events = Counter(std::sync::Arc::clone(&heard));
    let auth = builder(&clock).events(events).build().unwrap();
    let request = get(&cookie(&auth, DangerSession::new("dev:ada")));
    for _ in 0..2 {
        assert!(auth.answer_at_once(&request).is_none());
        block_on(auth.handle(request.clone()));
    }
    assert_eq!(heard.load(std::sync::atomic::Ordering::SeqCst), 2);
}
