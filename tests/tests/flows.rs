//! The main job: to a protected page by way of the provider, and out again.

use std::collections::BTreeSet;

use auth_actix::{ClientAuth, ProfileSource, ResponseMode, SigningAlgorithm};
use auth_dev::{DEV, DevProvider, Person};
use auth_tests::{Browser, ManualClock, Site};

#[actix_web::test]
async fn a_guest_signs_in_and_comes_back_to_the_page_they_wanted() {
    let site = Site::start();
    let mut browser = Browser::new();
    let asked = browser.visit(&site.url("/page?tab=2")).await;
    assert_eq!(asked.status, 302);
    assert_eq!(
        asked.location_param("callbackUrl").as_deref(),
        Some("/page?tab=2")
    );

    let page = browser.visit(&site.url(asked.location())).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text
            .contains("Continue with <bdi>Development login</bdi>"),
        "{}",
        page.text
    );

    let begun = site.begin(&mut browser, "/page?tab=2").await;
    assert_eq!(begun.status, 302);
    let back = site
        .come_back(&mut browser, &site.approve(&begun, Person::ada()))
        .await;
    assert_eq!(
        (back.status, back.location()),
        (302, &*site.url("/page?tab=2"))
    );

    let page = browser.visit(back.location()).await;
    assert_eq!((page.status, &*page.text), (200, "hello Ada Admin"));
}

#[actix_web::test]
async fn signing_out_ends_the_session_and_the_page_asks_again() {
    let site = Site::start();
    let mut browser = site.browser_of(Person::ada()).await;
    let answer = site.sign_out(&mut browser).await;
    assert_eq!(
        (answer.status, answer.location()),
        (302, &*site.url("/page"))
    );
    assert!(!site.is_signed_in(&mut browser).await);
    assert_eq!(browser.visit(&site.url("/page")).await.status, 302);
    assert!(
        !browser.cookies.keys().any(|name| name.contains("session")),
        "{:?}",
        browser.cookies
    );
}

#[actix_web::test]
async fn a_form_of_the_sign_in_page_needs_no_script() {
    let site = Site::start();
    let mut browser = Browser::new();
    let csrf = site.csrf(&mut browser).await;
    let fields = [("csrfToken", &*csrf), ("callbackUrl", "/page")];
    let begun = browser
        .submit(&site.url("/api/auth/signin/dev"), &fields)
        .await;
    // A redirect would be checked against the `form-action` of the page; see the page itself.
    assert_eq!((begun.status, begun.header("location")), (200, ""));
    assert!(
        begun.header("refresh").starts_with("0;"),
        "{:?}",
        begun.headers
    );
    assert!(begun.text.contains("Continue"), "{}", begun.text);
    let back = site
        .come_back(&mut browser, &site.approve(&begun, Person::bob()))
        .await;
    assert_eq!(back.location(), site.url("/page"));
}

#[actix_web::test]
async fn a_script_gets_the_address_as_json() {
    let site = Site::start();
    let mut browser = Browser::new();
    let csrf = site.csrf(&mut browser).await;
    let request = browser
        .request(reqwest::Method::POST, &site.url("/api/auth/signin/dev"))
        .header("x-auth-return-redirect", "1")
        .header("content-type", "application/json")
        .body(serde_json::json!({"csrfToken": csrf, "callbackUrl": "/"}).to_string());
    let answer = browser.send(request).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["url"], answer.header("location"));
    assert!(
        answer
            .header("location")
            .starts_with(site.provider.issuer())
    );
}

#[actix_web::test]
async fn every_way_to_authenticate_the_client_works() {
    let client = |provider: &DevProvider, how| match how {
        ClientAuth::None => DEV
            .public_client(provider.public_client_id())
            .issuer(provider.issuer()),
        _ => provider.client().client_auth(how),
    };
    for how in [ClientAuth::Basic, ClientAuth::Post, ClientAuth::None] {
        let site = Site::with_client(|provider| client(provider, how), |it| it);
        site.browser_of(Person::ada()).await;
        let seen = site.provider.token_requests();
        assert_eq!(seen[0].client_auth, Some(how), "{seen:?}");
    }
}

#[actix_web::test]
async fn the_answer_may_come_as_a_form() {
    let site = Site::with_client(
        |provider| provider.client().response_mode(ResponseMode::FormPost),
        |it| it,
    );
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let transaction = begun
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|cookie| cookie.to_str().ok())
        .find(|cookie| cookie.contains("authjs.tx."))
        .expect("a transaction begins");
    assert!(
        transaction.contains("SameSite=None") && transaction.contains("Secure"),
        "{transaction}"
    );
    let back = site
        .come_back(&mut browser, &site.approve(&begun, Person::ada()))
        .await;
    assert_eq!(back.location(), site.url("/page"));
    assert!(site.is_signed_in(&mut browser).await);
}

#[actix_web::test]
async fn the_profile_may_come_from_userinfo() {
    let site = Site::with_client(
        |provider| provider.client().profile_from(ProfileSource::Userinfo),
        |it| it,
    );
    let mut browser = site.browser_of(Person::ada()).await;
    assert_eq!(
        browser.visit(&site.url("/page")).await.text,
        "hello Ada Admin"
    );
    assert_eq!(site.provider.requests().userinfo, 1);
}

#[actix_web::test]
async fn id_tokens_of_every_algorithm_are_verified_where_that_is_configured() {
    for algorithm in [
        SigningAlgorithm::Rs256,
        SigningAlgorithm::Ps256,
        SigningAlgorithm::Es256,
        SigningAlgorithm::EdDsa,
    ] {
        let provider = DevProvider::builder()
            .signing_algorithm(algorithm)
            .start()
            .unwrap();
        let client = provider.client().id_token_signed_response_alg(algorithm);
        let site = Site::new(provider, client, |it| it);
        let mut browser = Browser::new();
        site.sign_in(&mut browser, Person::ada()).await;
        assert!(site.is_signed_in(&mut browser).await, "{algorithm:?}");
    }
}

#[actix_web::test]
async fn a_rotated_key_is_picked_up_at_once() {
    let site = Site::start();
    site.browser_of(Person::ada()).await;
    site.provider.rotate_keys().unwrap();
    site.browser_of(Person::bob()).await;
}

#[actix_web::test]
async fn the_provider_is_discovered_once() {
    let site = Site::start();
    site.browser_of(Person::ada()).await;
    site.browser_of(Person::bob()).await;
    let requests = site.provider.requests();
    assert_eq!((requests.discovery, requests.jwks), (1, 1));
}

#[actix_web::test]
async fn the_token_request_carries_pkce_and_one_client_authentication() {
    let site = Site::start();
    site.browser_of(Person::ada()).await;
    let seen = site.provider.token_requests();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].code_verifier, "{seen:?}");
}

#[actix_web::test]
async fn ten_tabs_sign_in_side_by_side_and_the_last_five_come_back() {
    let site = Site::start();
    let mut browser = Browser::new();
    let mut begun = Vec::new();
    for tab in 0..10 {
        begun.push(site.begin(&mut browser, &format!("/page?tab={tab}")).await);
    }
    let states: BTreeSet<_> = begun
        .iter()
        .filter_map(|it| it.location_param("state"))
        .collect();
    assert_eq!(states.len(), 10);
    let open = browser
        .cookies
        .keys()
        .filter(|name| name.contains("authjs.tx."))
        .count();
    assert_eq!(open, 5, "{:?}", browser.cookies.keys());
    for (tab, begun) in begun.iter().enumerate().skip(5) {
        let back = site
            .come_back(&mut browser, &site.approve(begun, Person::ada()))
            .await;
        assert_eq!(back.location(), site.url(&format!("/page?tab={tab}")));
    }
    assert!(
        !browser
            .cookies
            .keys()
            .any(|name| name.contains("authjs.tx."))
    );
}

#[actix_web::test]
async fn ten_browsers_sign_in_at_the_same_time() {
    let site = Site::start();
    let sign_ins = (0..10).map(|_| async {
        let mut browser = Browser::new();
        site.sign_in(&mut browser, Person::ada()).await;
        site.is_signed_in(&mut browser).await
    });
    assert!(
        futures_util::future::join_all(sign_ins)
            .await
            .into_iter()
            .all(|signed_in| signed_in)
    );
}

#[actix_web::test]
async fn a_page_that_wants_a_recent_sign_in_asks_for_another_and_then_opens() {
    let clock = ManualClock::now();
    let site = Site::with(|builder| builder.clock(clock.clone()));
    let mut browser = site.browser_of(Person::ada()).await;
    assert_eq!(browser.visit(&site.url("/recent")).await.status, 200);
    clock.advance(6 * 60);
    let asked = browser.visit(&site.url("/recent")).await;
    assert_eq!(asked.status, 302);
    assert_eq!(asked.location_param("max_age").as_deref(), Some("300"));

    let fields = [("callbackUrl", "/recent"), ("max_age", "300")];
    let begun = site.begin_with(&mut browser, &fields).await;
    assert_eq!(begun.location_param("max_age").as_deref(), Some("300"));
    // The provider's clock is the real one; the site's has to follow for its answer to be recent.
    clock.advance(-6 * 60);
    let back = site
        .come_back(&mut browser, &site.approve(&begun, Person::ada()))
        .await;
    assert_eq!(back.location(), site.url("/recent"));
    assert_eq!(browser.visit(back.location()).await.status, 200);
}

#[actix_web::test]
async fn a_page_or_script_may_pass_a_hint_to_the_provider_but_nothing_that_is_checked() {
    let site = Site::start();
    let mut browser = Browser::new();
    let csrf = site.csrf(&mut browser).await;
    let query = "login_hint=ada%40example.com&redirect_uri=https://evil.example&state=x&client_id=y\
                 &scope=admin&response_type=token";
    let begun = browser
        .post(
            &site.url(&format!("/api/auth/signin/dev?{query}")),
            &[("csrfToken", &csrf)],
        )
        .await;
    let param = |name| begun.location_param(name);
    assert_eq!(param("login_hint").as_deref(), Some("ada@example.com"));
    assert_eq!(
        param("redirect_uri"),
        Some(site.url("/api/auth/callback/dev"))
    );
    assert_eq!(
        param("client_id").as_deref(),
        Some(site.provider.client_id())
    );
    assert_eq!(param("response_type").as_deref(), Some("code"));
    assert_eq!(param("scope").as_deref(), Some("openid profile email"));
    assert_ne!(param("state").as_deref(), Some("x"));
}
