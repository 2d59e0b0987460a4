//! Providers that lie, answers that were tampered with, and browsers that did not begin what they
//! bring back.

use auth_actix::{Client, ProfileSource};
use auth_dev::{DevProvider, Fault, Person, Precondition};
use auth_tests::{Answer, Browser, ManualClock, Site};

/// A failed callback: a redirect to a page of ours with a 4xx status, Auth.js's word, our code and
/// a reference.
async fn assert_refused(site: &Site, browser: &mut Browser, answer: &Answer, code: &str) {
    assert_eq!(answer.status, 302, "{}", answer.text);
    assert_eq!(
        answer.location_param("code").as_deref(),
        Some(code),
        "{}",
        answer.location()
    );
    assert!(answer.location_param("ref").is_some_and(|it| it.len() == 8));
    assert!(
        answer.location().starts_with(&site.url("/api/auth/")),
        "{}",
        answer.location()
    );
    let page = browser.visit(answer.location()).await;
    assert!((400..500).contains(&page.status), "{}", page.status);
    assert!(page.text.contains(code), "{}", page.text);
    assert!(!site.is_signed_in(browser).await);
    assert!(
        !browser
            .cookies
            .keys()
            .any(|name| name.contains("session-token"))
    );
}

fn client_for(fault: Fault, provider: &DevProvider) -> Client {
    let client = provider.client();
    match fault.precondition() {
        Precondition::Userinfo => client.profile_from(ProfileSource::Userinfo),
        _ => client,
    }
}

#[actix_web::test]
async fn no_fault_of_a_provider_signs_anybody_in_or_answers_5xx() {
    for &fault in Fault::ALL
        .iter()
        .filter(|fault| **fault != Fault::TokenSlow)
    {
        let clock = ManualClock::now();
        let site = Site::with_client(
            |provider| client_for(fault, provider),
            |builder| builder.clock(clock.clone()),
        );
        site.provider.fail_next(fault);
        let mut browser = Browser::new();
        let max_age = match fault.precondition() {
            Precondition::MaxAge => "300",
            _ => "",
        };
        let fields = [("callbackUrl", "/page"), ("max_age", max_age)];
        let begun = site.begin_with(&mut browser, &fields).await;
        let ended = if begun.location().starts_with(site.provider.issuer()) {
            site.come_back(&mut browser, &site.approve(&begun, Person::ada()))
                .await
        } else {
            begun
        };
        assert_eq!(ended.status, 302, "{fault:?}");
        let page = browser.visit(ended.location()).await;
        assert!(
            (400..500).contains(&page.status),
            "{fault:?}: {}",
            page.status
        );
        assert!(
            ended.location_param("code").is_some(),
            "{fault:?}: {}",
            ended.location()
        );
        assert!(!page.text.contains("<script"), "{fault:?}");
        assert!(!site.is_signed_in(&mut browser).await, "{fault:?}");

        // The next sign-in is not the worse for it, once a failed discovery is forgotten.
        site.provider.heal();
        clock.advance(6);
        let mut other = Browser::new();
        site.sign_in(&mut other, Person::bob()).await;
        assert!(site.is_signed_in(&mut other).await, "after {fault:?}");
    }
}

#[actix_web::test]
async fn a_callback_in_another_browser_is_refused() {
    let site = Site::start();
    let mut attacker = Browser::new();
    let begun = site.begin(&mut attacker, "/page").await;
    let approval = site.approve(&begun, Person::bob());
    let mut victim = Browser::new();
    let answer = site.come_back(&mut victim, &approval).await;
    assert_refused(&site, &mut victim, &answer, "sign_in_not_started_here").await;
}

#[actix_web::test]
async fn a_callback_in_another_browser_that_has_begun_one_too_is_refused() {
    let site = Site::start();
    let (mut attacker, mut victim) = (Browser::new(), Browser::new());
    let begun = site.begin(&mut attacker, "/page").await;
    site.begin(&mut victim, "/page").await;
    let answer = site
        .come_back(&mut victim, &site.approve(&begun, Person::bob()))
        .await;
    assert_refused(&site, &mut victim, &answer, "sign_in_not_started_here").await;
}

#[actix_web::test]
async fn a_code_of_one_sign_in_does_not_fit_the_state_of_another() {
    let site = Site::start();
    let (mut attacker, mut victim) = (Browser::new(), Browser::new());
    let stolen = site.approve(&site.begin(&mut attacker, "/page").await, Person::ada());
    let own = site.approve(&site.begin(&mut victim, "/page").await, Person::bob());
    let swapped = own
        .callback_url()
        .replace(own.param("code").unwrap(), stolen.param("code").unwrap());
    let answer = victim.visit(&swapped).await;
    assert_refused(&site, &mut victim, &answer, "provider_answer").await;
}

#[actix_web::test]
async fn a_reloaded_callback_is_refused_and_says_so() {
    let site = Site::start();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let approval = site.approve(&begun, Person::ada());
    let mut saved = browser.clone();
    site.come_back(&mut browser, &approval).await;

    // With the cookies as they were before, and as they are now.
    let answer = site.come_back(&mut saved, &approval).await;
    assert_refused(&site, &mut saved, &answer, "sign_in_reused").await;
    let answer = site.come_back(&mut browser, &approval).await;
    assert_eq!(
        answer.location_param("code").as_deref(),
        Some("sign_in_reused")
    );
    assert!(
        site.is_signed_in(&mut browser).await,
        "the session that exists is not touched"
    );
    assert_eq!(
        site.provider.token_requests().len(),
        1,
        "the code is not sent again"
    );
}

#[actix_web::test]
async fn a_transaction_is_over_after_a_failure_too() {
    let site = Site::start();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let approval = site.approve(&begun, Person::ada());
    let url = approval.callback_url();
    let answer = browser
        .visit(&url.replace("code=", "error=access_denied&x="))
        .await;
    assert_refused(&site, &mut browser, &answer, "provider_denied").await;
    let answer = browser.visit(&url).await;
    assert_refused(&site, &mut browser, &answer, "sign_in_reused").await;
}

#[actix_web::test]
async fn a_sign_in_left_for_sixteen_minutes_has_expired() {
    let clock = ManualClock::now();
    let site = Site::with(|builder| builder.clock(clock.clone()));
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let approval = site.approve(&begun, Person::ada());
    clock.advance(16 * 60);
    let answer = site.come_back(&mut browser, &approval).await;
    assert_refused(&site, &mut browser, &answer, "sign_in_expired").await;
}

#[actix_web::test]
async fn an_answer_does_not_fit_the_callback_of_another_provider() {
    let site = Site::with_client(
        |provider| provider.client(),
        |builder| {
            let other = auth_dev::DEV.client("other", "secret").id("other");
            builder.provider(other.issuer("http://127.0.0.1:9"))
        },
    );
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let url = site.approve(&begun, Person::ada()).callback_url();
    let answer = browser
        .visit(&url.replace("/callback/dev", "/callback/other"))
        .await;
    assert_refused(&site, &mut browser, &answer, "sign_in_not_started_here").await;
}

#[actix_web::test]
async fn a_callback_that_nobody_began_is_refused() {
    let site = Site::start();
    for query in [
        "code=x&state=y",
        "code=x",
        "state=y",
        "",
        "error=access_denied&state=y",
    ] {
        let mut browser = Browser::new();
        let answer = browser
            .visit(&site.url(&format!("/api/auth/callback/dev?{query}")))
            .await;
        assert_eq!(answer.status, 302, "{query}");
        let page = browser.visit(answer.location()).await;
        assert_eq!(page.status, 400, "{query}");
    }
    assert_eq!(site.provider.token_requests().len(), 0);
}

#[actix_web::test]
async fn an_answer_by_another_method_than_asked_for_is_refused() {
    let site = Site::start();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let approval = site.approve(&begun, Person::ada());
    let fields = ["code", "state", "iss"].map(|name| (name, approval.param(name).unwrap()));
    let answer = browser
        .post(&site.url("/api/auth/callback/dev"), &fields)
        .await;
    assert_refused(&site, &mut browser, &answer, "provider_answer").await;
}

#[actix_web::test]
async fn a_head_of_the_callback_does_not_use_up_the_code() {
    let site = Site::start();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let approval = site.approve(&begun, Person::ada());
    let request = browser.request(reqwest::Method::HEAD, &approval.callback_url());
    assert_eq!(browser.send(request).await.status, 400);
    site.come_back(&mut browser, &approval).await;
    assert!(site.is_signed_in(&mut browser).await);
}

#[actix_web::test]
async fn a_form_without_our_token_begins_nothing() {
    let site = Site::start();
    let url = site.url("/api/auth/signin/dev");
    let refuse = async |browser: &mut Browser, fields: &[(&str, &str)]| {
        let answer = browser.post(&url, fields).await;
        assert_eq!(
            answer.location_param("error").as_deref(),
            Some("MissingCSRF")
        );
        assert_refused(&site, browser, &answer, "csrf").await;
    };
    let mut browser = Browser::new();
    let csrf = site.csrf(&mut browser).await;
    refuse(&mut browser, &[]).await;
    refuse(&mut browser, &[("csrfToken", &"0".repeat(64))]).await;
    refuse(&mut Browser::new(), &[("csrfToken", &csrf)]).await;
    // A cookie that an attacker made up, with the token that fits it.
    let mut tossed = Browser::new();
    tossed.cookies.insert(
        "authjs.csrf-token".to_owned(),
        "attacker%7Cattacker".to_owned(),
    );
    refuse(&mut tossed, &[("csrfToken", "attacker")]).await;
}

#[actix_web::test]
async fn a_link_neither_begins_a_sign_in_nor_signs_out() {
    let site = Site::start();
    let mut browser = site.browser_of(Person::ada()).await;
    let page = browser.visit(&site.url("/api/auth/signin/dev")).await;
    assert_eq!((page.status, page.location()), (200, ""));
    let page = browser.visit(&site.url("/api/auth/signout")).await;
    assert_eq!((page.status, page.location()), (200, ""));
    assert!(site.is_signed_in(&mut browser).await);
    let url = site.url("/api/auth/signout");
    browser.post(&url, &[("csrfToken", "bad")]).await;
    assert!(site.is_signed_in(&mut browser).await);
}

#[actix_web::test]
async fn an_unknown_provider_is_a_4xx_page() {
    let site = Site::start();
    for path in [
        "/signin/nope",
        "/callback/nope?code=x&state=y",
        "/signin/__proto__",
    ] {
        let mut browser = Browser::new();
        let answer = browser.visit(&site.url(&format!("/api/auth{path}"))).await;
        assert_refused(&site, &mut browser, &answer, "unknown_provider").await;
    }
}

#[actix_web::test]
async fn a_provider_that_is_not_there_is_a_4xx_page() {
    let site = Site::with_client(
        |_| {
            auth_dev::DEV
                .client("id", "secret")
                .issuer("http://127.0.0.1:9")
        },
        |it| it,
    );
    let mut browser = Browser::new();
    let answer = site.begin(&mut browser, "/page").await;
    assert_refused(&site, &mut browser, &answer, "provider_unreachable").await;
}

#[actix_web::test]
async fn text_of_a_provider_or_a_stranger_never_becomes_markup() {
    let site = Site::start();
    let payloads = [
        "\"><script>alert(1)</script>",
        "'-alert(1)-'",
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "\u{202e}<svg/onload=alert(1)>",
    ];
    let places = [
        "error?error=",
        "error?error=Configuration&code=",
        "error?error=Configuration&ref=",
        "signin?error=",
        "signin?callbackUrl=",
        "signin?max_age=",
        "signout?callbackUrl=",
    ];
    for payload in payloads {
        for place in places {
            let mut url = reqwest::Url::parse(&site.url("/")).unwrap();
            url.set_path("/api/auth/");
            let (path, query) = place.split_once('?').unwrap();
            url.set_path(&format!("/api/auth/{path}"));
            let encoded: String = payload.bytes().map(|byte| format!("%{byte:02X}")).collect();
            url.set_query(Some(&format!("{query}{encoded}")));
            let answer = Browser::new().visit(url.as_str()).await;
            assert!(answer.status < 500, "{place} {payload}");
            for markup in ["<script", "<img", "<svg", "javascript:", "'-alert"] {
                assert!(
                    !answer.text.contains(markup),
                    "{place} {payload}: {}",
                    answer.text
                );
            }
        }
    }
}
