use auth_dev::workos::{Endpoint, User};
use auth_tests::{AuthKitSite, Browser};

/// The verifier cookies that a browser holds.
fn verifiers(browser: &Browser) -> usize {
    let names = browser.cookies.keys();
    names
        .filter(|name| name.starts_with("wos-auth-verifier-"))
        .count()
}

#[actix_web::test]
async fn somebody_signs_in_and_is_greeted_by_both_names() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    assert_eq!(verifiers(&browser), 0, "the verifier cookie is cleared");
    let dashboard = browser.visit(&site.url("/dashboard")).await.json();
    assert_eq!(dashboard["first_name"], "Ada");
    assert_eq!(dashboard["last_name"], "Admin");
    assert_eq!(dashboard["organization_id"], "org_01ACME");
    assert_eq!(dashboard["role"], "admin");
    let grant = &site.workos.grants()[0];
    assert!(grant.authenticated && grant.code_verifier);
}

#[actix_web::test]
async fn signing_up_asks_for_the_page_to_sign_up() {
    let site = AuthKitSite::start();
    let mut browser = Browser::new();
    let begun = browser.visit(&site.url("/sign-up")).await;
    assert_eq!(
        begun.location_param("screen_hint").as_deref(),
        Some("sign-up")
    );
    site.workos
        .put_user(User::new("Eve", "New", "eve@example.com"));
    let callback = site.workos.approve(begun.location(), "eve@example.com");
    let back = browser.visit(&callback).await;
    assert_eq!(back.location(), site.url("/dashboard"));
    let dashboard = browser.visit(&site.url("/dashboard")).await.json();
    assert_eq!(dashboard["last_name"], "New");
}

#[actix_web::test]
async fn a_guest_comes_back_to_the_page_that_was_asked_for() {
    let site = AuthKitSite::start();
    let mut browser = Browser::new();
    let refused = browser.visit(&site.url("/posts?a=b&c=%26")).await;
    let back = site
        .sign_in_from(&mut browser, refused.location(), "ada@example.com")
        .await;
    assert_eq!(back.location(), site.url("/posts?a=b&c=%26"));
    assert_eq!(browser.visit(back.location()).await.text, "a post");
}

#[actix_web::test]
async fn the_way_back_leads_to_no_other_site() {
    let site = AuthKitSite::start();
    for elsewhere in [
        "https%3A%2F%2Fevil.example%2F",
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "%2F%09%2Fevil.example",
        "javascript%3Aalert(1)",
    ] {
        let mut browser = Browser::new();
        let start = format!("/sign-in?returnTo={elsewhere}");
        let back = site
            .sign_in_from(&mut browser, &start, "ada@example.com")
            .await;
        let location = back.location();
        assert!(
            location.starts_with(&format!("{}/", site.base)),
            "{elsewhere}: {location}"
        );
    }
}

#[actix_web::test]
async fn two_sign_ins_at_a_time_both_end() {
    let site = AuthKitSite::start();
    let mut browser = Browser::new();
    let one = browser.visit(&site.url("/sign-in?returnTo=/posts")).await;
    let two = browser.visit(&site.url("/sign-in?returnTo=/admin")).await;
    for (begun, page) in [(two, "/admin"), (one, "/posts")] {
        let callback = site.workos.approve(begun.location(), "ada@example.com");
        assert_eq!(browser.visit(&callback).await.location(), site.url(page));
    }
}

#[actix_web::test]
async fn twenty_starts_leave_at_most_five_cookies_and_the_last_one_ends() {
    let site = AuthKitSite::start();
    let mut browser = Browser::new();
    for _ in 0..19 {
        browser.visit(&site.url("/sign-in")).await;
    }
    let last = browser.visit(&site.url("/sign-in")).await;
    assert!((1..=5).contains(&verifiers(&browser)));
    let callback = site.workos.approve(last.location(), "ada@example.com");
    assert_eq!(
        browser.visit(&callback).await.location(),
        site.url("/dashboard")
    );
}

#[actix_web::test]
async fn a_script_begins_no_sign_in() {
    let site = AuthKitSite::start();
    let mut browser = Browser::new();
    let answer = browser.fetch(&site.url("/sign-in")).await;
    assert_eq!((answer.status, verifiers(&browser)), (400, 0));
}

#[actix_web::test]
async fn a_sign_in_that_workos_began_is_begun_again_here() {
    let site = AuthKitSite::start();
    let mut browser = Browser::new();
    let begun = browser.visit(&site.url("/sign-in")).await;
    let callback = site.workos.approve(begun.location(), "ada@example.com");
    let code = callback
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let mut impersonated = Browser::new();
    let back = impersonated
        .visit(&site.url(&format!("/callback?code={code}")))
        .await;
    assert_eq!((back.status, back.location()), (302, "/sign-in"));
    assert_eq!(site.workos.requests(Endpoint::Authenticate), 0);
    assert!(!impersonated.cookies.contains_key("wos-session"));
}

#[actix_web::test]
async fn somebody_elses_answer_signs_nobody_in_and_asks_workos_nothing() {
    let site = AuthKitSite::start();
    let mut attacker = Browser::new();
    let begun = attacker.visit(&site.url("/sign-in")).await;
    let callback = site.workos.approve(begun.location(), "bob@example.com");
    let mut victim = Browser::new();
    victim.visit(&site.url("/sign-in")).await;
    let answer = victim.visit(&callback).await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert!(!victim.cookies.contains_key("wos-session"));
    assert_eq!(site.workos.requests(Endpoint::Authenticate), 0);
}

#[actix_web::test]
async fn an_answer_is_good_once() {
    let site = AuthKitSite::start();
    let mut browser = Browser::new();
    let begun = browser.visit(&site.url("/sign-in")).await;
    let mut copy = browser.clone();
    let callback = site.workos.approve(begun.location(), "ada@example.com");
    browser.visit(&callback).await;
    let again = copy.visit(&callback).await;
    assert!((400..500).contains(&again.status), "{}", again.status);
    assert!(!copy.cookies.contains_key("wos-session"));
    assert_eq!(site.workos.requests(Endpoint::Authenticate), 1);
}

#[actix_web::test]
async fn cancelling_ends_on_a_page_that_clears_the_sign_in() {
    let site = AuthKitSite::start();
    let mut browser = Browser::new();
    let begun = browser.visit(&site.url("/sign-in")).await;
    let answer = browser
        .visit(&site.workos.cancel(begun.location()).unwrap())
        .await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert_eq!(verifiers(&browser), 0);
    assert!(browser.cookies.is_empty());
}

#[actix_web::test]
async fn who_signed_in_too_long_ago_signs_in_again_and_arrives() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    assert_eq!(browser.visit(&site.url("/recent")).await.status, 200);
    site.advance(std::time::Duration::from_secs(600));
    let refused = browser.visit(&site.url("/recent")).await;
    let begun = browser.visit(&absolute(&site, refused.location())).await;
    assert_eq!(begun.location_param("max_age").as_deref(), Some("300"));
    let callback = site.workos.approve(begun.location(), "ada@example.com");
    let back = browser.visit(&callback).await;
    assert_eq!(back.location(), site.url("/recent"));
    assert_eq!(browser.visit(back.location()).await.status, 200);
}

fn absolute(site: &AuthKitSite, location: &str) -> String {
    match location.starts_with('/') {
        true => site.url(location),
        false => location.to_owned(),
    }
}
