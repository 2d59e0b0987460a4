//! Values at the edge: clocks, lifetimes, sizes, shapes, and one name at two issuers.

use std::time::Duration;

use auth_actix::{CallbackError, Callbacks, Token, Trigger};
use auth_dev::Person;
use auth_tests::{Browser, HostileProvider, ManualClock, Site, Target};
use reqwest::Method;

const DAY: i64 = 24 * 60 * 60;

#[actix_web::test]
async fn one_subject_at_two_issuers_is_two_people() {
    let (one, two) = (HostileProvider::start(), HostileProvider::start());
    let catalogue = one.catalogue(&[("one", one.issuer("honest")), ("two", two.issuer("honest"))]);
    let target = Target::start(env!("CARGO_BIN_EXE_target"), &catalogue, &[]);
    let mut people = Vec::new();
    for name in ["one", "two"] {
        let mut browser = Browser::new();
        target.sign_in(&mut browser, name).await;
        let page = browser.fetch(&format!("{}/protected", target.base)).await;
        assert_eq!(page.status, 200);
        people.push(page.text);
    }
    assert_eq!(people, ["one:somebody", "two:somebody"]);
}

#[actix_web::test]
async fn a_clock_that_jumps_ends_no_process_and_lengthens_no_session() {
    let clock = ManualClock::now();
    let site = Site::with(|builder| builder.clock(clock.clone()));
    let mut browser = site.browser_of(Person::ada()).await;
    for jump in [-DAY, -400 * DAY, 400 * DAY, DAY] {
        clock.advance(jump);
        for path in [
            "/",
            "/page",
            "/recent",
            "/api/auth/session",
            "/api/auth/csrf",
        ] {
            let answer = browser.clone().fetch(&site.url(path)).await;
            assert!(answer.status < 500, "{path}: {}", answer.status);
        }
    }
    let mut saved = browser.clone();
    clock.advance(31 * DAY);
    assert!(!site.is_signed_in(&mut browser).await);
    for jump in [i64::MAX / 2, i64::MAX / 2] {
        clock.advance(jump);
        let answer = saved.fetch(&site.url("/api/auth/session")).await;
        assert!(answer.status < 500, "{}", answer.status);
    }
}

#[actix_web::test]
async fn the_longest_lifetimes_there_are_do_no_harm() {
    let site = Site::with(|builder| {
        builder
            .session_max_age(Duration::MAX)
            .session_update_age(Duration::MAX)
            .session_absolute_lifetime(Duration::MAX)
    });
    let mut browser = site.browser_of(Person::ada()).await;
    site.sign_out(&mut browser.clone()).await;
    assert!(!site.is_signed_in(&mut browser).await);
}

#[actix_web::test]
async fn a_session_that_does_not_fit_is_an_error_and_not_half_a_session() {
    struct Huge;
    impl Callbacks for Huge {
        async fn jwt(
            &self,
            mut token: Token,
            _trigger: &Trigger<'_>,
        ) -> Result<Option<Token>, CallbackError> {
            token.set("padding", "x".repeat(70_000));
            Ok(Some(token))
        }
    }
    let site = Site::with(|builder| builder.callbacks(Huge));
    let mut browser = Browser::new();
    let answer = site.sign_in(&mut browser, Person::ada()).await;
    assert!(answer.location_param("error").is_some(), "{answer:?}");
    assert!(
        browser
            .cookies
            .keys()
            .all(|name| !name.contains("session-token"))
    );
    assert!(!site.is_signed_in(&mut browser).await);
}

#[actix_web::test]
async fn a_token_of_another_shape_is_no_token() {
    let site = Site::start();
    let mut browser = Browser::new();
    let csrf = site.csrf(&mut browser).await;
    let form = "application/x-www-form-urlencoded";
    let json = "application/json";
    for (content_type, body) in [
        (form, format!("csrfToken[]={csrf}")),
        (form, format!("csrfToken%00={csrf}")),
        (form, format!("csrftoken={csrf}")),
        (form, format!("csrfToken={csrf}&csrfToken=")),
        (form, format!("csrfToken=%20{csrf}")),
        (form, format!("csrfToken={csrf}%00")),
        (form, format!("{{\"csrfToken\":\"{csrf}\"}}")),
        (json, format!("{{\"csrfToken\":[\"{csrf}\"]}}")),
        (json, format!("{{\"csrfToken\":{{\"0\":\"{csrf}\"}}}}")),
        (
            json,
            format!("{{\"csrfToken\":\"{csrf}\",\"csrfToken\":\"other\"}}"),
        ),
        (
            json,
            format!("{{\"csrfToken\":\"{csrf}\",\"csrfToken\":null}}"),
        ),
        (json, format!("[\"csrfToken\",\"{csrf}\"]")),
        ("text/plain", format!("csrfToken={csrf}")),
        ("application/xml", format!("csrfToken={csrf}")),
        (
            "multipart/form-data; boundary=x",
            format!(
                "--x\r\nContent-Disposition: form-data; name=\"csrfToken\"\r\n\r\n{csrf}\r\n--x--"
            ),
        ),
        ("", format!("csrfToken={csrf}")),
    ] {
        let mut browser = browser.clone();
        let request = browser
            .request(Method::POST, &site.url("/api/auth/signin/dev"))
            .header("content-type", content_type)
            .body(body.clone());
        let answer = browser.send(request).await;
        assert!(answer.status < 500, "{body}: {}", answer.status);
        assert!(
            !answer.location().starts_with(site.provider.issuer()),
            "{content_type} {body}"
        );
    }
    let answer = browser
        .post(&site.url("/api/auth/signin/dev"), &[("csrfToken", &csrf)])
        .await;
    assert!(
        answer.location().starts_with(site.provider.issuer()),
        "the token itself is good"
    );
}
