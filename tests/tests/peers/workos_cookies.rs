//! Sessions that cross the border between this site and the JavaScript SDKs of AuthKit, in both
//! directions: `iron-session`, `loadSealedSession` and `@workos/authkit-session`.

use auth_tests::{AuthKitSite, Browser, COOKIE_PASSWORD};
use serde_json::{Value, json};

use crate::node::Peer;

/// What the sealed sessions of all SDKs hold.
const FIELDS: [&str; 3] = ["accessToken", "refreshToken", "user"];

fn client(site: &AuthKitSite) -> Peer {
    let node = Peer::start("../workos-peers/workos.js");
    let options = json!({
        "clientId": site.workos.client_id(),
        "apiHostname": "127.0.0.1",
        "https": false,
        "port": site.workos.port(),
    });
    let open = json!({ "command": "open", "api_key": site.workos.api_key(), "options": options });
    node.ask(&open).expect("it opens");
    node
}

fn library(site: &AuthKitSite) -> Peer {
    let node = Peer::start("../workos-peers/session.js");
    let settings = json!({
        "command": "configure",
        "clientId": site.workos.client_id(),
        "apiKey": site.workos.api_key(),
        "redirectUri": site.url("/callback"),
        "cookiePassword": COOKIE_PASSWORD,
        "apiHostname": "127.0.0.1",
        "apiHttps": false,
        "apiPort": site.workos.port(),
    });
    node.ask(&settings).expect("it is configured");
    node
}

fn returned(node: &Peer, command: Value) -> Value {
    let mut answer = node.ask(&command).expect("the script runs");
    assert_eq!(answer.get("threw"), None, "{answer}");
    answer["returned"].take()
}

/// A browser with this session alone.
fn browser_with(cookie: &str) -> Browser {
    let mut browser = Browser::new();
    browser
        .cookies
        .insert("wos-session".into(), cookie.to_owned());
    browser
}

async fn is_ada(site: &AuthKitSite, cookie: &str) {
    let mut browser = browser_with(cookie);
    let dashboard = browser.visit(&site.url("/dashboard")).await;
    assert_eq!(dashboard.status, 200, "{}", dashboard.text);
    assert_eq!(dashboard.json()["first_name"], "Ada");
    assert_eq!(dashboard.json()["organization_id"], "org_01ACME");
}

#[actix_web::test]
async fn every_sdk_reads_a_cookie_of_this_site() {
    let site = AuthKitSite::start();
    let browser = site.browser_of("ada@example.com").await;
    let cookie = &browser.cookies["wos-session"];

    let node = client(&site);
    let opened = returned(
        &node,
        json!({
            "command": "unseal", "cookie": cookie, "password": COOKIE_PASSWORD,
        }),
    );
    for field in FIELDS {
        assert!(!opened[field].is_null(), "{field}: {opened}");
    }
    assert_eq!(opened["user"]["lastName"], "Admin");
    let session = returned(
        &node,
        json!({
            "command": "session", "cookie": cookie, "password": COOKIE_PASSWORD,
            "method": "authenticate", "options": {},
        }),
    );
    assert_eq!(
        (&session["authenticated"], &session["role"]),
        (&json!(true), &json!("admin"))
    );

    let node = library(&site);
    let cookie = format!("wos-session={cookie}");
    let read = node
        .ask(&json!({ "command": "read", "cookie": cookie }))
        .unwrap();
    assert_eq!(read["auth"]["user"]["email"], "ada@example.com", "{read}");
    assert_eq!(read["auth"]["organizationId"], "org_01ACME");
    assert_eq!(read.get("refreshedSessionData"), None, "nothing to refresh");
}

#[actix_web::test]
async fn this_site_reads_a_cookie_of_every_sdk() {
    let site = AuthKitSite::start();
    let browser = site.browser_of("ada@example.com").await;
    let cookie = &browser.cookies["wos-session"];
    let node = client(&site);

    // `loadSealedSession(..).refresh()` seals what it got.
    let refreshed = returned(
        &node,
        json!({
            "command": "session", "cookie": cookie, "password": COOKIE_PASSWORD,
            "method": "refresh", "options": {},
        }),
    );
    is_ada(&site, refreshed["sealedSession"].as_str().unwrap()).await;

    // The guide of 2024 seals the whole answer with `iron-session`, for 14 days.
    let whole = returned(
        &node,
        json!({
            "command": "unseal", "cookie": cookie, "password": COOKIE_PASSWORD,
        }),
    );
    let mut whole = whole;
    whole["something"] = json!({ "new": [1, 2, 3] });
    for ttl in [0, 1_209_600] {
        let sealed = returned(
            &node,
            json!({
                "command": "seal", "data": whole, "password": COOKIE_PASSWORD, "ttl": ttl,
            }),
        );
        is_ada(&site, sealed.as_str().unwrap()).await;
    }

    // `@workos/authkit-session` signs in by itself.
    let node = library(&site);
    let begun = node
        .ask(&json!({ "command": "start", "options": {} }))
        .unwrap();
    let callback = site
        .workos
        .approve(begun["url"].as_str().unwrap(), "ada@example.com");
    let callback = reqwest::Url::parse(&callback).unwrap();
    let param = |name: &str| {
        let mut pairs = callback.query_pairs();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let set = begun["headers"]["Set-Cookie"].as_str().unwrap();
    let finished = node.ask(&json!({
        "command": "finish",
        "cookie": set.split(';').next(),
        "code": param("code"),
        "state": param("state"),
    }));
    let headers = finished.unwrap()["headers"]["Set-Cookie"].take();
    let lines = match &headers {
        Value::Array(lines) => lines.clone(),
        line => vec![line.clone()],
    };
    let session = lines
        .iter()
        .filter_map(|line| {
            line.as_str()?
                .split(';')
                .next()?
                .strip_prefix("wos-session=")
        })
        .next()
        .expect("the session is saved");
    is_ada(&site, session).await;
}

#[actix_web::test]
async fn a_wrong_password_opens_nothing_on_either_side() {
    let site = AuthKitSite::start();
    let browser = site.browser_of("ada@example.com").await;
    let node = client(&site);
    let other = "another cookie password, with 32+ letters";
    let command = json!({
        "command": "unseal", "cookie": browser.cookies["wos-session"], "password": other,
    });
    assert_eq!(returned(&node, command), json!({}));
    let data = json!({ "accessToken": "a", "refreshToken": "b", "user": { "id": "user_01ADA" } });
    for password in [other, COOKIE_PASSWORD] {
        let command = json!({ "command": "seal", "data": data, "password": password, "ttl": 0 });
        let sealed = returned(&node, command);
        let mut browser = browser_with(sealed.as_str().unwrap());
        // With our password it opens, and holds no token that WorkOS has signed.
        assert_eq!(browser.visit(&site.url("/")).await.text, "a guest");
    }
}

#[actix_web::test]
async fn a_session_that_this_site_refreshes_is_still_one_of_the_sdks() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let before = browser.cookies["wos-session"].clone();
    let answer = browser.submit(&site.url("/refresh"), &[]).await;
    assert_eq!(answer.status, 200);
    assert_ne!(browser.cookies["wos-session"], before);
    let node = client(&site);
    for method in ["authenticate", "refresh"] {
        let session = returned(
            &node,
            json!({
                "command": "session", "cookie": browser.cookies["wos-session"],
                "password": COOKIE_PASSWORD, "method": method, "options": {},
            }),
        );
        assert_eq!(session["authenticated"], true, "{method}: {session}");
    }
}

#[actix_web::test]
async fn a_session_in_both_worlds_is_switched_and_left_by_either() {
    let site = AuthKitSite::start();
    let mut browser = site.browser_of("ada@example.com").await;
    let node = library(&site);
    let cookie = format!("wos-session={}", browser.cookies["wos-session"]);
    let switched = node
        .ask(&json!({ "command": "switch", "cookie": cookie, "organization": "org_01BETA" }))
        .unwrap();
    let sealed = switched["encryptedSession"]
        .as_str()
        .expect("a sealed session");
    browser
        .cookies
        .insert("wos-session".into(), sealed.to_owned());
    let dashboard = browser.visit(&site.url("/dashboard")).await.json();
    assert_eq!(dashboard["organization_id"], "org_01BETA");

    let me = site.me(&mut browser).await;
    let left = node
        .ask(&json!({ "command": "leave", "session_id": me["sessionId"], "return_to": site.url("/") }))
        .unwrap();
    let answer = browser.visit(left["logoutUrl"].as_str().unwrap()).await;
    assert_eq!(answer.location(), site.url("/"));
}
