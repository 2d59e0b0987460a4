use auth_tests::{AuthKitSite, Browser};

/// The chunks of the session that a browser holds.
fn chunks(browser: &Browser) -> Vec<&str> {
    let names = browser.cookies.keys().map(String::as_str);
    names
        .filter(|name| name.starts_with("wos-session"))
        .collect()
}

#[actix_web::test]
async fn the_cookies_have_the_attributes_of_the_sdks() {
    let site = AuthKitSite::start();
    let mut browser = Browser::new();
    let begun = browser.visit(&site.url("/sign-in")).await;
    let verifier = begun.header("set-cookie").to_owned();
    let (name, rest) = verifier.split_once('=').unwrap();
    let hash = name.strip_prefix("wos-auth-verifier-").unwrap();
    assert!(
        hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{name}"
    );
    assert!(
        rest.contains("Max-Age=600") && rest.contains("HttpOnly"),
        "{rest}"
    );
    assert!(
        rest.contains("SameSite=Lax") && !rest.contains("Secure"),
        "{rest}"
    );

    let callback = site.workos.approve(begun.location(), "ada@example.com");
    let back = browser.visit(&callback).await;
    let set = back.headers.get_all("set-cookie").iter();
    let session = set
        .map(|value| value.to_str().unwrap())
        .find(|value| value.starts_with("wos-session="))
        .unwrap();
    let attributes = session.split_once("; ").unwrap().1;
    assert_eq!(
        attributes,
        "Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"
    );
    assert!(session.split(';').next().unwrap().ends_with("~2"));
}

#[actix_web::test]
async fn eight_kilobytes_of_token_still_sign_in_and_shrink_again() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("big@example.com").await;
    assert!(chunks(&browser).len() > 1, "{:?}", chunks(&browser));
    let dashboard = browser.visit(&site.url("/dashboard")).await.json();
    assert_eq!(dashboard["last_name"], "Token");
    site.advance(std::time::Duration::from_secs(400));
    assert_eq!(browser.visit(&site.url("/dashboard")).await.status, 200);
    // Somebody else signs in with the same browser: nothing of the chunks is left.
    site.sign_in_from(&mut browser, "/sign-in", "ada@example.com")
        .await;
    assert_eq!(chunks(&browser), ["wos-session"]);
    assert_eq!(
        browser.visit(&site.url("/")).await.text,
        "signed in as user_01ADA"
    );
}

#[actix_web::test]
async fn answers_that_depend_on_the_session_are_kept_from_caches() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    for path in ["/dashboard", "/_authkit/me", "/sign-in", "/sign-out"] {
        let answer = browser.visit(&site.url(path)).await;
        assert!(
            answer.header("cache-control").contains("no-store"),
            "{path}"
        );
    }
    assert!(
        browser
            .visit(&site.url("/dashboard"))
            .await
            .header("vary")
            .contains("Cookie")
    );
}

#[actix_web::test]
async fn no_token_reaches_a_script() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let me = browser.fetch(&site.url("/_authkit/me")).await;
    assert_eq!(me.json()["user"]["firstName"], "Ada");
    assert!(
        !me.text.contains("eyJ") && !me.text.contains("ref_01"),
        "{}",
        me.text
    );
    let mut guest = Browser::new();
    assert_eq!(
        site.me(&mut guest).await,
        serde_json::json!({ "user": null })
    );
}

#[actix_web::test]
async fn a_cookie_under_another_name_and_with_another_password_is_found_and_removed() {
    let site = AuthKitSite::with(
        |workos| workos,
        |authkit| {
            authkit.cookie_name("sid").cookie_passwords([
                ("2", "a newer cookie password, with 32+ characters"),
                ("1", "the old cookie password, with 32+ characters"),
            ])
        },
    );
    let mut browser = site.browser_of("ada@example.com").await;
    assert!(browser.cookies["sid"].starts_with("Fe26.2*2*"));
    browser.submit(&site.url("/sign-out"), &[]).await;
    assert!(browser.cookies.is_empty(), "{:?}", browser.cookies.keys());
}
