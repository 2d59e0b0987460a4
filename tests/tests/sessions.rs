//! Sessions: renewal, sign-out, rotation, and cookies that were tampered with.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use auth_actix::{CallbackError, Callbacks, ResponseMode, Token, Trigger};
use auth_dev::Person;
use auth_tests::{Answer, Browser, ManualClock, Site};
use futures_channel::{mpsc, oneshot};
use futures_util::StreamExt as _;
use reqwest::Method;
use serde_json::{Map, Value};

const SESSION: &str = "authjs.session-token";
const DAY: i64 = 24 * 60 * 60;

#[actix_web::test]
async fn the_cookie_is_stable_for_a_day_and_then_written_anew() {
    let clock = ManualClock::now();
    let site = Site::with(|builder| builder.clock(clock.clone()));
    let mut browser = site.browser_of(Person::ada()).await;
    let first = browser.cookies[SESSION].clone();
    clock.advance(DAY - 60);
    browser.visit(&site.url("/page")).await;
    assert_eq!(browser.cookies[SESSION], first);
    clock.advance(60);
    browser.visit(&site.url("/page")).await;
    assert_ne!(browser.cookies[SESSION], first);
    assert_eq!(
        browser.visit(&site.url("/admin")).await.status,
        200,
        "roles are carried over"
    );
}

#[actix_web::test]
async fn a_renewed_cookie_is_written_when_the_handler_fails_too() {
    let clock = ManualClock::now();
    let site = Site::with(|builder| builder.clock(clock.clone()));
    let browser = site.browser_of(Person::ada()).await;
    clock.advance(2 * DAY);
    for path in ["/failing", "/", "/api/auth/session"] {
        let mut browser = browser.clone();
        let first = browser.cookies[SESSION].clone();
        browser.visit(&site.url(path)).await;
        assert_ne!(browser.cookies[SESSION], first, "{path}");
    }
}

#[actix_web::test]
async fn a_session_without_visits_ends_and_one_with_visits_ends_at_its_absolute_age() {
    let clock = ManualClock::now();
    let site = Site::with(|builder| {
        builder
            .clock(clock.clone())
            .session_absolute_lifetime(Duration::from_secs(40 * 86_400))
    });
    let mut idle = site.browser_of(Person::ada()).await;
    let mut active = site.browser_of(Person::bob()).await;
    for _ in 0..20 {
        clock.advance(2 * DAY - 60);
        assert!(site.is_signed_in(&mut active).await);
    }
    assert!(!site.is_signed_in(&mut idle).await);
    clock.advance(DAY);
    assert!(!site.is_signed_in(&mut active).await);
}

#[actix_web::test]
async fn an_old_cookie_is_nobody_after_sign_out() {
    let site = Site::start();
    let mut browser = site.browser_of(Person::ada()).await;
    let mut saved = browser.clone();
    site.sign_out(&mut browser).await;
    assert!(!site.is_signed_in(&mut saved).await);
    assert_eq!(saved.visit(&site.url("/page")).await.status, 302);
}

#[actix_web::test]
async fn a_second_sign_in_ends_the_session_before_it() {
    let site = Site::start();
    let mut browser = site.browser_of(Person::ada()).await;
    let mut saved = browser.clone();
    site.sign_in(&mut browser, Person::bob()).await;
    assert_ne!(browser.cookies[SESSION], saved.cookies[SESSION]);
    assert!(!site.is_signed_in(&mut saved).await);
    assert!(site.is_signed_in(&mut browser).await);
}

#[actix_web::test]
async fn a_sign_in_that_comes_back_as_a_form_ends_the_session_before_it() {
    let site = Site::with_client(
        |provider| provider.client().response_mode(ResponseMode::FormPost),
        |builder| builder,
    );
    let mut browser = site.browser_of(Person::ada()).await;
    let mut saved = browser.clone();
    let begun = site.begin(&mut browser, "/page").await;
    // Browsers keep a `SameSite=Lax` cookie from the form of another site.
    browser.cookies.remove(SESSION);
    let approval = site.approve(&begun, Person::bob());
    site.come_back(&mut browser, &approval).await;
    assert!(site.is_signed_in(&mut browser).await);
    assert!(!site.is_signed_in(&mut saved).await);
}

/// Where a renewal or an update waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeldIn {
    Jwt,
    Session,
}

/// Holds the callback in question once, as soon as the test has closed it, until the test lets it go
/// on.
struct Gate {
    held_in: HeldIn,
    reached: mpsc::UnboundedSender<()>,
    go_on: Arc<Mutex<Option<oneshot::Receiver<()>>>>,
}

impl Gate {
    async fn pass(&self, callback: HeldIn) -> Result<(), CallbackError> {
        let held = match callback == self.held_in {
            true => self.go_on.lock().map_err(|_| "poisoned")?.take(),
            false => None,
        };
        if let Some(go_on) = held {
            self.reached.unbounded_send(())?;
            go_on.await?;
        }
        Ok(())
    }
}

impl Callbacks for Gate {
    async fn jwt(
        &self,
        token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        if let Trigger::Renewal | Trigger::Update { .. } = trigger {
            self.pass(HeldIn::Jwt).await?;
        }
        Ok(Some(token))
    }

    async fn session(
        &self,
        body: Map<String, Value>,
        _: &Token,
    ) -> Result<Map<String, Value>, CallbackError> {
        self.pass(HeldIn::Session).await?;
        Ok(body)
    }
}

/// Signs Ada out while a request of hers, which writes the cookie anew, waits in a callback.
/// That request's answer, and the browser that got it.
async fn signed_out_meanwhile(method: Method, path: &str, held_in: HeldIn) -> (Answer, Browser) {
    let (reached, mut at_the_gate) = mpsc::unbounded();
    let (open, go_on) = oneshot::channel();
    let clock = ManualClock::now();
    let closed = Arc::default();
    let gate = Gate {
        held_in,
        reached,
        go_on: Arc::clone(&closed),
    };
    let site = Site::with(|builder| builder.clock(clock.clone()).callbacks(gate));
    let mut browser = site.browser_of(Person::ada()).await;
    clock.advance(2 * DAY);
    *closed.lock().expect("nobody panics in between") = Some(go_on);

    let csrf = browser.cookies["authjs.csrf-token"].clone();
    let csrf = csrf.split("%7C").next().expect("a token and its hash");
    let mut renewing = browser.clone();
    let request = renewing
        .request(method, &site.url(path))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("csrfToken={csrf}"));
    let renewal = renewing.send(request);
    let sign_out = async {
        at_the_gate.next().await.expect("a callback waits");
        browser
            .post(&site.url("/api/auth/signout"), &[("csrfToken", csrf)])
            .await;
        open.send(()).expect("the callback still waits");
    };
    let (answer, ()) = futures_util::future::join(renewal, sign_out).await;
    assert!(!browser.cookies.contains_key(SESSION));
    assert!(
        !site.is_signed_in(&mut renewing.clone()).await,
        "a renewed cookie must not revive the session: {path}, {held_in:?}"
    );
    (answer, renewing)
}

#[actix_web::test]
async fn signing_out_while_the_session_is_being_renewed_wins() {
    let (answer, _) = signed_out_meanwhile(Method::GET, "/page", HeldIn::Jwt).await;
    assert_eq!(answer.status, 200, "the page was being served already");
    for method in [Method::GET, Method::POST] {
        for held_in in [HeldIn::Jwt, HeldIn::Session] {
            let path = "/api/auth/session";
            let (answer, browser) = signed_out_meanwhile(method.clone(), path, held_in).await;
            let case = format!("{method}, {held_in:?}");
            assert_eq!(answer.status, 200, "{case}");
            assert!(answer.json().is_null(), "{case}: {}", answer.json());
            assert!(!browser.cookies.contains_key(SESSION), "{case}");
        }
    }
}

#[actix_web::test]
async fn a_cookie_that_was_tampered_with_is_nobody() {
    let site = Site::start();
    let browser = site.browser_of(Person::ada()).await;
    let value = browser.cookies[SESSION].clone();
    let with = |value: String| {
        let mut changed = browser.clone();
        changed.cookies.insert(SESSION.to_owned(), value);
        changed
    };
    let mut candidates = vec![
        value[..value.len() - 5].to_owned(),
        value[..value.len() / 2].to_owned(),
        String::new(),
        "%%%~{}|".to_owned(),
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ2aWN0aW0iLCJleHAiOjk5OTk5OTk5OTl9.".to_owned(),
        "x".repeat(60_000),
    ];
    for position in (0..value.len()).step_by(value.len() / 24) {
        let replacement = if value.as_bytes()[position] == b'A' {
            "B"
        } else {
            "A"
        };
        let mut changed = value.clone();
        changed.replace_range(position..=position, replacement);
        candidates.push(changed);
    }
    for candidate in candidates {
        let answer = with(candidate.clone())
            .fetch(&site.url("/api/auth/session"))
            .await;
        let short: String = candidate.chars().take(80).collect();
        assert!(answer.status < 500, "{short}: {}", answer.status);
        assert!(answer.status != 200 || answer.json().is_null(), "{short}");
    }
}

#[actix_web::test]
async fn a_value_sealed_for_another_purpose_is_no_session() {
    let site = Site::start();
    let mut browser = Browser::new();
    site.begin(&mut browser, "/page").await;
    let values: Vec<String> = browser.cookies.values().cloned().collect();
    for value in values {
        let mut pasted = Browser::new();
        pasted.cookies = BTreeMap::from([(SESSION.to_owned(), value)]);
        assert!(!site.is_signed_in(&mut pasted).await);
    }
}

#[actix_web::test]
async fn a_cookie_that_cannot_be_read_is_removed_by_the_session_endpoint() {
    let site = Site::start();
    let mut browser = Browser::new();
    browser
        .cookies
        .insert(SESSION.to_owned(), "garbage".to_owned());
    assert!(!site.is_signed_in(&mut browser).await);
    assert!(!browser.cookies.contains_key(SESSION));
}

#[actix_web::test]
async fn a_large_session_is_split_and_a_small_one_leaves_no_piece_behind() {
    struct Large;
    impl Callbacks for Large {
        async fn jwt(
            &self,
            mut token: Token,
            trigger: &Trigger<'_>,
        ) -> Result<Option<Token>, CallbackError> {
            if trigger.verified_email() == Some("ada@example.com") {
                token.set("padding", "x".repeat(9000));
            }
            Ok(Some(token))
        }
    }
    let site = Site::with(|builder| builder.callbacks(Large));
    let mut browser = site.browser_of(Person::ada()).await;
    let pieces = |browser: &Browser| {
        browser
            .cookies
            .keys()
            .filter(|name| name.starts_with(SESSION))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert!(pieces(&browser).len() >= 3, "{:?}", pieces(&browser));
    assert!(
        browser
            .cookies
            .iter()
            .all(|(name, value)| name.len() + value.len() <= 4096)
    );

    let mut incomplete = browser.clone();
    incomplete.cookies.remove(&format!("{SESSION}.1"));
    assert!(!site.is_signed_in(&mut incomplete).await);

    site.sign_in(&mut browser, Person::bob()).await;
    assert_eq!(pieces(&browser), [SESSION]);
    assert!(site.is_signed_in(&mut browser).await);
}

#[actix_web::test]
async fn a_rotated_secret_keeps_sessions_and_open_sign_ins_and_forms() {
    const OLD: &str = "the secret of yesterday, which is long enough";
    const NEW: &str = "the secret of today, which is long enough too";
    let before = Site::with(|builder| builder.secret(OLD));
    let issuer = before.provider.client();
    let after = Site::with_client(|_| issuer, |builder| builder.secrets([NEW, OLD]));
    let mut browser = before.browser_of(Person::ada()).await;
    assert!(after.is_signed_in(&mut browser).await);

    let mut guest = Browser::new();
    let csrf = before.csrf(&mut guest).await;
    let url = after.url("/api/auth/signin/dev");
    let begun = guest.post(&url, &[("csrfToken", &csrf)]).await;
    assert!(
        begun.location().starts_with(before.provider.issuer()),
        "{}",
        begun.location()
    );

    let gone = Site::with(|builder| builder.secret(NEW));
    assert!(
        !gone
            .is_signed_in(&mut before.browser_of(Person::ada()).await)
            .await
    );
}
