//! Reading a session.

use futures_util::future::Either;
use http::Request;
use serde_json::{Value, json};

use super::site::{LIFE, Site, sign, text};
use crate::oidc::testing::OTHER_RSA;
use crate::session::{ReadError, Session, SessionSource as _};
use crate::testing::block_on;

#[test]
fn a_session_that_an_sdk_sealed_is_read_with_all_its_rights() {
    let mut site = Site::new();
    let claims = json!({
        "org_id": "org_1", "role": "admin", "roles": ["admin", "staff"],
        "permissions": ["posts:write"], "entitlements": ["sso"], "feature_flags": ["beta"],
        "plan": {"seats": 7},
    });
    let token = site.workos.token(&claims);
    // What other SDKs put in beside the rest is not read, and is no obstacle.
    site.seal_json(&json!({
        "accessToken": token, "refreshToken": "r", "organizationId": "org_other",
        "oauthTokens": {"accessToken": "x"}, "role": "root", "future": [1, 2],
        "user": {"object": "user", "id": "user_1", "email": "ada@example.com", "name": "Ada L.",
            "firstName": "Ada", "lastName": null, "profilePictureUrl": "https://img.example/a",
            "metadata": {"a": "b"}, "future": {}},
    }));
    let session = site.read().unwrap().unwrap();
    assert_eq!(session.user().name(), Some("Ada L."));
    assert_eq!(session.user().image(), Some("https://img.example/a"));
    assert_eq!(session.organization_id(), Some("org_1"));
    assert_eq!(session.role(), Some("admin"));
    assert_eq!(session.roles(), ["admin", "staff"]);
    assert!(session.has_role("staff") && !session.has_role("root"));
    assert!(session.has_permission("posts:write"));
    assert_eq!(session.entitlements(), ["sso"]);
    assert_eq!(session.feature_flags(), ["beta"]);
    assert_eq!(session.provider(), Some("authkit"));
    assert!(session.impersonator().is_none());
    assert_eq!(session.claims_as::<Value>().unwrap()["plan"]["seats"], 7);
}

#[test]
fn a_single_role_is_one_of_the_roles() {
    let mut site = Site::new();
    site.seal(&json!({"role": "member"}), "r");
    let session = site.read().unwrap().unwrap();
    assert_eq!(session.roles(), ["member"]);
}

#[test]
fn a_thousand_requests_fetch_the_keys_once_and_are_answered_at_once() {
    let mut site = Site::new();
    site.seal(&json!({}), "r");
    site.read().unwrap().unwrap();
    for _ in 0..1000 {
        assert!(at_once(&site).unwrap().is_some());
    }
    assert_eq!(site.workos.key_fetches(), 1);
}

#[test]
fn a_new_cookie_with_a_known_token_is_answered_at_once() {
    let mut site = Site::new();
    site.seal(&json!({"role": "admin"}), "r");
    site.read().unwrap().unwrap();
    let seen = site.jar.clone();
    site.seal(&json!({"role": "admin"}), "r");
    assert_ne!(site.jar, seen);
    let session = at_once(&site).unwrap().unwrap();
    assert_eq!(session.user().email(), Some("ada@example.com"));
    assert_eq!(session.roles(), ["admin"]);
}

#[test]
fn new_cookies_with_the_same_token_and_person_share_a_session() {
    let mut site = Site::new();
    let mut read = || {
        site.seal(&json!({}), "r");
        site.read().unwrap().unwrap()
    };
    let (_, second, third) = (read(), read(), read());
    assert!(std::ptr::eq(second.user(), third.user()));
}

#[test]
fn cookies_with_the_same_token_are_of_the_people_that_each_holds() {
    let mut site = Site::new();
    site.seal(&json!({}), "r");
    site.read().unwrap().unwrap();
    let token = site.workos.token(&json!({}));
    let mut read = |user: Value, impersonator: Value| {
        site.seal_json(&json!({
            "accessToken": token, "refreshToken": "r", "user": user, "impersonator": impersonator,
        }));
        at_once(&site).unwrap()
    };
    // Each twice in a row, and again when another has been there in between.
    for _ in 0..2 {
        for name in ["Ada", "Ada", "Grace"] {
            for (email, reason) in [("a@x", Some("r")), ("a@x", None), ("b@x", None)] {
                let user = json!({"id": "user_1", "name": name});
                let staff = json!({"email": email, "reason": reason});
                let session = read(user.clone(), staff).unwrap();
                assert_eq!(session.user().name(), Some(name));
                let impersonator = session.impersonator().unwrap();
                assert_eq!(impersonator.email, email);
                assert_eq!(impersonator.reason.as_deref(), reason);
                let session = read(user, Value::Null).unwrap();
                assert!(session.impersonator().is_none());
            }
            assert!(read(json!({"id": "user_2", "name": name}), Value::Null).is_none());
        }
    }
}

#[test]
fn a_known_token_vouches_for_nobody_else() {
    let mut site = Site::new();
    let token = site.workos.token(&json!({}));
    let mut read = |id: &str| {
        site.seal_json(&json!({
            "accessToken": token, "refreshToken": "r", "user": {"id": id},
        }));
        site.read().unwrap().is_some()
    };
    // What is known of a token grows with the cookies that it comes in.
    for _ in 0..3 {
        assert!(read("user_1"));
        assert!(!read("user_2"));
    }
}

#[test]
fn a_known_token_of_a_session_that_has_ended_is_good_in_no_new_cookie() {
    let mut site = Site::new();
    for _ in 0..3 {
        site.seal(&json!({}), "r");
        site.read().unwrap().unwrap();
    }
    site.send(Request::post("/sign-out").header("origin", super::site::ORIGIN));
    site.seal(&json!({}), "other");
    assert!(at_once(&site).unwrap().is_none());
}

#[test]
fn a_known_token_that_has_expired_or_soon_will_is_refreshed() {
    for past in [LIFE + 60, LIFE - 1] {
        let mut site = Site::new();
        let token = site.workos.token(&json!({}));
        let sealed = json!({
            "accessToken": token, "refreshToken": "r", "user": {"id": "user_1"},
        });
        for _ in 0..3 {
            site.seal_json(&sealed);
            site.read().unwrap().unwrap();
        }
        site.clock.advance(past);
        // The same token in a cookie that nobody has seen.
        site.seal_json(&sealed);
        assert!(site.read().unwrap().is_some());
        assert_eq!(site.workos.refreshes(), 1, "{past}");
    }
}

/// What a request is answered without waiting.
fn at_once(site: &Site) -> Result<Option<Session>, ReadError> {
    match site.kit.read(&site.request(Request::get("/dashboard"))) {
        Either::Left(answer) => answer.into_inner(),
        Either::Right(_) => panic!("the answer has to be waited for"),
    }
}

#[test]
fn every_mutation_of_a_sealed_cookie_is_a_guest_s() {
    let mut site = Site::new();
    site.seal(&json!({}), "r");
    let sealed = site.cookie("wos-session").unwrap().to_owned();
    let mut check = |value: String| {
        site.jar.only("wos-session", &value);
        assert!(site.read().unwrap().is_none());
        let response = site.get("/_authkit/me");
        assert_eq!(text(&response), r#"{"user":null}"#);
    };
    for index in (0..sealed.len()).step_by(11) {
        let mut bytes = sealed.clone().into_bytes();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        check(String::from_utf8(bytes).unwrap());
        // Without the version behind the `~` it is a seal of other SDKs.
        check(sealed[..index.min(sealed.len() - 3)].to_owned());
    }
    check(sealed.replace("Fe26.2*1", "Fe26.1*1"));
    check(sealed.replace("Fe26.2*1", "Fe26.2*9"));
    check(sealed.replace("~2", "~9"));
    check(format!("{sealed}*x"));
    check("%ff".to_owned());
    check("null".to_owned());
    assert!(site.workos.asked().is_empty());
}

#[test]
fn a_seal_of_something_else_is_a_guest_s() {
    let mut site = Site::new();
    let token = site.workos.token(&json!({}));
    for sealed in [
        json!({}),
        json!({"accessToken": token}),
        json!({"accessToken": token, "refreshToken": ""}),
        json!({"accessToken": token, "refreshToken": "r"}),
        json!({"accessToken": token, "refreshToken": "r", "user": null}),
        json!({"accessToken": token, "refreshToken": "r", "user": {"id": 1}}),
        json!({"accessToken": 1, "refreshToken": "r", "user": {"id": "user_1"}}),
        json!({"codeVerifier": "x", "nonce": "y"}),
    ] {
        site.seal_json(&sealed);
        assert!(site.read().unwrap().is_none(), "{sealed}");
    }
}

#[test]
fn a_valid_seal_is_not_enough() {
    let check = |token: &dyn Fn(&Site) -> String| {
        let mut site = Site::new();
        let token = token(&site);
        site.seal_json(&json!({
            "accessToken": token, "refreshToken": "r", "user": {"id": "user_1"},
        }));
        assert!(site.read().unwrap().is_none());
        assert!(site.read().unwrap().is_none());
        assert_eq!(site.workos.refreshes(), 0, "nor is it a reason to refresh");
    };
    // Another person's token, with a user that somebody made up.
    check(&|site| site.workos.token(&json!({"sub": "user_2"})));
    check(&|site| site.workos.token(&json!({"iss": "https://evil.example"})));
    check(&|site| site.workos.token(&json!({"client_id": "client_other"})));
    check(&|site| {
        let mut token = site.workos.token(&json!({}));
        token.replace_range(token.len() - 8..token.len() - 4, "AAAA");
        token
    });
    check(&|_| {
        let now = super::site::START;
        let claims = json!({
            "iss": "https://api.workos.com", "sub": "user_1", "iat": now, "exp": now + LIFE,
        });
        sign(&OTHER_RSA, &claims)
    });
    check(&|_| "garbage".to_owned());
}

#[test]
fn a_custom_issuer_is_accepted_where_it_is_named_and_does_not_refresh_on_every_request() {
    let issuer = "https://auth.app.example";
    let mut site = Site::with(|it| it.issuers([issuer]));
    site.seal(&json!({"iss": issuer}), "r");
    for _ in 0..10 {
        assert!(site.read().unwrap().is_some());
    }
    assert_eq!(site.workos.refreshes(), 0);
    site.seal(&json!({}), "r");
    assert!(site.read().unwrap().is_none(), "nor any other then");
}

#[test]
fn keys_that_cannot_be_had_are_no_sign_out() {
    let mut site = Site::new();
    site.seal(&json!({}), "r");
    site.workos.keys_are_down(true);
    assert!(matches!(site.read(), Err(ReadError::Keys(_))));
    let request = site.request(Request::get("/"));
    assert!(site.kit.removal(&request).is_empty());
    assert_eq!(site.get("/_authkit/me").status(), 503);
    site.workos.keys_are_down(false);
    site.clock.advance(10);
    assert!(site.read().unwrap().is_some());
}

#[test]
fn identity_is_never_read_from_headers_of_the_sdks() {
    let mut site = Site::new();
    site.seal(&json!({}), "r");
    let sealed = site.cookie("wos-session").unwrap().to_owned();
    site.jar.clear();
    let token = site.workos.token(&json!({}));
    let request = Request::get("/dashboard")
        .header("x-workos-session", &sealed)
        .header("x-workos-middleware", "true")
        .header("x-session", &sealed)
        .header("authorization", format!("Bearer {token}"))
        .body(Vec::new())
        .unwrap();
    assert!(block_on(site.kit.read(&request)).unwrap().is_none());
}

#[test]
fn a_bearer_token_is_accepted_where_the_application_says_so() {
    let site = Site::with(|it| it.bearer_tokens(true));
    let read = |header: &str| {
        let request = Request::get("/").header("authorization", header);
        let request = request.body(Vec::new()).unwrap();
        block_on(site.kit.read(&request)).unwrap()
    };
    let token = site.workos.token(&json!({"permissions": ["posts:write"]}));
    for header in [format!("Bearer {token}"), format!("bearer  {token}")] {
        let session = read(&header).unwrap();
        assert_eq!(session.user().id(), "user_1");
        assert!(session.has_permission("posts:write"));
        assert!(!site.kit.renewal_is_due(&session));
    }
    assert!(read("Bearer ").is_none());
    assert!(read("Bearer x.y.z").is_none());
    assert!(read(&format!("Basic {token}")).is_none());
    site.clock.advance(LIFE + 60);
    assert!(
        read(&format!("Bearer {token}")).is_none(),
        "remembered, and expired"
    );
    assert_eq!(site.workos.refreshes(), 0);
}

#[test]
fn a_bearer_token_that_has_expired_is_forgotten() {
    let site = Site::with(|it| it.bearer_tokens(true));
    let token = site.workos.token(&json!({}));
    let request = Request::get("/").header("authorization", format!("Bearer {token}"));
    let request = request.body(Vec::new()).unwrap();
    let is_read = || block_on(site.kit.read(&request)).unwrap().is_some();
    let bearers = || site.kit.inner().bearers.len();
    assert!(is_read());
    assert_eq!(bearers(), 1);
    site.clock.advance(LIFE + 60);
    assert!(!is_read());
    assert_eq!(bearers(), 0);
    assert!(!is_read());
}

#[test]
fn a_bearer_token_that_is_no_good_is_not_made_good_by_a_cookie() {
    let mut site = Site::with(|it| it.bearer_tokens(true));
    site.seal(&json!({}), "r");
    let read = |builder: http::request::Builder| {
        let request = site.request(builder);
        block_on(site.kit.read(&request)).unwrap()
    };
    assert!(read(Request::get("/")).is_some());
    assert!(read(Request::get("/").header("authorization", "Bearer x")).is_none());
    let twice = Request::get("/").header("authorization", "Bearer x");
    assert!(read(twice.header("authorization", "Bearer y")).is_none());
    assert!(read(Request::get("/").header("authorization", "Basic x")).is_some());
}

#[test]
fn a_token_in_a_cookie_is_no_bearer_token() {
    let mut site = Site::with(|it| it.bearer_tokens(true));
    let token = site.workos.token(&json!({}));
    let request = Request::get("/").header("authorization", format!("Bearer {token}"));
    let request = request.body(Vec::new()).unwrap();
    assert!(block_on(site.kit.read(&request)).unwrap().is_some());
    site.jar.only("wos-session", &token);
    assert!(site.read().unwrap().is_none());
}

#[test]
fn what_scripts_are_told_has_no_token() {
    let mut site = Site::new();
    site.seal(
        &json!({"org_id": "org_1", "role": "admin", "permissions": ["p"]}),
        "refresh_0",
    );
    let token = site.workos.token(&json!({}));
    let response = site.get("/_authkit/me");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["vary"], "Cookie, Authorization");
    let body: Value = serde_json::from_str(text(&response)).unwrap();
    assert_eq!(body["user"]["firstName"], "Ada");
    assert_eq!(body["user"]["email"], "ada@example.com");
    assert_eq!(body["sessionId"], "session_1");
    assert_eq!(body["organizationId"], "org_1");
    assert_eq!(body["roles"], json!(["admin"]));
    assert_eq!(body["permissions"], json!(["p"]));
    let header = token.split('.').next().unwrap();
    assert!(!text(&response).contains(header) && !text(&response).contains("refresh_0"));
}

#[test]
fn debug_shows_no_token() {
    let mut site = Site::new();
    site.seal(&json!({"act": {"sub": "admin@example.com"}}), "refresh_0");
    let session = site.read().unwrap().unwrap();
    let shown = format!("{session:?} {:?} {:?}", session.impersonator(), site.kit);
    for secret in [
        "ey",
        "refresh_0",
        "sk_test",
        "ada@",
        "admin@",
        super::site::PASSWORD,
    ] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}

#[test]
fn scripts_bring_the_cookie_up_to_date_too() {
    let mut site = Site::new();
    site.seal(&json!({}), "refresh_0");
    site.clock.advance(LIFE + 60);
    let response = site.get("/_authkit/me");
    assert_eq!(response.status(), 200);
    assert_eq!(site.unsealed()["refreshToken"], "refresh_1");
    site.clock.advance(LIFE + 60);
    site.workos.next(400, json!({"error": "invalid_grant"}));
    assert_eq!(text(&site.get("/_authkit/me")), r#"{"user":null}"#);
    assert!(site.jar.is_empty());
}
