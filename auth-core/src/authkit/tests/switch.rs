//! Another organisation, and a refresh before its time.

use serde_json::json;

use super::site::{LIFE, Site};
use crate::authkit::{SwitchError, Switched};
use crate::testing::block_on;

fn switch(site: &Site, organization: &str) -> Result<Switched, SwitchError> {
    let request = site.request(http::Request::post("/switch"));
    block_on(
        site.kit
            .switch_organization(&request, organization, "/projects"),
    )
}

#[test]
fn a_switch_gives_the_session_its_rights_in_the_other_organisation() {
    let mut site = Site::new();
    site.seal(&json!({"org_id": "org_1"}), "refresh_0");
    let switched = switch(&site, "org_2").unwrap();
    assert_eq!(site.workos.asked()[0]["organization_id"], "org_2");
    assert_eq!(switched.location, "https://app.example/projects");
    assert_eq!(switched.cookies.len(), 1);
    let session = switched.session.unwrap();
    assert_eq!(session.organization_id(), Some("org_2"));
    // A request that came with the old cookie meanwhile is in the new organisation as well.
    site.clock.advance(LIFE - 5);
    let session = site.read().unwrap().unwrap();
    assert_eq!(session.organization_id(), Some("org_2"));
}

#[test]
fn a_switch_uses_the_pair_that_the_same_request_has_just_refreshed() {
    let mut site = Site::new();
    site.seal(&json!({"org_id": "org_1"}), "refresh_0");
    let old = site.jar.clone();
    site.clock.advance(LIFE + 60);
    site.read().unwrap().unwrap();
    site.jar = old;
    let switched = switch(&site, "org_2").unwrap();
    assert_eq!(switched.session.unwrap().organization_id(), Some("org_2"));
    let asked = site.workos.asked();
    assert_eq!(asked[1]["refresh_token"], "refresh_1");
    assert_eq!(asked.len(), 2);
}

#[test]
fn an_organisation_that_asks_for_more_leads_there_and_the_session_stays() {
    let check = |body, expected: &str| {
        let mut site = Site::new();
        site.seal(&json!({"org_id": "org_1"}), "refresh_0");
        site.workos.next(403, body);
        let switched = switch(&site, "org_2").unwrap();
        assert_eq!(switched.location, expected);
        assert!(switched.session.is_none() && switched.cookies.is_empty());
        assert!(site.read().unwrap().is_some());
        site.clock.advance(LIFE + 60);
        assert!(site.read().unwrap().is_some(), "the refresh token is good");
    };
    let sign_in = "/sign-in?organization_id=org_2&returnTo=https%3A%2F%2Fapp.example%2Fprojects";
    check(json!({"error": "sso_required"}), sign_in);
    check(json!({"code": "mfa_enrollment"}), sign_in);
    check(
        json!({"error": "sso_required", "authkit_redirect_url": "https://auth.example/x"}),
        "https://auth.example/x",
    );
}

#[test]
fn a_switch_that_is_refused_leaves_the_session_as_it_was() {
    let mut site = Site::new();
    site.seal(&json!({"org_id": "org_1"}), "refresh_0");
    site.workos
        .next(400, json!({"code": "invalid_organization_id"}));
    assert!(matches!(
        switch(&site, "org_2"),
        Err(SwitchError::Refused(_))
    ));
    site.clock.advance(LIFE + 60);
    let session = site.read().unwrap().unwrap();
    assert_eq!(session.organization_id(), Some("org_1"));
    site.workos.keep_failing(Some(503));
    assert!(matches!(
        switch(&site, "org_2"),
        Err(SwitchError::Unavailable(_))
    ));
}

#[test]
fn a_guest_switches_nothing() {
    let site = Site::new();
    assert!(matches!(
        switch(&site, "org_2"),
        Err(SwitchError::SignedOut)
    ));
    assert!(site.workos.asked().is_empty());
}

#[test]
fn a_refresh_on_demand_brings_the_rights_up_to_date() {
    let mut site = Site::new();
    site.seal(&json!({"permissions": []}), "refresh_0");
    site.workos
        .with_claims(json!({"permissions": ["posts:write"]}));
    let request = site.request(http::Request::get("/"));
    let refreshed = block_on(site.kit.refresh(&request)).unwrap();
    assert!(refreshed.session.has_permission("posts:write"));
    assert_eq!(refreshed.cookies.len(), 1);
}

#[test]
fn a_refresh_on_demand_of_a_session_that_is_over_says_so() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    site.workos.next(400, json!({"error": "invalid_grant"}));
    let request = site.request(http::Request::get("/"));
    let outcome = block_on(site.kit.refresh(&request));
    assert!(matches!(outcome, Err(SwitchError::SignedOut)));
}
