use auth_tests::{AuthKitSite, Browser};

#[actix_web::test]
async fn rights_are_those_of_the_organisation() {
    let site = AuthKitSite::start();
    for (email, admin, posts) in [("ada@example.com", 200, 200), ("bob@example.com", 403, 403)] {
        let mut browser = site.browser_of(email).await;
        assert_eq!(
            browser.visit(&site.url("/admin")).await.status,
            admin,
            "{email}"
        );
        assert_eq!(
            browser.visit(&site.url("/posts")).await.status,
            posts,
            "{email}"
        );
    }
}

#[actix_web::test]
async fn another_organisation_is_entered_with_its_rights() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let answer = browser.submit(&site.url("/switch/org_01BETA"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert!(
        answer.location().ends_with("/dashboard"),
        "{}",
        answer.location()
    );
    let dashboard = browser.visit(&site.url("/dashboard")).await.json();
    assert_eq!(dashboard["organization_id"], "org_01BETA");
    assert_eq!(dashboard["role"], "member");
    assert_eq!(
        dashboard["feature_flags"],
        serde_json::json!(["new-editor"])
    );
    assert_eq!(browser.visit(&site.url("/admin")).await.status, 403);
    site.advance(std::time::Duration::from_secs(400));
    let dashboard = browser.visit(&site.url("/dashboard")).await.json();
    assert_eq!(
        dashboard["organization_id"], "org_01BETA",
        "a refresh stays there"
    );
}

#[actix_web::test]
async fn an_organisation_with_sign_on_of_its_own_is_entered_by_way_of_it() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let answer = browser.submit(&site.url("/switch/org_01SSO"), &[]).await;
    assert_eq!(answer.status, 303);
    let begun = browser.visit(&absolute(&site, answer.location())).await;
    assert_eq!(
        begun.location_param("organization_id").as_deref(),
        Some("org_01SSO")
    );
    let callback = site.workos.approve(begun.location(), "ada@example.com");
    let back = browser.visit(&callback).await;
    let dashboard = browser.visit(back.location()).await.json();
    assert_eq!(dashboard["organization_id"], "org_01SSO");
}

#[actix_web::test]
async fn an_organisation_of_others_stays_closed_and_the_session_as_it_was() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("bob@example.com").await;
    let answer = browser.submit(&site.url("/switch/org_01BETA"), &[]).await;
    assert_eq!(answer.status, 403);
    let dashboard = browser.visit(&site.url("/dashboard")).await.json();
    assert_eq!(dashboard["organization_id"], "org_01ACME");
}

#[actix_web::test]
async fn a_guest_and_another_site_switch_nothing() {
    let site = AuthKitSite::start();
    let url = site.url("/switch/org_01BETA");
    let answer = Browser::new().submit(&url, &[]).await;
    assert!(answer.location().contains("/sign-in"));
    let mut browser = site.browser_of("ada@example.com").await;
    let forged = browser
        .request(reqwest::Method::POST, &url)
        .header("sec-fetch-site", "cross-site");
    assert_eq!(browser.send(forged).await.status, 403);
    assert_eq!(site.me(&mut browser).await["organizationId"], "org_01ACME");
}

#[actix_web::test]
async fn who_acts_for_somebody_is_known() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("imp@example.com").await;
    let dashboard = browser.visit(&site.url("/dashboard")).await.json();
    assert_eq!(dashboard["impersonator"], "support@example.com");
    let me = site.me(&mut browser).await;
    assert_eq!(me["impersonator"]["reason"], "a ticket");
    site.advance(std::time::Duration::from_secs(400));
    let dashboard = browser.visit(&site.url("/dashboard")).await.json();
    assert_eq!(
        dashboard["impersonator"], "support@example.com",
        "a refresh keeps it"
    );
}

fn absolute(site: &AuthKitSite, location: &str) -> String {
    match location.starts_with('/') {
        true => site.url(location),
        false => location.to_owned(),
    }
}
