//! Session cookies under other names: those of the application, and those of next-auth 4.

use auth_dev::Person;
use auth_tests::Site;
use serde_json::{Value, json};

use crate::border::{
    NEW, OLD, SECURE_ORIGIN, browser_of, browser_with, cookie_header, session_cookies, shown,
    site_called, written_by_authjs,
};
use crate::node::Peer;

const OWN: &str = "the-session-of-this-shop";
const V4: [&str; 2] = [
    "next-auth.session-token",
    "__Secure-next-auth.session-token",
];

/// What `getToken` of Auth.js finds, told name and salt.
fn found(authjs: &Peer, cookie: &str, name: &str, salt: &str, secrets: &[&str]) -> Value {
    let question = json!({
        "command": "getToken",
        "cookie": cookie,
        "cookieName": name,
        "salt": salt,
        "secret": secrets,
    });
    authjs.ask(&question).expect("getToken does not throw")
}

#[actix_web::test]
async fn authjs_finds_sessions_under_a_name_of_the_application_and_by_their_salt_alone() {
    let authjs = Peer::start("authjs.js");
    for (person, email, chunks) in [
        (Person::bob(), "bob@example.com", 1),
        (Person::ada(), "ada@example.com", 4),
    ] {
        let before = browser_of(&site_called(OWN, &[OLD]), person.clone()).await;
        let after = browser_of(&site_called(OWN, &[NEW, OLD]), person).await;
        for (browser, secrets, is_there) in [
            (&before, &[NEW, OLD][..], true),
            (&before, &[NEW], false),
            (&after, &[NEW], true),
            (&after, &[OLD], false),
        ] {
            assert_eq!(session_cookies(browser, OWN), chunks);
            let cookie = cookie_header(browser);
            let claims = found(&authjs, &cookie, OWN, OWN, secrets);
            assert_eq!(claims["email"] == email, is_there, "{secrets:?}: {claims}");
            assert!(found(&authjs, &cookie, OWN, "another", secrets).is_null());

            // Under yet another name it is still the salt that counts.
            let moved = cookie.replace(OWN, "moved");
            let claims = found(&authjs, &moved, "moved", OWN, secrets);
            assert_eq!(claims["email"] == email, is_there, "{secrets:?}: {claims}");
            assert!(found(&authjs, &moved, "moved", "moved", secrets).is_null());
        }
    }
}

#[actix_web::test]
async fn this_site_accepts_sessions_of_authjs_under_a_name_of_the_application() {
    let authjs = Peer::start("authjs.js");
    let site = site_called(OWN, &[NEW, OLD]);
    let large = [(
        "token",
        json!({ "sub": "42", "name": "Grace", "padding": "x".repeat(9000) }),
    )];
    for secret in [NEW, OLD] {
        for (more, chunks) in [(&[][..], 1), (&large, 4)] {
            let cookies = written_by_authjs(&authjs, OWN, &[secret], more);
            assert_eq!(cookies.as_object().expect("they have names").len(), chunks);
            assert_eq!(
                shown(&site, &cookies).await["user"]["name"],
                "Grace",
                "{chunks}"
            );
        }
    }
    let of_the_usual_name = written_by_authjs(&authjs, "authjs.session-token", &[NEW], &[]);
    assert!(shown(&site, &of_the_usual_name).await.is_null());
    let renamed = json!({ OWN: of_the_usual_name["authjs.session-token"] });
    assert!(
        shown(&site, &renamed).await.is_null(),
        "the salt is the name"
    );
}

#[actix_web::test]
async fn who_was_signed_in_by_next_auth_4_stays_signed_in_and_is_signed_in_anew() {
    let next_auth = Peer::start("nextauth4.js");
    let authjs = Peer::start("authjs.js");
    for (old_name, new_name, is_secure) in [
        (V4[0], "authjs.session-token", false),
        (V4[1], "__Secure-authjs.session-token", true),
    ] {
        let site = Site::with(|builder| {
            let builder = builder.secrets([NEW, OLD]).read_v4_sessions(true);
            if is_secure {
                builder.origins([SECURE_ORIGIN])
            } else {
                builder
            }
        });
        for (padding, chunks) in [(0, 1), (9000, 4)] {
            let cookies = next_auth
                .ask(&json!({
                    "command": "cookies",
                    "name": old_name,
                    "secret": OLD,
                    "token": { "sub": "42", "name": "Grace", "padding": "x".repeat(padding) },
                }))
                .expect("next-auth encodes it");
            assert_eq!(cookies.as_object().expect("they have names").len(), chunks);
            let mut browser = browser_with(&cookies);
            let page = browser.visit(&site.url("/page")).await;
            assert_eq!(page.text, "hello Grace", "{old_name}, {chunks}");
            assert_eq!(
                session_cookies(&browser, old_name),
                0,
                "{:?}",
                browser.cookies.keys()
            );
            let cookie = cookie_header(&browser);
            let claims = found(&authjs, &cookie, new_name, new_name, &[NEW]);
            assert_eq!(claims["name"], "Grace", "{claims}");
        }
    }
}

#[actix_web::test]
async fn sessions_of_next_auth_4_are_read_only_where_that_is_wanted_and_the_secret_is_right() {
    let next_auth = Peer::start("nextauth4.js");
    let of = |secret: &str, max_age: i64| {
        let question = json!({
            "command": "cookies",
            "name": V4[0],
            "secret": secret,
            "maxAge": max_age,
            "token": { "sub": "42", "name": "Grace" },
        });
        next_auth.ask(&question).expect("next-auth encodes it")
    };
    let reading = Site::with(|builder| builder.secrets([NEW]).read_v4_sessions(true));
    let not_reading = Site::with(|builder| builder.secrets([NEW]));
    assert!(!shown(&reading, &of(NEW, 60)).await.is_null());
    assert!(shown(&not_reading, &of(NEW, 60)).await.is_null());
    assert!(shown(&reading, &of(OLD, 60)).await.is_null());
    assert!(shown(&reading, &of(NEW, -60)).await.is_null());
}
