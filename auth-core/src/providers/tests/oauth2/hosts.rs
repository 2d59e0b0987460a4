//! Those whose endpoints depend on a host of the application.

use serde_json::json;

use crate::providers::tests::emulator::{SECRET, Site, Wire, tokens};
use crate::providers::tests::*;

#[test]
fn mastodon_is_any_server() {
    let wire = Wire::default()
        .on("POST https://social.example/oauth/token", tokens())
        .on(
            "GET https://social.example/api/v1/accounts/verify_credentials",
            json!({"id": "14715", "username": "ada"}),
        );
    let client = MASTODON
        .client("client", SECRET)
        .issuer("https://social.example");
    let mut site = Site::begin(client, &wire);
    let url = site.authorization_url.as_str();
    assert!(
        url.starts_with("https://social.example/oauth/authorize?"),
        "{url}"
    );
    assert_eq!(site.finish().unwrap().id, "14715");
}

#[test]
fn github_enterprise_has_its_api_below_the_host() {
    let wire = Wire::default()
        .on(
            "POST https://ghe.example/login/oauth/access_token",
            tokens(),
        )
        .on(
            "GET https://ghe.example/api/v3/user",
            json!({"id": 1, "login": "ada"}),
        )
        .on(
            "GET https://ghe.example/api/v3/user/emails",
            json!([{"email": "a@b.c", "primary": true, "verified": true}]),
        );
    let client = GITHUB
        .client("client", SECRET)
        .base_url("https://ghe.example/");
    let mut site = Site::begin(client, &wire);
    let url = site.authorization_url.as_str();
    assert!(
        url.starts_with("https://ghe.example/login/oauth/authorize?"),
        "{url}"
    );
    assert_eq!(site.finish().unwrap().verified_email(), Some("a@b.c"));
}

#[test]
fn netsuite_has_a_host_for_each_service_and_a_script_for_the_profile() {
    let script = "https://1234.restlets.api.netsuite.com/app/site/hosting/restlet.nl";
    let wire = Wire::default()
        .on(
            "POST https://1234.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token",
            tokens(),
        )
        .on(&format!("GET {script}"), json!({"id": -5, "name": "Ada"}));
    let client = NETSUITE
        .client("client", SECRET)
        .issuer("https://1234.app.netsuite.com")
        .userinfo_endpoint(format!("{script}?script=42&deploy=1"));
    let mut site = Site::begin(client, &wire);
    let url = site.authorization_url.as_str();
    assert!(
        url.starts_with("https://1234.app.netsuite.com/app/login/oauth2/"),
        "{url}"
    );
    assert_eq!(site.finish().unwrap().id, "-5");
    assert_eq!(wire.asked()[1].uri().query(), Some("script=42&deploy=1"));
}
